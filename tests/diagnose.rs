//! Clusters that are broken on purpose, each with the finding that has to be on top; and what is said of it.

mod common;

use common::command::{Tool, run};
use common::recognised::{Dropped, Recognised};
use common::workbench::Workbench;
use common::{NOW, foreign_pki, pki, pki_of, plan_of, today};
use hardway::by_hand::Place;
use hardway::diagnose::{Code, Finding, Mend, Severity, Slip};
use hardway::verify::State;
use hardway::{Pki, PrivateKey};

const DAY: i64 = 86_400;

fn pki_folder(path: &str) -> bool {
    path.contains("/pki/") || path.contains("/kubeconfig/")
}

/// The seed's cluster without the copies on its nodes.
fn seed() -> Dropped {
    Dropped::bundle(&pki()).keep(pki_folder)
}

fn seed_of(change: &str) -> Dropped {
    let plan = plan_of(&format!(r#"{{"preset": "hard-way-2020", {change}}}"#));
    Dropped::bundle(&pki_of(plan, NOW, 1)).keep(pki_folder)
}

fn kubeadm() -> Pki {
    let nodes = r#"[{"name": "a", "role": "control-plane", "addresses": ["10.0.0.11"]},
        {"name": "b", "role": "control-plane", "addresses": ["10.0.0.12"]}, {"name": "w", "role": "worker", "addresses": ["10.0.0.21"]}]"#;
    pki_of(
        plan_of(&format!(r#"{{"preset": "kubeadm", "nodes": {nodes}}}"#)),
        NOW,
        1,
    )
}

/// Makes certificates of the seed's cluster again, by openssl, with other extensions.
struct Forge {
    bench: Workbench,
}

impl Forge {
    fn new(dropped: &Dropped) -> Self {
        let bench = Workbench::new();
        for (path, bytes, _) in &dropped.0 {
            if let Some((_, name)) = path.split_once("/pki/") {
                bench.write(name, bytes);
            }
        }
        Self { bench }
    }

    /// Signed by `ca`, between two days from the clock of the tests.
    fn leaf(&self, id: &str, subject: &str, extensions: &str) -> Vec<u8> {
        self.leaf_by("ca", id, subject, extensions)
    }

    fn leaf_by(&self, ca: &str, id: &str, subject: &str, extensions: &str) -> Vec<u8> {
        self.bench.write("ext", extensions);
        self.openssl(&[
            "req",
            "-new",
            "-key",
            &format!("{id}.key"),
            "-subj",
            subject,
            "-out",
            "new.csr",
        ]);
        let (ca_file, key) = (format!("{ca}.crt"), format!("{ca}.key"));
        self.openssl(&[
            "x509",
            "-req",
            "-in",
            "new.csr",
            "-CA",
            &ca_file,
            "-CAkey",
            &key,
            "-CAcreateserial",
            "-days",
            "3650",
            "-extfile",
            "ext",
            "-out",
            "new.crt",
        ]);
        self.bench.read("new.crt")
    }

    fn openssl(&self, arguments: &[&str]) {
        let command = &mut Tool::Openssl.command();
        run(command.args(arguments).current_dir(self.bench.folder())).succeeded();
    }
}

const SERVER: &str = "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\n";
const APISERVER: &str = "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,\
    IP:10.96.0.1,IP:192.168.5.11,IP:192.168.5.12,IP:192.168.5.30,IP:127.0.0.1";

/// Judged by the computer's clock: what openssl makes begins now.
fn top_of_today(dropped: &Dropped, code: Code) -> Recognised {
    top(dropped.recognised(today().max(NOW)), code)
}

fn top_at(dropped: &Dropped, now: i64, code: Code) -> Recognised {
    top(dropped.recognised(now), code)
}

fn top(found: Recognised, code: Code) -> Recognised {
    let top = found.top();
    let all: Vec<_> = found
        .findings
        .iter()
        .map(|one| (one.severity, one.code))
        .collect();
    assert_eq!(
        (top.severity, top.code),
        (Severity::Breaks, code),
        "{all:?}\n{top:#?}"
    );
    found.judged_as_by_go();
    found
}

fn again(finding: &Finding) -> Vec<&str> {
    let again = finding.mend.iter().find_map(|mend| match mend {
        Mend::MakeAgain { certificates } => Some(certificates),
        _ => None,
    });
    again
        .unwrap_or_else(|| panic!("{finding:#?}"))
        .iter()
        .map(String::as_str)
        .collect()
}

fn says(finding: &Finding, component: &str, text: &str) {
    let said = finding.said.as_ref().unwrap();
    assert!(
        said.component.starts_with(component) && said.text.contains(text),
        "{said:#?}"
    );
}

#[test]
fn row_2_the_service_s_address_is_missing() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let names = APISERVER.replace("IP:10.96.0.1,", "");
    let made = forge.leaf(
        "kube-apiserver",
        "/CN=kube-apiserver",
        &format!("{SERVER}subjectAltName={names}"),
    );
    let found = top_of_today(
        &seed.put("pki/kube-apiserver.crt", &made),
        Code::ServiceAddressMissing,
    );
    let top = found.top();
    assert_eq!(top.parameters["host"], "10.96.0.1");
    assert!(
        top.connections.iter().all(|one| one.starts_with("pod@")) && !top.connections.is_empty()
    );
    assert_eq!(again(top), ["kube-apiserver"]);
    says(
        top,
        "pod@",
        "x509: certificate is valid for 192.168.5.11, 192.168.5.12, 192.168.5.30, 127.0.0.1, not 10.96.0.1",
    );
    let command = &top.commands[0];
    assert!(matches!(&command.place, Place::Node(node) if node.starts_with("master-")));
    assert_eq!(
        command.command,
        "openssl x509 -in /var/lib/kubernetes/kube-apiserver.crt -noout -subject -ext subjectAltName"
    );
}

#[test]
fn row_3_another_name_is_missing_and_an_address_stands_where_a_name_belongs() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let made = |names: &str| {
        forge.leaf(
            "kube-apiserver",
            "/CN=kube-apiserver",
            &format!("{SERVER}subjectAltName={names}"),
        )
    };
    // 127.0.0.1, which the controller manager calls.
    let without = made(&APISERVER.replace(",IP:127.0.0.1", ""));
    let only = Dropped(seed.0.clone()).keep(|path| path.contains("/pki/"));
    let found = top_of_today(
        &only.put("pki/kube-apiserver.crt", &without),
        Code::NameMissing,
    );
    let top = found.top();
    assert_eq!(
        (
            top.parameters["host"].as_str(),
            top.parameters["always"].as_str()
        ),
        ("127.0.0.1", "true")
    );
    says(top, "", "not 127.0.0.1");
    let as_name = made(&APISERVER.replace("IP:192.168.5.30", "DNS:192.168.5.30"));
    let found = top_of_today(
        &seed.put("pki/kube-apiserver.crt", &as_name),
        Code::AddressAsName,
    );
    let near = found.top().near.as_ref().unwrap();
    assert_eq!(
        (near.found.as_str(), near.meant.as_str(), near.slip),
        ("DNS:192.168.5.30", "IP:192.168.5.30", Slip::AddressAsName)
    );
}

#[test]
fn row_4_slips_in_cn_and_o() {
    let slips = [
        (
            "kube-scheduler",
            r#""commonName": "system:system:kube-scheduler""#,
            Code::CallerUnknown,
            Slip::Doubled,
        ),
        (
            "kube-scheduler",
            r#""commonName": "system:kube-schedular""#,
            Code::CallerUnknown,
            Slip::Spelling,
        ),
        (
            "kube-proxy",
            r#""commonName": "system:kube-pr0xy""#,
            Code::CallerUnknown,
            Slip::Digit,
        ),
        (
            "admin",
            r#""organization": "system:masters,""#,
            Code::CallerUnknown,
            Slip::Trailing,
        ),
        (
            "admin",
            r#""commonName": "system:masters", "organization": "admin""#,
            Code::CallerUnknown,
            Slip::Swapped,
        ),
        (
            "admin",
            r#""organization": """#,
            Code::CallerUnknown,
            Slip::Nothing,
        ),
        (
            "kube-controller-manager",
            r#""commonName": "System:kube-controller-manager""#,
            Code::CallerUnknown,
            Slip::Case,
        ),
        (
            "worker-1",
            r#""organization": "system:node""#,
            Code::CallerUnknown,
            Slip::Spelling,
        ),
    ];
    for (id, change, code, slip) in slips {
        let dropped = seed_of(&format!(r#""certificates": {{"{id}": {{{change}}}}}"#));
        let found = top_at(&dropped, NOW, code);
        let top = found.top();
        assert_eq!(
            top.near.as_ref().map(|near| near.slip),
            Some(slip),
            "{change}: {top:#?}"
        );
        assert_eq!(
            (top.certificates[0].as_str(), again(top)),
            (id, vec![id]),
            "{change}"
        );
        assert!(
            top.said
                .as_ref()
                .unwrap()
                .text
                .contains("is forbidden: User"),
            "{top:#?}"
        );
        // Nobody refuses it.
        assert_eq!(found.others(State::Verified), [""; 0]);
        let changes = found.recognition.description.certificates.as_ref().unwrap();
        assert!(
            !changes.contains_key(id),
            "a slip is not to be made again: {changes:?}"
        );
    }
    // One that does no harm, as Hightower's guide has it.
    let plan = plan_of(
        r#"{"preset": "hightower-2025", "keyAlgorithm": "rsa-2048", "certificates": {"kube-scheduler": {"organization": "system:system:kube-scheduler"}}}"#,
    );
    let found = Dropped::bundle(&pki_of(plan, NOW, 1)).recognised(NOW);
    assert_eq!(found.codes(Severity::Breaks), []);
    let finding = found.finding(Code::NearMiss);
    assert_eq!(
        (finding.severity, finding.near.as_ref().unwrap().slip),
        (Severity::Untidy, Slip::Doubled)
    );
}

#[test]
fn row_5_the_kubelets_do_not_know_kube_apiserver_s_user() {
    let dropped = seed_of(r#""certificates": {"kube-apiserver": {"commonName": "apiserver"}}"#);
    let found = top_at(&dropped, NOW, Code::KubeletClientNotAuthorised);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["user"].as_str(),
            top.parameters["bound"].as_str()
        ),
        ("apiserver", "kube-apiserver")
    );
    says(
        top,
        "kubectl",
        "Forbidden (user=apiserver, verb=get, resource=nodes, subresource=proxy)",
    );
    assert!(top.connections.iter().all(|one| one.contains("/kubelet@")));
}

#[test]
fn row_6_a_kubelet_s_certificate_is_of_an_authority_that_kube_apiserver_does_not_know() {
    let pki = kubeadm();
    let dropped = Dropped::bundle(&pki).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&dropped);
    let extensions =
        format!("{SERVER}subjectAltName=DNS:w,IP:10.0.0.21").replace(",clientAuth", "");
    let made = forge.leaf_by(
        "front-proxy-ca",
        "w/kubelet",
        "/O=system:nodes/CN=system:node:w",
        &extensions,
    );
    let found = top_of_today(
        &dropped.put("pki/w/kubelet.crt", &made),
        Code::KubeletUnknownAuthority,
    );
    let top = found.top();
    assert_eq!(
        (again(top), top.parameters["issuer"].as_str()),
        (vec!["w/kubelet"], "CN=front-proxy-ca")
    );
    says(
        top,
        "kube-apiserver@",
        "certificate signed by unknown authority",
    );
    assert_eq!(
        top.commands[0].command,
        "openssl x509 -in /var/lib/kubelet/pki/kubelet.crt -noout -issuer -ext authorityKeyIdentifier"
    );
}

#[test]
fn row_7_a_node_calls_under_another_node_s_name() {
    let pki = pki();
    let mut dropped = Dropped::bundle(&pki).keep(|path| path.contains("/nodes/"));
    let other = dropped.read("nodes/worker-1/worker-1.kubeconfig");
    dropped = dropped.put("nodes/worker-2/worker-2.kubeconfig", &other);
    let found = top_at(&dropped, NOW, Code::NodeNameMismatch);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["node"].as_str(),
            top.parameters["user"].as_str()
        ),
        ("worker-2", "system:node:worker-1")
    );
    says(
        top,
        "kubelet@worker-2",
        "node \"worker-1\" cannot read \"worker-2\", only its own Node object",
    );
}

#[test]
fn row_8_an_authority_made_anew_leaves_the_old_certificates_behind() {
    let seed =
        Dropped::bundle(&pki()).keep(|path| path.contains("/pki/") && !path.ends_with(".csr"));
    let foreign = foreign_pki(NOW);
    let ca = foreign.issued("ca").unwrap().certificate_pem.clone();
    let key = foreign.keys().of("ca").unwrap().to_pkcs8_pem().unwrap();
    let found = top_at(
        &seed
            .put("pki/ca.crt", ca.as_bytes())
            .put("pki/ca.key", key.as_bytes()),
        NOW,
        Code::AuthorityRemade,
    );
    let top = found.top();
    assert_eq!(top.parameters["authority"], "ca");
    assert_ne!(top.parameters["trusted"], top.parameters["signer"]);
    let made = again(top);
    assert!(
        made.contains(&"kube-apiserver") && made.contains(&"etcd-server") && !made.contains(&"ca"),
        "{made:?}"
    );
    assert!(
        found.others(State::Refused).is_empty()
            || found.states("pod/kube-apiserver").contains(&State::Refused)
    );
    assert_eq!(found.codes(Severity::Breaks), [Code::AuthorityRemade]);
}

#[test]
fn row_9_one_control_plane_signs_tokens_with_another_key_or_verifies_with_another() {
    let pki = pki();
    let whole = || Dropped::bundle(&pki).keep(|path| path.contains("/nodes/"));
    let other = whole().read("nodes/master-1/kube-apiserver.key");
    // Its certificate is another's as well, or it would not even be its own.
    let found = top_at(
        &whole().put("nodes/master-2/service-account.key", &other),
        NOW,
        Code::TokenKeyDiffers,
    );
    let top = found.top();
    assert_eq!(top.parameters["node"], "master-2");
    let Mend::Copy { node, to, from } = &top.mend[0] else {
        panic!("{top:#?}")
    };
    assert_eq!(
        (node.as_deref(), to.as_str()),
        (Some("master-2"), "/var/lib/kubernetes/service-account.key")
    );
    assert!(
        from.ends_with("nodes/master-1/service-account.key"),
        "{from}"
    );
    assert_eq!(top.commands.len(), 2);
    let kubeadm = kubeadm();
    let public = Dropped::bundle(&kubeadm).read("pki/ca.key");
    let key = String::from_utf8(public).unwrap();
    let key = rsa::pkcs8::SecretDocument::from_pem(&key).unwrap().1;
    let key = PrivateKey::from_pkcs8_der(key.as_bytes(), "ca")
        .unwrap()
        .to_public_key_pem()
        .unwrap();
    let dropped = Dropped::bundle(&kubeadm)
        .keep(pki_folder)
        .put("pki/sa.pub", key.as_bytes());
    let found = top_at(&dropped, NOW, Code::TokenKeyDiffers);
    assert_eq!(found.top().parameters["file"], "pub");
}

#[test]
fn row_10_a_member_of_etcd_needs_both_usages() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let extensions =
        "extendedKeyUsage=serverAuth\nsubjectAltName=IP:192.168.5.11,IP:192.168.5.12,IP:127.0.0.1";
    let made = forge.leaf("etcd-server", "/CN=etcd-server", extensions);
    let found = top_of_today(&seed.put("pki/etcd-server.crt", &made), Code::UsageMissing);
    let top = found.top();
    assert_eq!(
        (again(top), top.parameters["wanted"].as_str()),
        (vec!["etcd-server"], "clientAuth")
    );
    assert!(
        top.connections
            .contains(&"etcd@master-1/etcd@master-1".to_owned()),
        "{top:#?}"
    );
    says(
        top,
        "etcd@",
        "x509: certificate specifies an incompatible key usage",
    );
}

#[test]
fn row_11_a_peer_calls_from_an_address_that_its_certificate_does_not_have() {
    let pki = kubeadm();
    let dropped = Dropped::bundle(&pki).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&dropped);
    // It has the name and the address of before; who dials finds it by its name in the others' certificates.
    let extensions = format!(
        "{SERVER}subjectAltName=DNS:b,DNS:localhost,IP:10.0.0.12,IP:10.0.0.11,IP:127.0.0.1"
    );
    let made = forge.leaf_by("etcd/ca", "b/etcd/peer", "/CN=b", &extensions);
    let fine = Dropped(dropped.0.clone())
        .put("pki/b/etcd/peer.crt", &made)
        .recognised(today().max(NOW));
    assert!(
        !fine
            .codes(Severity::Breaks)
            .contains(&Code::EtcdPeerAddress),
        "{:#?}",
        fine.findings
    );
    let extensions = format!("{SERVER}subjectAltName=DNS:old-b,IP:10.0.0.99,IP:127.0.0.1");
    let made = forge.leaf_by("etcd/ca", "b/etcd/peer", "/CN=b", &extensions);
    let found = dropped
        .put("pki/b/etcd/peer.crt", &made)
        .recognised(today().max(NOW));
    let finding = found.finding(Code::EtcdPeerAddress);
    assert_eq!(
        (finding.severity, again(finding)),
        (Severity::Breaks, vec!["b/etcd/peer"])
    );
    assert_eq!(finding.parameters["address"], "10.0.0.12");
    says(finding, "etcd@a", "10.0.0.12");
    found.judged_as_by_go();
}

#[test]
fn row_13_expired_and_soon_to_expire() {
    let pki = pki();
    let dropped = Dropped::bundle(&pki).keep(pki_folder);
    let found = top_at(&dropped, NOW + 1001 * DAY, Code::Expired);
    let top = found.top();
    assert_eq!(top.parameters["until"], "2029-08-19T00:00:00Z");
    assert_eq!(again(top)[0], "ca");
    assert_eq!(
        again(top).len(),
        found.recognition.plan().certificates.len()
    );
    says(top, "", "x509: certificate has expired or is not yet valid");
    for (days, within) in [(20, "30"), (80, "90")] {
        let found = dropped.recognised(NOW + (1000 - days) * DAY);
        assert_eq!(found.codes(Severity::Breaks), []);
        let finding = found.finding(Code::ExpiresSoon);
        assert_eq!(
            (finding.severity, finding.parameters["within"].as_str()),
            (Severity::WillBreak, within)
        );
        assert_eq!(
            finding.certificates.len(),
            found.recognition.plan().certificates.len()
        );
    }
    let found = dropped.recognised(NOW + 900 * DAY);
    assert_eq!(found.codes(Severity::WillBreak), []);
    // One leaf alone.
    let seed = seed();
    let forge = Forge::new(&seed);
    forge.openssl(&[
        "req",
        "-new",
        "-key",
        "kube-scheduler.key",
        "-subj",
        "/CN=system:kube-scheduler",
        "-out",
        "s.csr",
    ]);
    forge.openssl(&[
        "x509",
        "-req",
        "-in",
        "s.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "1",
        "-out",
        "s.crt",
    ]);
    let made = forge.bench.read("s.crt");
    let late = today().max(NOW) + 2 * DAY;
    let only = Dropped(seed.0.clone()).keep(|path| path.contains("/pki/"));
    let found = top_at(
        &only.put("pki/kube-scheduler.crt", &made),
        late,
        Code::Expired,
    );
    assert_eq!(found.top().certificates, ["kube-scheduler"]);
    assert_eq!(again(found.top()), ["kube-scheduler"]);
    says(
        found.top(),
        "kube-apiserver@",
        "x509: certificate has expired",
    );
}

#[test]
fn row_14_the_address_has_changed_and_every_kubeconfig_calls_the_new_one() {
    let mut dropped = seed();
    for name in ["kube-proxy", "admin-remote", "worker-1", "worker-2"] {
        dropped = dropped.replace(
            &format!("kubeconfig/{name}.kubeconfig"),
            "192.168.5.30",
            "192.168.5.99",
        );
    }
    let found = top_at(&dropped, NOW, Code::AddressChanged);
    let top = found.top();
    assert_eq!(
        (top.parameters["host"].as_str(), again(top)),
        ("192.168.5.99", vec!["kube-apiserver"])
    );
    says(top, "", "not 192.168.5.99");
}

#[test]
fn row_15_a_server_with_a_cn_and_no_names() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let made = forge.leaf("kube-apiserver", "/CN=kube-apiserver", SERVER);
    let found = top_of_today(
        &seed.put("pki/kube-apiserver.crt", &made),
        Code::OnlyCommonName,
    );
    assert_eq!(again(found.top()), ["kube-apiserver"]);
    says(found.top(), "", "doesn't contain any IP SANs");
}

#[test]
fn row_16_a_clock_that_is_behind() {
    let found = top_at(&seed(), NOW - 3600, Code::NotYetValid);
    let top = found.top();
    assert_eq!(top.mend, [Mend::SetClock]);
    assert_eq!(top.parameters["from"], "2026-11-22T23:55:00Z");
    assert!(
        top.commands
            .iter()
            .any(|command| command.command == "date -u")
    );
}

#[test]
fn row_17_two_keys_have_changed_places() {
    let seed = seed();
    let (admin, proxy) = (
        seed.read("pki/admin.key"),
        seed.read("pki/kube-apiserver.key"),
    );
    let only = Dropped(seed.0).keep(|path| path.contains("/pki/"));
    let found = top_at(
        &only
            .put("pki/admin.key", &proxy)
            .put("pki/kube-apiserver.key", &admin),
        NOW,
        Code::KeyMismatch,
    );
    let finding = found
        .findings
        .iter()
        .find(|one| {
            one.parameters
                .get("certificate")
                .is_some_and(|id| id == "kube-apiserver")
        })
        .unwrap();
    assert!(finding.parameters["right"].ends_with("pki/admin.key"));
    let Mend::Copy { from, to, .. } = &finding.mend[0] else {
        panic!("{finding:#?}")
    };
    assert!(from.ends_with("pki/admin.key"));
    assert_eq!(to, "/var/lib/kubernetes/kube-apiserver.key");
    says(finding, "", "tls: private key does not match public key");
    assert_eq!(
        finding.commands[0].command,
        "openssl x509 -in /var/lib/kubernetes/kube-apiserver.crt -noout -pubkey | openssl sha256"
    );
}

#[test]
fn row_18_wrong_copies_servers_and_authorities() {
    let only = || Dropped(seed().0).keep(|path| path.contains("/pki/"));
    // Another's certificate and key under etcd's name.
    let (admin, key) = (only().read("pki/admin.crt"), only().read("pki/admin.key"));
    let wrong = only()
        .put("pki/etcd-server.crt", &admin)
        .put("pki/etcd-server.key", &key);
    let found = top_at(&wrong, NOW, Code::WrongCopy);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["file"].as_str(),
            top.parameters["holds"].as_str()
        ),
        ("etcd-server.crt", "CN=admin, O=system:masters")
    );
    assert_eq!(again(top), ["etcd-server"]);
    // One kubeconfig calls a server that the others do not know.
    let wrong = seed().replace(
        "kubeconfig/kube-proxy.kubeconfig",
        "192.168.5.30",
        "192.168.5.31",
    );
    let found = top_at(&wrong, NOW, Code::WrongServer);
    let top = found.top();
    assert!(top.parameters["path"].ends_with("kubeconfig/kube-proxy.kubeconfig"));
    assert_eq!(top.parameters["usual"], "https://192.168.5.30:6443");
    assert!(
        matches!(&top.mend[0], Mend::SetServer { server, .. } if server == "https://192.168.5.30:6443"),
        "{top:#?}"
    );
    // One kubeconfig still has the authority of the cluster before.
    let foreign = Dropped::bundle(&foreign_pki(NOW)).read("kubeconfig/kube-scheduler.kubeconfig");
    let field = |text: &[u8]| {
        let text = String::from_utf8(text.to_vec()).unwrap();
        let line = text
            .lines()
            .find(|line| line.contains("certificate-authority-data"))
            .unwrap()
            .trim()
            .to_owned();
        line
    };
    let own = seed().read("kubeconfig/kube-scheduler.kubeconfig");
    let wrong = seed().replace(
        "kubeconfig/kube-scheduler.kubeconfig",
        &field(&own),
        &field(&foreign),
    );
    let found = top_at(&wrong, NOW, Code::KubeconfigAuthority);
    assert!(found.top().parameters["path"].ends_with("kube-scheduler.kubeconfig"));
    assert!(
        found
            .top()
            .connections
            .iter()
            .all(|one| one.starts_with("kube-scheduler@"))
    );
    // A node's copy of the authority is another one.
    let foreign = foreign_pki(NOW);
    let ca = foreign.issued("ca").unwrap().certificate_pem.clone();
    let whole = Dropped::bundle(&pki());
    let found = top_at(
        &whole.put("nodes/worker-1/ca.crt", ca.as_bytes()),
        NOW,
        Code::AuthorityRemade,
    );
    assert!(
        found
            .top()
            .connections
            .iter()
            .all(|one| one.ends_with("/kubelet@worker-1")),
        "{:#?}",
        found.top()
    );
    let Mend::Copy { from, node, to } = &found.top().mend[0] else {
        panic!("{:#?}", found.top())
    };
    assert!(from.ends_with("/pki/ca.crt"), "{from}");
    assert_eq!(
        (node.as_deref(), to.as_str()),
        (Some("worker-1"), "/var/lib/kubernetes/ca.crt")
    );
}

#[test]
fn row_19_permissions_and_keys_where_nobody_needs_them() {
    let whole = Dropped::bundle(&pki());
    let key = whole.read("pki/ca.key");
    let found = whole
        .mode("pki/admin.key", 0o644)
        .add("kubernetes-the-hard-way/nodes/worker-1/ca.key", &key)
        .recognised(NOW);
    assert_eq!(found.codes(Severity::Breaks), []);
    assert_eq!(
        found.codes(Severity::Unsafe),
        [Code::AuthorityKeyExposed, Code::WorldReadable]
    );
    let finding = found.finding(Code::WorldReadable);
    assert_eq!(finding.parameters["mode"], "644");
    assert!(
        matches!(&finding.mend[..], [Mend::Chmod { path, mode: "600" }] if path.ends_with("pki/admin.key")),
        "{finding:#?}"
    );
    let finding = found.finding(Code::AuthorityKeyExposed);
    assert_eq!(finding.parameters["node"], "worker-1");
    assert!(
        matches!(&finding.mend[..], [Mend::Remove { path }] if path.ends_with("worker-1/ca.key"))
    );
}

#[test]
fn row_22_a_serial_number_that_is_used_twice() {
    let seed = seed();
    let forge = Forge::new(&seed);
    let mut dropped = Dropped(seed.0.clone()).keep(|path| path.contains("/pki/"));
    for (id, cn) in [
        ("kube-scheduler", "system:kube-scheduler"),
        ("kube-proxy", "system:kube-proxy"),
    ] {
        forge.openssl(&[
            "req",
            "-new",
            "-key",
            &format!("{id}.key"),
            "-subj",
            &format!("/CN={cn}"),
            "-out",
            "s.csr",
        ]);
        forge.openssl(&[
            "x509",
            "-req",
            "-in",
            "s.csr",
            "-CA",
            "ca.crt",
            "-CAkey",
            "ca.key",
            "-set_serial",
            "1",
            "-days",
            "900",
            "-out",
            "s.crt",
        ]);
        dropped = dropped.put(&format!("pki/{id}.crt"), &forge.bench.read("s.crt"));
    }
    let found = dropped.recognised(today().max(NOW));
    assert_eq!(found.codes(Severity::Breaks), []);
    let finding = found.finding(Code::DuplicateSerial);
    assert_eq!(
        (finding.parameters["serial"].as_str(), finding.items.len()),
        ("01", 2)
    );
    assert_eq!(finding.certificates, ["kube-proxy", "kube-scheduler"]);
}

#[test]
fn row_23_the_front_proxy_has_the_clients_authority_or_there_is_none() {
    let pki = kubeadm();
    let dropped = Dropped::bundle(&pki).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&dropped);
    let made = forge.leaf(
        "front-proxy-client",
        "/CN=front-proxy-client",
        "extendedKeyUsage=clientAuth",
    );
    let (ca, key) = (dropped.read("pki/ca.crt"), dropped.read("pki/ca.key"));
    let shared = Dropped(dropped.0.clone())
        .put("pki/front-proxy-client.crt", &made)
        .put("pki/front-proxy-ca.crt", &ca)
        .put("pki/front-proxy-ca.key", &key);
    let found = shared.recognised(today().max(NOW));
    assert_eq!(found.codes(Severity::Breaks), [], "{:#?}", found.findings);
    assert_eq!(
        found.codes(Severity::Unsafe),
        [Code::FrontProxyAuthorityShared]
    );
    assert_eq!(
        again(found.finding(Code::FrontProxyAuthorityShared)),
        ["front-proxy-ca", "front-proxy-client"]
    );
    let none = dropped
        .keep(|path| !path.contains("front-proxy"))
        .recognised(NOW);
    assert_eq!(
        none.finding(Code::FrontProxyMissing).severity,
        Severity::Untidy
    );
}

#[test]
fn row_24_sha_1() {
    let seed = seed();
    let forge = Forge::new(&seed);
    forge.openssl(&[
        "req",
        "-new",
        "-key",
        "admin.key",
        "-subj",
        "/O=system:masters/CN=admin",
        "-out",
        "s.csr",
    ]);
    forge.openssl(&[
        "x509",
        "-req",
        "-sha1",
        "-in",
        "s.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "900",
        "-out",
        "s.crt",
    ]);
    let only = Dropped(seed.0).keep(|path| path.contains("/pki/"));
    let found = top_of_today(
        &only.put("pki/admin.crt", &forge.bench.read("s.crt")),
        Code::WeakSignature,
    );
    says(
        found.top(),
        "kube-apiserver@",
        "insecure algorithm SHA1-RSA",
    );
}

#[test]
fn a_certificate_of_another_cluster_is_of_an_unknown_authority() {
    let seed = Dropped(seed().0).keep(|path| path.contains("/pki/"));
    let forge = Forge::new(&seed);
    forge.openssl(&[
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "o.key",
        "-out",
        "o.crt",
        "-subj",
        "/CN=OTHER",
    ]);
    let made = forge.leaf_by(
        "o",
        "admin",
        "/CN=admin/O=system:masters",
        "extendedKeyUsage=clientAuth",
    );
    let found = top_of_today(&seed.put("pki/admin.crt", &made), Code::UnknownAuthority);
    let top = found.top();
    assert_eq!(
        (
            top.parameters["issuer"].as_str(),
            top.parameters["trusted"].as_str()
        ),
        ("CN=OTHER", "CN=KUBERNETES-CA")
    );
    assert_eq!(again(top), ["admin"]);
}

#[test]
fn files_without_a_place_are_named_and_so_is_what_is_not_given() {
    let seed = Dropped(seed().0).keep(|path| path.contains("/pki/") && !path.contains("/admin."));
    let bench = Workbench::new();
    bench.openssl("genpkey -algorithm RSA -out stray.key");
    bench.openssl("req -x509 -key stray.key -subj /CN=www.example.org -addext subjectAltName=DNS:www.example.org -out www.crt");
    let found = seed
        .add("web/www.crt", &bench.read("www.crt"))
        .recognised(NOW);
    let unused = found.finding(Code::UnusedFiles);
    assert_eq!((unused.severity, unused.items.len()), (Severity::Untidy, 1));
    let missing = found.finding(Code::NotGiven);
    assert_eq!(missing.parameters["file"], "admin.crt");
    assert!(
        missing
            .connections
            .iter()
            .all(|one| one.starts_with("kubectl/"))
    );
}
