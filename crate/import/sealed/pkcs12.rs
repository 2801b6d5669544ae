//! PKCS#12 (RFC 7292), as openssl and keytool write it.
//!
//! Of the crates that read it, p12-keystore adds 100 KB to the packed page, and leaves out bags that it does not know without a word.

use rsa::sha2::{Sha256, Sha512};
use sha1::Sha1;
use zeroize::Zeroizing;

use super::{Envelope, Sealed, derive, scheme};
use crate::import::inventory::{Inventory, Spot};
use crate::import::{KeyForm, Known, Place, Problem, Taken, der};
use crate::verify::der::{Der, tag};

/// A `PFX`.
pub(super) struct Pkcs12 {
    /// The `AuthenticatedSafe`, which the MAC is of.
    content: Vec<u8>,
    safes: Vec<Safe>,
    mac: Option<Mac>,
}

/// A `ContentInfo` of the `AuthenticatedSafe`.
enum Safe {
    Open(Vec<u8>),
    Sealed(Envelope),
}

struct Mac {
    /// `None` for one that is not checked, such as PBMAC1: then the padding says whether the passphrase is right.
    hash: Option<Hash>,
    digest: Vec<u8>,
    salt: Vec<u8>,
    rounds: u32,
}

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha512,
}

impl Pkcs12 {
    pub(super) fn new(der: &[u8]) -> Result<Self, Problem> {
        let mut pfx = Der(der).read(tag::SEQUENCE).ok_or(broken("PFX"))?;
        pfx.integer().ok_or(broken("version"))?;
        let content = data(&mut pfx).ok_or(broken("authSafe"))?;
        let mut list = Der(content).read(tag::SEQUENCE);
        let list = list.as_mut().ok_or(broken("AuthenticatedSafe"))?;
        let mut safes = Vec::new();
        while !list.is_empty() {
            safes.push(Safe::read(list)?);
        }
        let mac = match pfx.read_optional(tag::SEQUENCE).ok_or(broken("macData"))? {
            Some(mac) => Some(Mac::read(mac)?),
            None => None,
        };
        Ok(Self {
            content: content.to_vec(),
            safes,
            mac,
        })
    }

    pub(super) fn name(&self) -> String {
        let sealed = self.safes.iter().find_map(|safe| match safe {
            Safe::Sealed(envelope) => Some(envelope.scheme.name()),
            Safe::Open(_) => None,
        });
        format!("PKCS#12, {}", sealed.as_deref().unwrap_or("MAC"))
    }

    /// Whether no passphrase is needed to look into it; single keys may be sealed nevertheless.
    pub(super) fn is_open(&self) -> bool {
        let mut safes = self.safes.iter();
        self.mac.is_none() && safes.all(|safe| matches!(safe, Safe::Open(_)))
    }

    pub(super) fn open(
        &self,
        inventory: &mut Inventory,
        spot: &Spot,
        passphrase: &str,
    ) -> Result<(), Problem> {
        if self
            .mac
            .as_ref()
            .is_some_and(|mac| !mac.fits(passphrase, &self.content))
        {
            return Err(Problem::WrongPassphrase);
        }
        // All or nothing, so that nothing is found twice.
        let opened = self.safes.iter().map(|safe| safe.open(passphrase));
        let opened: Vec<_> = opened.collect::<Result<_, _>>()?;
        inventory.take(spot.file, Taken::Unknown);
        let mut bags = Bags {
            inventory,
            file: spot.file,
            passphrase,
            number: 0,
        };
        for safe in &opened {
            bags.read_all(safe, 0);
        }
        Ok(())
    }
}

impl Safe {
    fn read(list: &mut Der<'_>) -> Result<Self, Problem> {
        let mut info = list.read(tag::SEQUENCE).ok_or(broken("ContentInfo"))?;
        let mut kind = info;
        match kind.oid().as_deref() {
            Some(DATA) => {
                let content = info
                    .read(tag::OBJECT_IDENTIFIER)
                    .and_then(|_| info.read(tag::explicit(0))?.read(tag::OCTET_STRING));
                Ok(Self::Open(content.ok_or(broken("data"))?.0.to_vec()))
            }
            Some(ENCRYPTED_DATA) => Self::read_sealed(kind),
            _ => Err(broken("a ContentInfo of another type")),
        }
    }

    /// `EncryptedData` (RFC 5652, section 8).
    fn read_sealed(mut info: Der<'_>) -> Result<Self, Problem> {
        let parts = || {
            let mut data = info.read(tag::explicit(0))?.read(tag::SEQUENCE)?;
            data.integer()?;
            let mut content = data.read(tag::SEQUENCE)?;
            content.oid()?;
            let algorithm = content.read_whole(tag::SEQUENCE)?;
            Some((algorithm, content.read(tag::context(0))?))
        };
        let mut parts = parts;
        let (algorithm, bytes) = parts().ok_or(broken("encryptedData"))?;
        Envelope::new(algorithm, bytes).map(Self::Sealed)
    }

    fn open(&self, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
        match self {
            Self::Open(content) => Ok(Zeroizing::new(content.clone())),
            Self::Sealed(envelope) => envelope.open(passphrase),
        }
    }
}

impl Mac {
    fn read(mut mac: Der<'_>) -> Result<Self, Problem> {
        let mut parts = || {
            let mut info = mac.read(tag::SEQUENCE)?;
            let hash = info.read(tag::SEQUENCE)?.oid()?;
            let digest = info.read(tag::OCTET_STRING)?;
            let salt = mac.read(tag::OCTET_STRING)?;
            // DEFAULT 1
            let rounds = if mac.is_empty() { &[1] } else { mac.integer()? };
            Some((hash, digest.0.to_vec(), salt.0.to_vec(), rounds))
        };
        let (hash, digest, salt, rounds) = parts().ok_or(broken("macData"))?;
        let hash = HASHES.iter().find(|(known, _)| *known == hash);
        Ok(Self {
            hash: hash.map(|(_, hash)| *hash),
            digest,
            salt,
            rounds: scheme::rounds(rounds)?,
        })
    }

    fn fits(&self, passphrase: &str, content: &[u8]) -> bool {
        let check = match self.hash {
            None => return true,
            Some(Hash::Sha1) => derive::pkcs12_mac::<Sha1>,
            Some(Hash::Sha256) => derive::pkcs12_mac::<Sha256>,
            Some(Hash::Sha512) => derive::pkcs12_mac::<Sha512>,
        };
        check(passphrase, &self.salt, self.rounds, content, &self.digest)
    }
}

/// Where what is found in bags goes.
struct Bags<'a> {
    inventory: &'a mut Inventory,
    file: usize,
    passphrase: &'a str,
    number: usize,
}

impl Bags<'_> {
    /// `SafeContents`, which may lie inside one another.
    fn read_all(&mut self, contents: &[u8], depth: usize) {
        let list = Der(contents).read(tag::SEQUENCE);
        let Some(mut list) = list.filter(|_| depth < DEEPEST) else {
            let spot = Spot::whole(self.file);
            return self.inventory.trouble(spot, broken("SafeContents"));
        };
        while !list.is_empty() {
            self.number += 1;
            let bag = list
                .read(tag::SEQUENCE)
                .and_then(|mut bag| Some((bag.oid()?, bag.read(tag::explicit(0))?)));
            let Some((kind, value)) = bag else {
                return self.inventory.trouble(self.spot(), broken("SafeBag"));
            };
            self.read(&kind, value, depth);
        }
    }

    fn read(&mut self, kind: &str, mut value: Der<'_>, depth: usize) {
        let spot = self.spot();
        let number = kind.strip_prefix(BAGS).unwrap_or_default();
        match number {
            "1" => self.inventory.find_key(spot, KeyForm::Pkcs8, value.0),
            "2" => self.shrouded(spot, value.0),
            "3" => match certificate(value) {
                Some(found) => self.inventory.find_or(spot, der::certificate(found)),
                None => self.inventory.trouble(spot, broken("CertBag")),
            },
            "4" => self.inventory.pass_over(self.file, Known::Parameters),
            "6" => match value.read_whole(tag::SEQUENCE) {
                Some(inner) => self.read_all(inner.0, depth + 1),
                None => self.inventory.trouble(spot, broken("SafeContents")),
            },
            _ => {
                let found = "a bag that holds neither key nor certificate";
                self.inventory
                    .trouble(spot, Problem::Pkcs12Broken { found });
            }
        }
    }

    /// A key that is sealed on its own, as a rule with the passphrase of the file.
    fn shrouded(&mut self, spot: Spot, value: &[u8]) {
        let sealed = match Sealed::pkcs8(value) {
            Ok(sealed) => sealed,
            Err(problem) => return self.inventory.trouble(spot, problem),
        };
        if sealed.open(self.inventory, &spot, self.passphrase).is_err() {
            self.inventory.seal(spot, sealed);
        }
    }

    fn spot(&self) -> Spot {
        Spot {
            file: self.file,
            place: Place::Bag {
                number: self.number,
            },
        }
    }
}

/// `CertBag`: of an X.509 certificate, its DER.
fn certificate(mut value: Der<'_>) -> Option<&[u8]> {
    let mut bag = value.read(tag::SEQUENCE)?;
    bag.oid().filter(|kind| kind == X509_CERTIFICATE)?;
    Some(bag.read(tag::explicit(0))?.read(tag::OCTET_STRING)?.0)
}

/// The octets of a `ContentInfo` of the type data.
fn data<'a>(der: &mut Der<'a>) -> Option<&'a [u8]> {
    let mut info = der.read(tag::SEQUENCE)?;
    info.oid().filter(|kind| kind == DATA)?;
    Some(info.read(tag::explicit(0))?.read(tag::OCTET_STRING)?.0)
}

fn broken(found: &'static str) -> Problem {
    Problem::Pkcs12Broken { found }
}

/// RFC 5652, sections 4 and 8.
const DATA: &str = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";

/// RFC 7292, appendix D: `bagtypes`, and RFC 2985 for its certificates.
const BAGS: &str = "1.2.840.113549.1.12.10.1.";
const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";

/// Bags inside bags: nobody writes even two.
const DEEPEST: usize = 4;

const HASHES: [(&str, Hash); 3] = [
    ("1.3.14.3.2.26", Hash::Sha1),
    ("2.16.840.1.101.3.4.2.1", Hash::Sha256),
    ("2.16.840.1.101.3.4.2.3", Hash::Sha512),
];
