//! A folder a node, with exactly what that node needs and where it goes.

use std::fmt::Write as _;

use super::source::Sources;
use super::{File, scripts};
use crate::{Error, Pki, Placement};

pub(super) fn files<'a>(
    pki: &'a Pki,
    sources: &'a Sources<'a>,
) -> impl Iterator<Item = Result<File, Error>> + 'a {
    let nodes = pki
        .plan()
        .placements
        .chunk_by(|one, other| one.node == other.node);
    nodes.flat_map(|placements| match node(pki, sources, placements) {
        Ok(files) => files.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    })
}

/// The placements are those of one node.
fn node(pki: &Pki, sources: &Sources<'_>, placements: &[Placement]) -> Result<Vec<File>, Error> {
    let folder = format!("nodes/{}", placements[0].node);
    let mut files: Vec<File> = Vec::new();
    let mut manifest = String::from(scripts::MANIFEST_HEAD);
    for placement in placements {
        let file = File {
            path: format!("{folder}/{}", placement.name()),
            mode: placement.mode,
            content: sources.named(&placement.file).content(pki)?,
        };
        let _ = writeln!(
            manifest,
            "{:o} {} {} {}",
            placement.mode,
            file.sha256(),
            placement.path,
            placement.name()
        );
        if files.iter().all(|known| known.path != file.path) {
            files.push(file);
        }
    }
    files.push(File::text(format!("{folder}/FILES"), manifest));
    files.push(File::text(
        format!("{folder}/install.sh"),
        scripts::INSTALL.to_owned(),
    ));
    Ok(files)
}
