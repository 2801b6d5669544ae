//! Whether something was run: the shells, and the file that a hostile name makes.

use std::path::Path;
use std::process::Command;

use crate::common::command::{Tool, again, run, shells};
use crate::common::files_below;

/// Shells that people have.
pub(crate) fn every_shell() -> Vec<Command> {
    let mut all: Vec<_> = shells().into();
    all.push(Tool::Bash.command());
    all
}

/// Files of that name, and whatever else somebody made there.
pub(crate) fn canaries(folder: &Path) -> Vec<String> {
    let files = files_below(folder).into_iter();
    files
        .filter(|file| file.rsplit('/').next() == Some("canary"))
        .collect()
}

/// Runs one command line in a folder of its own that is empty, and says whether something was made there.
pub(crate) fn sings(line: &str, shell: &Command) -> bool {
    let folder = tempfile::tempdir().unwrap();
    // It may fail: its files are not there.
    let _ = run(again(shell).args(["-c", line]).current_dir(folder.path()));
    !canaries(folder.path()).is_empty()
}
