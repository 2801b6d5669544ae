//! Prints the plan of a cluster as JSON: `cargo run --release --example plan -- [description.json]`.

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
    let json = path.map_or(Ok(SEED.to_owned()), std::fs::read_to_string)?;
    let description: Description = json.parse()?;
    let plan = Plan::new(&Cluster::parse(&description)?);
    println!("{}", serde_json::to_string_pretty(&plan)?);
    Ok(())
}

/// The cluster of the document that the project started from.
const SEED: &str = r#"{"preset": "hard-way-2020"}"#;
