//! .zip, by its central directory.

use std::io::Cursor;

use zip::{System, ZipArchive};

use super::{Archive, Entry};
use crate::import::{Problem, Taken};

pub(super) fn read(archive: &mut Archive<'_>, bytes: &[u8]) -> Result<(), Problem> {
    archive.take("zip");
    let zip = ZipArchive::new(Cursor::new(bytes));
    let mut zip = zip.map_err(|error| archive.broken(&error))?;
    for index in 0..zip.len() {
        one(archive, &mut zip, index)?;
    }
    if zip.has_duplicate_names() {
        return Err(Problem::ArchiveDuplicates);
    }
    Ok(())
}

/// An error ends the archive; that one entry is damaged does not.
fn one(
    archive: &mut Archive<'_>,
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
) -> Result<(), Problem> {
    let entry = zip.by_index_data(index);
    let entry = entry.map_err(|error| archive.broken(&error))?;
    let path = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    };
    // Other systems have no modes: what the crate makes of their attributes is a guess.
    let unix = matches!(entry.system(), System::Unix | System::OsDarwin);
    let listed = Entry {
        path: &path,
        mode: entry.unix_mode().filter(|_| unix),
        size: entry.size(),
    };
    if entry.is_dir() {
        return archive.note(&listed, Taken::Folder, None);
    }
    if entry.encrypted() {
        return archive.note(&listed, Taken::Refused, Some(Problem::EncryptedEntry));
    }
    let is_link = entry.is_symlink();
    let reader = match zip.by_index(index) {
        Ok(reader) => reader,
        Err(error) => {
            let problem = archive.broken(&error);
            return archive.note(&listed, Taken::Refused, Some(problem));
        }
    };
    let mut reader = archive.metered(reader);
    if is_link {
        let mut target = Vec::new();
        archive.take_in(&mut reader, &mut target, LONGEST_TARGET)?;
        return archive.link(&listed, &String::from_utf8_lossy(&target));
    }
    match archive.read(&listed, &mut reader) {
        Err(problem @ Problem::TooManyEntries { .. }) => Err(problem),
        Err(_) => archive.meter.problem().map_or(Ok(()), Err),
        Ok(()) => Ok(()),
    }
}

/// Bytes of the target of a symbolic link: `PATH_MAX` of Linux.
const LONGEST_TARGET: u64 = 4096;
