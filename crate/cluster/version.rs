//! The version of Kubernetes that the cluster runs.

use std::fmt;

use crate::Error;

/// A version by its numbers: `1.34.8`. A version without a patch number is that minor version's first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Version {
    major: u16,
    minor: u16,
    patch: u16,
}

impl Version {
    /// Older than every other.
    pub(crate) const ANY: Self = Self::new(0, 0, 0);

    pub(crate) const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self {
            major,
            minor,
            patch,
        }
    }

    pub(crate) fn same_minor(self, other: Self) -> bool {
        (self.major, self.minor) == (other.major, other.minor)
    }

    /// `1.34`, `1.34.8` or `v1.34.8`.
    pub(super) fn parse(found: &str) -> Result<Self, Error> {
        let invalid = || Error::InvalidVersion {
            found: super::name::shown(found),
        };
        let number = |part: &str| match part.parse() {
            // `parse` also takes a sign.
            Ok(number) if part.bytes().all(|byte| byte.is_ascii_digit()) => Ok(number),
            _ => Err(invalid()),
        };
        let parts: Vec<_> = found
            .strip_prefix('v')
            .unwrap_or(found)
            .split('.')
            .collect();
        let version = match parts[..] {
            [major, minor] => Self::new(number(major)?, number(minor)?, 0),
            [major, minor, patch] => Self::new(number(major)?, number(minor)?, number(patch)?),
            _ => return Err(invalid()),
        };
        if version.major == 1 {
            Ok(version)
        } else {
            Err(invalid())
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        match self.patch {
            0 => Ok(()),
            patch => write!(f, ".{patch}"),
        }
    }
}
