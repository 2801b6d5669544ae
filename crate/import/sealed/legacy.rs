//! Keys whose PEM has the header `DEK-Info` (RFC 1421, section 4.6.1.3), as `openssl genrsa -aes256` wrote them before OpenSSL 3.

use zeroize::Zeroizing;

use super::cipher::Cipher;
use super::{derive, is_whole};
use crate::import::{KeyForm, Problem};

/// A sealed `RSAPrivateKey` or `ECPrivateKey`.
pub(super) struct Legacy {
    elliptic: bool,
    cipher: Cipher,
    iv: Vec<u8>,
    bytes: Vec<u8>,
}

impl Legacy {
    /// `info` is `AES-256-CBC,0123…`: the cipher and its first block.
    pub(super) fn new(label: &str, info: &str, bytes: &[u8]) -> Result<Self, Problem> {
        let (name, iv) = info.split_once(',').unwrap_or((info, ""));
        let cipher = CIPHERS.iter().find(|cipher| cipher.name() == name.trim());
        let cipher = *cipher.ok_or_else(|| Problem::EncryptionKind {
            found: name.trim().to_owned(),
        })?;
        let iv = hex(iv.trim()).filter(|iv| iv.len() == cipher.block_size());
        let iv = iv.ok_or_else(|| Problem::KeyBroken {
            found: String::from("its DEK-Info has no block of the cipher's size"),
        })?;
        Ok(Self {
            elliptic: label.starts_with("EC"),
            cipher,
            iv,
            bytes: bytes.to_vec(),
        })
    }

    pub(super) fn name(&self) -> String {
        format!("DEK-Info: {}", self.cipher.name())
    }

    /// The form of the key that is in it.
    pub(super) fn form(&self) -> KeyForm {
        if self.elliptic {
            KeyForm::Sec1
        } else {
            KeyForm::Pkcs1
        }
    }

    /// The key that is in it, DER.
    pub(super) fn open(&self, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
        // The first eight bytes are the salt as well.
        let key = derive::openssl(passphrase, &self.iv[..8], self.cipher.key_size());
        let der = self.cipher.open(&key, &self.iv, &self.bytes);
        der.filter(|der| is_whole(der))
            .ok_or(Problem::WrongPassphrase)
    }
}

const CIPHERS: [Cipher; 5] = [
    Cipher::Aes128,
    Cipher::Aes192,
    Cipher::Aes256,
    Cipher::Des,
    Cipher::Des3,
];

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    let bytes = digits.map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    bytes.collect()
}
