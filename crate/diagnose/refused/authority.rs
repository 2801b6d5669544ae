//! An authority that was made anew: the name is right and the signature is not.

use crate::DecodedCertificate;
use crate::diagnose::blame::Suspect;
use crate::diagnose::board::Board;
use crate::diagnose::{Code, Mend};

impl Board<'_> {
    pub(super) fn remade(&mut self, suspect: &Suspect<'_>) {
        let authority = suspect.authority.as_str();
        let name = self.face(&suspect.der).map(|face| face.issuer.clone());
        let name = name.unwrap_or_default();
        let root = suspect.roots.first().and_then(|root| decoded(root));
        let trusted = root
            .and_then(|root| root.subject_key_id)
            .unwrap_or_default();
        let leaf = decoded(&suspect.der);
        let signer = leaf
            .and_then(|leaf| leaf.authority_key_id)
            .unwrap_or_default();
        let parameters = [
            ("authority", authority),
            ("name", &name),
            ("trusted", &trusted),
            ("signer", &signer),
        ];
        let code = Code::AuthorityRemade;
        let Some((own, node)) = self.outdated(suspect) else {
            self.blame(suspect, code, authority, &parameters);
            return self.make_again(code, authority, &suspect.id);
        };
        let cause = format!("{authority}@{node}");
        let finding = self.blame(suspect, code, &cause, &parameters);
        finding.parameters.insert("node", node.clone());
        let to = self.placed(authority, "crt", Some(&node));
        let copy = Mend::Copy {
            from: self.path(own),
            node: Some(node),
            to: to.map_or_else(String::new, |(_, path)| path),
        };
        self.mend(code, &cause, copy);
    }

    /// The authority that the rest of the cluster has, which knows the certificate, and the one node that has another.
    fn outdated(&self, suspect: &Suspect<'_>) -> Option<(usize, String)> {
        let connection = suspect.connection;
        let checking = if suspect.server {
            &connection.caller.node
        } else {
            &connection.listener.node
        };
        let main = self.main(&suspect.authority)?;
        let trusted = self.scene.ders(&self.scene.chain(main));
        let mut roots = trusted.iter();
        let signs = roots.any(|root| crate::verify::signed_by(&suspect.der, root).is_ok());
        let node = checking.clone()?;
        (signs && trusted != suspect.roots).then_some((main, node))
    }
}

fn decoded(der: &[u8]) -> Option<DecodedCertificate> {
    DecodedCertificate::from_der(der).ok()
}
