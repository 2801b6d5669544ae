//! Keys out of passphrases, as they were made before PBKDF2.

use hmac::{Mac, SimpleHmac};
use md5::Md5;
use rsa::sha2::Digest;
use rsa::sha2::digest::block_api::BlockSizeUser;
use zeroize::Zeroizing;

/// What a derived key is for (RFC 7292, appendix B.3).
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

/// RFC 7292, appendix B.2.
pub(super) fn pkcs12<D: Digest + BlockSizeUser>(
    purpose: Purpose,
    passphrase: &str,
    salt: &[u8],
    rounds: u32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let block = <D as BlockSizeUser>::block_size();
    let units = passphrase.encode_utf16().chain([0]);
    let password: Zeroizing<Vec<u8>> = Zeroizing::new(units.flat_map(u16::to_be_bytes).collect());
    let mut input = repeated(salt, salt.len().next_multiple_of(block));
    input.extend_from_slice(&repeated(&password, password.len().next_multiple_of(block)));
    let mut derived = Zeroizing::new(Vec::with_capacity(length + 64));
    loop {
        let mut hash = D::new_with_prefix(vec![purpose as u8; block])
            .chain_update(&*input)
            .finalize();
        for _ in 1..rounds {
            hash = D::digest(&hash);
        }
        derived.extend_from_slice(&hash);
        if derived.len() >= length {
            derived.truncate(length);
            return derived;
        }
        let addend = repeated(&hash, block);
        for part in input.chunks_mut(block) {
            add_with_one(part, &addend);
        }
    }
}

/// Whether the HMAC of a PKCS#12 file is the one that the passphrase gives (RFC 7292, section 4.1).
pub(super) fn pkcs12_mac<D: Digest + BlockSizeUser>(
    passphrase: &str,
    salt: &[u8],
    rounds: u32,
    content: &[u8],
    expected: &[u8],
) -> bool {
    let mac = pkcs12_hmac::<D>(passphrase, salt, rounds);
    mac.chain_update(content).verify_slice(expected).is_ok()
}

/// The HMAC of a PKCS#12 file, before anything is put into it.
pub(crate) fn pkcs12_hmac<D: Digest + BlockSizeUser>(
    passphrase: &str,
    salt: &[u8],
    rounds: u32,
) -> SimpleHmac<D> {
    let length = <D as Digest>::output_size();
    let key = pkcs12::<D>(Purpose::Mac, passphrase, salt, rounds, length);
    <SimpleHmac<D> as hmac::KeyInit>::new_from_slice(&key).expect("HMAC takes a key of any length")
}

/// `EVP_BytesToKey` of openssl, with MD5 and one round, as the keys with `DEK-Info` have it.
pub(super) fn openssl(passphrase: &str, salt: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let mut derived = Zeroizing::new(Vec::with_capacity(length + 16));
    while derived.len() < length {
        let last = derived.len().saturating_sub(16);
        let hash = Md5::new_with_prefix(&derived[last..])
            .chain_update(passphrase)
            .chain_update(salt)
            .finalize();
        derived.extend_from_slice(&hash);
    }
    derived.truncate(length);
    derived
}

fn repeated(bytes: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(bytes.iter().copied().cycle().take(length).collect())
}

/// Big-endian, and what overflows is dropped.
fn add_with_one(number: &mut [u8], addend: &[u8]) {
    let mut carry = 1_u16;
    for (digit, added) in number.iter_mut().zip(addend).rev() {
        let sum = u16::from(*digit) + u16::from(*added) + carry;
        [_, *digit] = sum.to_be_bytes();
        carry = sum >> 8;
    }
}
