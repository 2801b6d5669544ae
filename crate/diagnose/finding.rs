//! One finding: what is wrong, what comes of it, and how to mend it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Code;
use crate::by_hand::Place;

/// Something that should be known about a cluster.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    pub code: Code,
    /// What the page puts into its sentence; texts that need no translation.
    pub parameters: BTreeMap<&'static str, String>,
    /// Ids of the connections that do not hold, or will not, or cannot be judged.
    pub connections: Vec<String>,
    /// Ids of the certificates that it is about.
    pub certificates: Vec<String>,
    /// The files that it is about: places in [`Inventory::items`](crate::import::Inventory::items).
    pub items: Vec<usize>,
    /// Which component says what of it; `None` where none does.
    pub said: Option<Said>,
    /// What the author may have meant.
    pub near: Option<Near>,
    /// What to do, the first step first.
    pub mend: Vec<Mend>,
    /// What shows it on the machine itself.
    pub commands: Vec<Shown>,
}

/// How bad a finding is; the worst first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something does not work now.
    Breaks,
    /// It will not work soon, or it does not on some way.
    WillBreak,
    /// It works, and so it would for somebody who should not be let in.
    Unsafe,
    /// It works.
    Untidy,
}

/// A component's own words.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Said {
    /// Id of the component that prints it: `kube-scheduler@master-1`.
    pub component: String,
    /// Its error.
    pub text: String,
    /// The whole line.
    pub log: String,
    /// What the other end of the connection sees; empty for nothing.
    pub other: String,
}

/// What looks like what, and why it is not.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Near {
    /// What stands there.
    pub found: String,
    /// What was meant.
    pub meant: String,
    /// In what they differ.
    pub slip: Slip,
}

/// A usual slip.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slip {
    /// An address stands where a DNS name belongs.
    AddressAsName,
    /// Upper and lower case.
    Case,
    /// A digit that looks like a letter: 0 for O, 1 for l.
    Digit,
    /// `system:system:`
    Doubled,
    /// A comma or a slash, and the rest of the subject behind it, inside one value.
    Joined,
    /// Nothing stands there.
    Nothing,
    /// One or two letters are others.
    Spelling,
    /// CN and O have changed places.
    Swapped,
    /// A dot, a comma or a space at an end.
    Trailing,
}

/// A step that mends something.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(
    tag = "step",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Mend {
    /// A file gets other permissions.
    Chmod {
        /// Its path.
        path: String,
        /// Octal: `600`.
        mode: &'static str,
    },
    /// A file is copied to where another one is now.
    Copy {
        /// Its path among the files that were given.
        from: String,
        /// The node; `None`: wherever it is used.
        node: Option<String>,
        /// Its path there.
        to: String,
    },
    /// Certificates are made again, authorities first.
    MakeAgain {
        /// Their ids.
        certificates: Vec<String>,
    },
    /// A file is taken away.
    Remove {
        /// Its path.
        path: String,
    },
    /// The computer's clock is set.
    SetClock,
    /// A kubeconfig's server is set.
    SetServer {
        /// The kubeconfig's path.
        path: String,
        /// `https://192.168.5.30:6443`
        server: String,
    },
}

/// A command that shows a fault.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Shown {
    /// Where it runs.
    pub place: Place,
    /// For any POSIX shell.
    pub command: String,
}
