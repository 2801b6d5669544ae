//! What was nearly typed: slips in the names that Kubernetes knows.

use super::duty::Duty;
use super::face::Face;
use crate::diagnose::{Near, Slip};

/// The users and groups that Kubernetes or a guide knows.
const KNOWN: [(&str, Duty); 9] = [
    ("system:kube-controller-manager", Duty::ControllerManager),
    ("system:kube-proxy", Duty::KubeProxy),
    ("system:kube-scheduler", Duty::Scheduler),
    ("kube-apiserver", Duty::Apiserver),
    (
        "kube-apiserver-kubelet-client",
        Duty::ApiserverKubeletClient,
    ),
    ("kube-apiserver-etcd-client", Duty::ApiserverEtcdClient),
    ("front-proxy-client", Duty::FrontProxyClient),
    ("etcd-server", Duty::EtcdServer),
    ("kubernetes-admin", Duty::Admin),
];

/// What a certificate was probably to be for, by a CN with a slip in it, or by an O in its place.
pub(super) fn duty(face: &Face) -> Option<Duty> {
    let name = &face.common_name;
    let mut known = KNOWN.iter();
    if let Some((_, duty)) = known.find(|(meant, _)| slip(name, meant).is_some()) {
        return Some(*duty);
    }
    if face
        .organizations
        .iter()
        .any(|o| o.starts_with("system:node:"))
        || node(name).is_some()
    {
        return Some(Duty::KubeletClient);
    }
    if name == "system:masters" || slip(name, "system:masters").is_some() {
        return Some(Duty::Admin);
    }
    let mut swapped = face.organizations.iter();
    swapped
        .find_map(|o| Duty::of_common_name(o))
        .filter(|duty| !duty.is_authority())
}

/// `system:node:NAME` with a slip in what stands before the name.
fn node(name: &str) -> Option<&str> {
    let (kind, node) = name.rsplit_once(':')?;
    slip(kind, "system:node").map(|_| node)
}

/// In what a text differs from what was meant; `None` if it is the same, or something else altogether.
pub(crate) fn slip(found: &str, meant: &str) -> Option<Slip> {
    if found == meant || meant.is_empty() {
        return None;
    }
    if found.is_empty() {
        return Some(Slip::Nothing);
    }
    if found.eq_ignore_ascii_case(meant) {
        return Some(Slip::Case);
    }
    let ends = |c: char| matches!(c, '.' | ',' | ';') || c.is_whitespace();
    if found.trim_matches(ends) == meant {
        return Some(Slip::Trailing);
    }
    if let Some(rest) = found.strip_prefix(meant)
        && rest.starts_with([',', '/'])
    {
        return Some(Slip::Joined);
    }
    if found.contains("system:system:") && found.replacen("system:system:", "system:", 1) == meant {
        return Some(Slip::Doubled);
    }
    if letters(found) == letters(meant) {
        return Some(Slip::Digit);
    }
    (distance(found, meant) <= allowed(meant)).then_some(Slip::Spelling)
}

/// The same with what stands there.
pub(crate) fn near(found: &str, meant: &str) -> Option<Near> {
    slip(found, meant).map(|slip| Near {
        found: found.to_owned(),
        meant: meant.to_owned(),
        slip,
    })
}

/// Digits as the letters that they look like.
fn letters(text: &str) -> String {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' => 'l',
        '5' => 's',
        other => other.to_ascii_lowercase(),
    };
    text.chars().map(letter).collect()
}

/// In a short word every other letter makes another word.
fn allowed(meant: &str) -> usize {
    match meant.len() {
        0..8 => 0,
        8..12 => 1,
        _ => 2,
    }
}

/// Optimal string alignment: letters that are put in, left out, changed, or swapped with the next.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<_>, Vec<_>) = (one.chars().collect(), other.chars().collect());
    // What is far longer is something else, and would take its time.
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for (row, cells) in rows.iter_mut().enumerate() {
        cells[0] = row;
    }
    for (column, cell) in rows[0].iter_mut().enumerate() {
        *cell = column;
    }
    for row in 1..=one.len() {
        for column in 1..=other.len() {
            let (a, b) = (one[row - 1], other[column - 1]);
            let changed = rows[row - 1][column - 1] + usize::from(a != b);
            let mut best = changed
                .min(rows[row - 1][column] + 1)
                .min(rows[row][column - 1] + 1);
            if row > 1 && column > 1 && a == other[column - 2] && one[row - 2] == b {
                best = best.min(rows[row - 2][column - 2] + 1);
            }
            rows[row][column] = best;
        }
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_slips_are_called_by_their_names_and_other_names_are_none() {
        let scheduler = "system:kube-scheduler";
        for (found, meant, expected) in [
            ("system:kube-scheduler", scheduler, None),
            ("system:kube-proxy", scheduler, None),
            ("kubernetes", scheduler, None),
            ("", scheduler, Some(Slip::Nothing)),
            ("System:kube-scheduler", scheduler, Some(Slip::Case)),
            ("system:kube-scheduler,", scheduler, Some(Slip::Trailing)),
            ("system:kube-scheduler ", scheduler, Some(Slip::Trailing)),
            ("system:kube-scheduler.", scheduler, Some(Slip::Trailing)),
            (
                "system:system:kube-scheduler",
                scheduler,
                Some(Slip::Doubled),
            ),
            ("system:kube-schedular", scheduler, Some(Slip::Spelling)),
            ("system:kube-shceduler", scheduler, Some(Slip::Spelling)),
            ("system:kube-scheduler,O=x", scheduler, Some(Slip::Joined)),
            ("system:n0des", "system:nodes", Some(Slip::Digit)),
            ("system:master", "system:masters", Some(Slip::Spelling)),
            ("admin/O=system:masters", "admin", Some(Slip::Joined)),
            ("admim", "admin", None),
        ] {
            assert_eq!(slip(found, meant), expected, "{found:?} for {meant:?}");
        }
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
