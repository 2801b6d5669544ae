//! distribute.sh copies to each node its folder; scp is a stand-in.

mod common;

use std::process::Command;

use common::command::{Ended, again, run, shells};
use common::scp::Scp;
use common::{NOW, Unpacked, files_below, pki, pki_of, plan_of, presets};

#[test]
fn distribute_sh_copies_each_node_its_folder() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki());
        let scp = Scp::new(&bundle);
        let said = distribute(&mut shell, &bundle, &scp, &[]).succeeded();
        let nodes = ["master-1", "master-2", "worker-1", "worker-2"];
        let calls = nodes.map(|node| format!("-r -p nodes/{node} {node}:"));
        assert_eq!(scp.calls(), calls);
        let lines = nodes.map(|node| {
            format!("copied nodes/{node} to {node}; there run: sudo sh {node}/install.sh")
        });
        assert_eq!(said.lines().collect::<Vec<_>>(), lines);
        for node in nodes {
            let copied = files_below(&scp.hosts.join(node).join(node));
            assert_eq!(copied, files_below(&bundle.root.join("nodes").join(node)));
        }
    }
}

#[test]
fn distribute_sh_gives_scp_the_user_the_port_the_identity_and_the_address() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki());
        let scp = Scp::new(&bundle);
        let here = bundle.scratch("elsewhere");
        for file in ["my key", "ssh.config"] {
            std::fs::write(here.join(file), "").unwrap();
        }
        // From there, though scp runs in the bundle.
        shell.current_dir(&here);
        let options = [
            "--user",
            "vagrant",
            "--port",
            "2222",
            "--identity",
            "my key",
            "--ssh-config",
            "ssh.config",
            "--addresses",
            "worker-2",
            "master-1",
        ];
        distribute(&mut shell, &bundle, &scp, &options).succeeded();
        let here = here.display();
        let with = format!("-r -p -F {here}/ssh.config -P 2222 -i {here}/my key");
        assert_eq!(
            scp.calls(),
            [
                format!("{with} nodes/worker-2 vagrant@192.168.5.22:"),
                format!("{with} nodes/master-1 vagrant@192.168.5.11:"),
            ]
        );
    }
}

#[test]
fn distribute_sh_calls_no_scp_in_a_dry_run() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki());
        let scp = Scp::new(&bundle);
        let said = distribute(
            &mut shell,
            &bundle,
            &scp,
            &["--dry-run", "--user", "u", "worker-1"],
        )
        .succeeded();
        assert_eq!(said, "would run: scp -r -p nodes/worker-1 u@worker-1:\n");
        assert_eq!(scp.calls(), Vec::<String>::new());
    }
}

#[test]
fn distribute_sh_stops_at_the_first_failure_and_says_what_was_done() {
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki());
        let scp = Scp::new(&bundle);
        shell.env("BROKEN", "master-2");
        let ended = distribute(&mut shell, &bundle, &scp, &[]);
        assert_eq!(ended.status.code(), Some(1), "{ended}");
        assert_eq!(scp.calls().len(), 2, "{ended}");
        let text = "distribute.sh: could not copy to master-2 (done before it: master-1)\nhint: ";
        assert!(ended.stderr.contains(text), "{ended}");
    }
}

#[test]
fn distribute_sh_refuses_what_it_does_not_know_before_it_copies_anything() {
    let table: [(&[&str], &str); 7] = [
        (
            &["worker-9"],
            "there is no node worker-9\nhint: the nodes are: master-1 master-2 worker-1 worker-2",
        ),
        // No pattern, though grep is behind it; and a load balancer gets no file.
        (&["worker-."], "there is no node worker-."),
        (&["loadbalancer"], "there is no node loadbalancer"),
        (&["master-1", "--force"], "unknown option: --force"),
        (&["--port"], "--port wants a value"),
        (
            &["--identity", "no key"],
            "--identity: no key cannot be read",
        ),
        (
            &["--ssh-config", "no.config"],
            "--ssh-config: no.config cannot be read",
        ),
    ];
    for (arguments, text) in table {
        for mut shell in shells() {
            let bundle = Unpacked::native(&pki());
            let scp = Scp::new(&bundle);
            let said = distribute(&mut shell, &bundle, &scp, arguments).failed();
            assert!(
                said.starts_with(&format!("distribute.sh: {text}")),
                "{said}"
            );
            assert_eq!(scp.calls(), Vec::<String>::new());
        }
    }
}

#[test]
fn distribute_sh_copies_every_node_of_every_preset_its_folder_with_all_below_it() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        for mut shell in shells() {
            let bundle = Unpacked::native(&pki);
            let scp = Scp::new(&bundle);
            distribute(&mut shell, &bundle, &scp, &["--user", "u"]).succeeded();
            let nodes = pki.plan().cluster.nodes.iter().flatten();
            let served = nodes.filter(|node| node.role != hardway::Role::LoadBalancer);
            for node in served {
                let copied = files_below(&scp.hosts.join(&node.name).join(&node.name));
                let folder = bundle.root.join("nodes").join(&node.name);
                assert_eq!(copied, files_below(&folder), "{}", node.name);
                assert!(copied.len() > 2, "{copied:?}");
            }
        }
    }
}

#[test]
fn distribute_sh_copies_of_every_preset_the_nodes_that_are_named_and_none_in_a_dry_run() {
    for plan in presets::all() {
        let pki = pki_of(plan, NOW, 1);
        let nodes = pki.plan().cluster.nodes.iter().flatten();
        let last = &nodes.last().unwrap().name;
        for shell in shells() {
            let bundle = Unpacked::native(&pki);
            let scp = Scp::new(&bundle);
            let told = distribute(&mut again(&shell), &bundle, &scp, &["--dry-run", last]);
            let call = format!("-r -p nodes/{last} {last}:");
            assert_eq!(told.succeeded(), format!("would run: scp {call}\n"));
            assert_eq!(scp.calls(), Vec::<String>::new());
            distribute(&mut again(&shell), &bundle, &scp, &[last]).succeeded();
            assert_eq!(scp.calls(), [call]);
        }
    }
}

#[test]
fn distribute_sh_puts_an_ipv6_address_into_brackets() {
    let plan = plan_of(
        r#"{"preset": "hard-way-2020", "nodes": [
            {"name": "a.b", "role": "control-plane", "addresses": ["fd00::11"]},
            {"name": "axb", "role": "control-plane", "addresses": ["fd00::12"]}]}"#,
    );
    for mut shell in shells() {
        let bundle = Unpacked::native(&pki_of(plan.clone(), NOW, 1));
        let scp = Scp::new(&bundle);
        distribute(&mut shell, &bundle, &scp, &["--addresses", "a.b"]).succeeded();
        assert_eq!(scp.calls(), ["-r -p nodes/a.b [fd00::11]:"]);
    }
}

fn distribute(shell: &mut Command, bundle: &Unpacked, scp: &Scp, arguments: &[&str]) -> Ended {
    run(scp
        .serve(shell)
        .arg(bundle.root.join("distribute.sh"))
        .args(arguments))
}
