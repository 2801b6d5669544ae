//! Writes the same zip as the page: `cargo run --release --example bundle -- [description.json] out.zip`.

use std::process::ExitCode;
use std::time::SystemTime;

use getrandom::SysRng;
use hardway::{Bundle, Cluster, Description, Error, Keys, Pki, Plan, Timestamp};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [out] => write(None, out),
        [description, out] => write(Some(description), out),
        _ => Err("usage: bundle [description.json] out.zip".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            if let Some(error) = error.downcast_ref::<Error>() {
                eprintln!("hint: {}", error.hint());
            }
            ExitCode::FAILURE
        }
    }
}

fn write(description: Option<&str>, out: &str) -> Result<(), Box<dyn std::error::Error>> {
    let json = description.map_or(Ok(SEED.to_owned()), std::fs::read_to_string)?;
    let description: Description = json.parse()?;
    let plan = Plan::new(&Cluster::parse(&description)?);
    let keys = Keys::generate(&plan, &mut SysRng)?;
    let pki = Pki::issue(plan, keys, now()?, &mut SysRng)?;
    let bundle = Bundle::new(&pki)?;
    std::fs::write(out, bundle.zip()?)?;
    for file in bundle.files() {
        println!(
            "{:04o} {:>6} {}/{}",
            file.mode,
            file.content.len(),
            bundle.name(),
            file.path
        );
    }
    Ok(())
}

fn now() -> Result<Timestamp, Box<dyn std::error::Error>> {
    let seconds = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)?
        .as_secs();
    Ok(Timestamp::from_unix(seconds.try_into()?).ok_or(Error::InvalidClock)?)
}

/// The cluster of the document that the project started from.
const SEED: &str = r#"{"preset": "hard-way-2020"}"#;
