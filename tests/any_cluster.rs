//! What holds of any cluster at all: descriptions that chance makes, every one of which parses.
//!
//! The seed is fixed, so that a run is the same everywhere; `CASES=5000 SEED=8 cargo test --release --test any_cluster` takes others.

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;
mod common;

use std::collections::BTreeMap;
use std::io::Cursor;

use bodies::{NOW, holds, pool};
use common::rows::audited;
use hardway::import::Inventory;
use hardway::recognise::{Corrections, Recognition};
use hardway::verify::{State, Verifier};
use hardway::{
    Attribute, Bundle, CertificateDescription, CertificateKind, Cluster, Description, KeyAlgorithm,
    NodeDescription, PRESETS, Plan, Role,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

#[test]
fn every_connection_of_any_cluster_verifies() {
    let cases = check(120, |description| holds::issued(&description));
    audited(
        "inputs",
        "clusters of chance: every connection verifies",
        &format!("{cases}, all hold"),
    );
}

#[test]
fn any_cluster_s_plan_dials_no_name_that_is_not_certified_and_places_no_file_twice() {
    check(1_000, |description| holds::plan(&plan_of(&description)));
}

#[test]
fn any_description_is_the_same_when_it_is_read_again_and_so_is_its_plan() {
    check(1_000, |description| {
        let json = serde_json::to_string(&description).unwrap();
        assert_eq!(json.parse().as_ref(), Ok(&description));
        let plan = plan_of(&description);
        let json = serde_json::to_string(&plan.cluster).unwrap();
        let again: Description = json.parse().unwrap();
        assert_eq!(again, plan.cluster);
        let again = plan_of(&again);
        assert_eq!(
            serde_json::to_value(&again).unwrap(),
            serde_json::to_value(&plan).unwrap()
        );
        assert_eq!(hardway::reissue(&plan, &again).len(), 0);
    });
}

#[test]
fn the_bundle_of_any_cluster_is_recognised_and_holds_when_it_is_dropped_onto_the_page() {
    check(60, |description| {
        // Whose users and groups are others is somebody else to the recognition: `tests/recognise_bundles.rs`.
        let usual = Description {
            certificates: None,
            ..description
        };
        // Each with keys of its own, by which files are told apart.
        let plan = plan_of(&pool::quick(&usual));
        let pki = common::pki_of_any(plan, NOW);
        let mut zip = Cursor::new(Vec::new());
        Bundle::new(&pki).write(&mut zip).unwrap();
        let mut inventory = Inventory::default();
        inventory.add("bundle.zip", zip.get_ref(), None);
        let name = format!("{}/", pki.plan().name());
        let files = inventory.files().iter().skip(1);
        assert!(
            files
                .map(|file| &file.path)
                .all(|path| format!("{path}/").starts_with(&name))
        );
        let recognition = Recognition::of(&inventory, &Corrections::default());
        let evidence = recognition.evidence(&inventory);
        let verdicts: Vec<_> = Verifier::new(recognition.plan(), &evidence, NOW)
            .verdicts()
            .collect();
        assert!(!verdicts.is_empty());
        for verdict in verdicts {
            assert_eq!(verdict.state, State::Verified, "{verdict:?}");
        }
    });
}

#[test]
fn a_property_that_does_not_hold_is_found_and_made_small() {
    let found = search(500, |description| {
        assert!(description.nodes.unwrap().len() < 4);
    });
    let Err(TestError::Fail(_, smallest)) = found.map_err(|error| *error) else {
        panic!("nothing was found");
    };
    assert_eq!(smallest.nodes.unwrap().len(), 4);
}

/// Says the seed, and by which description something does not hold; how many it took.
fn check(cases: u32, holds: impl Fn(Description)) -> u32 {
    let cases = number_in("CASES", cases);
    if let Err(error) = search(cases, holds) {
        panic!("SEED={}: {error}", number_in("SEED", SEED));
    }
    cases
}

const SEED: u32 = 8;

fn search(cases: u32, holds: impl Fn(Description)) -> Result<(), Box<TestError<Description>>> {
    let seed = number_in("SEED", SEED);
    println!("SEED={seed} CASES={cases}");
    let mut octets = [0; 32];
    octets[..4].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &octets);
    let mut runner = TestRunner::new_with_rng(config, rng);
    runner
        .run(&descriptions(), |description| {
            holds(description);
            Ok(())
        })
        .map_err(Box::new)
}

fn number_in(variable: &str, usual: u32) -> u32 {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

fn plan_of(description: &Description) -> Plan {
    Plan::new(&Cluster::parse(description).unwrap())
}

/// Any that parses: what is drawn is nearly always a cluster, and what is not is drawn again.
fn descriptions() -> impl Strategy<Value = Description> {
    let changes = vec((any::<Index>(), change()), 0..4);
    (whole(), changes)
        .prop_filter_map("no cluster", |(description, changes)| {
            let plan = Plan::new(&Cluster::parse(&description).ok()?);
            Some((description, plan, changes))
        })
        .prop_map(|(mut description, plan, changes)| {
            let mut chosen = BTreeMap::new();
            for (index, change) in changes {
                let planned = index.get(&plan.certificates);
                chosen.insert(planned.id.clone(), fitting(planned.kind, change));
            }
            description.certificates = Some(chosen).filter(|chosen| !chosen.is_empty());
            description
        })
        .prop_filter("no cluster", |description| {
            Cluster::parse(description).is_ok()
        })
}

/// What a certificate of the kind may have changed.
fn fitting(kind: CertificateKind, mut change: CertificateDescription) -> CertificateDescription {
    if !matches!(
        kind,
        CertificateKind::Server | CertificateKind::ServerClient
    ) {
        change.names.clear();
    }
    if kind == CertificateKind::KeyPair {
        (
            change.common_name,
            change.organization,
            change.validity_days,
        ) = (None, None, None);
    }
    change
}

fn whole() -> impl Strategy<Value = Description> {
    let presets: Vec<_> = PRESETS.iter().map(|preset| preset.id).collect();
    let first = (
        select(presets),
        option::of(label()),
        nodes(),
        option::of(cidr()),
        option::of(name()),
        option::of(endpoint()),
    );
    let version = option::of(select(vec!["1.28.0", "1.32.1", "1.34.8", "1.35.0"]));
    let until = || {
        option::of(select(vec![
            "",
            "2027-01-01",
            "2031-12-31",
            "2049-12-31",
            "2050-01-01",
        ]))
    };
    let second = (
        version,
        option::of(algorithm()),
        option::of(days()),
        until(),
        option::of(days()),
        until(),
    );
    let subject = option::of(btree_map(attribute(), text(), 0..4));
    (first, second, subject).prop_map(|(first, second, subject)| {
        let (preset, name, nodes, service_cidr, cluster_domain, control_plane_endpoint) = first;
        let (
            version,
            key_algorithm,
            validity_days,
            until,
            authority_validity_days,
            authority_until,
        ) = second;
        Description {
            preset: preset.to_owned(),
            name,
            nodes: Some(nodes),
            service_cidr,
            cluster_domain,
            control_plane_endpoint,
            kubernetes_version: version.map(str::to_owned),
            key_algorithm,
            validity_days,
            valid_until: until.map(str::to_owned),
            authority_validity_days,
            authority_valid_until: authority_until.map(str::to_owned),
            authority_subject: subject.map(countries),
            certificates: None,
        }
    })
}

/// A country is two capital letters.
fn countries(mut subject: BTreeMap<Attribute, String>) -> BTreeMap<Attribute, String> {
    if let Some(country) = subject.get_mut(&Attribute::Country) {
        "DE".clone_into(country);
    }
    subject
}

fn nodes() -> impl Strategy<Value = Vec<NodeDescription>> {
    let others = select(vec![
        Role::ControlPlane,
        Role::Worker,
        Role::Worker,
        Role::LoadBalancer,
        Role::Etcd,
    ]);
    let node = |role| (role, name(), vec(any::<bool>(), 1..3), vec(name(), 0..2));
    let first = node(Just(Role::ControlPlane).boxed());
    (first, vec(node(others.boxed()), 0..5)).prop_map(|(first, others)| {
        let all = std::iter::once(first).chain(others).enumerate();
        // No two have a name or an address in common.
        all.map(|(place, (role, name, families, names))| NodeDescription {
            name: format!("{name}{place}"),
            role,
            addresses: families
                .iter()
                .enumerate()
                .map(|(n, six)| {
                    if *six {
                        format!("fd01::{place}:{n}")
                    } else {
                        format!("10.{n}.7.{place}")
                    }
                })
                .collect(),
            names: names
                .iter()
                .enumerate()
                .map(|(n, name)| format!("x{n}-{place}-{name}"))
                .collect(),
        })
        .collect()
    })
}

fn change() -> impl Strategy<Value = CertificateDescription> {
    let names = vec(
        prop_oneof![
            name(),
            Just("10.9.9.9".to_owned()),
            Just("fd09::9".to_owned())
        ],
        0..3,
    );
    (
        option::of(text()),
        option::of(text()),
        names,
        option::of(algorithm()),
        option::of(days()),
    )
        .prop_map(
            |(common_name, organization, mut names, key_algorithm, validity_days)| {
                names.sort();
                names.dedup();
                CertificateDescription {
                    common_name,
                    organization,
                    names,
                    key_algorithm,
                    validity_days,
                }
            },
        )
}

/// Text that may stand in a subject, and that something else might read otherwise.
fn text() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "$(id)",
        "`id`",
        "'; id #",
        "\"x\"",
        "a\\",
        "%s",
        "<b>",
        "]]>",
        "{{x}}",
        "=1+1",
        "-rf",
        "../..",
        "日本",
        "e\u{301}",
        "\u{202e}x",
        "a:b",
        "# x",
        "a, b",
        "null",
    ]);
    prop_oneof![
        "[A-Za-z0-9:.-]{1,20}",
        "[ -~]{1,18}".prop_map(|text| format!("a{text}b")),
        odd.prop_map(str::to_owned)
    ]
}

fn label() -> impl Strategy<Value = String> {
    "[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?"
}

/// One that does not end in a number of its own.
fn name() -> impl Strategy<Value = String> {
    "([a-z0-9]([a-z0-9-]{0,4}[a-z0-9])?\\.){0,2}[a-z]([a-z0-9-]{0,4}[a-z0-9])?"
}

fn cidr() -> impl Strategy<Value = String> {
    let four = (0..=255_u8, 16..=28_u8).prop_map(|(third, bits)| format!("172.{third}.0.0/{bits}"));
    let six = (108..=120_u8).prop_map(|bits| format!("fd99::/{bits}"));
    let both = (four.clone(), six.clone());
    prop_oneof![
        four,
        six,
        both.clone().prop_map(|(four, six)| format!("{four},{six}")),
        both.prop_map(|(four, six)| format!("{six},{four}"))
    ]
}

fn endpoint() -> impl Strategy<Value = String> {
    let fixed = select(vec![
        "",
        "10.0.0.250",
        "fd01::250",
        "[fd01::250]:443",
        "10.0.7.0:6443",
    ]);
    prop_oneof![
        fixed.prop_map(str::to_owned),
        name(),
        (name(), 1..=65_535_u16).prop_map(|(name, port)| format!("{name}:{port}"))
    ]
}

fn attribute() -> impl Strategy<Value = Attribute> {
    select(vec![
        Attribute::Country,
        Attribute::Locality,
        Attribute::Organization,
        Attribute::OrganizationalUnit,
        Attribute::StateOrProvince,
    ])
}

/// Those that sign in less than a millisecond.
fn algorithm() -> impl Strategy<Value = KeyAlgorithm> {
    prop_oneof![9 => Just(KeyAlgorithm::EcdsaP256), 1 => Just(KeyAlgorithm::EcdsaP384)]
}

fn days() -> impl Strategy<Value = i64> {
    prop_oneof![1..=30_i64, 30..=4_000_i64, Just(36_500)]
}
