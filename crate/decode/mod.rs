//! DER, read back into words: what the page shows was made, never what was planned.

mod certificate;
mod extensions;
mod request;
mod text;

pub use certificate::DecodedCertificate;
pub use extensions::{BasicConstraints, DecodedName, Usages};
pub use request::DecodedRequest;
