//! Clusters that other people's programs made: imported, recognised, judged as Go judges.

mod common;

use std::fmt::Write;

use common::command::{Tool, run};
use common::recognised::Recognised;
use common::today;
use common::workbench::Workbench;
use hardway::diagnose::{Code, Mend, Severity};
use hardway::import::Problem;
use hardway::recognise::Guess;
use hardway::verify::State;

/// The commands of the document that the project started from, word for word, without the one that edits the system's configuration.
const SEED: &str = include_str!("vectors/seed.sh");
/// <https://kubernetes.io/docs/setup/best-practices/certificates/>, on one control plane, with openssl.
const KUBEADM: &str = include_str!("vectors/kubeadm.sh");
const CRYPTOGRAPHY: &str = include_str!("vectors/cryptography.py");

fn typed(bench: &Workbench, script: &str) {
    let bash = &mut Tool::Bash.command();
    run(bash.args(["-euc", script]).current_dir(bench.folder())).succeeded();
}

fn found(bench: &Workbench) -> Recognised {
    Recognised::folder(bench.folder(), today())
}

/// Connections of these kinds hold, and nothing is refused.
fn holds(found: &Recognised, kinds: &[&str]) {
    for kind in kinds {
        let states = found.states(kind);
        let others = found.others(State::Verified);
        let hold = states.iter().all(|state| *state == State::Verified);
        assert!(
            !states.is_empty() && hold,
            "{kind}: {states:?}\n{others:#?}"
        );
    }
    let mut verdicts = found.verdicts.iter();
    let others = found.others(State::Verified);
    assert!(
        verdicts.all(|one| one.state != State::Refused),
        "{others:#?}"
    );
}

const CONTROL_PLANE: [&str; 7] = [
    "kubectl/kube-apiserver",
    "kube-controller-manager/kube-apiserver",
    "kube-scheduler/kube-apiserver",
    "kube-apiserver/etcd",
    "etcd/etcd-peer",
    "etcd/etcd-self",
    "pod/kube-apiserver",
];

#[test]
fn the_seed_s_own_commands_make_a_cluster_that_is_recognised_and_holds() {
    let bench = Workbench::new();
    typed(&bench, SEED);
    let found = found(&bench);
    assert_eq!(found.recognition.description.preset, "hard-way-2020");
    assert_eq!(
        found.nodes(),
        [
            "loadbalancer load-balancer 192.168.5.30",
            "master-1 control-plane 192.168.5.11",
            "master-2 control-plane 192.168.5.12",
            "worker-1 worker 192.168.5.21"
        ]
    );
    let cidr = found.recognition.description.service_cidr.as_deref();
    assert_eq!(cidr, Some("10.96.0.0/24"));
    holds(&found, &CONTROL_PLANE);
    holds(&found, &["kube-proxy/kube-apiserver"]);
    let kubelets = found.states("kubelet/kube-apiserver");
    assert_eq!(kubelets, [State::NotGiven; 2]);
    let node = "worker-1".to_owned();
    assert!(
        found
            .recognition
            .guesses
            .contains(&Guess::WorkerAssumed { node })
    );
    assert_eq!(found.recognition.unused, []);
    assert_eq!(found.codes(Severity::Breaks), []);
    assert!(found.judged_as_by_go() >= 20);
}

#[test]
fn the_same_as_openssl_3_5_makes_it_has_an_authority_that_cannot_sign() {
    let bench = Workbench::new();
    // OpenSSL 3.2 and later make version 3 of every certificate; a file with any extension makes older ones do so as well.
    let own = "-signkey ca.key -CAcreateserial -out ca.crt";
    assert!(SEED.contains(own));
    let script = SEED.replace(own, &format!("{own} -extfile v3.ext"));
    bench.write("v3.ext", "subjectKeyIdentifier = hash\n");
    typed(&bench, &script);
    let found = found(&bench);
    let tokens = |one: &&hardway::verify::Verdict| one.state != State::NotGiven;
    let judged: Vec<_> = found.verdicts.iter().filter(tokens).collect();
    assert!(judged.len() > 12, "{}", judged.len());
    assert!(
        judged.iter().all(|one| one.state == State::Refused),
        "{:#?}",
        found.others(State::Refused)
    );
    let top = found.top();
    assert_eq!(top.code, Code::AuthorityWithoutBasicConstraints);
    assert_eq!(top.parameters["certificate"], "ca");
    let said = top.said.as_ref().unwrap();
    let sentence = "parent certificate cannot sign this kind of certificate";
    assert!(said.text.contains(sentence), "{said:?}");
    let fallen: Vec<_> = judged.iter().map(|one| one.connection.clone()).collect();
    assert_eq!(top.connections, fallen);
    let Mend::MakeAgain { certificates } = &top.mend[0] else {
        panic!("{top:?}")
    };
    let all = found.recognition.plan().certificates.len();
    assert!(certificates.len() == all && certificates[0] == "ca");
    assert_eq!(
        top.commands[0].command,
        "openssl x509 -in /var/lib/kubernetes/ca.crt -noout -subject -ext basicConstraints"
    );
    assert_eq!(
        found.codes(Severity::Breaks),
        [Code::AuthorityWithoutBasicConstraints]
    );
    assert!(found.judged_as_by_go() >= 20);
}

const CFSSL_PROFILE: &str = r#"{"signing": {"default": {"expiry": "8760h"}, "profiles": {"kubernetes": {"expiry": "8760h",
    "usages": ["signing", "key encipherment", "server auth", "client auth"]}}}}"#;

/// cfssl prints JSON.
const WRITE: &str = r#"write() { python3 -c 'import json, sys
d = json.load(sys.stdin)
open(sys.argv[1] + ".pem", "w").write(d["cert"])
open(sys.argv[1] + "-key.pem", "w").write(d["key"])' "$1"; }
cfssl gencert -initca ca-csr.json 2>/dev/null | write ca
"#;

const KUBERNETES: &str = "10.32.0.1,10.240.0.10,10.240.0.11,10.240.0.12,34.1.2.3,127.0.0.1,kubernetes,kubernetes.default,\
    kubernetes.default.svc,kubernetes.default.svc.cluster,kubernetes.svc.cluster.local";

#[test]
fn what_cfssl_makes_by_an_older_guide_is_recognised_and_holds() {
    if !Tool::Cfssl.is_there_or_skip() {
        return;
    }
    let bench = Workbench::new();
    bench.write("ca-config.json", CFSSL_PROFILE);
    let csr = |cn: &str, o: &str| {
        format!(
            r#"{{"CN": "{cn}", "key": {{"algo": "rsa", "size": 2048}},
            "names": [{{"C": "US", "L": "Portland", "O": "{o}", "OU": "Kubernetes The Hard Way", "ST": "Oregon"}}]}}"#
        )
    };
    bench.write("ca-csr.json", csr("Kubernetes", "Kubernetes"));
    let mut script = WRITE.to_owned();
    let manager = "system:kube-controller-manager";
    for (name, cn, o, hosts) in [
        ("admin", "admin", "system:masters", ""),
        ("kube-controller-manager", manager, manager, ""),
        ("kube-proxy", "system:kube-proxy", "system:node-proxier", ""),
        (
            "kube-scheduler",
            "system:kube-scheduler",
            "system:kube-scheduler",
            "",
        ),
        ("service-account", "service-accounts", "Kubernetes", ""),
        ("kubernetes", "kubernetes", "Kubernetes", KUBERNETES),
        (
            "worker-0",
            "system:node:worker-0",
            "system:nodes",
            "worker-0,10.240.0.20",
        ),
        (
            "worker-1",
            "system:node:worker-1",
            "system:nodes",
            "worker-1,10.240.0.21",
        ),
    ] {
        bench.write(&format!("{name}-csr.json"), csr(cn, o));
        writeln!(
            script,
            "cfssl gencert -ca=ca.pem -ca-key=ca-key.pem -config=ca-config.json -profile=kubernetes -hostname='{hosts}' \
             {name}-csr.json 2>/dev/null | write {name}"
        )
        .unwrap();
    }
    typed(&bench, &script);
    let found = found(&bench);
    let server = &found.recognition.plan().connections[0].server.certificate;
    assert_eq!(found.main(server), "kubernetes.pem");
    let key = found.assigned("kubernetes-key.pem");
    assert_eq!(key[0].id, *server);
    let nodes = found.nodes();
    assert!(
        nodes.contains(&"worker-0 worker 10.240.0.20".to_owned()),
        "{nodes:?}"
    );
    // That guide leaves out one of the service's names.
    let mut refused = found
        .verdicts
        .iter()
        .filter(|one| one.state == State::Refused);
    assert!(
        refused.all(|one| one.connection.starts_with("pod@")
            && one.host == "kubernetes.default.svc.cluster.local"),
        "{:#?}",
        found.others(State::Verified)
    );
    let breaks = found.codes(Severity::Breaks);
    assert!(
        breaks.iter().all(|code| *code == Code::NameMissing),
        "{breaks:?}"
    );
    let verified = found
        .verdicts
        .iter()
        .filter(|one| one.state == State::Verified);
    assert!(verified.count() > 10);
    assert!(found.judged_as_by_go() >= 10);
}

const SERVICE_NAMES: &str = "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local";

#[test]
fn what_easy_rsa_makes_is_recognised_and_holds() {
    if !Tool::Easyrsa.is_there_or_skip() {
        return;
    }
    let bench = Workbench::new();
    let easyrsa = "/usr/share/easy-rsa/easyrsa --batch";
    let mut script = format!(
        "export EASYRSA_PKI=$PWD/pki EASYRSA_SILENT=1\n{easyrsa} init-pki\n\
         EASYRSA_REQ_CN=KUBERNETES-CA {easyrsa} build-ca nopass\n"
    );
    let org =
        "--dn-mode=org --req-c=US --req-st=Oregon --req-city=Portland --req-ou=Hard --req-email=";
    for (name, cn, o) in [
        ("admin", "admin", "system:masters"),
        ("kube-scheduler", "system:kube-scheduler", "x"),
        (
            "kube-controller-manager",
            "system:kube-controller-manager",
            "x",
        ),
        ("kube-proxy", "system:kube-proxy", "system:node-proxier"),
    ] {
        write!(
            script,
            "EASYRSA_REQ_CN='{cn}' {easyrsa} {org} --req-org='{o}' gen-req {name} nopass\n\
             {easyrsa} --dn-mode=org sign-req client {name}\n"
        )
        .unwrap();
    }
    let server = format!("{SERVICE_NAMES},IP:10.96.0.1,IP:10.7.0.1,IP:127.0.0.1");
    for (name, names) in [
        ("kube-apiserver", server.as_str()),
        ("etcd-server", "IP:10.7.0.1,IP:127.0.0.1"),
    ] {
        write!(
            script,
            "EASYRSA_REQ_CN={name} {easyrsa} gen-req {name} nopass\n\
             {easyrsa} --subject-alt-name='{names}' sign-req serverClient {name}\n"
        )
        .unwrap();
    }
    typed(&bench, &script);
    let found = found(&bench);
    assert_eq!(
        found.main("kube-apiserver"),
        "pki/issued/kube-apiserver.crt"
    );
    let key = found.assigned("pki/private/kube-apiserver.key");
    assert_eq!((key[0].id.as_str(), key.len()), ("kube-apiserver", 1));
    let nodes = found.nodes();
    assert!(
        nodes
            .iter()
            .any(|node| node.ends_with("control-plane 10.7.0.1")),
        "{nodes:?}"
    );
    holds(
        &found,
        &[
            "kubectl/kube-apiserver",
            "kube-scheduler/kube-apiserver",
            "kube-controller-manager/kube-apiserver",
            "kube-apiserver/etcd",
            "etcd/etcd-self",
        ],
    );
    assert_eq!(found.codes(Severity::Breaks), []);
    assert!(found.judged_as_by_go() >= 5);
}

#[test]
fn what_certtool_makes_is_recognised_and_holds() {
    if !Tool::Certtool.is_there_or_skip() {
        return;
    }
    let bench = Workbench::new();
    let mut script = String::new();
    let both = "tls_www_client\ntls_www_server\n";
    let names: String = SERVICE_NAMES
        .split(',')
        .map(|name| format!("dns_name = {}\n", &name[4..]))
        .collect();
    let address = |address: &str| format!("ip_address = {address}\nip_address = 127.0.0.1\n");
    for (name, template) in [
        (
            "ca",
            "cn = KUBERNETES-CA\nca\ncert_signing_key\n".to_owned(),
        ),
        (
            "admin",
            "cn = admin\norganization = system:masters\ntls_www_client\n".to_owned(),
        ),
        (
            "kube-scheduler",
            "cn = system:kube-scheduler\ntls_www_client\n".to_owned(),
        ),
        (
            "kube-controller-manager",
            "cn = system:kube-controller-manager\ntls_www_client\n".to_owned(),
        ),
        (
            "kube-proxy",
            "cn = system:kube-proxy\ntls_www_client\n".to_owned(),
        ),
        (
            "etcd-server",
            format!("cn = etcd-server\n{both}{}", address("10.8.0.1")),
        ),
        (
            "kube-apiserver",
            format!(
                "cn = kube-apiserver\n{both}{names}ip_address = 10.96.0.1\n{}",
                address("10.8.0.1")
            ),
        ),
        (
            "w-1",
            format!(
                "cn = system:node:w-1\norganization = system:nodes\n{both}dns_name = w-1\nip_address = 10.8.0.2\n"
            ),
        ),
    ] {
        bench.write(
            &format!("{name}.cfg"),
            format!("{template}signing_key\nexpiration_days = 365\n"),
        );
        let sign = match name {
            "ca" => "--generate-self-signed",
            _ => "--generate-certificate --load-ca-certificate ca.crt --load-ca-privkey ca.key",
        };
        write!(
            script,
            "certtool --generate-privkey --key-type ecdsa --curve secp256r1 --outfile {name}.key 2>/dev/null\n\
             certtool {sign} --load-privkey {name}.key --template {name}.cfg --outfile {name}.crt 2>/dev/null\n"
        )
        .unwrap();
    }
    typed(&bench, &script);
    let found = found(&bench);
    assert_eq!(found.recognition.description.preset, "hard-way-2020");
    // It writes some numbers with a zero in front.
    let broken = |problem: &Problem| matches!(problem, Problem::KeyBroken { .. });
    assert!(
        !common::workbench::problems(&found.inventory)
            .iter()
            .any(broken)
    );
    let algorithm = found.recognition.description.key_algorithm;
    assert_eq!(algorithm, Some(hardway::KeyAlgorithm::EcdsaP256));
    let nodes = found.nodes();
    assert!(
        nodes.contains(&"w-1 worker 10.8.0.2".to_owned()),
        "{nodes:?}"
    );
    holds(
        &found,
        &[
            "kubectl/kube-apiserver",
            "kubelet/kube-apiserver",
            "kube-apiserver/kubelet",
            "kube-apiserver/etcd",
            "kube-proxy/kube-apiserver",
        ],
    );
    assert_eq!(found.codes(Severity::Breaks), []);
    assert!(found.judged_as_by_go() >= 7);
}

#[test]
fn what_minica_makes_is_recognised_by_its_names() {
    if !Tool::Minica.is_there_or_skip() {
        return;
    }
    // Debian's: one name a certificate, which is its CN and its only alternative name.
    let bench = Workbench::new();
    typed(
        &bench,
        "minica -org Kubernetes kube-apiserver\nminica -type client -org system:masters admin\n\
         minica -type client -org x system:kube-scheduler\nminica -type client -org x system:kube-controller-manager\n",
    );
    let found = found(&bench);
    assert_eq!(found.main("ca"), "cacert.crt");
    let key = found.assigned("cakey.key");
    assert_eq!(key.first().map(|key| key.id.as_str()), Some("ca"));
    for (duty, path) in [
        ("kube-apiserver/", "kube-apiserver.crt"),
        ("scheduler@", "system:kube-scheduler.crt"),
        ("kubectl/", "admin.crt"),
    ] {
        let mut connections = found.recognition.plan().connections.iter();
        let ids = connections.find_map(|one| match duty {
            "kube-apiserver/" => Some(&one.server.certificate),
            _ => one
                .client
                .certificate
                .as_ref()
                .filter(|_| one.id.contains(duty)),
        });
        assert_eq!(found.main(ids.unwrap()), path);
    }
    // Whoever calls an address is turned away.
    let scheduler = found.states("kube-scheduler/kube-apiserver");
    assert!(!scheduler.is_empty() && scheduler.iter().all(|state| *state == State::Refused));
    let finding = found.finding(Code::NameMissing);
    assert_eq!(finding.parameters["host"], "127.0.0.1");
    let said = finding.said.as_ref().unwrap();
    assert!(
        said.text.ends_with(
            "cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs"
        ),
        "{said:?}"
    );
    assert!(found.judged_as_by_go() >= 2);
}

#[test]
fn what_python_s_cryptography_makes_is_recognised_and_holds() {
    let python = || std::process::Command::new("/usr/bin/python3");
    let there = python().args(["-c", "import cryptography"]).output();
    if !there.is_ok_and(|output| output.status.success()) {
        common::command::skip(
            "Python's cryptography is not installed (Debian's package python3-cryptography)",
        );
        return;
    }
    let bench = Workbench::new();
    bench.write("make.py", CRYPTOGRAPHY);
    run(python().arg("make.py").current_dir(bench.folder())).succeeded();
    let found = found(&bench);
    let nodes = found.nodes();
    assert!(
        nodes
            .iter()
            .any(|node| node.ends_with("load-balancer 10.4.0.9")),
        "{nodes:?}"
    );
    let mut guesses = found.recognition.guesses.iter();
    assert!(guesses.any(|guess| matches!(guess, Guess::LoadBalancer { called: false, .. })));
    holds(
        &found,
        &[
            "kubectl/kube-apiserver",
            "kubelet/kube-apiserver",
            "kube-apiserver/kubelet",
            "kube-apiserver/etcd",
        ],
    );
    let changes = found.recognition.description.certificates.as_ref().unwrap();
    let admin = changes["admin"].common_name.as_deref();
    assert_eq!(admin, Some("kubernetes-admin"));
    assert_eq!(found.codes(Severity::Breaks), []);
    assert!(found.judged_as_by_go() >= 8);
}

#[test]
fn kubeadm_s_layout_is_recognised_and_a_kubelet_s_own_certificate_is_unsafe_and_breaks_nothing() {
    let bench = Workbench::new();
    typed(&bench, KUBEADM);
    let found = found(&bench);
    assert_eq!(found.recognition.description.preset, "kubeadm");
    assert_eq!(found.nodes(), ["cp-a control-plane 10.3.0.1"]);
    let version = found.recognition.description.kubernetes_version.as_deref();
    assert_eq!(version, Some("1.32"));
    for (id, path) in [
        ("etcd/ca", "etc/kubernetes/pki/etcd/ca.crt"),
        ("cp-a/etcd/peer", "etc/kubernetes/pki/etcd/peer.crt"),
        ("cp-a/kubelet", "var/lib/kubelet/pki/kubelet.crt"),
        ("cp-a/kubelet-client", "etc/kubernetes/kubelet.conf"),
    ] {
        assert_eq!(found.main(id), path);
    }
    assert_eq!(found.others(State::Verified), [""; 0]);
    assert_eq!(found.recognition.unused, []);
    assert_eq!(found.codes(Severity::Breaks), []);
    assert_eq!(found.codes(Severity::Unsafe), [Code::KubeletSelfSigned]);
    let mut verdicts = found.verdicts.iter();
    let kubelet = verdicts
        .find(|one| one.connection.contains("/kubelet@"))
        .unwrap();
    assert!(
        kubelet.server.iter().all(|check| check.held.is_none()),
        "{kubelet:?}"
    );
    assert!(found.judged_as_by_go() >= 8);
    // Only /etc/kubernetes, as an archive: the kubelet's serving certificate was not given.
    let archived = Workbench::new();
    let target = archived.path("pki.tar.gz");
    bench.run(Tool::Tar, &["-czf", target.to_str().unwrap(), "etc"]);
    let found = Recognised::folder(archived.folder(), today());
    assert_eq!(found.nodes(), ["cp-a control-plane 10.3.0.1"]);
    assert_eq!(found.states("kube-apiserver/kubelet"), [State::NotGiven]);
    assert_eq!(found.others(State::Verified).len(), 1);
}

#[test]
fn folders_of_whole_machines_are_told_apart_by_their_names() {
    let bench = Workbench::new();
    typed(
        &bench,
        &format!(
            "mkdir cp-a && cd cp-a && {{ {KUBEADM}}}\n\
             cd ../../../../../ && mkdir cp-b && cd cp-b && {{ {}}}",
            KUBEADM
                .replace("cp-a", "cp-b")
                .replace("10.3.0.1", "10.3.0.2")
        ),
    );
    let found = found(&bench);
    assert_eq!(
        found.nodes(),
        ["cp-a control-plane 10.3.0.1", "cp-b control-plane 10.3.0.2"]
    );
    // Each was initialised for itself: two clusters, of which neither knows the other.
    assert!(
        found.assigned("cp-b/etc/kubernetes/pki/ca.crt")[0]
            .node
            .as_deref()
            == Some("cp-b")
    );
    assert!(
        found
            .states("kube-apiserver/etcd")
            .contains(&State::Verified)
    );
    let own = |one: &&hardway::verify::Verdict| {
        one.connection == "kube-scheduler@cp-b/kube-apiserver@cp-b"
    };
    assert_eq!(
        found.verdicts.iter().find(own).unwrap().state,
        State::Verified
    );
    let across = |one: &&hardway::verify::Verdict| one.connection == "etcd@cp-a/etcd@cp-b";
    assert_eq!(
        found.verdicts.iter().find(across).unwrap().state,
        State::Refused
    );
    assert_eq!(found.top().code, Code::AuthorityRemade);
    found.judged_as_by_go();
}
