//! What the vault says of the connections, and what a lesson breaks.

use serde::Serialize;
use serde_json::json;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::vault::{Stage, Vault};
use super::{moment, to_js, to_js_error};
use crate::lesson::{Broken, Lesson};
use crate::verify::{Evidence, Side, State, Verdict, Verifier};
use crate::{Connection, Error, Pki, Randomness, Timestamp};

/// The set that verdicts are about: the issued one, or what a lesson made of it.
pub(super) struct Court {
    evidence: Evidence,
    lesson: Option<Broken>,
}

impl Court {
    pub(super) fn new(pki: &Pki) -> Result<Self, Error> {
        Ok(Self {
            evidence: Evidence::of(pki)?,
            lesson: None,
        })
    }

    fn verifier<'a>(&'a self, pki: &'a Pki, now: Timestamp) -> Verifier<'a> {
        let (evidence, clock) = match &self.lesson {
            Some(broken) => (&broken.evidence, broken.clock),
            None => (&self.evidence, None),
        };
        Verifier::new(pki.plan(), evidence, clock.unwrap_or(now).unix())
    }
}

#[wasm_bindgen]
impl Vault {
    /// Every connection in a line, of the set in force. `now` in milliseconds since 1970.
    pub fn verdicts(&self, now: f64) -> Result<JsValue, JsValue> {
        let (pki, court) = self.court()?;
        let verifier = court.verifier(pki, moment(now)?);
        to_js(&overview(&verifier, &pki.plan().connections))
    }

    /// One connection with every check, of the set in force.
    pub fn verdict(&self, connection: &str, now: f64) -> Result<JsValue, JsValue> {
        let (pki, court) = self.court()?;
        let verifier = court.verifier(pki, moment(now)?);
        verdict(&verifier, &pki.plan().connections, connection)
    }

    /// The lessons that the cluster has a place for.
    pub fn lessons(&self) -> Result<Vec<String>, JsValue> {
        let (pki, _) = self.court()?;
        let lessons = Lesson::of(pki.plan());
        Ok(lessons.map(|lesson| lesson.id().to_owned()).collect())
    }

    /// Breaks one thing, or mends it all. What was issued stays as it is, and so does the bundle.
    pub fn lesson(&mut self, id: Option<String>, now: f64) -> Result<JsValue, JsValue> {
        let now = moment(now)?;
        let Stage::Issued(pki, court) = &mut self.0 else {
            return Err(to_js_error(Error::NotIssued));
        };
        court.lesson = match &id {
            None => None,
            Some(id) => Some(broken(id, pki, now).map_err(to_js_error)?),
        };
        let broken = court.lesson.as_ref();
        to_js(&json!({
            "id": id,
            "changed": broken.map(|broken| &broken.changed[..]).unwrap_or_default(),
            "now": broken.and_then(|broken| broken.clock).map(|clock| clock.unix() * 1000),
            "notes": broken.map(|broken| &broken.notes[..]).unwrap_or_default(),
        }))
    }
}

impl Vault {
    fn court(&self) -> Result<(&Pki, &Court), JsValue> {
        match &self.0 {
            Stage::Issued(pki, court) => Ok((pki, court)),
            _ => Err(to_js_error(Error::NotIssued)),
        }
    }
}

/// Every connection in a line.
pub(super) fn overview(verifier: &Verifier<'_>, connections: &[Connection]) -> serde_json::Value {
    let rows: Vec<_> = verifier
        .summaries()
        .zip(connections)
        .map(|(verdict, connection)| Row::new(verdict, connection))
        .collect();
    let count = |state| rows.iter().filter(|row| row.state == state).count();
    let (verified, not_given) = (count(State::Verified), count(State::NotGiven));
    json!({"total": rows.len(), "verified": verified, "notGiven": not_given, "rows": rows})
}

/// One connection with every check.
pub(super) fn verdict(
    verifier: &Verifier<'_>,
    connections: &[Connection],
    id: &str,
) -> Result<JsValue, JsValue> {
    let connection = connections.iter().find(|one| one.id == id);
    let connection = connection.ok_or_else(|| to_js_error(Error::NotIssued))?;
    to_js(&verifier.verdict(connection))
}

fn broken(id: &str, pki: &Pki, now: Timestamp) -> Result<Broken, Error> {
    let lesson = Lesson::ALL.into_iter().find(|lesson| lesson.id() == id);
    let lesson = lesson.ok_or_else(|| Error::LessonWithoutPlace {
        found: id.to_owned(),
    })?;
    lesson.breaks(pki, now, &mut Randomness::default())
}

/// One connection in a line.
#[derive(Serialize)]
struct Row<'a> {
    connection: String,
    kind: &'a str,
    caller: String,
    listener: String,
    state: State,
    missing: Vec<String>,
    host: String,
    side: Option<Side>,
    text: String,
    other: String,
    user: Option<String>,
    nobody: bool,
}

impl<'a> Row<'a> {
    fn new(verdict: Verdict, connection: &'a Connection) -> Self {
        Self {
            connection: verdict.connection,
            kind: connection.kind,
            caller: connection.caller.id(),
            listener: connection.listener.id(),
            state: verdict.state,
            missing: verdict.missing,
            host: verdict.host,
            side: verdict.side,
            text: verdict.text,
            other: verdict.other,
            nobody: verdict
                .identity
                .as_ref()
                .is_some_and(|identity| identity.nobody),
            user: verdict.identity.map(|identity| identity.user),
        }
    }
}
