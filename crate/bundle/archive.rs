//! Files -> zip, with Unix modes.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use zeroize::Zeroizing;
use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::File;
use crate::Timestamp;

pub(super) fn zip(folder: &str, files: &[File], made: Timestamp) -> ZipResult<Zeroizing<Vec<u8>>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(modified(made)?);
    // Large enough from the start: a buffer that grows leaves copies of the keys behind.
    let size: usize = files.iter().map(|file| file.content.len() + 512).sum();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
    for directory in directories(folder, files) {
        zip.add_directory(directory, options.unix_permissions(0o700))?;
    }
    for file in files {
        zip.start_file(
            format!("{folder}/{}", file.path),
            options.unix_permissions(file.mode),
        )?;
        zip.write_all(&file.content)?;
    }
    Ok(Zeroizing::new(zip.finish()?.into_inner()))
}

/// Every folder on the way to a file, parents first.
fn directories(folder: &str, files: &[File]) -> BTreeSet<String> {
    let mut directories = BTreeSet::from([format!("{folder}/")]);
    for file in files {
        for (slash, _) in file.path.match_indices('/') {
            directories.insert(format!("{folder}/{}", &file.path[..=slash]));
        }
    }
    directories
}

/// The zip format knows no time zone: this is UTC, between 1980 and 2107.
fn modified(made: Timestamp) -> ZipResult<DateTime> {
    let time = made.date_time();
    let year = u16::try_from(time.year())
        .unwrap_or(u16::MAX)
        .clamp(1980, 2107);
    DateTime::from_date_and_time(
        year,
        time.month().into(),
        time.day(),
        time.hour(),
        time.minute(),
        time.second(),
    )
    .map_err(|_| ZipError::InvalidArchive("a time outside the zip format's range".into()))
}
