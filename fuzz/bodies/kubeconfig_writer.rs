//! Whatever names a kubeconfig is written with, those who read it find the same: our reader, and another's.

use std::sync::OnceLock;

use hardway::import::{Inventory, Source};
use hardway::{Bundle, Cluster, Description, Kubeconfig, KubeconfigPaths, Plan};
use serde_norway::Value;

use super::pool;

/// Texts, apart by 0xff, which is in no text: the cluster, the user, the context, the server, and three paths if there are any.
pub(crate) fn run(data: &[u8]) {
    let mut texts = data
        .split(|byte| *byte == 0xff)
        .map(|part| String::from_utf8_lossy(part).into_owned());
    let mut text = || texts.next().unwrap_or_default();
    let (cluster, user, context, server, path) = (text(), text(), text(), text(), text());
    let mut plan = small().clone();
    plan.cluster.name = Some(cluster.clone());
    let written = &mut plan.kubeconfigs[0];
    (written.user, written.context, written.server) =
        (user.clone(), context.clone(), server.clone());
    written.paths = (!path.is_empty()).then(|| KubeconfigPaths {
        authority: path.clone(),
        certificate: text(),
        key: text(),
    });
    let paths = written.paths.clone();
    let file = written.file.clone();
    let pki = pool::issue(plan).unwrap();
    let bundle = Bundle::new(&pki);
    let file = bundle
        .files()
        .map(Result::unwrap)
        .find(|one| one.path.ends_with(&file))
        .unwrap();

    let value: Value = serde_norway::from_slice(&file.content).expect("YAML");
    let at = |path: &str| {
        let mut found = &value;
        for part in path.split('/') {
            found = match part.parse::<usize>() {
                Ok(place) => &found[place],
                Err(_) => &found[part],
            };
        }
        found
            .as_str()
            .unwrap_or_else(|| panic!("{path} is {found:?}"))
    };
    assert_eq!(at("clusters/0/name"), cluster);
    assert_eq!(at("clusters/0/cluster/server"), server);
    assert_eq!(at("users/0/name"), user);
    assert_eq!(at("contexts/0/name"), context);
    assert_eq!(at("contexts/0/context/cluster"), cluster);
    assert_eq!(at("contexts/0/context/user"), user);
    assert_eq!(at("current-context"), context);
    if let Some(paths) = &paths {
        assert_eq!(
            at("clusters/0/cluster/certificate-authority"),
            paths.authority
        );
        assert_eq!(at("users/0/user/client-certificate"), paths.certificate);
        assert_eq!(at("users/0/user/client-key"), paths.key);
    }

    let mut inventory = Inventory::default();
    inventory.add("admin.kubeconfig", &file.content, None);
    let (_, found) = inventory.kubeconfigs().next().expect("a kubeconfig");
    assert_eq!(
        (&found.clusters[0].name, &found.clusters[0].server),
        (&cluster, &server)
    );
    assert_eq!(
        (&found.users[0].name, &found.contexts[0].name),
        (&user, &context)
    );
    assert_eq!(
        (&found.contexts[0].cluster, &found.contexts[0].user),
        (&cluster, &user)
    );
    assert_eq!(found.current_context, context);
    match &paths {
        Some(paths) if !paths.certificate.is_empty() => {
            assert_eq!(
                found.users[0].client_certificate,
                Source::Path(paths.certificate.clone())
            );
        }
        Some(_) => {}
        None => assert_eq!(inventory.certificates().count(), 2),
    }
}

/// One kubeconfig, and no certificate but those that it embeds.
fn small() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let description: Description = r#"{"preset": "hightower-2025"}"#.parse().unwrap();
        let mut plan = Plan::new(&Cluster::parse(&pool::quick(&description)).unwrap());
        let place = |id: &str| plan.certificates.iter().position(|one| one.id == id);
        let needs = |one: &Kubeconfig| place(&one.certificate).max(place(&one.authority));
        let wanted = plan
            .kubeconfigs
            .iter()
            .min_by_key(|one| needs(one))
            .unwrap();
        let last = needs(wanted).unwrap();
        plan.kubeconfigs = vec![wanted.clone()];
        plan.certificates.truncate(last + 1);
        plan.placements.clear();
        plan.configurations.clear();
        plan.connections.clear();
        plan
    })
}
