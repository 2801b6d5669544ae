//! Counts what an archive unpacks to, and stops it.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;

use crate::import::Problem;
use crate::import::limits::{MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FREE_BYTES};

/// The counts of one archive.
#[derive(Clone)]
pub(super) struct Meter(Rc<Counts>);

struct Counts {
    packed: u64,
    /// Bytes that it may unpack to.
    room: u64,
    unpacked: Cell<u64>,
    /// Bytes that may be read before the next entry.
    header: Cell<Option<u64>>,
    problem: RefCell<Option<Problem>>,
}

/// A reader of the unpacked bytes.
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl Meter {
    pub(super) fn new(packed: u64, room: u64) -> Self {
        Self(Rc::new(Counts {
            packed,
            room,
            unpacked: Cell::new(0),
            header: Cell::new(None),
            problem: RefCell::new(None),
        }))
    }

    pub(super) fn reader<R: Read>(&self, inner: R) -> Metered<R> {
        Metered {
            inner,
            meter: self.clone(),
        }
    }

    /// Until [`Meter::begin_content`] only as much is read as the header of an entry may have.
    pub(super) fn begin_header(&self) {
        self.0.header.set(Some(LONGEST_HEADER));
    }

    pub(super) fn begin_content(&self) {
        self.0.header.set(None);
    }

    /// Why it was stopped.
    pub(super) fn problem(&self) -> Option<Problem> {
        self.0.problem.borrow().clone()
    }

    fn count(&self, bytes: u64) -> Result<(), Problem> {
        let counts = &*self.0;
        let unpacked = counts.unpacked.get() + bytes;
        counts.unpacked.set(unpacked);
        if unpacked > counts.room {
            return Err(Problem::TotalTooLarge {
                limit: MAX_TOTAL_BYTES,
            });
        }
        if unpacked > RATIO_FREE_BYTES && unpacked / MAX_RATIO > counts.packed {
            return Err(Problem::RatioTooHigh { limit: MAX_RATIO });
        }
        if let Some(left) = counts.header.get() {
            let left = left
                .checked_sub(bytes)
                .ok_or_else(|| Problem::ArchiveBroken {
                    found: String::from("the header of an entry has no end"),
                })?;
            counts.header.set(Some(left));
        }
        Ok(())
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(problem) = self.meter.problem() {
            return Err(io::Error::other(problem.to_string()));
        }
        let read = self.inner.read(buffer)?;
        if let Err(problem) = self.meter.count(read as u64) {
            let error = io::Error::other(problem.to_string());
            *self.meter.0.problem.borrow_mut() = Some(problem);
            return Err(error);
        }
        Ok(read)
    }
}

/// Bytes of the blocks before an entry of a tar: long names and extended attributes, 1 MiB.
const LONGEST_HEADER: u64 = 1 << 20;
