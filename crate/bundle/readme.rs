//! README.txt: what each file is, who uses it, until when.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::{CertificateKind, ConfigurationKind, Pki, Plan, PlannedCertificate};

pub(super) fn text(pki: &Pki) -> String {
    let plan = pki.plan();
    let mut text = format!(
        "{name}\n\nEvery key pair and certificate of the cluster, made by Hardway on {now}.\n\n\
         KEEP {authorities} SECRET. Whoever has it can make a certificate for anybody, also for a user of system:masters.\n\
         Delete this folder from your computer once the nodes have their files and ca.key is in a safe place.\n\n\
         FIRST STEPS\n\n  \
         sh verify.sh                     checks every file with openssl\n  \
         sh distribute.sh --dry-run       says what would be copied where\n  \
         sh distribute.sh --user USER     copies to each node its folder\n  \
         sudo sh NODE/install.sh          on each node: puts the files to their final paths\n\n\
         The guide's own scp loops work from pki/ as they are. To make a set like this one by hand, each with its own files and\n\
         commands: openssl/make.sh, cfssl/make.sh.\n\nCERTIFICATES (pki/NAME.key, pki/NAME.csr, pki/NAME.crt)\n",
        name = plan.name(),
        now = pki.now().rfc3339(),
        authorities = authorities(plan),
    );
    let shown = shown(plan);
    for planned in &plan.certificates {
        certificate(&mut text, pki, &shown, planned);
    }
    text += "\nKUBECONFIGS (kubeconfig/)\n\n";
    for kubeconfig in &plan.kubeconfigs {
        let _ = writeln!(
            text,
            "  {}\n      {} at {}",
            kubeconfig.file, kubeconfig.user, kubeconfig.server
        );
    }
    configurations(&mut text, plan);
    final_paths(&mut text, pki);
    differences(&mut text, plan);
    text
}

fn authorities(plan: &Plan) -> String {
    let authorities = plan.certificates.iter().filter(|c| c.kind.is_authority());
    let keys: Vec<_> = authorities.map(|c| format!("{}.key", c.id)).collect();
    keys.join(", ")
}

fn configurations(text: &mut String, plan: &Plan) {
    *text += "\nCONFIGURATIONS (config/)\n\n";
    for configuration in &plan.configurations {
        let subject = &configuration.subject;
        let what = match configuration.kind {
            ConfigurationKind::AdminAccess => {
                format!("lets the group {subject} do everything; apply it with super-admin.conf")
            }
            ConfigurationKind::Encryption => {
                "a fresh key with which kube-apiserver encrypts Secrets in etcd (--encryption-provider-config); keep it secret".into()
            }
            ConfigurationKind::KubeletAccess => {
                format!("lets the user {subject}, which is kube-apiserver, use the kubelets' API: kubectl apply -f it once")
            }
        };
        let _ = writeln!(text, "  {}\n      {what}", configuration.file);
    }
}

fn final_paths(text: &mut String, pki: &Pki) {
    let plan = pki.plan();
    *text += "\nFINAL PATHS (nodes/NODE/, put there by install.sh)\n";
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
        .find(|kubeconfig| kubeconfig.node.is_none() && unplaced(pki, &kubeconfig.file))
    {
        let _ = writeln!(
            text,
            "\n  your own computer\n    0600 ~/.kube/config (copy kubeconfig/{} there)",
            kubeconfig.file
        );
    }
}

fn differences(text: &mut String, plan: &Plan) {
    if plan.differences.is_empty() {
        return;
    }
    *text += "\nDIFFERENCES FROM THE GUIDE\n";
    for difference in plan.differences {
        let _ = writeln!(
            text,
            "\n  {}\n    guide:  {}\n    here:   {}\n    reason: {}",
            difference.about, difference.guide, difference.hardway, difference.reason
        );
    }
}

fn certificate(text: &mut String, pki: &Pki, shown: &Shown<'_>, planned: &PlannedCertificate) {
    let Some(issued) = pki.issued(&planned.id) else {
        let users = users(shown, planned).join(", ");
        let _ = writeln!(
            text,
            "\n  {}\n    a key pair without a certificate: pki/{0}.key and pki/{0}.pub\n    used by: {users}",
            planned.id
        );
        return;
    };
    let _ = writeln!(
        text,
        "\n  {}\n    subject: {}",
        planned.id,
        planned.subject_text()
    );
    if !planned.names.is_empty() {
        let names: Vec<_> = planned
            .names
            .iter()
            .map(|name| name.name.to_string())
            .collect();
        let _ = writeln!(text, "    valid for: {}", names.join(", "));
    }
    let _ = writeln!(text, "    used by: {}", users(shown, planned).join(", "));
    let _ = writeln!(text, "    expires: {}", issued.not_after.rfc3339());
}

/// Who shows the certificate to whom, in words.
fn users(shown: &Shown<'_>, planned: &PlannedCertificate) -> Vec<String> {
    match planned.kind {
        CertificateKind::Authority => {
            return vec!["everybody, to check the others; its key signs them".into()];
        }
        CertificateKind::TokenSigner => {
            return vec![
                "kube-controller-manager, whose tokens its key signs; kube-apiserver, which checks them".into(),
            ];
        }
        CertificateKind::KeyPair => {
            return vec![
                "kube-controller-manager and kube-apiserver: the private key signs tokens, the public one checks them".into(),
            ];
        }
        CertificateKind::Client | CertificateKind::Server | CertificateKind::ServerClient => {}
    }
    let mut users = shown.get(planned.id.as_str()).cloned().unwrap_or_default();
    if !planned.note.is_empty() {
        users.insert(planned.note.clone());
    }
    users.into_iter().collect()
}

/// What each certificate is shown as on the plan's connections, gathered in one pass: there may be thousands of both.
fn shown(plan: &Plan) -> Shown<'_> {
    let mut shown = Shown::new();
    for connection in &plan.connections {
        let caller = connection.caller.kind.name();
        let listener = connection.listener.kind.name();
        let server = shown.entry(&connection.server.certificate).or_default();
        server.insert(format!("{listener} as a server"));
        if let Some(client) = &connection.client.certificate {
            let client = shown.entry(client).or_default();
            client.insert(format!("{caller} as a client of {listener}"));
        }
    }
    shown
}

type Shown<'a> = HashMap<&'a str, BTreeSet<String>>;

fn unplaced(pki: &Pki, file: &str) -> bool {
    pki.plan()
        .placements
        .iter()
        .all(|placement| placement.file != file)
}
