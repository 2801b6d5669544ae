//! Where we differ from Go, and why.

use hardway::verify::Outcome;

pub(crate) struct Known {
    pub(crate) what: &'static str,
    pub(crate) why: &'static str,
    /// Whether Go's text and ours differ so; `None` where no case is made of it.
    same: Option<fn(&str, &str) -> bool>,
}

/// The place in the list of what explains why both ends' texts are not the same.
pub(crate) fn known(theirs: &Outcome, ours: &Outcome) -> Option<usize> {
    KNOWN.iter().position(|known| {
        let same = |go: &str, ours: &str| known.same.is_some_and(|same| same(go, ours));
        // The other end's alert follows from the end that refuses.
        same(&theirs.client, &ours.client) || same(&theirs.server, &ours.server)
    })
}

pub(crate) const KNOWN: [Known; 5] = [
    Known {
        what: "ML-DSA keys",
        why: "no component of Kubernetes makes one; read as an unknown algorithm",
        same: None,
    },
    Known {
        what: "P-224 as an authority's key",
        why: "no released crate has it; said to be unimplemented",
        same: Some(|go, ours| go != ours && ours.contains("algorithm unimplemented")),
    },
    Known {
        what: "an RSA authority of more than 16,384 bits",
        why: "takes longer than a page may wait; said not to verify",
        same: None,
    },
    Known {
        what: "what is wrong within a URI's host or path, and how it is written",
        why: "only what Go says before it looks there; no component shows a URI",
        same: Some(|go, ours| {
            let within = [
                "invalid URL escape",
                "invalid character",
                "invalid port",
                "invalid userinfo",
                "missing ']' in host",
                "invalid IP-literal",
                "invalid host",
            ];
            let shown = [go, ours].iter().all(|text| text.contains(": URI"));
            go != ours && (shown || within.iter().any(|part| go.contains(part)))
        }),
    },
    Known {
        what: "public keys that Go distrusts by name",
        why: "eight of public authorities, none of a cluster's",
        same: None,
    },
];
