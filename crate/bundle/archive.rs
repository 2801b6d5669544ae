//! Files -> zip, with Unix modes, written as it grows.

use std::collections::HashSet;
use std::io::{self, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::File;
use crate::error::encoding;
use crate::{Error, Timestamp};

/// Nothing that was written is gone back to, so `sink` may be a download that has begun.
pub(super) fn write(
    folder: &str,
    files: impl Iterator<Item = Result<File, Error>>,
    made: Timestamp,
    sink: impl Write,
) -> Result<(), Error> {
    let failed = |error: &dyn std::fmt::Display| encoding("the zip")(error);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(modified(made)?);
    let mut zip = ZipWriter::new_stream(sink);
    let mut known = HashSet::new();
    for file in files {
        let file = file?;
        let path = format!("{folder}/{}", file.path);
        for (slash, _) in path.match_indices('/') {
            let directory = &path[..=slash];
            if !known.contains(directory) {
                known.insert(directory.to_owned());
                zip.add_directory(directory, options.unix_permissions(0o700))
                    .map_err(|error| failed(&error))?;
            }
        }
        zip.start_file(path, options.unix_permissions(file.mode))
            .map_err(|error| failed(&error))?;
        zip.write_all(&file.content)
            .map_err(|error| failed(&error))?;
    }
    let mut sink = zip.finish().map_err(|error| failed(&error))?.into_inner();
    sink.flush().map_err(|error: io::Error| failed(&error))
}

/// The zip format knows no time zone: this is UTC, between 1980 and 2107.
fn modified(made: Timestamp) -> Result<DateTime, Error> {
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
    .map_err(|error| encoding("the zip")(&error))
}
