//! The sentence that is made from a problem: what happened.

use std::fmt;

use super::Problem;

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ArchiveBroken { found } => write!(f, "the archive is damaged: {found}"),
            Self::ArchiveCutOff => f.write_str("this file is cut off inside the archive"),
            Self::ArchiveDuplicates => {
                f.write_str("several files of the zip have one name, of which one is read")
            }
            Self::ArchiveKind { found } => write!(f, "{found} archives are not opened"),
            Self::CertificateBroken { found } => {
                write!(f, "this certificate cannot be read: {found}")
            }
            Self::DataBroken { found } => write!(f, "{found} is not base64"),
            Self::DerivationTooCostly { found } => {
                write!(
                    f,
                    "its passphrase is stretched too far to be tried: {found}"
                )
            }
            Self::EncryptedEntry => f.write_str("this file is encrypted inside the zip"),
            Self::EncryptionKind { found } => {
                write!(f, "it is encrypted in a way that is not opened: {found}")
            }
            Self::ExecPlugin { found } => {
                write!(f, "this kubeconfig has {found} run for credentials")
            }
            Self::FileTooLarge { limit, .. } => {
                write!(f, "the file is larger than {}", size(*limit))
            }
            Self::ForeignFormat { found, .. } => write!(f, "this is {found}, which is not read"),
            Self::KeyAmongCertificates => {
                f.write_str("a private key stands where a certificate belongs")
            }
            Self::KeyBroken { found } => write!(f, "this private key cannot be read: {found}"),
            Self::KeyForeign { found } => {
                write!(f, "this private key is of a kind that is not read: {found}")
            }
            Self::KeyKind { found } => write!(f, "{found} keys are compared, but not signed with"),
            Self::KubeconfigBroken { found } => {
                write!(f, "this kubeconfig cannot be read: {found}")
            }
            Self::Link { found } => write!(f, "this is a link to {found}, which is not followed"),
            Self::NestedTooDeep { limit } => {
                write!(f, "this archive lies inside {limit} others")
            }
            Self::NotUnderstood { found } => {
                write!(f, "nothing of a cluster is in it ({found})")
            }
            Self::PathChanged { found } => {
                write!(f, "its path led out of the archive: {found:?}")
            }
            Self::PemLabel { found } => write!(f, "PEM blocks {found} are not read"),
            Self::PemNoEnd { found } => write!(f, "the PEM block {found} has no end"),
            Self::PemNotBase64 { found } => {
                write!(f, "what stands in the PEM block {found} is not base64")
            }
            Self::PemOtherEnd { found } => {
                write!(f, "the PEM block {found} ends as another one")
            }
            Self::Pkcs12Broken { found } => write!(f, "this PKCS#12 file is damaged: {found}"),
            Self::PublicKeyBroken => f.write_str("this public key cannot be read"),
            Self::RatioTooHigh { limit } => {
                write!(f, "the archive unpacks to more than {limit} times its size")
            }
            Self::RequestBroken => f.write_str("this signing request cannot be read"),
            Self::SpecialFile { found } => write!(f, "this is a {found}, not a file"),
            Self::TooManyBlocks { limit } => {
                write!(f, "the file has more than {limit} PEM blocks")
            }
            Self::TooManyEntries { limit } => write!(f, "there are more than {limit} files"),
            Self::TooManyStrangers { limit } => {
                write!(f, "nothing of a cluster is in more than {limit} files")
            }
            Self::TotalTooLarge { limit } => {
                write!(f, "all files together are larger than {}", size(*limit))
            }
            Self::WrongPassphrase => f.write_str("this passphrase does not open it"),
            Self::YamlBomb { found } => write!(f, "the file unfolds without end: {found}"),
            Self::YamlTooLarge { limit } => {
                write!(f, "YAML or JSON of more than {} is not read", size(*limit))
            }
        }
    }
}

/// Every limit of bytes is a whole number of these.
pub(super) fn size(bytes: u64) -> String {
    format!("{} MiB", bytes >> 20)
}
