//! One file, or entry of an archive, and what it was taken for.

use serde::{Serialize, Serializer};

use super::{Place, Problem};

/// One file, folder or link that was given, or that lies in an archive that was.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListedFile {
    /// With slashes, without `..` and without a first slash; inside an archive, the path there.
    pub path: String,
    /// The archive that it lies in: a place in [`Inventory::files`](super::Inventory::files).
    pub within: Option<usize>,
    /// Unix permissions, where they are known: `0o600`.
    pub mode: Option<u32>,
    /// Bytes, unpacked.
    pub size: u64,
    /// What it was taken for.
    pub taken: Taken,
    /// What was not understood in it, or should be known about it.
    pub troubles: Vec<Trouble>,
}

/// What a file was taken for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "type", content = "as")]
#[non_exhaustive]
pub enum Taken {
    /// A .zip, .tar or .gz: what it holds is listed on its own.
    Archive(&'static str),
    /// It has no content.
    Empty,
    /// A folder.
    Folder,
    /// Things were found in it; see [`Inventory::items`](super::Inventory::items).
    Items,
    /// Known, and not needed.
    Known(Known),
    /// A link, which was not followed: its target.
    Link(String),
    /// Sealed with a passphrase: what with, as openssl calls it.
    Locked(String),
    /// Not read, because a limit was reached or the file is refused; [`ListedFile::troubles`] says why.
    Refused,
    /// Not understood; [`ListedFile::troubles`] says why.
    Unknown,
}

/// Files that belong to a cluster and that nothing is read from.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Known {
    /// `SHA256SUMS` and the lists of a bundle's nodes.
    Checksums,
    /// An `EncryptionConfiguration`; its keys are not read.
    EncryptionConfiguration,
    /// An object of Kubernetes, a component's configuration, or JSON or YAML of another kind.
    Manifest,
    /// The configuration of openssl, cfssl or a tool like them.
    OpensslConfiguration,
    /// Parameters of curves or Diffie-Hellman groups, revocation lists: PEM that is neither key nor certificate.
    Parameters,
    /// A shell script or another program's text.
    Script,
    /// A serial number or an index that `openssl ca` keeps.
    Serial,
    /// What an operating system leaves beside files.
    System,
    /// A README or other text for people.
    Text,
    /// A unit of systemd.
    Unit,
}

/// A [`Problem`] and where in the file it is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Trouble {
    /// Where.
    pub place: Place,
    /// What.
    #[serde(flatten, serialize_with = "told")]
    pub problem: Problem,
}

#[derive(Serialize)]
struct Told<'a> {
    code: &'static str,
    note: bool,
    message: String,
    hint: &'static str,
    found: Option<&'a str>,
    expected: Option<String>,
}

/// In the shape of an error of the page.
fn told<S: Serializer>(problem: &Problem, serializer: S) -> Result<S::Ok, S::Error> {
    Told {
        code: problem.code(),
        note: problem.is_note(),
        message: problem.to_string(),
        hint: problem.hint(),
        found: problem.found(),
        expected: problem.expected(),
    }
    .serialize(serializer)
}
