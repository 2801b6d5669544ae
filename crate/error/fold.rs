//! Foreign errors, folded at the edge.

use std::fmt;

use super::Error;

/// Folds a foreign error of an encoder into [`Error::Encoding`].
pub(crate) fn encoding(what: &str) -> impl FnOnce(&dyn fmt::Display) -> Error {
    move |error| Error::Encoding {
        what: what.to_owned(),
        found: error.to_string(),
    }
}

impl From<crate::import::Problem> for Error {
    fn from(problem: crate::import::Problem) -> Self {
        Self::Import(problem)
    }
}

impl From<crate::renew::Refused> for Error {
    fn from(refused: crate::renew::Refused) -> Self {
        Self::Renew(refused)
    }
}
