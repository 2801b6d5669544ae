//! The guide's unit file for kube-apiserver has no --service-cluster-ip-range: then services begin elsewhere.

use std::collections::BTreeMap;

use crate::diagnose::board::Board;
use crate::diagnose::{Code, Severity};
use crate::recognise::evidence::assumed;
use crate::recognise::face::Face;

impl Board<'_> {
    pub(super) fn services(&mut self) {
        let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for connection in &self.plan.connections {
            let id = &connection.server.certificate;
            let face = self.main_face(id);
            for dial in &connection.dials {
                let host = dial.host.to_string();
                let held = |face: &Face| {
                    let mut addresses = face.addresses.iter();
                    addresses.any(|address| address.to_string() == host)
                };
                let assumed = assumed(self.recognition, connection, &host);
                if assumed && face.is_some_and(|face| !held(face)) {
                    let one = (connection.id.clone(), id.clone());
                    found.entry(host).or_default().push(one);
                }
            }
        }
        for (host, all) in found {
            let finding = self.note(Severity::WillBreak, Code::ServiceRangeUnset, &host);
            finding.parameters.insert("host", host.clone());
            let first = all.first().map(|(_, id)| id.clone());
            for (connection, id) in all {
                finding.connections.push(connection);
                finding.certificates.push(id);
            }
            if let Some(id) = first {
                self.make_again(Code::ServiceRangeUnset, &host, &id);
            }
        }
    }
}
