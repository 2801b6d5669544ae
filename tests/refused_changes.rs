//! What a description cannot change: the whole error of each fault, and the nearest thing that is accepted.

mod common;

use common::refusal::{accepted, refused};
use serde_json::{Value, json};

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_cannot_be_changed_is_refused_with_its_field() {
    let top = |change: Value| {
        let mut description = json!({"preset": "kubeadm"});
        description
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        description
    };
    let of = |id: &str, change: Value| top(json!({"certificates": {id: change}}));
    let long = "a".repeat(65);
    refused(&[
        (
            of("worker-9", json!({})),
            "unknown-override",
            "certificates.worker-9",
            "a certificate of this cluster",
            "worker-9",
        ),
        (
            of("admin", json!({"names": ["a.example"]})),
            "no-names",
            "certificates.admin",
            "a certificate that a listener shows",
            "admin",
        ),
        (
            of("sa", json!({"commonName": "x"})),
            "no-subject",
            "certificates.sa",
            "a key pair that has a certificate",
            "sa",
        ),
        (
            of("admin", json!({"commonName": long})),
            "long-common-name",
            "certificates.admin.commonName",
            "a common name of at most 64 bytes (RFC 5280, ub-common-name), of which system:node: takes twelve",
            &long,
        ),
        (
            of("admin", json!({"organization": "a\nb"})),
            "invalid-subject",
            "certificates.admin.organization",
            "1 to 64 bytes without control characters and without spaces around them",
            "a\nb",
        ),
        (
            of("admin", json!({"validityDays": 0})),
            "invalid-validity",
            "certificates.admin.validityDays",
            "1 to 36500 days",
            "0",
        ),
        (
            of("control-plane-1/apiserver", json!({"names": ["*.example"]})),
            "wildcard-name",
            "certificates.control-plane-1/apiserver.names[0]",
            "one whole name",
            "*.example",
        ),
        (
            of(
                "control-plane-1/apiserver",
                json!({"names": ["a.b", "a.b"]}),
            ),
            "duplicate-name",
            "certificates.control-plane-1/apiserver.names[1]",
            "a name that no other node has",
            "a.b",
        ),
        (
            top(json!({"authoritySubject": {"C": "Japan"}})),
            "invalid-country",
            "authoritySubject.C",
            "two capital letters (ISO 3166)",
            "Japan",
        ),
        (
            top(json!({"authoritySubject": {"CN": "x"}})),
            "authority-common-name",
            "authoritySubject.CN",
            "another attribute: each authority's own CN has its place in certificates",
            "x",
        ),
        (
            top(json!({"kubernetesVersion": "latest"})),
            "invalid-version",
            "kubernetesVersion",
            "a version of Kubernetes, such as 1.34 or 1.34.8",
            "latest",
        ),
        (
            top(json!({"validUntil": "2027-02-30"})),
            "invalid-date",
            "validUntil",
            "a day such as 2031-12-31",
            "2027-02-30",
        ),
        (
            top(json!({"authorityValidUntil": "soon"})),
            "invalid-date",
            "authorityValidUntil",
            "a day such as 2031-12-31",
            "soon",
        ),
        (
            top(json!({"authorityValidityDays": 0})),
            "invalid-validity",
            "authorityValidityDays",
            "1 to 36500 days",
            "0",
        ),
        (
            top(json!({"controlPlaneEndpoint": "https://api"})),
            "invalid-endpoint",
            "controlPlaneEndpoint",
            "a DNS name or an address, with or without a port: api.example:6443",
            "https://api",
        ),
    ]);
    accepted(&[
        of(
            "control-plane-1/apiserver",
            json!({"names": ["a.example", "fd00::9"]}),
        ),
        of("sa", json!({"keyAlgorithm": "rsa-3072"})),
        of(
            "admin",
            json!({"commonName": &long[1..], "organization": "Ümläut $HOME #1"}),
        ),
        top(
            json!({"authoritySubject": {"C": "JP", "O": ""}, "controlPlaneEndpoint": "api.example:443"}),
        ),
    ]);
}
