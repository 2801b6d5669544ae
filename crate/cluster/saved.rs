//! cluster.json: a description as a file, beside the number of its form.

use serde::Serialize;
use serde_json::Value;

use super::Description;
use crate::Error;

/// Of the form. Whoever meets a higher number meets a file of a later page (`www/share.js`).
const FORM: u64 = 1;

#[derive(Serialize)]
struct Saved<'a> {
    hardway: u64,
    #[serde(flatten)]
    description: &'a Description,
}

impl Description {
    /// The text of cluster.json, as the page saves it.
    pub(crate) fn to_saved(&self) -> String {
        let saved = Saved {
            hardway: FORM,
            description: self,
        };
        // Plain fields and texts: nothing in it can fail.
        let json = serde_json::to_string_pretty(&saved).unwrap_or_default();
        format!("{json}\n")
    }

    /// Reads such a file, or a description alone.
    pub(crate) fn from_saved(text: &str) -> Result<Self, Error> {
        let mut value: Value = super::description::json(text)?;
        let form = value.as_object_mut().and_then(|all| all.remove("hardway"));
        match form {
            Some(form) if form.as_u64().is_none_or(|form| form > FORM) => {
                Err(Error::DescriptionShape {
                    field: "hardway".to_owned(),
                    expected: FORM.to_string(),
                    found: form.to_string(),
                })
            }
            _ => super::description::described(value),
        }
    }
}
