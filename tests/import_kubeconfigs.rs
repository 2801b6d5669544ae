//! Kubeconfigs are read as kubectl writes them, and as people do; nothing in them is run, and no secret of theirs is kept.

mod common;

use std::fmt::Write;
use std::time::{Duration, Instant};

use base64ct::{Base64, Encoding};
use common::command::Tool;
use common::workbench::{Workbench, imported, kinds, problems};
use hardway::import::limits::MAX_YAML_BYTES;
use hardway::import::{FoundKubeconfig, Inventory, KubeContext, Place, Plugin, Problem, Source};

fn made() -> Workbench {
    let bench = Workbench::new();
    bench.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out admin.key");
    bench.openssl("req -x509 -key admin.key -subj /O=system:masters/CN=admin -out admin.crt");
    bench.openssl("req -x509 -key admin.key -subj /CN=KUBERNETES-CA -out ca.crt");
    bench
}

fn only(inventory: &Inventory) -> &FoundKubeconfig {
    let found: Vec<_> = inventory.kubeconfigs().collect();
    assert_eq!(found.len(), 1, "{:?}", inventory.files());
    found[0].1
}

/// Written by hand, with everything embedded.
fn by_hand(bench: &Workbench) -> String {
    let data = |file| Base64::encode_string(&bench.read(file));
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: default\npreferences: {{}}\nclusters:\n- name: kubernetes-the-hard-way\n  cluster:\n    \
         certificate-authority-data: {}\n    server: https://127.0.0.1:6443\ncontexts:\n- context:\n    cluster: kubernetes-the-hard-way\n    \
         user: admin\n  name: default\nusers:\n- name: admin\n  user:\n    client-certificate-data: {}\n    client-key-data: {}\n",
        data("ca.crt"),
        data("admin.crt"),
        data("admin.key")
    )
}

fn check_embedded(inventory: &Inventory) {
    let found = only(inventory);
    let context = found.current().unwrap();
    assert_eq!(context.user, "admin");
    let cluster = found.cluster(context).unwrap();
    assert_eq!(cluster.server, "https://127.0.0.1:6443");
    let user = found.user(context).unwrap();
    for source in [
        &cluster.certificate_authority,
        &user.client_certificate,
        &user.client_key,
    ] {
        assert_eq!(*source, Source::Embedded);
    }
    let in_field = |field| {
        let items: Vec<_> = inventory.embedded(0, field).collect();
        assert_eq!(items.len(), 1, "{field}");
        (items[0].content.kind(), items[0].content.summary())
    };
    let authority = in_field("clusters[0].cluster.certificate-authority-data");
    assert_eq!(authority, ("certificate", "CN=KUBERNETES-CA".to_owned()));
    let certificate = in_field("users[0].user.client-certificate-data");
    assert_eq!(
        certificate,
        ("certificate", "O=system:masters, CN=admin".to_owned())
    );
    let key = in_field("users[0].user.client-key-data");
    assert_eq!(key, ("private-key", "rsa-2048".to_owned()));
    assert_eq!(problems(inventory), []);
}

#[test]
fn what_kubectl_writes_is_read_with_embedded_data_and_with_paths() {
    if !Tool::Kubectl.is_there_or_skip() {
        return;
    }
    let bench = made();
    for embed in [true, false] {
        let config = |line: &str| {
            let mut arguments = vec!["config", "--kubeconfig=k.conf"];
            arguments.extend(line.split(' '));
            bench.run(Tool::Kubectl, &arguments)
        };
        let embed_flag = format!("--embed-certs={embed}");
        config(&format!(
            "set-cluster kubernetes-the-hard-way --certificate-authority=ca.crt {embed_flag} --server=https://127.0.0.1:6443"
        ));
        config(&format!(
            "set-credentials admin --client-certificate=admin.crt --client-key=admin.key {embed_flag}"
        ));
        config("set-context default --cluster=kubernetes-the-hard-way --user=admin");
        config("use-context default");
        let inventory = imported("admin.kubeconfig", &bench.read("k.conf"));
        if embed {
            check_embedded(&inventory);
            let flat = config("view --raw -o json");
            check_embedded(&imported("admin.json", flat.as_bytes()));
            let value: serde_json::Value = serde_json::from_str(&flat).unwrap();
            check_embedded(&imported("one-line.json", value.to_string().as_bytes()));
            let tabs = flat.replace("    ", "\t");
            check_embedded(&imported("tabs.json", tabs.as_bytes()));
        } else {
            let found = only(&inventory);
            let context = found.current().unwrap();
            let user = found.user(context).unwrap();
            assert_eq!(user.client_key, Source::Path("admin.key".to_owned()));
            assert_eq!(
                user.client_certificate,
                Source::Path("admin.crt".to_owned())
            );
            assert_eq!(kinds(&inventory), ["kubeconfig"]);
        }
        std::fs::remove_file(bench.path("k.conf")).unwrap();
    }
}

#[test]
fn what_people_write_is_read() {
    let bench = made();
    let text = by_hand(&bench);
    check_embedded(&imported("config", text.as_bytes()));
    check_embedded(&imported("config", text.replace('\n', "\r\n").as_bytes()));
    check_embedded(&imported(
        "config",
        format!("---\n# ours\n{text}").as_bytes(),
    ));
    // The data folded over several lines, as `base64` without -w0 gives it.
    let folded = bench.openssl("base64 -in admin.crt -out admin.b64");
    let folded = String::from_utf8(folded).unwrap();
    let indented: String = folded
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    let flat: String = folded.split_ascii_whitespace().collect();
    for block in ["|", ">-", ""] {
        let written = text.replace(&format!(" {flat}\n"), &format!(" {block}\n{indented}"));
        assert_ne!(written, text);
        check_embedded(&imported("config", written.as_bytes()));
    }
    // Without kind, as kubectl takes it as well.
    let bare = text.replace("apiVersion: v1\nkind: Config\n", "");
    check_embedded(&imported("config", bare.as_bytes()));
    // Data goes before a path.
    let both = text.replace(
        "    client-key-data",
        "    client-key: /root/admin.key\n    client-key-data",
    );
    check_embedded(&imported("config", both.as_bytes()));
}

#[test]
fn plugins_and_tokens_are_shown_and_not_kept() {
    let secrets = [
        "abcdef.0123456789abcdef",
        "hunter2",
        "s3cr3t",
        "t0k3n",
        "from-env",
    ];
    let text = "apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster:\n    server: https://lb:6443\n    insecure-skip-tls-verify: true\n    \
        tls-server-name: kubernetes\n    proxy-url: http://proxy:3128\ncontexts:\n- name: x\n  context: {cluster: c, user: token}\nusers:\n\
        - name: token\n  user: {token: abcdef.0123456789abcdef, as: root}\n- name: basic\n  user: {username: admin, password: hunter2}\n\
        - name: file\n  user: {tokenFile: /var/run/token}\n\
        - name: exec\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: /usr/bin/aws\n      args: [eks, get-token, --client-secret=s3cr3t, --token, t0k3n, --region, eu]\n      env: [{name: AWS_PROFILE, value: from-env}]\n\
        - name: oidc\n  user:\n    auth-provider:\n      name: oidc\n      config: {id-token: s3cr3t}\n";
    let inventory = imported("config", text.as_bytes());
    let found = only(&inventory);
    assert_eq!(
        found.contexts,
        [KubeContext {
            name: "x".into(),
            cluster: "c".into(),
            user: "token".into(),
        }]
    );
    assert_eq!(found.current(), None);
    let cluster = &found.clusters[0];
    assert!(cluster.insecure_skip_tls_verify);
    assert_eq!(
        (cluster.tls_server_name.as_str(), cluster.proxy_url.as_str()),
        ("kubernetes", "http://proxy:3128")
    );
    assert_eq!(cluster.certificate_authority, Source::Absent);
    let [token, basic, file, exec, oidc] = &found.users[..] else {
        panic!("{found:?}");
    };
    assert!(token.token && !token.password && token.impersonates == "root");
    assert!(basic.password && !basic.token);
    assert_eq!(
        (file.token, file.token_file.as_str()),
        (false, "/var/run/token")
    );
    let args = [
        "eks",
        "get-token",
        "--client-secret=…",
        "--token",
        "…",
        "--region",
        "eu",
    ];
    assert_eq!(
        exec.exec,
        Some(Plugin {
            command: "/usr/bin/aws".into(),
            args: args.map(str::to_owned).into(),
            env: vec!["AWS_PROFILE".into()],
        })
    );
    assert_eq!(oidc.auth_provider, "oidc");
    let kept = format!(
        "{:?}{}",
        inventory.items(),
        serde_json::to_string(&inventory.listing()).unwrap()
    );
    let kept = kept + &serde_json::to_string(found).unwrap();
    for secret in secrets {
        assert!(!kept.contains(secret), "{secret}");
    }
}

#[test]
fn an_exec_plugin_is_not_run() {
    let bench = Workbench::new();
    let witness = bench.path("witness");
    let text = format!(
        "apiVersion: v1\nkind: Config\nclusters: []\nusers:\n- name: a\n  user:\n    exec: {{command: touch, args: ['{}']}}\n",
        witness.display()
    );
    let inventory = imported("config", text.as_bytes());
    assert!(only(&inventory).users[0].exec.is_some());
    assert!(!witness.exists());
    // It is named, with what kubectl would run.
    let [trouble] = &inventory.files()[0].troubles[..] else {
        panic!("{:?}", inventory.files());
    };
    assert!(trouble.problem.is_note());
    assert_eq!(
        trouble.problem.to_string(),
        format!(
            "this kubeconfig has touch {} run for credentials",
            witness.display()
        )
    );
}

#[test]
fn what_is_broken_says_where() {
    let bench = made();
    let text = by_hand(&bench);
    let line = text
        .lines()
        .position(|line| line.contains("client-key-data"))
        .unwrap();
    let key = text.lines().nth(line).unwrap().trim();
    let value = key.split(' ').nth(1).unwrap();
    let field = || "users[0].user.client-key-data".to_owned();
    let inventory = imported("config", text.replace(value, "'!!!'").as_bytes());
    assert_eq!(
        problems(&inventory),
        [Problem::DataBroken { found: field() }]
    );
    assert_eq!(
        kinds(&inventory),
        ["certificate", "certificate", "kubeconfig"]
    );

    let key = String::from_utf8(bench.read("admin.key")).unwrap();
    let cut = Base64::encode_string(&key.as_bytes()[..key.len() - 60]);
    let inventory = imported("config", text.replace(value, &cut).as_bytes());
    let found = "PRIVATE KEY".to_owned();
    assert_eq!(problems(&inventory), [Problem::PemNoEnd { found }]);
    let place = &inventory.files()[0].troubles[0].place;
    assert_eq!(
        *place,
        Place::Field {
            path: field(),
            line: 1
        }
    );

    let tabs = text.replace("    server", "\tserver");
    let inventory = imported("config", tabs.as_bytes());
    assert!(
        matches!(
            &problems(&inventory)[..],
            [Problem::KubeconfigBroken { .. }]
        ),
        "{:?}",
        inventory.files()
    );
    assert!(inventory.items().is_empty());
    // What the parser says never quotes the file.
    let said = problems(&inventory)[0].to_string();
    assert!(
        said.starts_with("this kubeconfig cannot be read: line "),
        "{said}"
    );

    let mut large = text.clone();
    large.push_str(&"#\n".repeat(usize::try_from(MAX_YAML_BYTES).unwrap() / 2));
    let limit = MAX_YAML_BYTES;
    assert_eq!(
        problems(&imported("config", large.as_bytes())),
        [Problem::YamlTooLarge { limit }]
    );
}

#[test]
fn aliases_are_followed_and_bombs_are_refused_quickly() {
    let bench = made();
    let text = by_hand(&bench);
    let shared = text.replace("- name: admin\n  user:\n", "- name: admin\n  user: &u\n")
        + "- name: other\n  user: *u\n";
    let inventory = imported("config", shared.as_bytes());
    assert_eq!(inventory.keys().count(), 2);
    assert_eq!(only(&inventory).users[1].client_key, Source::Embedded);

    let mut laughs = String::from(
        "apiVersion: v1\nkind: Config\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n",
    );
    for level in 1..30 {
        let inside = vec![format!("*a{}", level - 1); 9].join(", ");
        let _ = writeln!(laughs, "a{level}: &a{level} [{inside}]");
    }
    laughs.push_str("clusters: *a29\nusers: *a29\n");
    let mut data =
        by_hand(&bench).replace("- name: admin\n  user:\n", "- name: admin\n  user: &u\n");
    data.push_str(&"- {name: x, user: *u}\n".repeat(50_000));
    let deep = format!(
        "apiVersion: v1\nkind: Config\nclusters: {}",
        "[".repeat(200_000)
    );
    let block: String = (0..2_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    let block = format!("apiVersion: v1\nkind: Config\nclusters:\n{block}");
    let json = format!(
        "{{\"apiVersion\": \"v1\", \"clusters\": {}",
        "[".repeat(200_000)
    );
    for (name, text) in [
        ("laughs", laughs),
        ("data", data),
        ("deep", deep),
        ("block", block),
        ("json", json),
    ] {
        let begun = Instant::now();
        let inventory = imported("config", text.as_bytes());
        let said = problems(&inventory);
        assert!(
            matches!(
                &said[..],
                [Problem::YamlBomb { .. } | Problem::KubeconfigBroken { .. }]
            ),
            "{name}: {said:?}"
        );
        assert!(
            begun.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn a_description_of_this_page_is_found() {
    for preset in hardway::PRESETS {
        let text = serde_json::to_string(&preset.description()).unwrap();
        let inventory = imported("cluster.json", text.as_bytes());
        assert_eq!(kinds(&inventory), ["description"], "{text}");
        assert_eq!(inventory.items()[0].content.summary(), preset.id);
    }
    let other = imported("other.json", br#"{"preset": 1}"#);
    assert_eq!(kinds(&other), Vec::<&str>::new());
}
