//! Why something was not read, or what should be known about what was.

mod advice;
mod code;
mod sentence;

/// What an import has to say about a file: what was found and, where that can be said, what was expected.
///
/// It never carries a secret: neither the text of a key nor a passphrase or a token.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// An archive is damaged or cut off.
    ArchiveBroken {
        /// What the reader said.
        found: String,
    },
    /// An entry of an archive is shorter than the archive says.
    ArchiveCutOff,
    /// Several entries of a zip have one name, of which one is read.
    ArchiveDuplicates,
    /// An archive of a kind that is not opened.
    ArchiveKind {
        /// `xz`
        found: &'static str,
    },
    /// What stands in the place of a certificate is none.
    CertificateBroken {
        /// What Go would say.
        found: String,
    },
    /// A field of a kubeconfig is not base64.
    DataBroken {
        /// `users[0].user.client-key-data`
        found: String,
    },
    /// A passphrase stands before a derivation that would take too long or too much memory.
    DerivationTooCostly {
        /// `50000000 rounds`
        found: String,
    },
    /// An entry of a zip is sealed with a passphrase.
    EncryptedEntry,
    /// A kind of encryption that is not opened.
    EncryptionKind {
        /// Its name, or the numbers of its identifier.
        found: String,
    },
    /// A kubeconfig that has a program run for credentials.
    ExecPlugin {
        /// The program and its arguments.
        found: String,
    },
    /// A file is larger than what is read.
    FileTooLarge {
        /// Bytes; at least so many, where it is not known before it is unpacked.
        found: String,
        /// Bytes.
        limit: u64,
    },
    /// A format that another program has to convert first.
    ForeignFormat {
        /// `PKCS#7`
        found: &'static str,
        /// The command that does it.
        command: &'static str,
    },
    /// A private key stands in a file that is named like a certificate.
    KeyAmongCertificates,
    /// What stands in the place of a private key is none.
    KeyBroken {
        /// What the reader said.
        found: String,
    },
    /// A private key of a kind that is not read: Kubernetes takes none such.
    KeyForeign {
        /// `dsa`, or the numbers of its identifier.
        found: String,
    },
    /// A private key of a kind that is known and compared, but not signed with here.
    KeyKind {
        /// `ed25519`
        found: String,
    },
    /// A kubeconfig, or what looks like one, cannot be read.
    KubeconfigBroken {
        /// What the reader said.
        found: String,
    },
    /// A link is named, and not followed.
    Link {
        /// Its target.
        found: String,
    },
    /// An archive lies in too many others.
    NestedTooDeep {
        /// How many are opened.
        limit: usize,
    },
    /// Nothing that belongs to a cluster.
    NotUnderstood {
        /// `text`, `binary`
        found: &'static str,
    },
    /// A path was absolute, or climbed out of its archive: it was made harmless.
    PathChanged {
        /// As it was given.
        found: String,
    },
    /// A PEM block of a kind that is not read.
    PemLabel {
        /// Its label.
        found: String,
    },
    /// A PEM block whose `-----END` is missing.
    PemNoEnd {
        /// Its label.
        found: String,
    },
    /// A PEM block has something else than base64 in it, or nothing.
    PemNotBase64 {
        /// Its label.
        found: String,
    },
    /// A PEM block begins with one label and ends with another one.
    PemOtherEnd {
        /// The label that it begins with.
        found: String,
    },
    /// A PKCS#12 file is damaged or cut off.
    Pkcs12Broken {
        /// Where.
        found: &'static str,
    },
    /// What stands in the place of a public key is none.
    PublicKeyBroken,
    /// An archive unpacks to far more than it has.
    RatioTooHigh {
        /// How many times as much is allowed.
        limit: u64,
    },
    /// What stands in the place of a request is none.
    RequestBroken,
    /// A device, a pipe or a socket.
    SpecialFile {
        /// `character device`
        found: &'static str,
    },
    /// More PEM blocks in a file than are read.
    TooManyBlocks {
        /// How many are read.
        limit: usize,
    },
    /// More files than are read.
    TooManyEntries {
        /// How many are read.
        limit: usize,
    },
    /// More files without anything of a cluster than are looked at.
    TooManyStrangers {
        /// How many are looked at.
        limit: usize,
    },
    /// All files together are larger than what is read.
    TotalTooLarge {
        /// Bytes.
        limit: u64,
    },
    /// The passphrase does not open it.
    WrongPassphrase,
    /// YAML or JSON that unfolds to far more than it has.
    YamlBomb {
        /// What the reader said.
        found: String,
    },
    /// YAML or JSON is larger than what is read.
    YamlTooLarge {
        /// Bytes.
        limit: u64,
    },
}
