//! A folder in which other people's programs make files, and what the import makes of these.

use std::fs;
use std::path::{Path, PathBuf};

use hardway::import::{Inventory, Problem, Taken};
use tempfile::TempDir;

use super::command::{Tool, run};

/// A folder that goes away with it.
pub(crate) struct Workbench(TempDir);

impl Workbench {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Runs a program with a line of arguments, and gives the file that its last word names.
    pub(crate) fn make(&self, tool: Tool, line: &str) -> Vec<u8> {
        let arguments: Vec<_> = line.split(' ').collect();
        self.run(tool, &arguments);
        self.read(arguments[arguments.len() - 1])
    }

    pub(crate) fn run(&self, tool: Tool, arguments: &[&str]) -> String {
        let mut command = tool.command();
        run(command.args(arguments).current_dir(self.folder())).succeeded()
    }

    pub(crate) fn openssl(&self, line: &str) -> Vec<u8> {
        self.make(Tool::Openssl, line)
    }
}

/// What is found in one file.
pub(crate) fn imported(name: &str, bytes: &[u8]) -> Inventory {
    let mut inventory = Inventory::default();
    inventory.add(name, bytes, None);
    inventory
}

/// The kinds of everything that was found, in its order.
pub(crate) fn kinds(inventory: &Inventory) -> Vec<&'static str> {
    let items = inventory.items().iter();
    items.map(|item| item.content.kind()).collect()
}

/// The problems of all files, in their order.
pub(crate) fn problems(inventory: &Inventory) -> Vec<Problem> {
    let files = inventory.files().iter();
    let troubles = files.flat_map(|file| &file.troubles);
    troubles.map(|trouble| trouble.problem.clone()).collect()
}

/// Path, permissions and what it was taken for, of every file.
pub(crate) fn listed(inventory: &Inventory) -> Vec<(&str, Option<u32>, &Taken)> {
    let files = inventory.files().iter();
    files
        .map(|file| (file.path.as_str(), file.mode, &file.taken))
        .collect()
}
