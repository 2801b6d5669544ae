//! Machines that a folder, a kubelet's certificate or an etcd member's tells of.

use super::Builder;
use crate::recognise::duty::Duty;

impl Builder<'_> {
    /// What lies in a node's folder shows what runs there.
    pub(super) fn folders(&mut self) {
        let scene = self.scene;
        for folder in &scene.folders {
            self.draft(folder);
        }
        let duties = scene.called.iter().map(|called| (called.item, called.duty));
        let seen = scene.seen.iter().enumerate();
        let all = seen.map(|(item, seen)| (item, seen.duty())).chain(duties);
        for (item, duty) in all {
            let seen = &scene.seen[item];
            if let (Some(node), Some(duty), None) = (seen.node(), duty, seen.within) {
                let kubelet = seen.kubelet.as_deref();
                let own = kubelet.is_none_or(|kubelet| kubelet == node);
                self.runs(node, duty, own, seen.face.is_some());
            }
        }
    }

    /// `own`: not another node's kubelet's; `certificate`: and not a kubeconfig or a key.
    fn runs(&mut self, node: &str, duty: Duty, own: bool, certificate: bool) {
        let draft = self.draft(node);
        match duty {
            Duty::Apiserver | Duty::ControllerManager | Duty::Scheduler => {
                draft.control_plane = true;
            }
            Duty::EtcdServer | Duty::EtcdPeer => draft.etcd = true,
            Duty::KubeletClient | Duty::KubeletServer if own => draft.kubelet = true,
            Duty::KubeProxy if !certificate => draft.kubelet = true,
            _ => {}
        }
    }

    pub(super) fn kubelets(&mut self) {
        let scene = self.scene;
        for (_, seen, face) in scene.certificates() {
            let Some(node) = &seen.kubelet else { continue };
            let draft = self.draft(node);
            draft.kubelet = true;
            draft.add(face.addresses.iter().copied());
            draft.call(&face.dns);
        }
        for called in &scene.called {
            if let (Some(Duty::KubeletClient), Some(node)) = (called.duty, &called.node) {
                self.draft(node).kubelet = true;
            }
        }
    }

    /// Members of etcd whose certificates say their names, as kubeadm's do.
    pub(super) fn members(&mut self) {
        for (_, seen, face) in self.scene.certificates() {
            if !seen.duty().is_some_and(Duty::is_etcd_member) {
                continue;
            }
            let named = face.dns.contains(&face.common_name);
            if named && Duty::of_common_name(&face.common_name).is_none() {
                let draft = self.draft(&face.common_name);
                draft.etcd = true;
                draft.add(face.addresses.iter().copied());
                draft.call(&face.dns);
            }
        }
    }
}
