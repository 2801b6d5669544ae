//! Whether every connection of a cluster holds: `cargo run --release --example verdicts -- DIR`.
//!
//! DIR holds `description.json` and the certificates as in a bundle's `pki/`. Prints a line for each connection: its id, `ok` or
//! the side that refuses, and the text. Exit status 1 if any is refused, 2 if DIR cannot be read.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use hardway::verify::{self, Side};
use hardway::{Cluster, Plan};
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
    let json = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let plan = Plan::new(&Cluster::parse(&json.parse()?)?);
    let mut certificates = BTreeMap::new();
    for planned in plan.certified() {
        let path = folder.join(format!("pki/{}.crt", planned.id));
        let text = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let (_, der) = pem::decode_vec(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        certificates.insert(planned.id.clone(), der);
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let mut content = true;
    for verdict in verify::connections(&plan, &certificates, now.as_secs().try_into()?) {
        let side = match verdict.side {
            None => "ok",
            Some(Side::Client) => "client",
            Some(Side::Server) => "server",
        };
        content &= verdict.side.is_none();
        println!("{}\t{side}\t{}", verdict.connection, verdict.text);
    }
    Ok(content)
}
