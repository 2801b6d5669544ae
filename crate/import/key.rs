//! Private keys: PKCS#8, PKCS#1 and SEC 1, each brought into PKCS#8.

use std::collections::HashMap;
use std::fmt;

use ed25519_dalek::SigningKey as Ed25519;
use rsa::pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use rsa::pkcs8::der::{Decode, Encode};
use rsa::pkcs8::{
    AlgorithmIdentifierRef, ObjectIdentifier, PrivateKeyInfoRef, SubjectPublicKeyInfoRef,
};
use rsa::sha2::{Digest, Sha256};
use sec1::EcPrivateKey;
use serde::Serialize;
use zeroize::Zeroizing;

use super::public::{self, EC, ED25519, P256, P384, P521, RSA};
use super::{Problem, Public};
use crate::{Error, PrivateKey};

/// A private key that was found. It is wiped from memory when dropped, and never printed.
pub struct FoundKey {
    pkcs8: Zeroizing<Vec<u8>>,
    public: Public,
    form: KeyForm,
    sealed: bool,
}

/// How a private key was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyForm {
    /// `BEGIN RSA PRIVATE KEY` (RFC 8017, appendix A.1.2).
    Pkcs1,
    /// `BEGIN PRIVATE KEY` (RFC 5958).
    Pkcs8,
    /// `BEGIN EC PRIVATE KEY` (RFC 5915).
    Sec1,
}

impl FoundKey {
    /// The public half.
    pub fn public(&self) -> &Public {
        &self.public
    }

    /// How it was written.
    pub fn form(&self) -> KeyForm {
        self.form
    }

    /// Whether it was sealed with a passphrase.
    pub fn was_sealed(&self) -> bool {
        self.sealed
    }

    /// PKCS#8 (RFC 5958), DER, unsealed.
    pub fn pkcs8_der(&self) -> &[u8] {
        &self.pkcs8
    }

    /// Whether [`FoundKey::private_key`] has a key: RSA, P-256 and P-384.
    pub fn signs(&self) -> bool {
        let algorithm = &self.public.algorithm;
        algorithm.starts_with("rsa-") || algorithm == "ecdsa-p256" || algorithm == "ecdsa-p384"
    }

    /// Ready to sign with. `id` names it in the error.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`] for Ed25519 and P-521.
    pub fn private_key(&self, id: &str) -> Result<PrivateKey, Error> {
        PrivateKey::from_pkcs8_der(&self.pkcs8, id)
    }

    /// From DER. That the numbers form a key is checked, once for each key.
    pub(super) fn read(form: KeyForm, der: &[u8], memo: &mut Memo) -> Result<Self, Problem> {
        let pkcs8 = match form {
            KeyForm::Pkcs1 => wrapped(RSA, AnyRef::NULL, der)?,
            KeyForm::Pkcs8 => Zeroizing::new(der.to_vec()),
            KeyForm::Sec1 => wrapped_sec1(der)?,
        };
        Ok(Self {
            public: memo.public_half(&pkcs8)?,
            pkcs8,
            form,
            sealed: false,
        })
    }

    /// The same, said to have been sealed.
    pub(super) fn unsealed(self) -> Self {
        Self {
            sealed: true,
            ..self
        }
    }
}

impl fmt::Debug for FoundKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "private key ({})", self.public.algorithm)
    }
}

/// The public halves of the keys so far, by the hashes of these: a bundle has most of its keys several times.
#[derive(Default)]
pub(super) struct Memo(HashMap<[u8; 32], Public>);

impl Memo {
    fn public_half(&mut self, pkcs8: &[u8]) -> Result<Public, Problem> {
        let hash = Sha256::digest(pkcs8).into();
        if let Some(known) = self.0.get(&hash) {
            return Ok(known.clone());
        }
        let public = public_half(pkcs8)?;
        self.0.insert(hash, public.clone());
        Ok(public)
    }
}

fn public_half(pkcs8: &[u8]) -> Result<Public, Problem> {
    let info = PrivateKeyInfoRef::from_der(pkcs8).map_err(|error| broken(&error))?;
    let spki = match info.algorithm.oid {
        RSA => signing(pkcs8)?,
        EC => match info.algorithm.parameters_oid() {
            Ok(P256 | P384) => signing(pkcs8)?,
            Ok(P521) => p521(&info)?,
            Ok(curve) => {
                let found = public::curve_name(curve);
                return Err(Problem::KeyForeign { found });
            }
            Err(_) => {
                let found = String::from("ecdsa");
                return Err(Problem::KeyForeign { found });
            }
        },
        ED25519 => ed25519(&info)?,
        other => {
            let found = public::algorithm_name(other);
            return Err(Problem::KeyForeign { found });
        }
    };
    Public::of_spki(&spki).ok_or_else(|| broken(&"it has no public half"))
}

/// Of a key that this crate signs with.
fn signing(pkcs8: &[u8]) -> Result<Vec<u8>, Problem> {
    let key = PrivateKey::from_pkcs8_der(pkcs8, "");
    key.and_then(|key| key.to_public_key_der())
        .map_err(|error| broken(&error.found().unwrap_or_default()))
}

/// Its public half stands beside it; it is not computed, since nothing is signed with it here.
fn p521(info: &PrivateKeyInfoRef<'_>) -> Result<Vec<u8>, Problem> {
    let key = EcPrivateKey::from_der(info.private_key.as_bytes());
    let key = key.map_err(|error| broken(&error))?;
    let point = key
        .public_key
        .ok_or_else(|| broken(&"it has no public half"))?;
    spki(info.algorithm, point)
}

/// RFC 8410, section 7: an OCTET STRING in the OCTET STRING.
fn ed25519(info: &PrivateKeyInfoRef<'_>) -> Result<Vec<u8>, Problem> {
    let inner = <&OctetStringRef>::from_der(info.private_key.as_bytes());
    let inner = inner.map_err(|error| broken(&error))?;
    let seed: &[u8; 32] = inner
        .as_bytes()
        .try_into()
        .map_err(|_| broken(&"an Ed25519 key has 32 bytes"))?;
    let point = Ed25519::from_bytes(seed).verifying_key().to_bytes();
    let algorithm = AlgorithmIdentifierRef {
        oid: ED25519,
        parameters: None,
    };
    spki(algorithm, &point)
}

fn spki(algorithm: AlgorithmIdentifierRef<'_>, key: &[u8]) -> Result<Vec<u8>, Problem> {
    let subject_public_key = BitStringRef::from_bytes(key).map_err(|error| broken(&error))?;
    let info = SubjectPublicKeyInfoRef {
        algorithm,
        subject_public_key,
    };
    info.to_der().map_err(|error| broken(&error))
}

/// PKCS#8 around an `ECPrivateKey`, with the curve that it names.
fn wrapped_sec1(der: &[u8]) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let key = EcPrivateKey::from_der(der).map_err(|error| broken(&error))?;
    let named = key.parameters.and_then(sec1::EcParameters::named_curve);
    // Without its name a curve is known by its size.
    let curve = named.unwrap_or(match key.private_key.len() {
        ..=32 => P256,
        33..=48 => P384,
        _ => P521,
    });
    let scalar = Zeroizing::new(fitted(key.private_key, curve));
    let key = EcPrivateKey {
        private_key: &scalar,
        ..key
    };
    let key = key.to_der().map(Zeroizing::new);
    let key = key.map_err(|error| broken(&error))?;
    let curve = curve.to_der().map_err(|error| broken(&error))?;
    let curve = AnyRef::from_der(&curve).map_err(|error| broken(&error))?;
    wrapped(EC, curve, &key)
}

/// As long as RFC 5915, section 3, wants it: certtool puts a zero in front as of a number with a sign, others leave zeros out. Go reads both.
fn fitted(scalar: &[u8], curve: ObjectIdentifier) -> Vec<u8> {
    let length = match curve {
        P256 => 32,
        P384 => 48,
        P521 => 66,
        _ => return scalar.to_vec(),
    };
    let zeros = scalar.iter().take_while(|octet| **octet == 0).count();
    let digits = &scalar[zeros.min(scalar.len().saturating_sub(length))..];
    let mut whole = vec![0; length.saturating_sub(digits.len())];
    whole.extend_from_slice(digits);
    whole
}

/// PKCS#8 around the octets of an older form.
fn wrapped(
    oid: ObjectIdentifier,
    parameters: AnyRef<'_>,
    key: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let algorithm = AlgorithmIdentifierRef {
        oid,
        parameters: Some(parameters),
    };
    let key = OctetStringRef::new(key).map_err(|error| broken(&error))?;
    let info = PrivateKeyInfoRef::new(algorithm, key).to_der();
    info.map(Zeroizing::new).map_err(|error| broken(&error))
}

fn broken(error: &dyn fmt::Display) -> Problem {
    Problem::KeyBroken {
        found: error.to_string(),
    }
}
