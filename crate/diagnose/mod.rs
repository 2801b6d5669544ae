//! Recognition -> Findings: what is wrong with a cluster, what comes of it, which component says what, and how to mend it.
//!
//! Findings are sorted: what breaks now, what will break soon, what is unsafe, what is untidy; within each, causes before what follows from
//! them. One cause is one finding, however many connections fall with it.
//!
//! What people trip over, and the code by which it is found here:
//!
//! | trouble | code |
//! |---|---|
//! | which certificate is needed where | [`NotGiven`](Code::NotGiven), [`UnusedFiles`](Code::UnusedFiles) |
//! | the service's first address is not in kube-apiserver's certificate | [`ServiceAddressMissing`](Code::ServiceAddressMissing), [`ServiceRangeUnset`](Code::ServiceRangeUnset) |
//! | another name is missing | [`NameMissing`](Code::NameMissing), [`AddressAsName`](Code::AddressAsName) |
//! | a slip in CN or O | [`CallerUnknown`](Code::CallerUnknown), [`NearMiss`](Code::NearMiss) |
//! | kube-apiserver's user has no right at the kubelets | [`KubeletClientNotAuthorised`](Code::KubeletClientNotAuthorised) |
//! | a kubelet's certificate of an unknown authority | [`KubeletUnknownAuthority`](Code::KubeletUnknownAuthority), [`KubeletSelfSigned`](Code::KubeletSelfSigned) |
//! | a node's name is not its CN | [`NodeNameMismatch`](Code::NodeNameMismatch) |
//! | an authority made anew, old certificates left | [`AuthorityRemade`](Code::AuthorityRemade) |
//! | the key of service accounts differs | [`TokenKeyDiffers`](Code::TokenKeyDiffers) |
//! | etcd needs both usages | [`UsageMissing`](Code::UsageMissing) |
//! | a peer of etcd calls from an address that it does not have | [`EtcdPeerAddress`](Code::EtcdPeerAddress) |
//! | expiry | [`Expired`](Code::Expired), [`ExpiresSoon`](Code::ExpiresSoon) |
//! | an address has changed | [`AddressChanged`](Code::AddressChanged) |
//! | a CN in place of alternative names | [`OnlyCommonName`](Code::OnlyCommonName) |
//! | clocks | [`NotYetValid`](Code::NotYetValid) |
//! | the key is another's | [`KeyMismatch`](Code::KeyMismatch) |
//! | wrong copy, path or server | [`WrongCopy`](Code::WrongCopy), [`WrongServer`](Code::WrongServer), [`KubeconfigAuthority`](Code::KubeconfigAuthority), [`KubeconfigCertificateDiffers`](Code::KubeconfigCertificateDiffers), [`KubeconfigInsecure`](Code::KubeconfigInsecure) |
//! | permissions of files | [`WorldReadable`](Code::WorldReadable), [`AuthorityKeyExposed`](Code::AuthorityKeyExposed) |
//! | an authority without basicConstraints | [`AuthorityWithoutBasicConstraints`](Code::AuthorityWithoutBasicConstraints) |
//! | one serial number twice | [`DuplicateSerial`](Code::DuplicateSerial) |
//! | the front proxy's authority is the clients', or there is none | [`FrontProxyAuthorityShared`](Code::FrontProxyAuthorityShared), [`FrontProxyMissing`](Code::FrontProxyMissing) |
//! | SHA-1 | [`WeakSignature`](Code::WeakSignature) |
//!
//! `board` gathers; `refused` says why a connection is refused, `rights` of what follows from being let in as somebody else, `lint` what the
//! files show by themselves; `command` has what shows it on the machine.

mod blame;
mod board;
mod code;
mod command;
mod finding;
mod lint;
mod refused;
mod rights;

use self::board::Board;
pub use self::code::Code;
pub use self::finding::{Finding, Mend, Near, Said, Severity, Shown, Slip};
use crate::import::Inventory;
use crate::recognise::Recognition;
use crate::recognise::scene::Scene;
use crate::verify::{State, Verifier};

/// Everything that should be known about a cluster, the worst first. `now` is in seconds since 1970.
pub fn diagnose(inventory: &Inventory, recognition: &Recognition, now: i64) -> Vec<Finding> {
    let scene = Scene::new(inventory, recognition.corrections());
    let evidence = recognition.evidence(inventory);
    let plan = recognition.plan();
    let mut board = Board::new(&scene, recognition, &evidence, now);
    let verifier = Verifier::new(plan, &evidence, now);
    for (connection, verdict) in plan.connections.iter().zip(verifier.summaries()) {
        match verdict.state {
            State::NotGiven => board.not_given(connection, &verdict),
            State::Refused => board.refused(connection, &verifier.verdict(connection)),
            State::Verified => board.rights(connection, &verdict),
        }
    }
    board.lint();
    board.sorted()
}
