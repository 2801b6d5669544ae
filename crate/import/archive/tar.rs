//! .tar, read from its beginning to its end.

use std::io::{self, Read};

use tar::{Archive as Reader, EntryType, Header};

use super::{Archive, Entry};
use crate::import::{Problem, Taken};

/// Whether it begins with a header whose checksum is right.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else {
        return false;
    };
    let header = Header::from_byte_slice(header);
    let (before, rest) = header.as_bytes().split_at(148);
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    // The checksum itself counts as eight blanks.
    let expected = sum(before) + 8 * 32 + sum(&rest[8..]);
    header.cksum().is_ok_and(|found| found == expected)
}

pub(super) fn read(archive: &mut Archive<'_>, content: impl Read) -> Result<(), Problem> {
    let mut tar = Reader::new(content);
    let mut entries = tar.entries().map_err(|error| archive.broken(&error))?;
    loop {
        archive.meter.begin_header();
        let entry = entries.next();
        archive.meter.begin_content();
        let Some(entry) = entry else {
            return Ok(());
        };
        let mut entry = entry.map_err(|error| archive.broken(&error))?;
        one(archive, &mut entry)?;
        // To its end, so that what follows is a header.
        io::copy(&mut entry, &mut io::sink()).map_err(|error| archive.broken(&error))?;
    }
}

fn one(archive: &mut Archive<'_>, entry: &mut tar::Entry<'_, impl Read>) -> Result<(), Problem> {
    let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let header = entry.header();
    let kind = header.entry_type();
    let listed = Entry {
        path: &path,
        mode: header.mode().ok(),
        size: entry.size(),
    };
    match kind {
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
            archive.read(&listed, entry)
        }
        EntryType::Directory => archive.note(&listed, Taken::Folder, None),
        EntryType::Link | EntryType::Symlink => {
            let target = entry.link_name_bytes().unwrap_or_default();
            let found = String::from_utf8_lossy(&target).into_owned();
            archive.link(&listed, &found)
        }
        // It says something of all that follow, and is no entry.
        EntryType::XGlobalHeader => Ok(()),
        _ => {
            let found = match kind {
                EntryType::Block => "block device",
                EntryType::Char => "character device",
                EntryType::Fifo => "pipe",
                _ => "entry of another type",
            };
            archive.note(
                &listed,
                Taken::Refused,
                Some(Problem::SpecialFile { found }),
            )
        }
    }
}
