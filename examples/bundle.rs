//! Writes the same zip as the page: `cargo run --release --example bundle -- [description.json] out.zip`.

use std::fs::OpenOptions;
use std::io::BufWriter;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use hardway::{Bundle, Cluster, Description, Error, Keys, Pki, Plan, Randomness, Timestamp};
use zeroizing_alloc::ZeroAlloc;

/// Private keys pass through buffers of many libraries: what is freed is overwritten.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

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
    let json = match description {
        Some(path) => std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?,
        None => SEED.to_owned(),
    };
    let description: Description = json.parse()?;
    let plan = Plan::new(&Cluster::parse(&description)?);
    let mut randomness = Randomness::default();
    let keys = Keys::generate(&plan, &mut randomness)?;
    let pki = Pki::issue(plan, keys, now()?, &mut randomness)?;
    let bundle = Bundle::new(&pki);
    save(Path::new(out), &bundle).map_err(|error| format!("{out}: {error}"))?;
    for file in bundle.files() {
        let file = file?;
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

/// The private keys in the zip are their owner's alone, and nobody finds half a zip under its name.
fn save(out: &Path, bundle: &Bundle<'_>) -> Result<(), Box<dyn std::error::Error>> {
    let part = out.with_extension("zip.part");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    bundle.write(BufWriter::new(options.open(&part)?))?;
    Ok(std::fs::rename(&part, out)?)
}

fn now() -> Result<Timestamp, Box<dyn std::error::Error>> {
    let seconds = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)?
        .as_secs();
    Ok(Timestamp::from_unix(seconds.try_into()?).ok_or(Error::InvalidClock)?)
}

/// The cluster of the document that the project started from.
const SEED: &str = r#"{"preset": "hard-way-2020"}"#;
