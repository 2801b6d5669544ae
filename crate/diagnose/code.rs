//! What can be wrong, as codes that the page translates.

use serde::Serialize;

/// What a finding is. Of equal severity, those that stand first here come first: what others follow from stands before what follows.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A version 3 authority without basicConstraints cannot sign: `certificate`.
    AuthorityWithoutBasicConstraints,
    /// A file holds another's certificate: `file`, `holds`, `path`.
    WrongCopy,
    /// An authority of the same name with another key is trusted: `authority`, `name`, `trusted`, `signer` (key
    /// identifiers, where there are any); `node`, where one node alone has another file than the rest.
    AuthorityRemade,
    /// Certificates are past their last day: `until`, the first one's.
    Expired,
    /// Certificates are before their first day: `from`, the last one's.
    NotYetValid,
    /// A private key does not belong to its certificate: `certificate`, `path`; `right`, the path of the one that does, or empty.
    KeyMismatch,
    /// The first address of the service network is not in kube-apiserver's certificate: `host`, `names`.
    ServiceAddressMissing,
    /// A server's certificate has a CN and no alternative names: `certificate`, `host`.
    OnlyCommonName,
    /// An address stands in the certificate as a DNS name: `certificate`, `host`.
    AddressAsName,
    /// A kubeconfig calls a server by a name or an address that its certificate does not have, and others call it rightly: `path`, `server`, `host`,
    /// `usual`.
    WrongServer,
    /// Every kubeconfig calls an address that the server's certificate does not have: the address has changed: `host`, `names`.
    AddressChanged,
    /// A name that somebody dials is not in the server's certificate: `certificate`, `host`, `names`; `always`: `true` if it is the usual one.
    NameMissing,
    /// The address that a member of etcd calls from is not in its certificate: `certificate`, `address`, `names`.
    EtcdPeerAddress,
    /// An authority in a kubeconfig is not the one that signed the server's certificate: `path`, `authority`.
    KubeconfigAuthority,
    /// The key that signs tokens is not the one that verifies them: `certificate`; `node`, the odd one, or empty.
    TokenKeyDiffers,
    /// A certificate may not be used so: `certificate`, `wanted`, `found`.
    UsageMissing,
    /// A kubelet's certificate comes from an authority that kube-apiserver does not know: `certificate`, `issuer`.
    KubeletUnknownAuthority,
    /// Something is signed with SHA-1: `certificate`.
    WeakSignature,
    /// A certificate comes from an authority that the other end does not know: `certificate`, `issuer`, `trusted`.
    UnknownAuthority,
    /// A certificate cannot be read as Go reads it: `certificate`.
    Unreadable,
    /// A kubelet calls under a name that is not its node's: `node`, `user`.
    NodeNameMismatch,
    /// kube-apiserver calls the kubelets as somebody who has no right there: `user`, `bound`.
    KubeletClientNotAuthorised,
    /// A caller is authenticated, and has no rights: `user`, `groups`, `expected`.
    CallerUnknown,
    /// Anything else that is refused: `text`.
    Refused,
    /// Certificates will expire within 30 or 90 days: `within`, `until`, the first one's.
    ExpiresSoon,
    /// kube-apiserver's flag that gives its services this address may be missing: `host`.
    ServiceRangeUnset,
    /// Two certificates of one issuer have one serial number: `issuer`, `serial`.
    DuplicateSerial,
    /// The front proxy and the clients have one authority: `authority`.
    FrontProxyAuthorityShared,
    /// A kubeconfig does not check whom it calls: `path`.
    KubeconfigInsecure,
    /// A kubelet's certificate is one that it made itself, and nobody checks it: `certificate`.
    KubeletSelfSigned,
    /// An authority's private key lies where nobody needs it: `path`, `node`.
    AuthorityKeyExposed,
    /// Everybody on the machine may read a private key: `path`, `mode`.
    WorldReadable,
    /// A name in a subject has a slip in it that does no harm yet: `certificate`, `attribute`, `found`, `meant`.
    NearMiss,
    /// There is no front proxy: extension API servers, such as that of metrics-server, are not called.
    FrontProxyMissing,
    /// A kubeconfig holds another certificate than the file of that name: `path`, `certificate`.
    KubeconfigCertificateDiffers,
    /// Files have no place in the cluster: `count`.
    UnusedFiles,
    /// Connections cannot be judged without a file: `file`.
    NotGiven,
}
