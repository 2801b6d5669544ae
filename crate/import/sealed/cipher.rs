//! Block ciphers in CBC mode with the padding of PKCS#7, by the names that openssl has for them.

use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{
    BlockCipherDecrypt, BlockModeDecrypt, BlockSizeUser, InnerIvInit, KeyInit, KeyIvInit,
};
use rc2::Rc2;
use zeroize::Zeroizing;

/// A cipher of the time before PBES2.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    Des,
    Des3,
    Rc2Of128,
    Rc2Of40,
}

impl Cipher {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Aes128 => "AES-128-CBC",
            Self::Aes192 => "AES-192-CBC",
            Self::Aes256 => "AES-256-CBC",
            Self::Des => "DES-CBC",
            Self::Des3 => "DES-EDE3-CBC",
            Self::Rc2Of128 => "RC2-CBC",
            Self::Rc2Of40 => "RC2-40-CBC",
        }
    }

    /// Bytes.
    pub(super) fn key_size(self) -> usize {
        match self {
            Self::Rc2Of40 => 5,
            Self::Des => 8,
            Self::Aes128 | Self::Rc2Of128 => 16,
            Self::Aes192 | Self::Des3 => 24,
            Self::Aes256 => 32,
        }
    }

    /// Bytes.
    pub(super) fn block_size(self) -> usize {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
            Self::Des | Self::Des3 | Self::Rc2Of128 | Self::Rc2Of40 => 8,
        }
    }

    /// `None` where the padding shows that the key is another one.
    pub(super) fn open(self, key: &[u8], iv: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Self::Aes128 => keyed::<aes::Aes128>(key, iv, sealed),
            Self::Aes192 => keyed::<aes::Aes192>(key, iv, sealed),
            Self::Aes256 => keyed::<aes::Aes256>(key, iv, sealed),
            Self::Des => keyed::<des::Des>(key, iv, sealed),
            Self::Des3 => keyed::<des::TdesEde3>(key, iv, sealed),
            Self::Rc2Of128 | Self::Rc2Of40 => {
                let cipher = Rc2::new_with_eff_key_len(key, key.len() * 8);
                opened(Decryptor::inner_iv_slice_init(cipher, iv).ok()?, sealed)
            }
        }
    }
}

fn keyed<C: BlockCipherDecrypt + KeyInit>(
    key: &[u8],
    iv: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    opened(Decryptor::<C>::new_from_slices(key, iv).ok()?, sealed)
}

fn opened<C: BlockCipherDecrypt + BlockSizeUser>(
    mode: Decryptor<C>,
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(sealed.to_vec());
    let length = mode.decrypt_padded::<Pkcs7>(&mut bytes).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}
