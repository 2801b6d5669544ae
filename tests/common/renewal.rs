//! What renewals of clusters that exist have to hold.

use hardway::renew::{Held, Order, Survey};
use hardway::verify::{End, Handshake, handshake as play};
use hardway::{Bundle, Pki, Plan, Timestamp};

use super::command::{Tool, run};
use super::{Unpacked, handshake, pki_of, seed_plan, timestamp};

pub(crate) const DAY: i64 = 86_400;

pub(crate) fn orders(before: &Plan, plan: &Plan, held: &Held, now: i64) -> Vec<Order> {
    let now: Timestamp = timestamp(now);
    Survey {
        before,
        plan,
        held,
        now,
        until: now,
    }
    .propose()
}

/// The files of the bundle's pki/.
pub(crate) fn pki_files(pki: &Pki) -> Vec<String> {
    let bundle = Bundle::new(pki);
    let files = bundle.files().map(|file| file.unwrap().path);
    let mut files: Vec<_> = files
        .filter_map(|path| path.strip_prefix("pki/").map(str::to_owned))
        .collect();
    files.sort();
    files
}

/// The bundle's own verify.sh has a good word for each of these, and for nothing else.
pub(crate) fn verify_sh(bundle: &Unpacked, ids: &[&str]) {
    let said = run(Tool::Dash.command().arg(bundle.root.join("verify.sh")));
    let said = said.succeeded();
    let good: Vec<_> = said
        .lines()
        .map(|line| {
            line.strip_prefix("ok      ")
                .unwrap_or_else(|| panic!("{said}"))
                .split(' ')
                .next()
                .unwrap()
        })
        .collect();
    assert_eq!(good, ids, "{said}");
}

pub(crate) fn accepts(leaf: &[u8], root: &[u8], now: i64) -> bool {
    let said = play(&Handshake {
        host: "192.168.5.30".into(),
        now,
        client: End {
            roots: Some(vec![root.to_vec()]),
            ..End::default()
        },
        server: End {
            chain: vec![leaf.to_vec()],
            ..End::default()
        },
        requires: false,
    });
    said == hardway::verify::Outcome::default()
}

/// Shown by a client to a server of its own authority.
pub(crate) fn accepts_client(leaf: &[u8], root: &[u8], now: i64) -> bool {
    let own = pki_of(seed_plan(), now, 1);
    let server = own.issued("kube-apiserver").unwrap().certificate.clone();
    let trusted = own.issued("ca").unwrap().certificate.clone();
    let said = play(&Handshake {
        host: "192.168.5.30".into(),
        now,
        client: End {
            chain: vec![leaf.to_vec()],
            roots: Some(vec![trusted]),
            key: None,
        },
        server: End {
            chain: vec![server],
            roots: Some(vec![root.to_vec()]),
            key: None,
        },
        requires: true,
    });
    said == hardway::verify::Outcome::default()
}

/// Go, for admin at a server of another authority.
pub(crate) fn go_accepts_client(bundle: &Unpacked, pki: &Pki, now: i64) {
    let own = Unpacked::native(&pki_of(seed_plan(), now, 1));
    let client = handshake::End::default()
        .show(bundle, "admin")
        .trust(&own, "ca");
    let server = handshake::End::default()
        .show(&own, "kube-apiserver")
        .trust(bundle, "ca");
    let one = handshake::Handshake {
        id: pki.plan().name().to_owned(),
        host: "192.168.5.30".into(),
        client,
        server,
    };
    let said = handshake::make(now, &[one]);
    assert_eq!(
        (
            said[0].client.as_str(),
            said[0].server.as_str(),
            said[0].user.as_str()
        ),
        ("", "", "admin")
    );
}

/// Every connection of which both ends have their files.
pub(crate) fn go_accepts_all(bundle: &Unpacked, pki: &Pki, now: i64) {
    let there = |id: &str| bundle.pki(&format!("{id}.key")).exists();
    let connections = pki.plan().connections.iter().filter(|one| {
        there(&one.server.certificate) && one.client.certificate.as_ref().is_none_or(|id| there(id))
    });
    let handshakes: Vec<_> = connections
        .flat_map(|one| handshake::of_connection(bundle, one))
        .collect();
    assert!(handshakes.len() > 20, "{}", handshakes.len());
    for said in handshake::make(now, &handshakes) {
        assert_eq!(
            (said.client.as_str(), said.server.as_str()),
            ("", ""),
            "{said:?}"
        );
    }
}

/// The tags of the values in a name.
pub(crate) fn string_types(name: &[u8]) -> Vec<u8> {
    use x509_parser::prelude::{FromDer, X509Name};
    let (_, name) = X509Name::from_der(name).unwrap();
    let tags = name
        .iter_attributes()
        .map(|one| one.attr_value().header.tag().0);
    tags.map(|tag| u8::try_from(tag).unwrap()).collect()
}
