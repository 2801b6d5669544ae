//! The files that were given, and what was found in them.

use super::key::Memo;
use super::limits::{MAX_ENTRIES, MAX_GIVEN_BYTES, MAX_STRANGERS, MAX_TOTAL_BYTES};
use super::read::Given;
use super::sealed::Sealed;
use super::{
    Content, FoundCertificate, FoundKey, FoundKubeconfig, Item, ListedFile, Place, Problem, Public,
    Taken, Trouble, path,
};
use crate::Error;

/// Files, and what was found in them. It grows; nothing that is in it goes away before it is dropped, which wipes the keys.
#[derive(Default)]
pub struct Inventory {
    files: Vec<ListedFile>,
    items: Vec<Item>,
    sealed: Vec<(Spot, Sealed)>,
    pub(super) memo: Memo,
    /// Bytes so far, unpacked.
    bytes: u64,
    /// Files in which nothing was found.
    strangers: usize,
    /// Whether it was said that there are too many files.
    full: bool,
}

/// Where something that is being read stands.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) file: usize,
    pub(super) place: Place,
}

impl Inventory {
    /// Reads a file and, if it is an archive, what it holds. `mode` are its Unix permissions, where they are known.
    ///
    /// Says where the file stands in [`Inventory::files`]; what lies in it follows. There is no error: what cannot be read is listed
    /// with its [`Problem`], and what was read before stays.
    pub fn add(&mut self, path: &str, bytes: &[u8], mode: Option<u32>) -> usize {
        let file = self.list(path, mode, bytes.len() as u64, None);
        let Some(file) = file else {
            return self.files.len() - 1;
        };
        if self.admits(file, bytes.len() as u64, MAX_GIVEN_BYTES) {
            super::read::given(
                self,
                &Given {
                    file,
                    bytes,
                    depth: 0,
                },
            );
        }
        file
    }

    /// Lists a file that is not to be read because it is too large, so that its bytes need not be fetched. `true` if it may be added.
    pub fn admit(&mut self, path: &str, size: u64) -> bool {
        let fits = size <= MAX_GIVEN_BYTES && self.bytes.saturating_add(size) <= MAX_TOTAL_BYTES;
        if !fits && let Some(file) = self.list(path, None, size, None) {
            self.admits(file, size, MAX_GIVEN_BYTES);
        }
        fits
    }

    /// Tries a passphrase on what is sealed in one file, or in all of them. Says in how many places it has opened something.
    ///
    /// # Errors
    ///
    /// [`Problem::WrongPassphrase`], as [`Error::Import`], if it has opened nothing; each file then says so as well.
    pub fn unlock(&mut self, file: Option<usize>, passphrase: &str) -> Result<usize, Error> {
        let (tried, kept) = std::mem::take(&mut self.sealed)
            .into_iter()
            .partition(|(spot, _)| file.is_none_or(|file| file == spot.file));
        self.sealed = kept;
        let tried: Vec<(Spot, Sealed)> = tried;
        let mut opened = 0;
        for (spot, sealed) in tried {
            self.files[spot.file]
                .troubles
                .retain(|trouble| trouble.problem != Problem::WrongPassphrase);
            match sealed.open(self, &spot, passphrase) {
                Ok(()) => opened += 1,
                Err(problem) => {
                    self.trouble(spot.clone(), problem);
                    self.sealed.push((spot, sealed));
                }
            }
        }
        if opened == 0 {
            return Err(Problem::WrongPassphrase.into());
        }
        Ok(opened)
    }

    /// Every file, folder and link, in the order in which they came; the entries of an archive after it.
    pub fn files(&self) -> &[ListedFile] {
        &self.files
    }

    /// Everything that was found, in the order in which it was.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The files in which something is still sealed.
    pub fn locked(&self) -> impl Iterator<Item = usize> {
        self.sealed.iter().map(|(spot, _)| spot.file)
    }

    /// The same with what each is sealed with.
    pub(super) fn ciphers(&self) -> impl Iterator<Item = (usize, &str)> {
        let sealed = self.sealed.iter();
        sealed.map(|(spot, sealed)| (spot.file, sealed.cipher()))
    }

    /// Every certificate with its item.
    pub fn certificates(&self) -> impl Iterator<Item = (&Item, &FoundCertificate)> {
        self.items.iter().filter_map(|item| match &item.content {
            Content::Certificate(found) => Some((item, &**found)),
            _ => None,
        })
    }

    /// Every private key with its item.
    pub fn keys(&self) -> impl Iterator<Item = (&Item, &FoundKey)> {
        self.items.iter().filter_map(|item| match &item.content {
            Content::PrivateKey(key) => Some((item, key)),
            _ => None,
        })
    }

    /// Every kubeconfig with its item.
    pub fn kubeconfigs(&self) -> impl Iterator<Item = (&Item, &FoundKubeconfig)> {
        self.items.iter().filter_map(|item| match &item.content {
            Content::Kubeconfig(found) => Some((item, &**found)),
            _ => None,
        })
    }

    /// What was found in one file.
    pub fn items_of(&self, file: usize) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.file == file)
    }

    /// What is embedded in one field of a kubeconfig, such as `users[0].user.client-certificate-data`.
    pub fn embedded(&self, file: usize, field: &str) -> impl Iterator<Item = &Item> {
        self.items_of(file)
            .filter(move |item| matches!(&item.place, Place::Field { path, .. } if path == field))
    }

    /// The first private key with this public half.
    pub fn key_of(&self, public: &Public) -> Option<&FoundKey> {
        let mut keys = self.keys().map(|(_, key)| key);
        keys.find(|key| key.public() == public)
    }

    /// The path of a file with those of the archives that it lies in: `backup.tar.gz!pki/ca.crt`.
    pub fn full_path(&self, file: usize) -> String {
        let listed = &self.files[file];
        match listed.within {
            Some(archive) => format!("{}!{}", self.full_path(archive), listed.path),
            None => listed.path.clone(),
        }
    }
}

/// What those who read a file tell.
impl Inventory {
    /// A new entry; `None` if there are too many, which the last one then says.
    pub(super) fn list(
        &mut self,
        given: &str,
        mode: Option<u32>,
        size: u64,
        within: Option<usize>,
    ) -> Option<usize> {
        if self.full {
            return None;
        }
        let too_many = if self.files.len() == MAX_ENTRIES {
            Some(Problem::TooManyEntries { limit: MAX_ENTRIES })
        } else if self.strangers > MAX_STRANGERS {
            let limit = MAX_STRANGERS;
            Some(Problem::TooManyStrangers { limit })
        } else {
            None
        };
        self.full = too_many.is_some();
        let clean = path::clean(given);
        let mut listed = ListedFile {
            path: clean.path,
            within,
            mode: mode.map(|mode| mode & 0o7777),
            size,
            taken: Taken::Refused,
            troubles: Vec::new(),
        };
        let mut trouble = |problem| {
            listed.troubles.push(Trouble {
                place: Place::Whole,
                problem,
            });
        };
        if let Some(found) = clean.changed {
            trouble(Problem::PathChanged { found });
        }
        if let Some(problem) = too_many {
            trouble(problem);
        }
        self.files.push(listed);
        (!self.full).then(|| self.files.len() - 1)
    }

    /// Counts the bytes of a file, or says that it is too large.
    pub(super) fn admits(&mut self, file: usize, size: u64, limit: u64) -> bool {
        let problem = if size > limit {
            Problem::FileTooLarge {
                found: size.to_string(),
                limit,
            }
        } else if self.bytes.saturating_add(size) > MAX_TOTAL_BYTES {
            Problem::TotalTooLarge {
                limit: MAX_TOTAL_BYTES,
            }
        } else {
            self.bytes += size;
            return true;
        };
        self.trouble(Spot::whole(file), problem);
        false
    }

    /// How many bytes may still come.
    pub(super) fn room(&self) -> u64 {
        MAX_TOTAL_BYTES - self.bytes
    }

    pub(super) fn count_stranger(&mut self) {
        self.strangers += 1;
    }

    /// How large it is, once that is known.
    pub(super) fn resize(&mut self, file: usize, size: u64) {
        self.files[file].size = size;
    }

    pub(super) fn take(&mut self, file: usize, taken: Taken) {
        self.files[file].taken = taken;
    }

    pub(super) fn find(&mut self, spot: Spot, content: Content) {
        self.files[spot.file].taken = Taken::Items;
        self.items.push(Item {
            file: spot.file,
            place: spot.place,
            content,
        });
    }

    pub(super) fn seal(&mut self, spot: Spot, sealed: Sealed) {
        if sealed.is_open() && sealed.open(self, &spot, "").is_ok() {
            return;
        }
        let file = &mut self.files[spot.file];
        if file.taken != Taken::Items {
            file.taken = Taken::Locked(sealed.cipher().to_owned());
        }
        self.sealed.push((spot, sealed));
    }

    pub(super) fn trouble(&mut self, spot: Spot, problem: Problem) {
        let place = spot.place;
        self.files[spot.file]
            .troubles
            .push(Trouble { place, problem });
    }
}

impl Spot {
    pub(super) fn whole(file: usize) -> Self {
        Self {
            file,
            place: Place::Whole,
        }
    }
}
