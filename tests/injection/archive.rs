//! Paths of the zip.

use std::fs;

use hardway::KeyAlgorithm;

use crate::canary::canaries;
use crate::common::{NOW, Unpacked, pki_of_any, presets};

#[test]
fn names_that_lead_elsewhere_stay_names_in_the_zip() {
    for plan in presets::own_with(KeyAlgorithm::EcdsaP256)
        .into_iter()
        .take(2)
    {
        let mut plan = plan;
        // As no description could have it.
        for one in &mut plan.kubeconfigs {
            one.user = "../../canary".into();
            one.context = "/canary".into();
        }
        let names = plan.kubeconfigs.iter().map(|one| one.user.clone());
        let names: Vec<_> = names.collect();
        let bundle = Unpacked::native(&pki_of_any(plan, NOW));
        let home = bundle.root.parent().unwrap();
        assert!(canaries(home).is_empty());
        // The twin: a file whose path such a name is.
        let deep = bundle.scratch("deep/er");
        fs::write(deep.join(&names[0]), "").unwrap();
        assert_eq!(canaries(home), ["canary"]);
    }
}
