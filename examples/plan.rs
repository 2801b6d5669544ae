//! Prints the plan of a cluster as JSON: `cargo run --release --example plan -- [description.json]`.

use std::io::Write as _;
use std::process::ExitCode;

use hardway::{Cluster, Description, Error, Plan};

fn main() -> ExitCode {
    match print(std::env::args().nth(1).as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("plan: {error}");
            if let Some(error) = error.downcast_ref::<Error>() {
                eprintln!("hint: {}", error.hint());
            }
            ExitCode::FAILURE
        }
    }
}

fn print(path: Option<&str>) -> Result<(), Box<dyn std::error::Error>> {
    let json = match path {
        Some(path) => std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?,
        None => SEED.to_owned(),
    };
    let description: Description = json.parse()?;
    let plan = Plan::new(&Cluster::parse(&description)?);
    let json = serde_json::to_string_pretty(&plan)?;
    // A reader that closes the pipe early, such as `head`, has seen enough.
    match writeln!(std::io::stdout(), "{json}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The cluster of the document that the project started from.
const SEED: &str = r#"{"preset": "hard-way-2020"}"#;
