//! The Go programs of `tests/go`, built once a test binary, offline.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::TempDir;

use super::command::{Tool, run};

/// The program that `tests/go/NAME.go` makes.
pub(crate) fn program(name: &'static str) -> PathBuf {
    static BUILT: Mutex<BTreeMap<&str, (TempDir, PathBuf)>> = Mutex::new(BTreeMap::new());
    let mut built = BUILT.lock().unwrap();
    let (_, program) = built.entry(name).or_insert_with(|| {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join(name);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/go/{name}.go"));
        let mut go = Tool::Go.command();
        go.arg("build").arg("-o").arg(&program).arg(source);
        run(&mut go).succeeded();
        (folder, program)
    });
    program.clone()
}
