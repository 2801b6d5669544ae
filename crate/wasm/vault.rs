//! What the vault worker calls.

use std::io::{self, Write};

use js_sys::{Function, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use super::renew::{Existing, sealer};
use super::verdicts::Court;
use super::{from_js, moment, plan_of, to_js, to_js_error};
use crate::renew::Renewal;
use crate::{Bundle, Error, Issuance, KeyAlgorithm, Keys, Pki, Plan, PrivateKey, Randomness};

/// The private keys of one plan, and what is made with them; and the cluster that was there before, if it renews one.
#[wasm_bindgen]
pub struct Vault(pub(super) Stage, pub(super) Option<Existing>);

/// How far the plan is carried out.
pub(super) enum Stage {
    /// Keys are taken.
    Stocking(Plan, Keys),
    /// Keys are taken for what is new in a cluster that exists.
    Renewing(Box<Renewal>),
    /// Keys are taken and used at once.
    Signing(Issuance),
    /// All is signed.
    Issued(Pki, Court),
    /// An error ended it.
    Over,
}

#[wasm_bindgen]
impl Vault {
    /// An empty vault for a description.
    #[wasm_bindgen(constructor)]
    pub fn new(description: &JsValue) -> Result<Self, JsValue> {
        let stage = Stage::Stocking(plan_of(description)?, Keys::default());
        Ok(Self(stage, None))
    }

    /// Fits the keys to a changed description. What was signed, and the keys that signed it, are thrown away.
    pub fn replan(&mut self, description: &JsValue) -> Result<(), JsValue> {
        let new = plan_of(description)?;
        let keys = match std::mem::replace(&mut self.0, Stage::Over) {
            Stage::Stocking(old, mut keys) => {
                keys.fit(&old, &new);
                keys
            }
            Stage::Renewing(_) | Stage::Signing(_) | Stage::Issued(..) | Stage::Over => {
                Keys::default()
            }
        };
        self.0 = Stage::Stocking(new, keys);
        Ok(())
    }

    /// Every planned certificate, in issuance order: what a key worker needs for its request.
    pub fn roll(&self) -> Result<JsValue, JsValue> {
        let (plan, _) = self.stock()?;
        to_js(&plan.roll().collect::<Vec<_>>())
    }

    /// The certificates without a key, in issuance order.
    pub fn missing(&self) -> Result<Vec<String>, JsValue> {
        let (plan, keys) = self.stock()?;
        Ok(keys.missing(plan).map(|one| one.id.clone()).collect())
    }

    /// Begins to sign: each certificate as soon as its key and its issuer's are there. `now` in milliseconds since 1970.
    pub fn begin(&mut self, now: f64) -> Result<(), JsValue> {
        let now = moment(now)?;
        let begun = match std::mem::replace(&mut self.0, Stage::Over) {
            Stage::Stocking(plan, keys) => {
                Issuance::begin(plan, keys, now, &mut Randomness::default())
            }
            Stage::Renewing(renewal) => renewal.begin(now, &mut Randomness::default()),
            Stage::Signing(_) | Stage::Issued(..) | Stage::Over => Err(Error::NotIssued),
        };
        let mut issuance = begun.map_err(to_js_error)?;
        issuance.sign().map_err(to_js_error)?;
        self.0 = Stage::Signing(issuance);
        Ok(())
    }

    /// Takes a key, PKCS#8 DER, and the request that it signed, DER. Says which certificate has it now.
    ///
    /// A key whose certificate has left the plan, or has one by now, serves another of its algorithm; with none to serve it is dropped.
    #[wasm_bindgen(js_name = addKey)]
    pub fn add_key(
        &mut self,
        id: &str,
        algorithm: &JsValue,
        pkcs8: Vec<u8>,
        request: Option<Vec<u8>>,
    ) -> Result<Option<String>, JsValue> {
        let pkcs8 = Zeroizing::new(pkcs8);
        let algorithm: KeyAlgorithm = from_js(algorithm)?;
        let (plan, keys) = self.stock()?;
        let Some(served) = keys.wanting(plan, id, algorithm).map(ToOwned::to_owned) else {
            return Ok(None);
        };
        let key = PrivateKey::from_pkcs8_der(&pkcs8, &served).map_err(to_js_error)?;
        let request = request.filter(|_| served == id);
        match &mut self.0 {
            Stage::Stocking(plan, keys) => keys.insert(plan, &served, key).and_then(|()| {
                request.map_or(Ok(()), |request| keys.insert_request(&served, request))
            }),
            Stage::Renewing(renewal) => renewal.add(&served, key, request),
            Stage::Signing(issuance) => issuance.add(&served, key, request),
            Stage::Issued(..) | Stage::Over => Err(Error::NotIssued),
        }
        .map_err(to_js_error)?;
        Ok(Some(served))
    }

    /// Ends the signing and hands out the certificates, which are public.
    pub fn issue(&mut self) -> Result<JsValue, JsValue> {
        // What waits for somebody else's signature goes on waiting.
        if let Stage::Signing(issuance) = &self.0 {
            issuance.is_whole().map_err(to_js_error)?;
        }
        let Stage::Signing(issuance) = std::mem::replace(&mut self.0, Stage::Over) else {
            return Err(to_js_error(Error::NotIssued));
        };
        let pki = issuance.finish().map_err(to_js_error)?;
        let issued: Vec<_> = pki
            .iter()
            .map(|(planned, issued)| Certificate {
                id: &planned.id,
                pem: &issued.certificate_pem,
            })
            .collect();
        let issued = to_js(&issued);
        let court = Court::new(&pki).map_err(to_js_error)?;
        self.0 = Stage::Issued(pki, court);
        issued
    }

    /// The certification request of one certificate, PEM: public as well, but of thousands only those are handed out that are looked at.
    pub fn request(&self, id: &str) -> Result<String, JsValue> {
        let Stage::Issued(pki, _) = &self.0 else {
            return Err(to_js_error(Error::NotIssued));
        };
        let issued = pki
            .issued(id)
            .ok_or_else(|| Error::UnknownCertificate { id: id.to_owned() });
        Ok(issued.map_err(to_js_error)?.request_pem.clone())
    }

    /// The zip, handed out in pieces as it grows: `sink(piece)`. A piece is the caller's own. With a passphrase, private keys are sealed.
    pub fn bundle(&self, sink: &Function, passphrase: Option<String>) -> Result<(), JsValue> {
        let Stage::Issued(pki, _) = &self.0 else {
            return Err(to_js_error(Error::NotIssued));
        };
        let mut bundle = Bundle::new(pki);
        if let Some(passphrase) = passphrase {
            bundle = bundle.sealed(sealer(passphrase)?);
        }
        bundle.write(Pieces::to(sink)).map_err(to_js_error)
    }
}

impl Vault {
    fn stock(&self) -> Result<(&Plan, &Keys), JsValue> {
        match &self.0 {
            Stage::Stocking(plan, keys) => Ok((plan, keys)),
            Stage::Renewing(renewal) => Ok((renewal.plan(), renewal.keys())),
            Stage::Signing(issuance) => Ok((issuance.plan(), issuance.keys())),
            Stage::Issued(pki, _) => Ok((pki.plan(), pki.keys())),
            Stage::Over => Err(to_js_error(Error::NotIssued)),
        }
    }
}

#[derive(Serialize)]
struct Certificate<'a> {
    id: &'a str,
    pem: &'a str,
}

/// Gathers what is written into pieces that are worth a call. Allocated once and wiped: keys go through it.
pub(super) struct Pieces<'a> {
    sink: &'a Function,
    piece: Zeroizing<Vec<u8>>,
}

/// Large enough that calls cost nothing, small enough that nobody notices it in memory.
const PIECE: usize = 1 << 20;

impl<'a> Pieces<'a> {
    pub(super) fn to(sink: &'a Function) -> Self {
        Self {
            sink,
            piece: Zeroizing::new(Vec::with_capacity(PIECE)),
        }
    }
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PIECE - self.piece.len();
        let taken = &bytes[..room.min(bytes.len())];
        self.piece.extend_from_slice(taken);
        if self.piece.len() == PIECE {
            self.flush()?;
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = Uint8Array::from(self.piece.as_slice());
        self.piece.clear();
        self.sink
            .call1(&JsValue::NULL, &piece)
            .map(drop)
            .map_err(|_| io::Error::other("the browser took no more of it"))
    }
}
