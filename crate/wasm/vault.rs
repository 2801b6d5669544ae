//! What the vault worker calls.

use getrandom::SysRng;
use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use super::{plan_of, to_js, to_js_error};
use crate::{Bundle, DecodedCertificate, Error, Issuance, Keys, Pki, Plan, PrivateKey, Timestamp};

/// The private keys of one plan, and what is made with them.
#[wasm_bindgen]
pub struct Vault {
    plan: Plan,
    stage: Stage,
}

/// How far the plan is carried out.
enum Stage {
    /// Keys are taken.
    Stocking(Keys),
    /// Keys are taken and used at once.
    Signing(Issuance),
    /// All is signed.
    Issued(Pki),
}

#[wasm_bindgen]
impl Vault {
    /// An empty vault for a description.
    #[wasm_bindgen(constructor)]
    pub fn new(description: &JsValue) -> Result<Self, JsValue> {
        Ok(Self {
            plan: plan_of(description)?,
            stage: Stage::Stocking(Keys::default()),
        })
    }

    /// Fits the keys to a changed description. What was signed, and the keys that signed it, are thrown away.
    pub fn replan(&mut self, description: &JsValue) -> Result<(), JsValue> {
        let plan = plan_of(description)?;
        if let Stage::Stocking(keys) = &mut self.stage {
            keys.fit(&self.plan, &plan);
        } else {
            self.stage = Stage::Stocking(Keys::default());
        }
        self.plan = plan;
        Ok(())
    }

    /// The certificates without a key, in issuance order.
    pub fn missing(&self) -> Vec<String> {
        let missing = |keys: &Keys| {
            keys.missing(&self.plan)
                .map(|planned| planned.id.clone())
                .collect()
        };
        match &self.stage {
            Stage::Stocking(keys) => missing(keys),
            Stage::Signing(issuance) => missing(issuance.keys()),
            Stage::Issued(_) => Vec::new(),
        }
    }

    /// Begins to sign: each certificate as soon as its key and its issuer's are there. `now` in milliseconds since 1970.
    pub fn begin(&mut self, now: f64) -> Result<(), JsValue> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "seconds; what does not fit is refused below"
        )]
        let now = Timestamp::from_unix((now / 1000.0).floor() as i64)
            .ok_or_else(|| to_js_error(Error::InvalidClock))?;
        if let Stage::Stocking(keys) = &mut self.stage {
            let keys = std::mem::take(keys);
            let mut issuance =
                Issuance::begin(self.plan.clone(), keys, now, &mut SysRng).map_err(to_js_error)?;
            issuance.sign().map_err(to_js_error)?;
            self.stage = Stage::Signing(issuance);
        }
        Ok(())
    }

    /// Takes the key of one certificate, PKCS#8 DER, and the request that it signed, DER.
    #[wasm_bindgen(js_name = addKey)]
    pub fn add_key(
        &mut self,
        id: &str,
        pkcs8: Vec<u8>,
        request: Option<Vec<u8>>,
    ) -> Result<(), JsValue> {
        let pkcs8 = Zeroizing::new(pkcs8);
        let key = PrivateKey::from_pkcs8_der(&pkcs8, id).map_err(to_js_error)?;
        match &mut self.stage {
            Stage::Stocking(keys) => keys
                .insert(&self.plan, id, key)
                .and_then(|()| request.map_or(Ok(()), |request| keys.insert_request(id, request))),
            Stage::Signing(issuance) => issuance
                .add(id, key, request)
                .and_then(|()| issuance.sign()),
            Stage::Issued(_) => Ok(()),
        }
        .map_err(to_js_error)
    }

    /// Ends the signing and says what was made, read back from the DER.
    pub fn issue(&mut self) -> Result<JsValue, JsValue> {
        let stage = std::mem::replace(&mut self.stage, Stage::Stocking(Keys::default()));
        let Stage::Signing(issuance) = stage else {
            return Err(to_js_error(Error::NotIssued));
        };
        let pki = issuance.finish().map_err(to_js_error)?;
        let issued: Result<Vec<_>, Error> = pki
            .iter()
            .map(|(planned, issued)| {
                Ok(IssuedCertificate {
                    id: planned.id.clone(),
                    pem: issued.certificate_pem.clone(),
                    decoded: DecodedCertificate::from_der(&issued.certificate)?,
                })
            })
            .collect();
        let issued = issued.map_err(to_js_error)?;
        self.stage = Stage::Issued(pki);
        to_js(&issued)
    }

    /// The zip.
    pub fn bundle(&self) -> Result<Uint8Array, JsValue> {
        let Stage::Issued(pki) = &self.stage else {
            return Err(to_js_error(Error::NotIssued));
        };
        let zip = Bundle::new(pki)
            .and_then(|bundle| bundle.zip())
            .map_err(to_js_error)?;
        Ok(Uint8Array::from(zip.as_slice()))
    }
}

#[derive(Serialize)]
struct IssuedCertificate {
    id: String,
    pem: String,
    #[serde(flatten)]
    decoded: DecodedCertificate,
}
