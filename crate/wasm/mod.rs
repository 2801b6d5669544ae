//! The boundary to the page: it converts and calls, nothing else. Typed in `www/wasm.d.ts`.

#![expect(
    unreachable_pub,
    reason = "what the page calls is exported by wasm-bindgen, not by Rust"
)]

use js_sys::JSON;
use serde::Serialize;
use serde_json::json;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

mod import;
mod kernel;
mod keys;
mod memory;
mod renew;
mod vault;
mod verdicts;

use crate::anatomy::Anatomy;
use crate::by_hand::{Call, Recipe};
use crate::{
    Cluster, DecodedCertificate, DecodedRequest, Description, Error, Outline, PRESETS, Plan,
    PlannedCertificate, Role, Timestamp,
};

/// Every preset with its own description.
#[wasm_bindgen]
pub fn presets() -> Result<JsValue, JsValue> {
    let presets = PRESETS.iter().map(|preset| {
        json!({
            "id": preset.id,
            "title": preset.title,
            "source": preset.source,
            "differences": preset.differences,
            "description": preset.description(),
        })
    });
    to_js(&presets.collect::<Vec<_>>())
}

/// The plan of a description; of many workers only some, and the one in `focus` among them. `now` in milliseconds since 1970:
/// what could not be signed then is refused.
#[wasm_bindgen]
pub fn outline(description: &JsValue, now: f64, focus: Option<String>) -> Result<JsValue, JsValue> {
    let outline = Outline::new(cluster_of(description)?, focus.as_deref());
    outline
        .plan
        .check_dates(moment(now)?)
        .map_err(to_js_error)?;
    to_js(&outline)
}

/// A certificate, PEM, read back: what was made, and not what was planned.
#[wasm_bindgen]
pub fn decode(pem: &str) -> Result<JsValue, JsValue> {
    to_js(&DecodedCertificate::from_pem(pem).map_err(to_js_error)?)
}

/// A certification request, PEM, read back.
#[wasm_bindgen(js_name = decodeRequest)]
pub fn decode_request(pem: &str) -> Result<JsValue, JsValue> {
    to_js(&DecodedRequest::from_pem(pem).map_err(to_js_error)?)
}

/// A certificate's or a request's DER, byte by byte; any bytes will do.
#[wasm_bindgen]
pub fn anatomy(der: &[u8], request: bool) -> Result<JsValue, JsValue> {
    to_js(&match request {
        false => Anatomy::of_certificate(der),
        true => Anatomy::of_request(der),
    })
}

/// How to make one of the plan's certificates by hand; `signer` is its authority.
#[wasm_bindgen]
pub fn recipe(planned: &JsValue, signer: &JsValue) -> Result<JsValue, JsValue> {
    let (planned, signer): (PlannedCertificate, _) = (from_js(planned)?, from_js(signer)?);
    to_js(&Recipe::of(&planned, &signer))
}

/// How to try one of the plan's connections by hand; `focus` as for the outline, null: there is no such connection.
#[wasm_bindgen]
pub fn call(
    description: &JsValue,
    connection: &str,
    focus: Option<String>,
) -> Result<JsValue, JsValue> {
    let plan = Outline::new(cluster_of(description)?, focus.as_deref()).plan;
    let mut connections = plan.connections.iter();
    let found = connections.find(|one| one.id == connection);
    to_js(&found.map(|found| Call::of(&plan, found)))
}

/// What has to be made again when `old` was issued and `new` now holds.
#[wasm_bindgen]
pub fn reissue(old: &JsValue, new: &JsValue) -> Result<JsValue, JsValue> {
    to_js(&crate::reissue(&plan_of(old)?, &plan_of(new)?))
}

/// `worker-[1-1000]`, counted up with the addresses from the first one.
#[wasm_bindgen(js_name = nodesOfRange)]
pub fn nodes_of_range(
    pattern: &str,
    first_address: &str,
    role: &JsValue,
) -> Result<JsValue, JsValue> {
    let role: Role = from_js(role)?;
    to_js(&crate::nodes_of_range(pattern, first_address, role).map_err(to_js_error)?)
}

/// The lines of `/etc/hosts` or `machines.txt`.
#[wasm_bindgen(js_name = nodesOfList)]
pub fn nodes_of_list(text: &str) -> Result<JsValue, JsValue> {
    to_js(&crate::nodes_of_list(text).map_err(to_js_error)?)
}

fn plan_of(description: &JsValue) -> Result<Plan, JsValue> {
    cluster_of(description).map(|cluster| Plan::new(&cluster))
}

fn cluster_of(description: &JsValue) -> Result<Cluster, JsValue> {
    let json = String::from(JSON::stringify(description)?);
    let description: Description = json.parse().map_err(to_js_error)?;
    Cluster::parse(&description).map_err(to_js_error)
}

/// The page's clock: milliseconds since 1970.
fn moment(now: f64) -> Result<Timestamp, JsValue> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "seconds; what does not fit is refused below"
    )]
    let seconds = (now / 1000.0).floor() as i64;
    Timestamp::from_unix(seconds).ok_or_else(|| to_js_error(Error::InvalidClock))
}

/// Everything crosses as plain JSON values: the page sees the same shapes as the example `plan` prints.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let json = serde_json::to_string(value)
        .map_err(|error| to_js_error(crate::error::encoding("JSON")(&error)))?;
    JSON::parse(&json)
}

fn from_js<T: serde::de::DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    let json = String::from(JSON::stringify(value)?);
    serde_json::from_str(&json).map_err(|error| to_js_error(crate::error::encoding("JSON")(&error)))
}

/// `{code, message, hint, facts, field?, expected?, found?}`
#[expect(
    clippy::needless_pass_by_value,
    reason = "the end of an error's way; `map_err` hands it over"
)]
fn to_js_error(error: Error) -> JsValue {
    let mut value = json!({
        "code": error.code(),
        "message": error.to_string(),
        "hint": error.hint(),
    });
    let optional = [
        ("field", error.field().map(ToOwned::to_owned)),
        ("expected", error.expected()),
        ("found", error.found().map(ToOwned::to_owned)),
    ];
    for (name, text) in optional {
        if let Some(text) = text {
            value[name] = text.into();
        }
    }
    let facts = error.facts().into_iter();
    let facts = facts.map(|(name, text)| (name.to_owned(), text.into()));
    value["facts"] = serde_json::Map::from_iter(facts).into();
    to_js(&value).unwrap_or_else(|error| error)
}
