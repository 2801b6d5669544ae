//! The front proxy: whether there is one, and whether its authority is its own.

use crate::diagnose::board::Board;
use crate::diagnose::{Code, Severity};
use crate::verify::{front_proxy, signed_by};

const CLIENT: &str = "front-proxy-client";
const AUTHORITY: &str = "front-proxy-ca";

impl Board<'_> {
    pub(super) fn front_proxy(&mut self) {
        let (client, authority) = (self.main(CLIENT), self.main(AUTHORITY));
        if self.plan.certificate(CLIENT).is_none() || client.is_none() && authority.is_none() {
            self.note(Severity::Untidy, Code::FrontProxyMissing, "");
            return;
        }
        let Some(own) = self.main("ca") else { return };
        let ders = |one: Option<usize>, other: Option<usize>| {
            Some((self.scene.der(one?)?, self.scene.der(other?)?))
        };
        let same = authority
            .is_some_and(|authority| self.scene.public(authority) == self.scene.public(own));
        let by_own =
            ders(client, Some(own)).is_some_and(|(der, root)| signed_by(der, root).is_ok());
        if same || by_own {
            return self.shared(client.into_iter().chain(authority));
        }
        let refused = ders(client, authority)
            .and_then(|(der, root)| front_proxy(der, root, &[], self.now).err());
        // What is out of its time is told with the others.
        if let Some(text) = refused.filter(|text| !text.contains("expired or is not yet valid")) {
            let finding = self.note(Severity::Breaks, Code::Refused, CLIENT);
            finding.parameters.insert("text", text);
            finding.certificates.push(CLIENT.to_owned());
            self.make_again(Code::Refused, CLIENT, CLIENT);
        }
    }

    /// Whoever is a client may then say that he is anybody.
    fn shared(&mut self, items: impl Iterator<Item = usize>) {
        let code = Code::FrontProxyAuthorityShared;
        let look = self.look(AUTHORITY, None, "-subject -ext subjectKeyIdentifier");
        let finding = self.note(Severity::Unsafe, code, "");
        finding.parameters.insert("authority", "ca".to_owned());
        finding.certificates = vec![AUTHORITY.to_owned(), CLIENT.to_owned()];
        finding.items.extend(items);
        finding.commands = vec![look];
        for id in [AUTHORITY, CLIENT] {
            self.make_again(code, "", id);
        }
    }
}
