//! .gz: one file, or a .tar.gz, which is read as it unpacks.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::{Archive, Entry, SNIFFED, tar};
use crate::import::Problem;

pub(super) fn read(archive: &mut Archive<'_>, bytes: &[u8]) -> Result<(), Problem> {
    let mut content = archive.metered(MultiGzDecoder::new(bytes));
    let mut head = Vec::new();
    archive.take("gzip");
    archive.take_in(&mut content, &mut head, SNIFFED)?;
    let is_tar = tar::looks_like(&head);
    let mut content = Cursor::new(head).chain(content);
    if is_tar {
        archive.take("tar.gz");
        return tar::read(archive, content);
    }
    let path = archive.inventory.files()[archive.file].path.clone();
    let name = path.rsplit('/').next().unwrap_or_default();
    let entry = Entry {
        path: name.strip_suffix(".gz").unwrap_or(name),
        mode: None,
        // It is known only modulo 4 GiB, at the end of the file.
        size: 0,
    };
    archive.read(&entry, &mut content)
}
