//! A name or an address that the listener's certificate does not have.

use std::net::IpAddr;

use crate::ComponentKind;
use crate::diagnose::Code;
use crate::diagnose::blame::Suspect;
use crate::diagnose::board::Board;
use crate::diagnose::finding::{Finding, Near, Slip};
use crate::recognise::face::Face;
use crate::recognise::near::near;

impl Board<'_> {
    pub(super) fn name(&mut self, suspect: &Suspect<'_>) {
        let Some(face) = self.face(&suspect.der) else {
            return;
        };
        let (id, host) = (suspect.id.as_str(), suspect.verdict.host.as_str());
        let cause = format!("{id} {host}");
        let is_address = host.parse::<IpAddr>().is_ok();
        if !face.has_names {
            let parameters = [("certificate", id), ("host", host)];
            self.lacks(suspect, Code::OnlyCommonName, id, &parameters);
            return;
        }
        if is_address && face.dns.iter().any(|name| name == host) {
            return self.address_as_name(suspect, &cause);
        }
        let pod = suspect.connection.caller.kind == ComponentKind::Pod;
        let code = if pod && is_address {
            Code::ServiceAddressMissing
        } else {
            let calling = self.calling.get(suspect.connection.id.as_str());
            let called = calling.and_then(|all| all.iter().find(|called| called.host == host));
            if let Some(called) = called.copied() {
                return self.server(suspect, face, called);
            }
            let corrected = &self.recognition.corrections().addresses;
            if !corrected.values().flatten().any(|address| address == host) {
                return self.name_missing(suspect, face);
            }
            // The user says where the machine is now.
            Code::AddressChanged
        };
        let names = Self::names(face);
        self.lacks(suspect, code, &cause, &[("host", host), ("names", &names)]);
    }

    /// Blames the listener's certificate, which is made again for it.
    pub(super) fn lacks(
        &mut self,
        suspect: &Suspect<'_>,
        code: Code,
        cause: &str,
        parameters: &[(&'static str, &str)],
    ) -> &mut Finding {
        self.make_again(code, cause, &suspect.id);
        self.blame(suspect, code, cause, parameters)
    }

    fn address_as_name(&mut self, suspect: &Suspect<'_>, cause: &str) {
        let (id, host) = (suspect.id.as_str(), suspect.verdict.host.as_str());
        let parameters = [("certificate", id), ("host", host)];
        let finding = self.lacks(suspect, Code::AddressAsName, cause, &parameters);
        finding.near = Some(Near {
            found: format!("DNS:{host}"),
            meant: format!("IP:{host}"),
            slip: Slip::AddressAsName,
        });
    }

    pub(super) fn name_missing(&mut self, suspect: &Suspect<'_>, face: &Face) {
        let (id, host) = (suspect.id.as_str(), suspect.verdict.host.as_str());
        let usual = suspect.connection.dials.first();
        let always = usual.is_some_and(|dial| dial.host.to_string() == host);
        let always = if always { "true" } else { "false" };
        let names = Self::names(face);
        let parameters = [
            ("certificate", id),
            ("host", host),
            ("names", &names),
            ("always", always),
        ];
        let cause = format!("{id} {host}");
        let finding = self.lacks(suspect, Code::NameMissing, &cause, &parameters);
        finding.near = face.dns.iter().find_map(|name| near(name, host));
        if always == "true" {
            finding.parameters.insert("always", always.to_owned());
        }
    }
}
