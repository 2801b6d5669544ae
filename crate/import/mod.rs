//! Files of an existing cluster -> what they hold: certificates, private and public keys, requests, kubeconfigs.
//!
//! An [`Inventory`] takes files one after the other, with their paths and, where they are known, their modes. It looks at the content
//! first: PEM (RFC 7468, with whatever text around it) or DER; PKCS#1, SEC 1 and PKCS#8 keys; what is sealed with a passphrase waits
//! for [`Inventory::unlock`]; archives are opened, never on the disk. Every file and every entry of an archive is listed with what it
//! was taken for, and with why it was not understood if it was not. Nothing that is read is ever run or followed: exec plugins, links and
//! paths are named only.
//!
//! It pairs nothing and judges nothing: [`Public::spki`] makes keys and certificates comparable.

mod archive;
mod der;
mod document;
mod file;
mod glance;
mod inventory;
mod item;
mod key;
mod known;
mod kubeconfig;
pub mod limits;
mod listing;
mod path;
mod pem;
mod problem;
mod public;
mod read;
pub(crate) mod sealed;
mod yaml;

pub use self::file::{Known, ListedFile, Taken, Trouble};
pub use self::glance::{Glance, glance};
pub use self::inventory::Inventory;
pub use self::item::{Content, FoundCertificate, FoundRequest, Item, Place, Public};
pub use self::key::{FoundKey, KeyForm};
pub use self::kubeconfig::{FoundKubeconfig, KubeCluster, KubeContext, KubeUser, Plugin, Source};
pub use self::listing::Listing;
pub use self::problem::Problem;
