//! What an unpacked bundle holds, whoever made it: its files, their modes, and what they say of each other.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use base64ct::{Base64, Encoding};
use hardway::{Kubeconfig, Plan, Words};
use serde_norway::Value;

use super::command::{Tool, run};
use super::{Unpacked, files_below};

/// Every file that the plan wants is there, and no other.
pub(crate) fn files(bundle: &Unpacked, plan: &Plan) {
    let mut expected: Vec<String> = [
        "README.ja.txt",
        "README.txt",
        "SHA256SUMS",
        "cluster.json",
        "distribute.sh",
        "expiry.ics",
        "install.sh",
        "verify.sh",
        "cfssl/make.sh",
        "openssl/make.sh",
    ]
    .map(str::to_owned)
    .to_vec();
    for planned in &plan.certificates {
        let endings: &[&str] = if planned.kind.is_certified() {
            &["key", "csr", "crt"]
        } else {
            &["key", "pub"]
        };
        expected.extend(
            endings
                .iter()
                .map(|end| format!("pki/{}.{end}", planned.id)),
        );
        if planned.kind.is_certified() {
            expected.push(format!("openssl/{}.cnf", planned.id));
            let read = ["config", "csr"].map(|what| format!("cfssl/{}.{what}.json", planned.id));
            expected.extend(read);
        }
    }
    expected.extend(
        plan.configurations
            .iter()
            .map(|c| format!("config/{}", c.file)),
    );
    expected.extend(
        plan.kubeconfigs
            .iter()
            .map(|k| format!("kubeconfig/{}", k.file)),
    );
    for placement in &plan.placements {
        expected.push(format!("nodes/{}/{}", placement.node, placement.name()));
        expected
            .extend(["FILES", "install.sh"].map(|file| format!("nodes/{}/{file}", placement.node)));
    }
    expected.sort();
    expected.dedup();
    assert_eq!(bundle.files(), expected);
}

/// Keys and kubeconfigs are their owner's alone, scripts run, folders are closed.
pub(crate) fn modes(bundle: &Unpacked) {
    for file in bundle.files() {
        let wanted = match file.rsplit('.').next().unwrap() {
            "key" | "kubeconfig" | "conf" => 0o600,
            _ if file.ends_with("encryption-config.yaml") => 0o600,
            "sh" => 0o755,
            _ => 0o644,
        };
        let path = bundle.root.join(&file);
        assert_eq!(mode(&path), wanted, "{file}");
        assert_eq!(mode(path.parent().unwrap()), 0o700, "the folder of {file}");
    }
}

pub(crate) fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// SHA256SUMS lists every file but itself, and coreutils agrees.
pub(crate) fn checksums(bundle: &Unpacked) {
    run(std::process::Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(&bundle.root))
    .succeeded();
    let sums = bundle.text("SHA256SUMS");
    let mut listed: Vec<_> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap().1)
        .collect();
    listed.push("SHA256SUMS");
    listed.sort_unstable();
    assert_eq!(listed, bundle.files());
}

/// In both languages README says of every certificate, kubeconfig and final path that it is there.
pub(crate) fn readme(bundle: &Unpacked, plan: &Plan) {
    let english = ["subject: ", "a key pair without", "reason: ", "expires: "];
    let japanese = [
        "サブジェクト：",
        "証明書のない鍵ペア",
        "理由：  ",
        "有効期限：",
    ];
    readme_in(bundle, plan, "README.txt", english, |words| words.en);
    readme_in(bundle, plan, "README.ja.txt", japanese, |words| words.ja);
}

fn readme_in(
    bundle: &Unpacked,
    plan: &Plan,
    file: &str,
    [subject, pair, reason, expires]: [&str; 4],
    in_language: fn(Words) -> &'static str,
) {
    let text = bundle.text(file);
    let certificates = plan.certificates.iter().map(|planned| {
        if planned.kind.is_certified() {
            format!(
                "\n  {}\n    {subject}{}\n",
                planned.id,
                planned.subject_text()
            )
        } else {
            format!("\n  {}\n    {pair}", planned.id)
        }
    });
    let configurations = plan
        .configurations
        .iter()
        .map(|c| format!("\n  {}\n", c.file));
    let kubeconfigs = plan.kubeconfigs.iter().map(|k| format!("\n  {}\n", k.file));
    let users = plan
        .kubeconfigs
        .iter()
        .map(|k| format!("      {}", k.user))
        .chain(plan.kubeconfigs.iter().map(|k| format!("{}\n", k.server)));
    let paths = plan
        .placements
        .iter()
        .map(|p| format!("    {:04o} {}\n", p.mode, p.path));
    let scripts = ["verify.sh", "distribute.sh", "install.sh", "ca.key"].map(str::to_owned);
    let differences = plan
        .differences
        .iter()
        .map(|d| format!("{reason}{}\n", in_language(d.reason)));
    let all = certificates
        .chain(kubeconfigs)
        .chain(configurations)
        .chain(users)
        .chain(paths);
    for wanted in all.chain(scripts).chain(differences) {
        assert!(text.contains(&wanted), "{file} lacks {wanted:?}");
    }
    let ends = text.matches(&format!("    {expires}")).count();
    let certified = plan.certificates.iter().filter(|c| c.kind.is_certified());
    assert_eq!(ends, certified.count());
}

/// What is in a node's folder is what is in pki/ and kubeconfig/, byte for byte.
pub(crate) fn node_folders(bundle: &Unpacked, plan: &Plan) {
    for placement in &plan.placements {
        let folder = match placement.file.rsplit('.').next() {
            Some("kubeconfig" | "conf") => "kubeconfig",
            Some("yaml") => "config",
            _ => "pki",
        };
        let original = bundle.read(&format!("{folder}/{}", placement.file));
        let copy = format!("nodes/{}/{}", placement.node, placement.name());
        assert!(
            bundle.read(&copy) == original,
            "{copy} differs from {folder}/"
        );
    }
}

/// Every placement of the node is below `root` with its mode and the very bytes of the bundle, and nothing else is.
pub(crate) fn installed(bundle: &Unpacked, plan: &Plan, node: &str, root: &Path) {
    let mut expected = Vec::new();
    for placement in plan.placements.iter().filter(|p| p.node == node) {
        let path = match placement.path.strip_prefix("~/") {
            Some(path) => format!("home/{path}"),
            None => placement.path[1..].to_owned(),
        };
        let target = root.join(&path);
        assert_eq!(mode(&target), placement.mode, "{path}");
        let original = bundle.read(&format!("nodes/{node}/{}", placement.name()));
        assert!(
            fs::read(&target).unwrap() == original,
            "{path} has other bytes"
        );
        expected.push(path);
    }
    expected.sort();
    assert_eq!(files_below(root), expected);
}

/// Every kubeconfig, read by another YAML library.
pub(crate) fn kubeconfigs(bundle: &Unpacked, plan: &Plan) {
    for planned in &plan.kubeconfigs {
        let text = bundle.text(&format!("kubeconfig/{}", planned.file));
        kubeconfig(
            bundle,
            plan,
            planned,
            &serde_norway::from_str(&text).unwrap(),
        );
    }
}

/// One kubeconfig, whoever read it: server, user, and embedded files equal to those in pki/.
pub(crate) fn kubeconfig(bundle: &Unpacked, plan: &Plan, planned: &Kubeconfig, read: &Value) {
    let file = &planned.file;
    assert_eq!(read["apiVersion"], "v1", "{file}");
    assert_eq!(read["kind"], "Config", "{file}");
    assert_eq!(read["current-context"], *planned.context, "{file}");
    for list in ["clusters", "contexts", "users"] {
        assert_eq!(read[list].as_sequence().unwrap().len(), 1, "{file}: {list}");
    }
    let (cluster, context, user) = (
        &read["clusters"][0],
        &read["contexts"][0],
        &read["users"][0],
    );
    assert_eq!(cluster["name"], plan.name(), "{file}");
    assert_eq!(cluster["cluster"]["server"], *planned.server, "{file}");
    assert_eq!(context["name"], *planned.context, "{file}");
    assert_eq!(context["context"]["cluster"], plan.name(), "{file}");
    assert_eq!(context["context"]["user"], *planned.user, "{file}");
    assert_eq!(user["name"], *planned.user, "{file}");
    let (cluster, user) = (&cluster["cluster"], &user["user"]);
    if let Some(paths) = &planned.paths {
        assert_eq!(cluster["certificate-authority"], *paths.authority, "{file}");
        assert_eq!(user["client-certificate"], *paths.certificate, "{file}");
        assert_eq!(user["client-key"], *paths.key, "{file}");
        assert!(user["client-key-data"].is_null(), "{file} embeds a key too");
        return;
    }
    let (authority, certificate) = (&planned.authority, &planned.certificate);
    for (embedded, original) in [
        (
            &cluster["certificate-authority-data"],
            format!("pki/{authority}.crt"),
        ),
        (
            &user["client-certificate-data"],
            format!("pki/{certificate}.crt"),
        ),
        (&user["client-key-data"], format!("pki/{certificate}.key")),
    ] {
        let embedded = Base64::decode_vec(embedded.as_str().unwrap()).unwrap();
        assert!(
            embedded == bundle.read(&original),
            "{file} embeds another {original}"
        );
    }
}

/// The bundle's own verify.sh finds nothing wrong. It goes by the computer's clock.
pub(crate) fn verified_by_itself(bundle: &Unpacked, plan: &Plan) {
    let said = run(Tool::Dash.command().arg(bundle.root.join("verify.sh"))).succeeded();
    assert_eq!(said.lines().count(), plan.certificates.len(), "{said}");
    assert!(
        said.lines().all(|line| line.starts_with("ok      ")),
        "{said}"
    );
}
