//! Pki -> files -> zip.

mod archive;
mod by_hand;
pub(crate) mod calendar;
mod configuration;
mod kubeconfig;
mod node;
mod readme;
mod requests;
mod scripts;
mod source;

use std::fmt::Write as _;
use std::io;

use rsa::sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub use self::requests::Requests;
use self::source::{Source, Sources};
use crate::seal::Sealer;
use crate::{Error, Pki, plan};

/// Every file of a cluster's bundle, ready for scp. Each is made when its turn comes: of thousands of nodes, one at a time is in memory.
pub struct Bundle<'a> {
    pki: &'a Pki,
    sources: Sources<'a>,
}

/// One file of a [`Bundle`].
pub struct File {
    /// Path inside the bundle, with slashes: `pki/ca.crt`.
    pub path: String,
    /// Unix mode.
    pub mode: u32,
    /// Wiped when dropped, since some are private keys.
    pub content: Zeroizing<Vec<u8>>,
}

/// The files of a [`Bundle`], in the order of the zip.
pub struct Files<'a> {
    files: Box<dyn Iterator<Item = Result<File, Error>> + 'a>,
    /// What is known so far of the last file, SHA256SUMS; `None` once it is made.
    checksums: Option<String>,
}

impl<'a> Bundle<'a> {
    /// Of everything that the Pki holds.
    pub fn new(pki: &'a Pki) -> Self {
        Self {
            pki,
            sources: Sources::new(pki.plan()),
        }
    }

    /// The same with the files of private keys sealed; install.sh asks for the passphrase. A kubeconfig that embeds a key cannot be.
    #[must_use]
    pub fn sealed(mut self, sealer: Sealer) -> Self {
        self.sources.sealer = Some(sealer);
        self
    }

    /// The cluster's name, which is the folder inside the zip.
    pub fn name(&self) -> &str {
        self.pki.plan().name()
    }

    /// The files; [`Error::Encoding`] in the place of one that cannot be made.
    pub fn files(&self) -> Files<'_> {
        let (pki, sources) = (self.pki, &self.sources);
        let made =
            Source::bundled(pki).map(move |source| source.file(pki, sources.sealer.as_ref()));
        let calendar = std::iter::once_with(|| File::text("expiry.ics", calendar::of(pki)));
        // What is made again is a part of a cluster whose other files are elsewhere, and know more of it.
        let whole = pki.renewal().is_none().then_some(pki.plan());
        let description = whole
            .into_iter()
            .map(|plan| File::text("cluster.json", plan.cluster.to_saved()));
        let written = scripts::files(pki, sources)
            .chain(by_hand::files(pki))
            .chain(calendar)
            .chain(description)
            .chain(readme::files(pki, sources));
        Files::new(made.chain(node::files(pki, sources)).chain(written.map(Ok)))
    }

    /// Writes one zip with the folder `<cluster>/` in it; names, modes and times are the same for the same Pki.
    ///
    /// It goes out as it grows, in one pass. What was written before an error is no zip.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn write(&self, sink: impl io::Write) -> Result<(), Error> {
        archive::write(self.name(), self.files(), self.pki.now(), sink)
    }
}

impl<'a> Files<'a> {
    fn new(files: impl Iterator<Item = Result<File, Error>> + 'a) -> Self {
        Self {
            files: Box::new(files),
            checksums: Some(String::new()),
        }
    }
}

impl Iterator for Files<'_> {
    type Item = Result<File, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(file) = self.files.next() else {
            let checksums = self.checksums.take()?;
            return Some(Ok(File::text("SHA256SUMS", checksums)));
        };
        if let (Ok(file), Some(checksums)) = (&file, &mut self.checksums) {
            // One line a file, as `sha256sum -c` reads it.
            let _ = writeln!(checksums, "{}  {}", file.sha256(), file.path);
        }
        Some(file)
    }
}

impl File {
    /// A file that anybody may read; a `.sh` that anybody may run as well.
    fn text(path: impl Into<String>, content: String) -> Self {
        let path = path.into();
        let mode = if path.ends_with(".sh") {
            0o755
        } else {
            plan::mode(&path)
        };
        Self {
            path,
            mode,
            content: Zeroizing::new(content.into_bytes()),
        }
    }

    fn sha256(&self) -> String {
        Sha256::digest(&self.content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// The same bytes on every system: rcgen ends PEM lines as the system that it runs on does.
fn lf(pem: &str) -> String {
    pem.replace("\r\n", "\n")
}
