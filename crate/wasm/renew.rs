//! What the vault worker calls about a cluster that exists: what is to be made again, requests, rotation, expiry, sealed files.

use std::collections::BTreeMap;
use std::sync::Arc;

use js_sys::{Function, Uint8Array};
use serde_json::json;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use super::vault::{Pieces, Stage, Vault};
use super::{from_js, moment, plan_of, to_js, to_js_error};
use crate::renew::{self, Held, KeyChoice, Renewal, Rotation, Survey};
use crate::seal::{self, Passphrase, Sealer};
use crate::{Bundle, Error, Keys, Plan, PrivateKey, Randomness, Requests};

/// A cluster as it was found.
pub(super) struct Existing {
    plan: Plan,
    held: Held,
}

#[wasm_bindgen]
impl Vault {
    /// A vault for a cluster that exists, as its description was recognised. Its files are put in with `holdCertificate` and `holdKey`.
    pub fn existing(description: &JsValue) -> Result<Self, JsValue> {
        Ok(Self::holding(plan_of(description)?, Held::default()))
    }

    /// A certificate that exists, DER.
    #[wasm_bindgen(js_name = holdCertificate)]
    pub fn hold_certificate(&mut self, id: &str, der: Vec<u8>) -> Result<(), JsValue> {
        self.held_mut()?.insert_certificate(id, der);
        Ok(())
    }

    /// A private key that exists, PKCS#8 DER; refused if it is of a kind that nothing is signed with here.
    #[wasm_bindgen(js_name = holdKey)]
    pub fn hold_key(&mut self, id: &str, pkcs8: Vec<u8>) -> Result<(), JsValue> {
        let pkcs8 = Zeroizing::new(pkcs8);
        let key = PrivateKey::from_pkcs8_der(&pkcs8, id).map_err(to_js_error)?;
        self.held_mut()?.insert_key(id, Arc::new(key));
        Ok(())
    }

    /// The smallest set to make again, so that the description holds and nothing ends before `until`. Both in milliseconds since 1970.
    pub fn proposal(
        &self,
        description: &JsValue,
        now: f64,
        until: f64,
    ) -> Result<JsValue, JsValue> {
        let existing = self.found()?;
        let plan = plan_of(description)?;
        let survey = Survey {
            before: &existing.plan,
            plan: &plan,
            held: &existing.held,
            now: moment(now)?,
            until: moment(until)?,
        };
        to_js(&survey.propose())
    }

    /// What would be made where these are chosen, `{id: 'keep' | 'new'}`, and what follows from it. Nothing changes.
    pub fn preview(
        &self,
        description: &JsValue,
        chosen: &JsValue,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        to_js(&told(&self.renewal(description, chosen, now)?))
    }

    /// The same, and from now on keys are taken for what is new among it: `missing`, `addKey`, `begin` and `issue` go on from here.
    pub fn renew(
        &mut self,
        description: &JsValue,
        chosen: &JsValue,
        now: f64,
    ) -> Result<JsValue, JsValue> {
        let renewal = self.renewal(description, chosen, now)?;
        let told = to_js(&told(&renewal));
        self.0 = Stage::Renewing(Box::new(renewal));
        told
    }

    /// The certificates that wait for a signature from elsewhere.
    pub fn waiting(&self) -> Result<Vec<String>, JsValue> {
        let issuance = self.signing()?;
        let waiting = issuance.waiting();
        let waiting = waiting.map(|waiting| waiting.map(|(planned, _)| planned.id.clone()));
        waiting.collect::<Result<_, _>>().map_err(to_js_error)
    }

    /// The zip with the requests that wait, in pieces: `sink(piece)`.
    pub fn requests(&self, sink: &Function, passphrase: Option<String>) -> Result<(), JsValue> {
        let sealer = passphrase.map(sealer).transpose()?;
        let requests = Requests::new(self.signing()?, sealer.as_ref()).map_err(to_js_error)?;
        requests.write(Pieces::to(sink)).map_err(to_js_error)
    }

    /// Certificates from elsewhere, PEM or DER. Says which were waited for. `now` in milliseconds since 1970.
    #[wasm_bindgen(js_name = takeBack)]
    pub fn take_back(&mut self, bytes: Vec<u8>, now: f64) -> Result<Vec<String>, JsValue> {
        let now = moment(now)?;
        match &mut self.0 {
            Stage::Signing(issuance) => issuance.take_back_file(&bytes, now).map_err(to_js_error),
            _ => Err(to_js_error(Error::NotIssued)),
        }
    }

    /// What ends when, the first first.
    pub fn expiries(&self, now: f64) -> Result<JsValue, JsValue> {
        let now = moment(now)?;
        match &self.0 {
            Stage::Issued(pki, _) => to_js(&renew::expiries(&Held::of(pki), now)),
            _ => to_js(&renew::expiries(&self.found()?.held, now)),
        }
    }

    /// The same as a calendar, RFC 5545.
    pub fn calendar(&self, now: f64) -> Result<String, JsValue> {
        let now = moment(now)?;
        Ok(match &self.0 {
            Stage::Issued(pki, _) => renew::calendar(pki.plan().name(), &Held::of(pki), now),
            _ => {
                let existing = self.found()?;
                renew::calendar(existing.plan.name(), &existing.held, now)
            }
        })
    }

    /// A client's key with its certificate and its authority's, PKCS#12 DER.
    pub fn pkcs12(&self, id: &str, passphrase: String) -> Result<Uint8Array, JsValue> {
        let passphrase = Passphrase::new(Zeroizing::new(passphrase)).map_err(to_js_error)?;
        let held = match &self.0 {
            Stage::Issued(pki, _) => {
                let file = seal::pkcs12_of(pki, id, &passphrase, &mut Randomness::default());
                return file
                    .map(|der| Uint8Array::from(der.as_slice()))
                    .map_err(to_js_error);
            }
            _ => &self.found()?.held,
        };
        let missing = || to_js_error(Error::KeyMissing { id: id.to_owned() });
        let key = held.key(id).ok_or_else(missing)?;
        let certificate = held.certificate(id).ok_or_else(missing)?;
        let planned = self.found()?.plan.certificate(id);
        let authority = planned.and_then(|planned| held.certificate(&planned.issuer));
        let authorities: Vec<_> = authority.into_iter().collect();
        let file = seal::pkcs12(
            id,
            key,
            certificate,
            &authorities,
            &passphrase,
            &mut Randomness::default(),
        );
        file.map(|der| Uint8Array::from(der.as_slice()))
            .map_err(to_js_error)
    }

    /// The steps from the old authority to the new one; none if no authority has a new key.
    pub fn rotation(&self) -> Result<JsValue, JsValue> {
        let rotation = self.rotated()?;
        let steps = rotation.iter().flat_map(Rotation::steps);
        let steps = steps.map(|step| {
            json!({
                "kind": step.kind,
                "words": step.kind.words(),
                "files": step.pki.renewal().unwrap_or_default(),
            })
        });
        to_js(&steps.collect::<Vec<_>>())
    }

    /// The zip of one step, counted from 0, in pieces: `sink(piece)`.
    #[wasm_bindgen(js_name = rotationBundle)]
    pub fn rotation_bundle(&self, step: usize, sink: &Function) -> Result<(), JsValue> {
        let rotation = self.rotated()?;
        let step = rotation.as_ref().and_then(|one| one.steps().get(step));
        let step = step.ok_or_else(|| to_js_error(Error::NotIssued))?;
        let bundle = Bundle::new(&step.pki);
        bundle.write(Pieces::to(sink)).map_err(to_js_error)
    }
}

impl Vault {
    /// For a cluster that exists, and its files.
    pub(super) fn holding(plan: Plan, held: Held) -> Self {
        let stage = Stage::Stocking(plan.clone(), Keys::default());
        Self(stage, Some(Existing { plan, held }))
    }

    fn found(&self) -> Result<&Existing, JsValue> {
        let existing = self.1.as_ref();
        existing.ok_or_else(|| to_js_error(Error::NotIssued))
    }

    fn held_mut(&mut self) -> Result<&mut Held, JsValue> {
        let existing = self.1.as_mut().map(|existing| &mut existing.held);
        existing.ok_or_else(|| to_js_error(Error::NotIssued))
    }

    fn renewal(
        &self,
        description: &JsValue,
        chosen: &JsValue,
        now: f64,
    ) -> Result<Renewal, JsValue> {
        let existing = self.found()?;
        let chosen: BTreeMap<String, KeyChoice> = from_js(chosen)?;
        let plan = plan_of(description)?;
        let held = existing.held.clone();
        Renewal::new(&existing.plan, plan, held, &chosen, moment(now)?).map_err(to_js_error)
    }

    fn signing(&self) -> Result<&crate::Issuance, JsValue> {
        match &self.0 {
            Stage::Signing(issuance) => Ok(issuance),
            _ => Err(to_js_error(Error::NotIssued)),
        }
    }

    fn rotated(&self) -> Result<Option<Rotation>, JsValue> {
        match &self.0 {
            Stage::Issued(pki, _) => Rotation::of(pki).map_err(to_js_error),
            _ => Err(to_js_error(Error::NotIssued)),
        }
    }
}

/// What a bundle's private keys are sealed with.
pub(super) fn sealer(passphrase: String) -> Result<Sealer, JsValue> {
    let passphrase = Passphrase::new(Zeroizing::new(passphrase));
    passphrase
        .and_then(|passphrase| Sealer::new(&passphrase, &mut Randomness::default()))
        .map_err(to_js_error)
}

fn told(renewal: &Renewal) -> serde_json::Value {
    json!({"orders": renewal.orders(), "cautions": renewal.cautions()})
}
