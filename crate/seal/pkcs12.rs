//! PKCS#12: a key, its certificate and the authorities behind it, for a browser or a keystore.

use hmac::Mac;
use rsa::pkcs8::ObjectIdentifier;
use rsa::rand_core::TryCryptoRng;
use rsa::sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{Passphrase, ROUNDS, Sealer, fill};
use crate::import::sealed::derive;
use crate::tlv::element;
use crate::verify::der::tag;
use crate::{Error, Pki, PrivateKey};

/// A `PFX` (RFC 7292, section 4), DER: key and certificates sealed, a MAC with HMAC-SHA-256 around them. `name` is what a keystore shows.
///
/// # Errors
///
/// [`Error::Randomness`] or [`Error::Encoding`].
pub fn pkcs12(
    name: &str,
    key: &PrivateKey,
    certificate: &[u8],
    authorities: &[&[u8]],
    passphrase: &Passphrase,
    rng: &mut impl TryCryptoRng,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let sealer = Sealer::new(passphrase, rng)?;
    let mut salt = [0; 16];
    fill(rng, &mut salt)?;
    let attributes = attributes(name, certificate);
    let mut bags = vec![certificate_bag(certificate, &attributes)];
    bags.extend(authorities.iter().map(|der| certificate_bag(der, &[])));
    let certificates = sealed_content(&sealer, &sequence_of(&bags))?;
    let key = bag(SHROUDED_KEY_BAG, &sealer.key_info(key)?, &attributes);
    let keys = content(&sequence_of(&[key]));
    let safe = sequence_of(&[certificates, keys]);
    let mac = mac(passphrase, &salt, &safe);
    let version = element(tag::INTEGER, &[&[3]]);
    Ok(element(tag::SEQUENCE, &[&version, &content(&safe), &mac]))
}

/// The same of one certificate of a set, with its authority.
///
/// # Errors
///
/// [`Error::KeyMissing`] or [`Error::UnknownCertificate`] besides.
pub fn pkcs12_of(
    pki: &Pki,
    id: &str,
    passphrase: &Passphrase,
    rng: &mut impl TryCryptoRng,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let unknown = || Error::UnknownCertificate { id: id.to_owned() };
    let planned = pki.plan().certificate(id).ok_or_else(unknown)?;
    let issued = pki.issued(id).ok_or_else(unknown)?;
    let authority = pki.issued(&planned.issuer);
    let authorities: Vec<_> = authority
        .map(|one| one.certificate.as_slice())
        .into_iter()
        .collect();
    let key = pki.keys().of(id)?;
    pkcs12(id, key, &issued.certificate, &authorities, passphrase, rng)
}

type Der = Zeroizing<Vec<u8>>;

fn sequence_of(parts: &[Der]) -> Der {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_slice()).collect();
    element(tag::SEQUENCE, &parts)
}

fn oid(oid: ObjectIdentifier) -> Der {
    element(tag::OBJECT_IDENTIFIER, &[oid.as_bytes()])
}

/// A `ContentInfo` of the type data.
fn content(octets: &[u8]) -> Der {
    let octets = element(tag::OCTET_STRING, &[octets]);
    let content = element(tag::explicit(0), &[&octets]);
    element(tag::SEQUENCE, &[&oid(DATA), &content])
}

/// A `ContentInfo` of the type encryptedData (RFC 5652, section 8).
fn sealed_content(sealer: &Sealer, plain: &[u8]) -> Result<Der, Error> {
    let (algorithm, octets) = sealer.seal(plain)?;
    let octets = element(tag::context(0), &[&octets]);
    let info = element(tag::SEQUENCE, &[&oid(DATA), &algorithm, &octets]);
    let version = element(tag::INTEGER, &[&[0]]);
    let data = element(tag::SEQUENCE, &[&version, &info]);
    let content = element(tag::explicit(0), &[&data]);
    Ok(element(tag::SEQUENCE, &[&oid(ENCRYPTED_DATA), &content]))
}

fn bag(kind: ObjectIdentifier, value: &[u8], attributes: &[u8]) -> Der {
    let value = element(tag::explicit(0), &[value]);
    element(tag::SEQUENCE, &[&oid(kind), &value, attributes])
}

fn certificate_bag(der: &[u8], attributes: &[u8]) -> Der {
    let octets = element(tag::OCTET_STRING, &[der]);
    let value = element(tag::explicit(0), &[&octets]);
    let value = element(tag::SEQUENCE, &[&oid(X509_CERTIFICATE), &value]);
    bag(CERTIFICATE_BAG, &value, attributes)
}

/// RFC 2985, section 5.5: by the second one a key finds its certificate.
fn attributes(name: &str, certificate: &[u8]) -> Der {
    let attribute = |kind, value: &[u8]| {
        let values = element(tag::SET, &[value]);
        element(tag::SEQUENCE, &[&oid(kind), &values])
    };
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let name = attribute(FRIENDLY_NAME, &element(tag::BMP_STRING, &[&units]));
    let local = Sha256::digest(certificate);
    let local = attribute(LOCAL_KEY_ID, &element(tag::OCTET_STRING, &[&local[..20]]));
    // X.690, section 11.6: the elements of a SET OF stand in the order of their octets.
    let mut both = [name, local];
    both.sort_by(|one, other| one.as_slice().cmp(other));
    element(tag::SET, &[&both[0], &both[1]])
}

/// `MacData`, with as many rounds as the key has: the easier way to guess would be taken.
fn mac(passphrase: &Passphrase, salt: &[u8], safe: &[u8]) -> Der {
    let mac = derive::pkcs12_hmac::<Sha256>(passphrase.text(), salt, ROUNDS);
    let digest = mac.chain_update(safe).finalize().into_bytes();
    let null = element(tag::NULL, &[]);
    let algorithm = element(tag::SEQUENCE, &[&oid(SHA256), &null]);
    let digest = element(tag::OCTET_STRING, &[&digest]);
    let digest = element(tag::SEQUENCE, &[&algorithm, &digest]);
    let salt = element(tag::OCTET_STRING, &[salt]);
    // Its first octet of four is zero, as that of a positive number whose next one has the highest bit.
    let rounds = ROUNDS.to_be_bytes();
    let zeros = rounds.iter().take_while(|octet| **octet == 0).count();
    let from = zeros - usize::from(rounds[zeros] & 0x80 != 0);
    let rounds = element(tag::INTEGER, &[&rounds[from..]]);
    element(tag::SEQUENCE, &[&digest, &salt, &rounds])
}

const fn known(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

/// RFC 5652, sections 4 and 8.
const DATA: ObjectIdentifier = known("1.2.840.113549.1.7.1");
const ENCRYPTED_DATA: ObjectIdentifier = known("1.2.840.113549.1.7.6");

/// RFC 7292, appendix D, and RFC 2985, section 5.5.
const SHROUDED_KEY_BAG: ObjectIdentifier = known("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE_BAG: ObjectIdentifier = known("1.2.840.113549.1.12.10.1.3");
const X509_CERTIFICATE: ObjectIdentifier = known("1.2.840.113549.1.9.22.1");
const FRIENDLY_NAME: ObjectIdentifier = known("1.2.840.113549.1.9.20");
const LOCAL_KEY_ID: ObjectIdentifier = known("1.2.840.113549.1.9.21");

/// RFC 8017, appendix B.1.
const SHA256: ObjectIdentifier = known("2.16.840.1.101.3.4.2.1");
