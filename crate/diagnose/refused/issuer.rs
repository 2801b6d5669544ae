//! Nobody whom the other end trusts has signed it: why.

use crate::ComponentKind;
use crate::diagnose::blame::Suspect;
use crate::diagnose::board::Board;
use crate::diagnose::{Code, Mend};
use crate::recognise::face::Face;
use crate::recognise::kubeconfig::Called;

impl Board<'_> {
    pub(super) fn issuer(&mut self, suspect: &Suspect<'_>) {
        let (id, text) = (suspect.id.as_str(), &suspect.verdict.text);
        if text.contains("insecure algorithm") {
            let parameters = [("certificate", id)];
            self.blame(suspect, Code::WeakSignature, id, &parameters);
            return self.make_again(Code::WeakSignature, id, id);
        }
        if text.contains("parent certificate cannot sign this kind of certificate") {
            let (code, authority) = (
                Code::AuthorityWithoutBasicConstraints,
                suspect.authority.as_str(),
            );
            self.blame(suspect, code, authority, &[("certificate", authority)]);
            return self.make_again_below(code, authority, authority);
        }
        let Some(face) = self.face(&suspect.der) else {
            return;
        };
        if let Some(called) = self.foreign_authority(suspect) {
            return self.kubeconfig_authority(suspect, called.item);
        }
        let mut roots = suspect.roots.iter().filter_map(|der| self.face(der));
        if roots.any(|root| root.raw_subject == face.raw_issuer) {
            return self.remade(suspect);
        }
        self.unknown_authority(suspect, face);
    }

    fn unknown_authority(&mut self, suspect: &Suspect<'_>, face: &Face) {
        let roots = suspect.roots.iter().filter_map(|der| self.face(der));
        let trusted: Vec<_> = roots.map(|root| root.subject.as_str()).collect();
        let trusted = trusted.join("; ");
        let code = match suspect.connection.listener.kind {
            ComponentKind::Kubelet if suspect.server => Code::KubeletUnknownAuthority,
            _ => Code::UnknownAuthority,
        };
        let id = suspect.id.as_str();
        let parameters = [
            ("certificate", id),
            ("issuer", &face.issuer),
            ("trusted", &trusted),
        ];
        self.blame(suspect, code, id, &parameters);
        self.make_again(code, id, id);
    }

    /// A kubeconfig trusts another authority than the cluster's.
    fn kubeconfig_authority(&mut self, suspect: &Suspect<'_>, item: usize) {
        let (path, authority) = (self.path(item), suspect.authority.as_str());
        let parameters = [("path", path.as_str()), ("authority", authority)];
        let finding = self.blame(suspect, Code::KubeconfigAuthority, &path, &parameters);
        finding.items = vec![item];
        finding.certificates = vec![authority.to_owned()];
        let from = self.main(authority).map(|item| self.path(item));
        let copy = Mend::Copy {
            from: from.unwrap_or_default(),
            node: suspect.node.clone(),
            to: format!("{path} certificate-authority-data"),
        };
        self.mend(Code::KubeconfigAuthority, &path, copy);
    }

    /// The kubeconfig whose authority it is, if the cluster's own would accept the certificate.
    fn foreign_authority(&self, suspect: &Suspect<'_>) -> Option<&Called> {
        if !suspect.server {
            return None;
        }
        let called = self.calling.get(suspect.connection.id.as_str())?.first()?;
        let main = self.main(&suspect.authority)?;
        let trusted = self.scene.ders(&self.scene.chain(main));
        let own = called.authority.items().iter();
        let mut own = own.filter_map(|item| self.scene.der(*item));
        let differs = own.all(|der| !trusted.iter().any(|main| main == der));
        let mut trusted = trusted.iter();
        let accepted = trusted.any(|root| crate::verify::signed_by(&suspect.der, root).is_ok());
        (differs && accepted).then_some(*called)
    }
}
