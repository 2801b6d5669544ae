//! The commands and files by which openssl and cfssl make the same certificates.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::File;
use crate::by_hand::{self, Recipe, Way};
use crate::{Pki, PlannedCertificate};

/// Each is made when its turn comes; none for a renewal, whose authority is there already.
pub(super) fn files(pki: &Pki) -> impl Iterator<Item = File> {
    let tools = if pki.renewal().is_none() { TOOLS } else { &[] };
    tools.iter().flat_map(move |tool| {
        let certificates = pki.plan().certificates.iter();
        let read = certificates.flat_map(move |planned| {
            let files = (tool.way)(recipe(pki, planned)).files.into_iter();
            files.map(move |one| File::text(format!("{}/{}", tool.folder, one.name), one.text))
        });
        let script = move || File::text(format!("{}/make.sh", tool.folder), script(pki, tool));
        read.chain(std::iter::once_with(script))
    })
}

struct Tool {
    folder: &'static str,
    /// What it takes.
    needs: &'static str,
    way: fn(Recipe) -> Way,
}

const TOOLS: &[Tool] = &[
    Tool {
        folder: "openssl",
        needs: "openssl 1.1.1 or later",
        way: |recipe| recipe.openssl,
    },
    Tool {
        folder: "cfssl",
        needs: "cfssl and cfssljson (bare key pairs with openssl)",
        way: |recipe| recipe.cfssl.unwrap_or(recipe.openssl),
    },
];

/// The commands of every recipe; what they read lies beside the script.
fn script(pki: &Pki, tool: &Tool) -> String {
    let mut text = format!(
        "#!/bin/sh\n# Makes a set of keys and certificates like the one in ../pki, with {}, in the folder\n\
         # that it is called from. The keys are new: the two sets do not mix.\nset -eu\n\
         from=$(cd -- \"$(dirname -- \"$0\")\" && pwd)\numask 077\n",
        tool.needs
    );
    let certificates = &pki.plan().certificates;
    let folders: BTreeSet<_> = certificates.iter().filter_map(by_hand::folder).collect();
    for folder in folders {
        let _ = writeln!(text, "mkdir -p {folder}");
    }
    for planned in certificates {
        let _ = writeln!(text, "\n# {}", planned.id);
        let way = (tool.way)(recipe(pki, planned));
        for command in way.making() {
            let mut command = command.to_owned();
            for file in &way.files {
                let here = format!(" \"$from/{}\"", file.name);
                command = command.replace(&format!(" {}", file.name), &here);
            }
            text += &command;
            text.push('\n');
        }
    }
    text
}

fn recipe(pki: &Pki, planned: &PlannedCertificate) -> Recipe {
    let signer = pki.plan().certificate(&planned.issuer);
    Recipe::of(planned, signer.unwrap_or(planned))
}
