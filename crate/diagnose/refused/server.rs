//! A kubeconfig calls a name that the listener's certificate does not have: whose fault that is.

use crate::diagnose::blame::Suspect;
use crate::diagnose::board::Board;
use crate::diagnose::{Code, Mend};
use crate::recognise::face::Face;
use crate::recognise::kubeconfig::Called;
use crate::recognise::near::near;

impl Board<'_> {
    /// The kubeconfig's, if others call another name, which the certificate has. If several call this one, the address has changed; by one alone
    /// nobody can say.
    pub(super) fn server(&mut self, suspect: &Suspect<'_>, face: &Face, called: &Called) {
        let others = self.scene.called.iter();
        // 127.0.0.1 is right for nobody from outside.
        let alike =
            |other: &&Called| other.duty.is_some() && other.is_loopback() == called.is_loopback();
        let mut others = others.filter(alike);
        if let Some(right) = others.clone().find(|other| other.is_held_by(face)) {
            let usual = right.server.clone();
            return self.wrong_server(suspect, called, usual);
        }
        let agrees = |other: &Called| other.host == called.host && other.item != called.item;
        if !others.any(agrees) {
            return self.name_missing(suspect, face);
        }
        let (host, names) = (called.host.as_str(), Self::names(face));
        let parameters = [("host", host), ("names", &names)];
        self.lacks(suspect, Code::AddressChanged, host, &parameters);
    }

    fn wrong_server(&mut self, suspect: &Suspect<'_>, called: &Called, usual: String) {
        let path = self.path(called.item);
        let cause = path.clone();
        let parameters = [
            ("path", path.as_str()),
            ("server", &called.server),
            ("host", &called.host),
            ("usual", &usual),
        ];
        let finding = self.blame(suspect, Code::WrongServer, &cause, &parameters);
        finding.items = vec![called.item];
        finding.certificates.clear();
        let meant = usual.trim_start_matches("https://");
        let meant = meant.split(':').next().unwrap_or_default();
        finding.near = near(&called.host, meant);
        let server = usual;
        self.mend(Code::WrongServer, &cause, Mend::SetServer { path, server });
    }
}
