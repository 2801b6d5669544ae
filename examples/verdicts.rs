//! Whether every connection of a cluster holds: `cargo run --release --example verdicts -- DIR`.
//!
//! DIR holds `description.json` and the files as in a bundle's `pki/`. Prints a line for each connection: its id, `ok` or
//! the side that refuses, and the text. Exit status 1 if any is refused, 2 if DIR cannot be read.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use hardway::verify::{Evidence, Side, Verifier, escaped};
use hardway::{Cluster, Plan, PrivateKey};
use rsa::pkcs8::der::pem;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder] = &arguments[..] else {
        eprintln!("usage: verdicts DIR");
        return ExitCode::from(2);
    };
    match verdicts(Path::new(folder)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("verdicts: {error}");
            ExitCode::from(2)
        }
    }
}

fn verdicts(folder: &Path) -> Result<bool, Box<dyn std::error::Error>> {
    let path = folder.join("description.json");
    let json =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let plan = Plan::new(&Cluster::parse(&json.parse()?)?);
    let evidence = evidence(&folder.join("pki"), &plan)?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let mut content = true;
    for verdict in Verifier::new(&plan, &evidence, now.as_secs().try_into()?).verdicts() {
        let side = match verdict.side {
            None => "ok",
            Some(Side::Client) => "client",
            Some(Side::Server) => "server",
        };
        content &= verdict.side.is_none();
        println!("{}\t{side}\t{}", verdict.connection, escaped(&verdict.text));
    }
    Ok(content)
}

/// The files, unread: what is wrong with a certificate is for the verdict to say. A key that lies there has to be one.
fn evidence(pki: &Path, plan: &Plan) -> Result<Evidence, Box<dyn std::error::Error>> {
    let read = |name: String| {
        let path = pki.join(name);
        let text = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let (_, der) =
            pem::decode_vec(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok::<_, String>(der)
    };
    let mut evidence = Evidence::default();
    for planned in &plan.certificates {
        if planned.kind.is_certified() {
            evidence.insert_certificate(&planned.id, read(format!("{}.crt", planned.id))?);
        }
        let key = format!("{}.key", planned.id);
        if pki.join(&key).exists() {
            let key = PrivateKey::from_pkcs8_der(&read(key)?, &planned.id)?;
            evidence.insert_key(&planned.id, key.to_public_key_der()?);
        }
    }
    Ok(evidence)
}
