//! nginx with every listener's files and curl with every caller's: whom the plan lets in is let in, under the name that it has, and nobody else.

mod common;

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use common::command::{Ended, Tool, missing, run};
use common::rows::audited;
use common::{Unpacked, foreign_pki, pki_of, pki_of_today, plan_of, presets, today};
use hardway::{Connection, Plan};

#[test]
fn every_caller_of_every_preset_is_served_by_its_listener_under_every_name_that_it_dials() {
    if !Tool::Nginx.is_there_or_skip() {
        return;
    }
    let mut calls = 0;
    for plan in presets::own() {
        let bundle = Unpacked::native(&pki_of(plan.clone(), today(), 1));
        let connections: Vec<_> = plan.connections.iter().collect();
        let nginx = Nginx::start(&bundle, &connections);
        for (connection, port) in connections.iter().zip(&nginx.ports) {
            let client = connection.client.certificate.as_deref();
            for dial in &connection.dials {
                let said = curl(&bundle, connection, &dial.host.to_string(), *port, client);
                let expected = match client {
                    Some(id) => format!("SUCCESS {}\n", serial(&bundle, id)),
                    // Shows a token instead, which is no matter of TLS.
                    None => "NONE \n".to_owned(),
                };
                assert_eq!(
                    said.succeeded(),
                    expected,
                    "{} {}",
                    plan.cluster.preset,
                    connection.id
                );
                calls += 1;
            }
        }
    }
    audited(
        "servers",
        "nginx and curl: every arrow of every preset under every name that it dials",
        &format!("{calls} calls, all served"),
    );
    assert!(calls > 150, "{calls}");
}

#[test]
fn who_shows_nothing_or_what_another_authority_or_purpose_made_is_refused() {
    if !Tool::Nginx.is_there_or_skip() {
        return;
    }
    let pki = pki_of_today();
    let bundle = Unpacked::native(&pki);
    let foreign = Unpacked::native(&foreign_pki(today()));
    let connection = admin_s(pki.plan());
    let nginx = Nginx::start(&bundle, &[connection]);
    let dialled = "192.168.5.30";
    let port = nginx.ports[0];

    let said = curl(&bundle, connection, dialled, port, None).succeeded();
    assert!(
        said.contains("<title>400 No required SSL certificate was sent</title>"),
        "{said}"
    );
    nginx.says("client sent no required SSL certificate while reading client request headers");

    // The caller knows whom to trust, as anybody may; so it is nginx alone that refuses.
    fs::copy(bundle.pki("ca.crt"), foreign.pki("ca.crt")).unwrap();
    let said = curl(&foreign, connection, dialled, port, Some("admin")).succeeded();
    assert!(
        said.contains("<title>400 The SSL certificate error</title>"),
        "{said}"
    );
    nginx.says("client SSL certificate verify error: (21:unable to verify the first certificate) while reading client request headers");

    // A guide whose kube-apiserver calls with another certificate than it serves with.
    let pki = pki_of(plan_of(r#"{"preset": "hard-way-2025"}"#), today(), 1);
    let bundle = Unpacked::native(&pki);
    let connection = admin_s(pki.plan());
    let nginx = Nginx::start(&bundle, &[connection]);
    let dialled = connection.dials[0].host.to_string();
    let server = Some("kube-apiserver");
    let said = curl(&bundle, connection, &dialled, nginx.ports[0], server).succeeded();
    assert!(
        said.contains("<title>400 The SSL certificate error</title>"),
        "{said}"
    );
    nginx.says("client SSL certificate verify error: (26:unsuitable certificate purpose) while reading client request headers");
}

#[test]
fn a_listener_of_another_authority_or_under_another_name_is_refused_by_curl() {
    if !Tool::Nginx.is_there_or_skip() {
        return;
    }
    let pki = pki_of_today();
    let bundle = Unpacked::native(&pki);
    let foreign = Unpacked::native(&foreign_pki(today()));
    let connection = admin_s(pki.plan());
    let admin = Some("admin");
    let port = |nginx: &Nginx| nginx.ports[0];

    let nginx = Nginx::start(&foreign, &[connection]);
    let said = curl(&bundle, connection, "192.168.5.30", port(&nginx), admin);
    assert_eq!(said.status.code(), Some(60), "{said}");
    let said = said.failed();
    assert!(
        said.starts_with(
            "curl: (60) SSL certificate problem: unable to get local issuer certificate\n"
        ),
        "{said}"
    );

    let nginx = Nginx::start(&bundle, &[connection]);
    // Newer ones say "target ipv4 address" of the first.
    for host in ["192.168.5.99", "kubernetes.example"] {
        let said = curl(&bundle, connection, host, port(&nginx), admin);
        assert_eq!(said.status.code(), Some(60), "{said}");
        let said = said.failed();
        let line = said.lines().next().unwrap();
        let words = "curl: (60) SSL: no alternative certificate subject name matches target ";
        assert!(
            line.starts_with(words) && line.ends_with(&format!("'{host}'")),
            "{said}"
        );
    }
}

fn admin_s(plan: &Plan) -> &Connection {
    let mut connections = plan.connections.iter();
    connections
        .find(|c| c.client.certificate.as_deref() == Some("admin"))
        .unwrap()
}

/// As nginx writes it.
fn serial(bundle: &Unpacked, id: &str) -> String {
    let said = run(Tool::Openssl
        .command()
        .args(["x509", "-noout", "-serial", "-in"])
        .arg(bundle.pki(&format!("{id}.crt"))));
    said.succeeded()
        .trim()
        .trim_start_matches("serial=")
        .to_owned()
}

fn curl(
    bundle: &Unpacked,
    connection: &Connection,
    host: &str,
    port: u16,
    client: Option<&str>,
) -> Ended {
    let mut curl = Tool::Curl.command();
    curl.args(["--silent", "--show-error", "--noproxy", "*", "--connect-to"]);
    curl.arg(format!("::127.0.0.1:{port}"));
    curl.arg("--cacert")
        .arg(bundle.pki(&format!("{}.crt", connection.client.authority)));
    if let Some(id) = client {
        curl.arg("--cert").arg(bundle.pki(&format!("{id}.crt")));
        curl.arg("--key").arg(bundle.pki(&format!("{id}.key")));
    }
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    run(curl.arg(format!("https://{host}/")))
}

/// One nginx with a port for each connection; ended when dropped.
struct Nginx {
    child: Child,
    ports: Vec<u16>,
    log: PathBuf,
}

impl Nginx {
    fn start(bundle: &Unpacked, connections: &[&Connection]) -> Self {
        let home = bundle.scratch("nginx");
        let held: Vec<_> = connections
            .iter()
            .map(|_| TcpListener::bind(("127.0.0.1", 0)).unwrap())
            .collect();
        let ports: Vec<_> = held
            .iter()
            .map(|one| one.local_addr().unwrap().port())
            .collect();
        let servers: String = connections
            .iter()
            .zip(&ports)
            .map(|(one, port)| server(bundle, one, *port))
            .collect();
        let log = home.join("error.log");
        let own = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let own: String = own
            .map(|kind| format!("{kind}_temp_path {};\n", home.join(kind).display()))
            .concat();
        // One process, which ends when its parent ends it.
        let text = format!(
            "daemon off;\nmaster_process off;\npid {};\nerror_log {} info;\nevents {{}}\nhttp {{\naccess_log off;\n{own}{servers}}}\n",
            home.join("pid").display(),
            log.display()
        );
        let file = home.join("nginx.conf");
        fs::write(&file, text).unwrap();
        drop(held);
        let mut command = Tool::Nginx.command();
        command
            .arg("-p")
            .arg(&home)
            .arg("-e")
            .arg(&log)
            .arg("-c")
            .arg(&file);
        let out = File::create(home.join("out")).unwrap();
        command
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out);
        let child = command
            .spawn()
            .unwrap_or_else(|error| missing(&command, &error));
        let mut nginx = Self { child, ports, log };
        let started = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", nginx.ports[0])).is_err() {
            let ended = nginx.child.try_wait().unwrap();
            assert!(
                ended.is_none() && started.elapsed() < Duration::from_secs(30),
                "{ended:?} {}",
                fs::read_to_string(&nginx.log).unwrap()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        nginx
    }

    /// Its log says it soon.
    fn says(&self, text: &str) {
        let started = Instant::now();
        loop {
            let log = fs::read_to_string(&self.log).unwrap();
            if log.contains(text) {
                return;
            }
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "it does not say {text:?}: {log}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn server(bundle: &Unpacked, connection: &Connection, port: u16) -> String {
    let pki = |id: &str, end: &str| bundle.pki(&format!("{id}.{end}")).display().to_string();
    let id = &connection.server.certificate;
    let verify = match (&connection.client.certificate, &connection.server.authority) {
        (Some(_), Some(authority)) => format!(
            "ssl_client_certificate {};\nssl_verify_client on;\n",
            pki(authority, "crt")
        ),
        _ => String::new(),
    };
    format!(
        "server {{\nlisten 127.0.0.1:{port} ssl;\nssl_certificate {};\nssl_certificate_key {};\n{verify}return 200 \"$ssl_client_verify $ssl_client_serial\\n\";\n}}\n",
        pki(id, "crt"),
        pki(id, "key")
    )
}
