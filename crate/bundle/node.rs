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
    let nodes = nodes.map(move |own| {
        let own = own.iter().filter(|one| is_delivered(pki, sources, one));
        own.collect::<Vec<_>>()
    });
    let nodes = nodes.filter(|placements| !placements.is_empty());
    nodes.flat_map(|placements| match node(pki, sources, &placements) {
        Ok(files) => files.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    })
}

/// Whether a node gets the file: everything of a new set, of a renewed one what is new, or new to it.
pub(super) fn is_delivered(pki: &Pki, sources: &Sources<'_>, placement: &Placement) -> bool {
    let source = sources.named(&placement.file);
    let new = source.is_new(pki) || pki.kept().nodes.contains(&placement.node);
    new && source.is_there(pki)
}

/// The placements are those of one node.
fn node(pki: &Pki, sources: &Sources<'_>, placements: &[&Placement]) -> Result<Vec<File>, Error> {
    let folder = format!("nodes/{}", placements[0].node);
    let mut files: Vec<File> = Vec::new();
    let mut manifest = String::from(scripts::MANIFEST_HEAD);
    for placement in placements {
        let file = File {
            path: format!("{folder}/{}", placement.name()),
            mode: placement.mode,
            content: sources
                .named(&placement.file)
                .content(pki, sources.sealer.as_ref())?,
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
