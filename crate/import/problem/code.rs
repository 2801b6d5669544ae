//! The stable words by which translations know a problem, and which of them stop nothing.

use super::Problem;

impl Problem {
    /// A stable word for this kind of problem, the key of its translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ArchiveBroken { .. } => "import-archive-broken",
            Self::ArchiveCutOff => "import-archive-cut-off",
            Self::ArchiveDuplicates => "import-archive-duplicates",
            Self::ArchiveKind { .. } => "import-archive-kind",
            Self::CertificateBroken { .. } => "import-certificate-broken",
            Self::DataBroken { .. } => "import-data-broken",
            Self::DerivationTooCostly { .. } => "import-derivation-too-costly",
            Self::EncryptedEntry => "import-encrypted-entry",
            Self::EncryptionKind { .. } => "import-encryption-kind",
            Self::ExecPlugin { .. } => "import-exec-plugin",
            Self::FileTooLarge { .. } => "import-file-too-large",
            Self::ForeignFormat { .. } => "import-foreign-format",
            Self::KeyAmongCertificates => "import-key-among-certificates",
            Self::KeyBroken { .. } => "import-key-broken",
            Self::KeyForeign { .. } => "import-key-foreign",
            Self::KeyKind { .. } => "import-key-kind",
            Self::KubeconfigBroken { .. } => "import-kubeconfig-broken",
            Self::Link { .. } => "import-link",
            Self::NestedTooDeep { .. } => "import-nested-too-deep",
            Self::NotUnderstood { .. } => "import-not-understood",
            Self::PathChanged { .. } => "import-path-changed",
            Self::PemLabel { .. } => "import-pem-label",
            Self::PemNoEnd { .. } => "import-pem-no-end",
            Self::PemNotBase64 { .. } => "import-pem-not-base64",
            Self::PemOtherEnd { .. } => "import-pem-other-end",
            Self::Pkcs12Broken { .. } => "import-pkcs12-broken",
            Self::PublicKeyBroken => "import-public-key-broken",
            Self::RatioTooHigh { .. } => "import-ratio-too-high",
            Self::RequestBroken => "import-request-broken",
            Self::SpecialFile { .. } => "import-special-file",
            Self::TooManyBlocks { .. } => "import-too-many-blocks",
            Self::TooManyEntries { .. } => "import-too-many-entries",
            Self::TooManyStrangers { .. } => "import-too-many-strangers",
            Self::TotalTooLarge { .. } => "import-total-too-large",
            Self::WrongPassphrase => "import-wrong-passphrase",
            Self::YamlBomb { .. } => "import-yaml-bomb",
            Self::YamlTooLarge { .. } => "import-yaml-too-large",
        }
    }

    /// Whether everything was read nevertheless.
    pub fn is_note(&self) -> bool {
        matches!(
            self,
            Self::ExecPlugin { .. }
                | Self::KeyAmongCertificates
                | Self::KeyKind { .. }
                | Self::Link { .. }
                | Self::PathChanged { .. }
        )
    }
}
