//! What was found, what would have been right, and what to do next.

use super::Problem;
use super::sentence::size;

impl Problem {
    /// What was there.
    pub fn found(&self) -> Option<&str> {
        Some(match self {
            Self::ArchiveBroken { found }
            | Self::FileTooLarge { found, .. }
            | Self::CertificateBroken { found }
            | Self::DataBroken { found }
            | Self::DerivationTooCostly { found }
            | Self::EncryptionKind { found }
            | Self::ExecPlugin { found }
            | Self::KeyBroken { found }
            | Self::KeyForeign { found }
            | Self::KeyKind { found }
            | Self::KubeconfigBroken { found }
            | Self::Link { found }
            | Self::PathChanged { found }
            | Self::PemLabel { found }
            | Self::PemNoEnd { found }
            | Self::PemNotBase64 { found }
            | Self::PemOtherEnd { found }
            | Self::YamlBomb { found } => found,
            Self::ArchiveKind { found }
            | Self::ForeignFormat { found, .. }
            | Self::NotUnderstood { found }
            | Self::Pkcs12Broken { found }
            | Self::SpecialFile { found } => found,
            Self::ArchiveCutOff
            | Self::ArchiveDuplicates
            | Self::EncryptedEntry
            | Self::KeyAmongCertificates
            | Self::NestedTooDeep { .. }
            | Self::PublicKeyBroken
            | Self::RatioTooHigh { .. }
            | Self::RequestBroken
            | Self::TooManyBlocks { .. }
            | Self::TooManyEntries { .. }
            | Self::TooManyStrangers { .. }
            | Self::TotalTooLarge { .. }
            | Self::WrongPassphrase
            | Self::YamlTooLarge { .. } => return None,
        })
    }

    /// What would have been right: a limit, or the command that makes it right.
    pub fn expected(&self) -> Option<String> {
        match self {
            Self::FileTooLarge { limit, .. }
            | Self::TotalTooLarge { limit }
            | Self::YamlTooLarge { limit } => Some(size(*limit)),
            Self::RatioTooHigh { limit } => Some(limit.to_string()),
            Self::NestedTooDeep { limit }
            | Self::TooManyBlocks { limit }
            | Self::TooManyEntries { limit }
            | Self::TooManyStrangers { limit } => Some(limit.to_string()),
            Self::ForeignFormat { command, .. } => Some((*command).to_owned()),
            _ => None,
        }
    }

    /// The next step for whoever reads it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::ArchiveBroken { .. } | Self::ArchiveCutOff => {
                "What was read before stays. Pack or copy it again."
            }
            Self::ArchiveDuplicates => "Unpack it, and drop the folder.",
            Self::ArchiveKind { .. } => "Unpack it, or pack it as .zip or .tar.gz.",
            Self::CertificateBroken { .. } => {
                "Copy it again; `openssl x509 -in FILE -noout -text` shows whether it is whole."
            }
            Self::DataBroken { .. } => {
                "Make the kubeconfig again: `kubectl config set-credentials --embed-certs=true`."
            }
            Self::DerivationTooCostly { .. } => {
                "Open it with openssl: `openssl pkey -in FILE -out FILE.key`."
            }
            Self::EncryptedEntry => "Unpack the zip, and drop the folder.",
            Self::EncryptionKind { .. } => {
                "Open it with openssl: `openssl pkey -in FILE -out FILE.key`, for PKCS#12 `openssl pkcs12 -legacy -in FILE -nodes -out FILE.pem`."
            }
            Self::ExecPlugin { .. } => {
                "It is shown here, and never run. `kubectl` would run it: know it before you use the file."
            }
            Self::FileTooLarge { .. } => {
                "Certificates, keys and kubeconfigs are small: drop those only."
            }
            Self::ForeignFormat { .. } => "Convert it first, with the command that is shown.",
            Self::KeyAmongCertificates => {
                "Look whether the two files were swapped. A private key is to be shown to nobody."
            }
            Self::KeyBroken { .. } => {
                "Copy it again; `openssl pkey -in FILE -noout` says whether it is whole."
            }
            Self::KeyForeign { .. } => "Kubernetes takes RSA, and ECDSA on P-256, P-384 and P-521.",
            Self::KeyKind { .. } => {
                "Kubernetes takes RSA and ECDSA: make a new key where this one has to sign."
            }
            Self::KubeconfigBroken { .. } => {
                "`kubectl --kubeconfig FILE config view` says whether kubectl can read it."
            }
            Self::Link { .. } => {
                "Drop its target as well, or pack with `tar -h`, which follows links."
            }
            Self::NestedTooDeep { .. } => "Unpack the outer ones first.",
            Self::NotUnderstood { .. } => "If it belongs to the cluster, give it as PEM or DER.",
            Self::PathChanged { .. } => "It is listed without that part. Nothing is written.",
            Self::PemNoEnd { .. } | Self::PemNotBase64 { .. } | Self::PemOtherEnd { .. } => {
                "Copy the block again, from -----BEGIN to -----END with both lines."
            }
            Self::PemLabel { .. } => {
                "If it is a certificate or a key, let openssl write it again as PEM."
            }
            Self::Pkcs12Broken { .. } => {
                "Copy it again; `openssl pkcs12 -in FILE -info -noout` says whether it is whole."
            }
            Self::PublicKeyBroken => "Write it again: `openssl pkey -in sa.key -pubout`.",
            Self::RatioTooHigh { .. } => "No certificates pack so well. Drop the files unpacked.",
            Self::RequestBroken => {
                "Copy it again; `openssl req -in FILE -noout -verify` says whether it is whole."
            }
            Self::SpecialFile { .. } => "It is left out.",
            Self::TooManyBlocks { .. } => "The first ones are read. Divide the file.",
            Self::TooManyEntries { .. } | Self::TooManyStrangers { .. } => {
                "The first ones are read, and nothing after them. Forget everything, then drop the folders with certificates only."
            }
            Self::TotalTooLarge { .. } => {
                "What was read before stays. Drop the folders with certificates only."
            }
            Self::WrongPassphrase => "Type it again; capital letters and blanks count.",
            Self::YamlBomb { .. } => {
                "No kubeconfig is written so. Do not trust where it came from."
            }
            Self::YamlTooLarge { .. } => "A kubeconfig is far smaller: divide it.",
        }
    }
}
