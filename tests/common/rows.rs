//! Rows of the table that `make test` and `make audit` end with (`build/rows.sh`).

use std::env;
use std::fs::OpenOptions;
use std::io::Write;

/// One row: the audit's part that runs it whole, what was tried, and what was counted.
pub(crate) fn audited(part: &str, what: &str, figure: &str) {
    println!("{part}: {what}: {figure}");
    if let Some(path) = env::var_os("HARDWAY_ROWS") {
        let mut rows = OpenOptions::new().append(true).open(path).unwrap();
        // In one piece: other tests write theirs at the same time.
        let row = format!("{part}|{what}|{figure}|ok\n");
        rows.write_all(row.as_bytes()).unwrap();
    }
}

/// Whether the long run is asked for.
pub(crate) fn long() -> bool {
    env::var_os("HARDWAY_LONG").is_some()
}
