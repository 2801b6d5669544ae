//! A cluster that exists, made good again: which certificates are made anew and why, signed by the authority that it has.
//!
//! ```text
//! Held + Plan ─ Survey ─> Orders ─ choose ─> Renewal ─ begin ─> Issuance ─> Pki ─> Bundle of what is new
//! ```
//!
//! Authorities keep their certificates as they are: what they sign names them byte for byte as these do. An authority's own certificate
//! can be made again for the same key, and all that it signed stays good. Where an authority's key was not given, an [`Issuance`] has
//! requests for whoever has it, and [takes back](crate::Issuance::take_back) what they signed. [`Rotation`] leads from one authority to
//! another, step by step. [`expiries`] says what ends when.
//!
//! [`Issuance`]: crate::Issuance

mod authority;
mod carry;
mod caution;
mod expiry;
mod held;
mod order;
mod reason;
mod refused;
mod renewal;
mod rotation;

pub use self::caution::Caution;
pub use self::expiry::{Expiry, calendar, expiries};
pub use self::held::{Held, HeldFile};
pub use self::order::{KeyChoice, Order, Survey};
pub use self::refused::Refused;
pub use self::renewal::Renewal;
pub use self::rotation::{Refusal, Rotation, Step, StepKind};
