//! README.txt: what each file is, who uses it, until when.

use std::fmt::Write as _;

use crate::{CertificateKind, Issued, Pki, PlannedCertificate};

pub(super) fn text(pki: &Pki) -> String {
    let plan = pki.plan();
    let mut text = format!(
        "{name}\n\nEvery key pair and certificate of the cluster, made by Hardway on {now}.\n\n\
         KEEP ca.key SECRET. Whoever has it can make a certificate for anybody, also for admin (system:masters).\n\
         Delete this folder from your computer once the nodes have their files and ca.key is in a safe place.\n\n\
         FIRST STEPS\n\n  \
         sh verify.sh                     checks every file with openssl\n  \
         sh distribute.sh --dry-run       says what would be copied where\n  \
         sh distribute.sh --user USER     copies to each node its folder\n  \
         sudo sh NODE/install.sh          on each node: puts the files to their final paths\n\n\
         The guide's own scp loops work from pki/ as they are.\n\nCERTIFICATES (pki/NAME.key, pki/NAME.csr, pki/NAME.crt)\n",
        name = plan.name(),
        now = pki.now().rfc3339(),
    );
    for (planned, issued) in pki.iter() {
        certificate(&mut text, pki, planned, issued);
    }
    text += "\nKUBECONFIGS (kubeconfig/)\n\n";
    for kubeconfig in &plan.kubeconfigs {
        let _ = writeln!(
            text,
            "  {}\n      {} at {}",
            kubeconfig.file, kubeconfig.user, kubeconfig.server
        );
    }
    text += "\nFINAL PATHS (nodes/NODE/, put there by install.sh)\n";
    let mut node = "";
    for placement in &plan.placements {
        if node != placement.node {
            node = &placement.node;
            let _ = writeln!(text, "\n  {node}");
        }
        let _ = writeln!(text, "    {:04o} {}", placement.mode, placement.path);
    }
    if let Some(kubeconfig) = plan
        .kubeconfigs
        .iter()
        .find(|kubeconfig| unplaced(pki, &kubeconfig.file))
    {
        let _ = writeln!(
            text,
            "\n  your own computer\n    0600 ~/.kube/config (copy kubeconfig/{} there)",
            kubeconfig.file
        );
    }
    text += "\nDIFFERENCES FROM THE GUIDE\n";
    for difference in plan.differences {
        let _ = writeln!(
            text,
            "\n  {}\n    guide:  {}\n    here:   {}\n    reason: {}",
            difference.about, difference.guide, difference.hardway, difference.reason
        );
    }
    text
}

fn certificate(text: &mut String, pki: &Pki, planned: &PlannedCertificate, issued: &Issued) {
    let subject: Vec<_> = planned
        .subject
        .iter()
        .map(|part| format!("{}={}", part.attribute.short_name(), part.value))
        .collect();
    let _ = writeln!(
        text,
        "\n  {}\n    subject: {}",
        planned.id,
        subject.join(", ")
    );
    if !planned.names.is_empty() {
        let names: Vec<_> = planned
            .names
            .iter()
            .map(|name| name.name.to_string())
            .collect();
        let _ = writeln!(text, "    valid for: {}", names.join(", "));
    }
    let _ = writeln!(text, "    used by: {}", users(pki, planned).join(", "));
    let _ = writeln!(text, "    expires: {}", issued.not_after.rfc3339());
}

/// Who shows the certificate to whom, in words.
fn users(pki: &Pki, planned: &PlannedCertificate) -> Vec<String> {
    match planned.kind {
        CertificateKind::Authority => {
            return vec!["everybody, to check the others; its key signs them".into()];
        }
        CertificateKind::TokenSigner => {
            return vec![
                "kube-controller-manager, whose tokens its key signs; kube-apiserver, which checks them".into(),
            ];
        }
        CertificateKind::Client | CertificateKind::ServerClient => {}
    }
    let mut users: Vec<String> = Vec::new();
    for connection in &pki.plan().connections {
        let (caller, listener) = (
            connection.caller.kind.name(),
            connection.listener.kind.name(),
        );
        if connection.server.certificate == planned.id {
            users.push(format!("{listener} as a server"));
        }
        if connection.client.certificate.as_ref() == Some(&planned.id) {
            users.push(format!("{caller} as a client of {listener}"));
        }
    }
    users.sort();
    users.dedup();
    users
}

fn unplaced(pki: &Pki, file: &str) -> bool {
    pki.plan()
        .placements
        .iter()
        .all(|placement| placement.file != file)
}
