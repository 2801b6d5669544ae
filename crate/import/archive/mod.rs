//! Archives, opened in memory: each entry is listed, and read as if it had been given.

mod gzip;
mod meter;
mod tar;
mod zip;

use std::io::Read;

use zeroize::Zeroizing;

use self::meter::{Meter, Metered};
use super::inventory::{Inventory, Spot};
use super::limits::{MAX_DEPTH, MAX_FILE_BYTES, MAX_GIVEN_BYTES};
use super::read::Given;
use super::{Problem, Taken, path, read};

/// How a file is packed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    Gzip,
    Tar,
    Zip,
}

impl Format {
    /// By the first bytes.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            Some(Self::Zip)
        } else if bytes.starts_with(b"\x1f\x8b") {
            Some(Self::Gzip)
        } else if tar::looks_like(bytes) {
            Some(Self::Tar)
        } else {
            None
        }
    }
}

/// The name of a format that is packed, and not opened.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let known = FOREIGN.iter().find(|(magic, _)| bytes.starts_with(magic));
    known.map(|(_, name)| *name)
}

const FOREIGN: [(&[u8], &str); 6] = [
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"\x04\x22\x4d\x18", "lz4"),
];

/// Lists and reads what is in it.
pub(super) fn open(inventory: &mut Inventory, given: &Given<'_>, format: Format) {
    if given.depth == MAX_DEPTH {
        inventory.take(given.file, Taken::Refused);
        let limit = MAX_DEPTH;
        return inventory.trouble(Spot::whole(given.file), Problem::NestedTooDeep { limit });
    }
    let mut archive = Archive {
        file: given.file,
        depth: given.depth,
        meter: Meter::new(given.bytes.len() as u64, inventory.room()),
        inventory,
    };
    let read = match format {
        Format::Gzip => gzip::read(&mut archive, given.bytes),
        Format::Tar => {
            archive.take("tar");
            let bytes = archive.metered(given.bytes);
            tar::read(&mut archive, bytes)
        }
        Format::Zip => zip::read(&mut archive, given.bytes),
    };
    // That there are too many is said where the last one is listed.
    if let Err(problem) = read
        && !matches!(problem, Problem::TooManyEntries { .. })
    {
        archive.inventory.trouble(Spot::whole(given.file), problem);
    }
}

/// An archive that is being read.
struct Archive<'a> {
    inventory: &'a mut Inventory,
    /// Its own place in the listing.
    file: usize,
    depth: usize,
    meter: Meter,
}

/// An entry before it is read.
struct Entry<'a> {
    path: &'a str,
    mode: Option<u32>,
    size: u64,
}

impl Archive<'_> {
    fn take(&mut self, name: &'static str) {
        self.inventory.take(self.file, Taken::Archive(name));
    }

    fn metered<R: Read>(&self, inner: R) -> Metered<R> {
        self.meter.reader(inner)
    }

    /// Lists an entry. An error ends the archive: there are too many.
    fn list(&mut self, entry: &Entry<'_>) -> Result<usize, Problem> {
        let Entry { path, mode, size } = *entry;
        let listed = self.inventory.list(path, mode, size, Some(self.file));
        listed.ok_or(Problem::TooManyEntries {
            limit: super::limits::MAX_ENTRIES,
        })
    }

    /// Lists an entry that has no content to be read.
    fn note(
        &mut self,
        entry: &Entry<'_>,
        taken: Taken,
        problem: Option<Problem>,
    ) -> Result<(), Problem> {
        let file = self.list(entry)?;
        self.inventory.take(file, taken);
        if let Some(problem) = problem {
            self.inventory.trouble(Spot::whole(file), problem);
        }
        Ok(())
    }

    /// Lists a link with its target.
    fn link(&mut self, entry: &Entry<'_>, target: &str) -> Result<(), Problem> {
        let found = path::clean(target).path;
        let problem = Problem::Link {
            found: found.clone(),
        };
        self.note(entry, Taken::Link(found), Some(problem))
    }

    /// Lists an entry and reads it. An error ends the archive.
    fn read(&mut self, entry: &Entry<'_>, content: &mut impl Read) -> Result<(), Problem> {
        let file = self.list(entry)?;
        let bytes = match self.content(file, entry.size, content) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return self.meter.problem().map_or(Ok(()), Err),
            Err(problem) => {
                self.inventory.trouble(Spot::whole(file), problem.clone());
                return Err(problem);
            }
        };
        read::given(
            self.inventory,
            &Given {
                file,
                bytes: &bytes,
                depth: self.depth + 1,
            },
        );
        Ok(())
    }

    /// The bytes of an entry; `None` where they are too many.
    fn content(
        &mut self,
        file: usize,
        size: u64,
        content: &mut impl Read,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Problem> {
        // Room for all of it at once: a vector that grows leaves copies of keys behind.
        let room = size.clamp(SNIFFED, MAX_FILE_BYTES);
        let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(room).unwrap_or(0)));
        self.take_in(content, &mut bytes, SNIFFED)?;
        // A larger one is read if it is packed itself.
        let limit = match Format::of(&bytes) {
            Some(_) => MAX_GIVEN_BYTES,
            None => MAX_FILE_BYTES,
        };
        if size <= limit {
            let left = limit + 1 - bytes.len() as u64;
            self.take_in(content, &mut bytes, left)?;
            if (bytes.len() as u64) < size {
                return Err(Problem::ArchiveCutOff);
            }
        }
        let found = size.max(bytes.len() as u64);
        if !self.inventory.admits(file, found, limit) {
            return Ok(None);
        }
        self.inventory.resize(file, found);
        Ok(Some(bytes))
    }

    fn take_in(
        &self,
        content: &mut impl Read,
        bytes: &mut Vec<u8>,
        limit: u64,
    ) -> Result<(), Problem> {
        content
            .take(limit)
            .read_to_end(bytes)
            .map(drop)
            .map_err(|error| self.broken(&error))
    }

    /// What the meter has stopped, or what the reader says.
    fn broken(&self, error: &dyn std::fmt::Display) -> Problem {
        self.meter
            .problem()
            .unwrap_or_else(|| Problem::ArchiveBroken {
                found: error.to_string(),
            })
    }
}

/// Bytes by which a format is known: a header of tar.
const SNIFFED: u64 = 512;
