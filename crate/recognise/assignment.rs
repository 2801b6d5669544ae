//! Which file is which, and why.

use serde::Serialize;

/// One thing of an inventory, and the place in the plan that it was taken for.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// A place in [`Inventory::items`](crate::import::Inventory::items).
    pub item: usize,
    /// What of the plan's entry it is.
    pub part: Part,
    /// Id of the certificate in the plan; of a kubeconfig, its file name there.
    pub id: String,
    /// The node that has it, where it lies in the folder of one.
    pub node: Option<String>,
    /// Whether it is what the plan's entry is verified by. Others are copies, or what one node has in its place.
    pub main: bool,
    /// Never empty; the strongest reason first.
    pub why: Vec<Why>,
}

/// What a thing is of an entry of the plan.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The certificate.
    Certificate,
    /// One that stands behind the certificate in its file.
    Chain,
    /// The private key.
    Key,
    /// The kubeconfig.
    Kubeconfig,
    /// The bare public key.
    PublicKey,
    /// The request that the certificate answers.
    Request,
}

/// A reason for an assignment.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Why {
    /// It stands behind that certificate in one file.
    Behind {
        /// Id of the certificate.
        certificate: String,
    },
    /// The user said so.
    Corrected,
    /// It is the file of that kubeconfig's user.
    InKubeconfig {
        /// The kubeconfig's path.
        path: String,
    },
    /// Its public key is that of the certificate.
    KeyFits {
        /// Id of the certificate.
        certificate: String,
    },
    /// It lies where the certificate's key lies.
    KeyBeside {
        /// Id of the certificate.
        certificate: String,
    },
    /// The file is called so.
    Named {
        /// Its path.
        path: String,
    },
    /// Its alternative names are those of such a server.
    Names {
        /// The name that tells it: `kubernetes.default.svc`.
        name: String,
    },
    /// It has signed certificates of this kind.
    Signs {
        /// Id of one of them.
        certificate: String,
    },
    /// Its subject, or a kubeconfig's user, says so.
    Subject {
        /// `CN=system:kube-scheduler`
        subject: String,
    },
    /// The same certificate serves here as well.
    Shared {
        /// Id of the certificate.
        certificate: String,
    },
}

/// Something about the cluster that no file says for certain.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Guess {
    /// An address has no name of a node: the name is a guess.
    AddressWithoutNode {
        /// The name that was given to it.
        node: String,
        /// The address.
        address: String,
    },
    /// Names and addresses of several nodes were paired in their order.
    AddressByOrder {
        /// The node.
        node: String,
        /// The address.
        address: String,
    },
    /// No file says the node's address: one was made up, and nothing is judged by it.
    AddressUnknown {
        /// The node.
        node: String,
        /// The address that stands there.
        address: String,
    },
    /// The address is taken for a load balancer's.
    LoadBalancer {
        /// The name that was given to it.
        node: String,
        /// The address.
        address: String,
        /// Whether a kubeconfig calls it; else it is in kube-apiserver's certificate and in no other.
        called: bool,
    },
    /// The guide that fits best.
    Preset {
        /// Its id.
        preset: String,
        /// How many certificates are called and made as it has them.
        fitting: usize,
        /// Of how many.
        of: usize,
        /// The next best; empty for none.
        next: String,
    },
    /// What runs on the node.
    Role {
        /// The node.
        node: String,
        /// The role.
        role: crate::Role,
    },
    /// The service network, by its first address.
    ServiceCidr {
        /// The network.
        cidr: String,
        /// The address in kube-apiserver's certificate; empty if there is none, so that this is the preset's.
        address: String,
    },
    /// No file is of a worker: one is drawn, so that the figure is whole.
    WorkerAssumed {
        /// Its name.
        node: String,
    },
}

/// A thing that has no place in the plan.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Unused {
    /// A place in [`Inventory::items`](crate::import::Inventory::items).
    pub item: usize,
    /// Why.
    #[serde(flatten)]
    pub why: Useless,
}

/// Why something has no place.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Useless {
    /// Another file was taken for it.
    AnotherTaken {
        /// The id in the plan.
        id: String,
        /// The item that was taken.
        taken: usize,
    },
    /// The user said so.
    Corrected,
    /// A description of a cluster; of several, another one was taken.
    Description,
    /// No certificate has this key.
    KeyAlone,
    /// The guide has no such certificate.
    NoPlace {
        /// What it would be: `front-proxy-client`.
        duty: &'static str,
    },
    /// Neither its content nor its name says what it is for.
    Unknown,
}

/// The same certificate, key or kubeconfig in several places.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Duplicate {
    /// Places in [`Inventory::items`](crate::import::Inventory::items), at least two.
    pub items: Vec<usize>,
}
