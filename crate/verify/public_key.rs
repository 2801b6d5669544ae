//! subjectPublicKeyInfo -> a key that can check signatures.

use super::der::{Der, small, tag};

/// A public key of a kind that Go knows.
#[derive(Clone, Debug)]
pub(super) enum PublicKey {
    Rsa(Rsa),
    P224(Vec<u8>),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
    Ed25519([u8; 32]),
    Dsa,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Rsa {
    /// Big-endian, without leading zeros.
    pub(super) modulus: Vec<u8>,
    pub(super) exponent: u64,
}

impl Rsa {
    pub(super) fn bits(&self) -> usize {
        let leading = self
            .modulus
            .first()
            .map_or(0, |first| first.leading_zeros());
        self.modulus.len() * 8 - leading as usize
    }
}

/// The algorithms of Go's `getPublicKeyAlgorithmFromOID`; of any other there is no key.
pub(super) const RSA: &str = "1.2.840.113549.1.1.1";
const DSA: &str = "1.2.840.10040.4.1";
pub(super) const ECDSA: &str = "1.2.840.10045.2.1";
pub(super) const ED25519: &str = "1.3.101.112";

/// DER of NULL.
const NULL: [u8; 2] = [tag::NULL, 0];

impl PublicKey {
    /// `spki` is the whole subjectPublicKeyInfo; `None` for an algorithm that Go does not know. The error is Go's.
    pub(super) fn read(spki: Der<'_>) -> Result<Option<Self>, &'static str> {
        let (whole, mut spki) = (spki.0, spki);
        let mut spki = spki.read(tag::SEQUENCE).ok_or("x509: malformed spki")?;
        let algorithm = spki.read(tag::SEQUENCE);
        let algorithm = algorithm.ok_or("x509: malformed public key algorithm identifier")?;
        let (oid, parameters) = algorithm_identifier(algorithm)?;
        let key = spki.bits().ok_or("x509: malformed subjectPublicKey")?;
        let key = key.right_aligned();
        match oid.as_str() {
            RSA => rsa(parameters, &key).map(Some),
            DSA => dsa(parameters, &key).map(Some),
            ECDSA => ecdsa(whole, parameters, &key).map(Some),
            ED25519 if !parameters.is_empty() => {
                Err("x509: Ed25519 key encoded with illegal parameters")
            }
            ED25519 => key
                .try_into()
                .map(|key| Some(Self::Ed25519(key)))
                .map_err(|_| "x509: wrong Ed25519 public key size"),
            _ => Ok(None),
        }
    }

    /// What Go calls its type.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "*rsa.PublicKey",
            Self::P224(_) | Self::P256(_) | Self::P384(_) | Self::P521(_) => "*ecdsa.PublicKey",
            Self::Ed25519(_) => "ed25519.PublicKey",
            Self::Dsa => "*dsa.PublicKey",
        }
    }

    /// Whether both are the same key.
    pub(super) fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rsa(one), Self::Rsa(other)) => one == other,
            (Self::P224(one), Self::P224(other)) => one == other,
            (Self::P256(one), Self::P256(other)) => one == other,
            (Self::P384(one), Self::P384(other)) => one == other,
            (Self::P521(one), Self::P521(other)) => one == other,
            (Self::Ed25519(one), Self::Ed25519(other)) => one == other,
            _ => false,
        }
    }
}

/// The algorithm of a subjectPublicKeyInfo, with its parameters.
pub(super) fn algorithm(mut spki: Der<'_>) -> Option<(String, &[u8])> {
    let algorithm = spki.read(tag::SEQUENCE)?.read(tag::SEQUENCE)?;
    algorithm_identifier(algorithm).ok()
}

/// Whether these are the parameters of a curve that Go knows.
pub(super) fn is_curve(parameters: &[u8]) -> bool {
    let curve = Der(parameters).oid();
    curve.is_some_and(|curve| CURVES.contains(&curve.as_str()))
}

/// An `AlgorithmIdentifier`: the OID, and the parameters whole. The error is Go's `parseAI`.
pub(super) fn algorithm_identifier(mut der: Der<'_>) -> Result<(String, &[u8]), &'static str> {
    let oid = der.oid().ok_or("x509: malformed OID")?;
    if der.is_empty() {
        return Ok((oid, &[]));
    }
    let parameters = der.element().ok_or("x509: malformed parameters")?;
    Ok((oid, parameters.whole))
}

fn rsa(parameters: &[u8], key: &[u8]) -> Result<PublicKey, &'static str> {
    if parameters != NULL {
        return Err("x509: RSA key missing NULL parameters");
    }
    let key = Der(key).read(tag::SEQUENCE);
    let mut key = key.ok_or("x509: invalid RSA public key")?;
    let modulus = key.integer().ok_or("x509: invalid RSA modulus")?;
    let exponent = key.integer().and_then(small);
    let exponent = exponent.ok_or("x509: invalid RSA public exponent")?;
    if !is_positive(modulus) {
        return Err("x509: RSA modulus is not a positive number");
    }
    let exponent = u64::try_from(exponent)
        .ok()
        .filter(|exponent| *exponent > 0);
    let exponent = exponent.ok_or("x509: RSA public exponent is not a positive number")?;
    let modulus = modulus.strip_prefix(&[0]).unwrap_or(modulus).to_vec();
    Ok(PublicKey::Rsa(Rsa { modulus, exponent }))
}

fn dsa(parameters: &[u8], key: &[u8]) -> Result<PublicKey, &'static str> {
    let y = Der(key).integer().ok_or("x509: invalid DSA public key")?;
    let invalid = "x509: invalid DSA parameters";
    let mut parameters = Der(parameters).read(tag::SEQUENCE).ok_or(invalid)?;
    let mut positive = is_positive(y);
    for _ in 0..3 {
        positive &= is_positive(parameters.integer().ok_or(invalid)?);
    }
    if positive {
        Ok(PublicKey::Dsa)
    } else {
        Err("x509: zero or negative DSA parameter")
    }
}

fn is_positive(integer: &[u8]) -> bool {
    integer != [0] && integer[0] & 0x80 == 0
}

/// P-224, P-256, P-384 and P-521.
const CURVES: [&str; 4] = [
    "1.3.132.0.33",
    "1.2.840.10045.3.1.7",
    "1.3.132.0.34",
    "1.3.132.0.35",
];

fn ecdsa(spki: &[u8], parameters: &[u8], point: &[u8]) -> Result<PublicKey, &'static str> {
    let curve = Der(parameters)
        .oid()
        .ok_or("x509: invalid ECDSA parameters")?;
    if !CURVES.contains(&curve.as_str()) {
        return Err("x509: unsupported elliptic curve");
    }
    if point.first() != Some(&4) {
        return Err("ecdsa: invalid uncompressed public key");
    }
    match curve.as_str() {
        "1.2.840.10045.3.1.7" => p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
            .map(PublicKey::P256)
            .map_err(|_| P256.refusal(point)),
        "1.3.132.0.34" => p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
            .map(PublicKey::P384)
            .map_err(|_| P384.refusal(point)),
        "1.3.132.0.35" => p521::ecdsa::VerifyingKey::from_sec1_bytes(point)
            .map(PublicKey::P521)
            .map_err(|_| P521.refusal(point)),
        _ => Ok(PublicKey::P224(spki.to_vec())),
    }
}

/// What is wrong with a point of a curve, in the order in which Go looks: its length, its coordinates, the curve.
struct Curve {
    prime: &'static [u8],
    encoding: &'static str,
    element: &'static str,
    outside: &'static str,
}

const P256: Curve = Curve {
    prime: b"\xff\xff\xff\xff\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    encoding: "invalid P256 point encoding",
    // As on amd64 and arm64, which have code of their own for this curve.
    element: "invalid P256 element encoding",
    outside: "P256 point not on curve",
};
const P384: Curve = Curve {
    prime: b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\
        \xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff\xff\0\0\0\0\0\0\0\0\xff\xff\xff\xff",
    encoding: "invalid P384 point encoding",
    element: "invalid P384Element encoding",
    outside: "P384 point not on curve",
};
const P521: Curve = Curve {
    prime: &{
        let mut prime = [0xff; 66];
        prime[0] = 1;
        prime
    },
    encoding: "invalid P521 point encoding",
    element: "invalid P521Element encoding",
    outside: "P521 point not on curve",
};

impl Curve {
    /// Of an uncompressed point that the library refused.
    fn refusal(&self, point: &[u8]) -> &'static str {
        let length = self.prime.len();
        if point.len() != 1 + 2 * length {
            self.encoding
        } else if point[1..].chunks(length).any(|one| one >= self.prime) {
            self.element
        } else {
            self.outside
        }
    }
}
