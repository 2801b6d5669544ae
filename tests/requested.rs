//! A request, decoded, asks for what its certificate says; OpenSSL's reading of the same requests is in `openssl.rs`.

mod common;

use common::{pki, plan_of, rng, timestamp};
use hardway::{DecodedCertificate, DecodedRequest, Keys, Pki};

#[test]
fn a_request_asks_for_what_the_certificate_says() {
    let ecdsa = plan_of(r#"{"preset": "kubeadm", "keyAlgorithm": "ecdsa-p384"}"#);
    let keys = Keys::generate(&ecdsa, &mut rng(5)).unwrap();
    let ecdsa = Pki::issue(ecdsa, keys, timestamp(common::NOW), &mut rng(6)).unwrap();
    for pki in [pki(), ecdsa] {
        for (planned, issued) in pki.iter() {
            let request = DecodedRequest::from_pem(&issued.request_pem).unwrap();
            let certificate = DecodedCertificate::from_der(&issued.certificate).unwrap();
            assert_eq!(request.subject, certificate.subject, "{}", planned.id);
            assert_eq!(request.names, certificate.names);
            assert_eq!(request.basic_constraints, certificate.basic_constraints);
            assert_eq!(request.key_usage, certificate.key_usage);
            assert_eq!(request.extended_key_usage, certificate.extended_key_usage);
            assert_eq!(request.key_algorithm, certificate.key_algorithm);
            assert!(
                request.subject_key_id.is_none()
                    || request.subject_key_id == certificate.subject_key_id
            );
        }
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let pki = pki();
    let issued = pki.issued("admin").unwrap();
    let error = DecodedRequest::from_pem(&issued.certificate_pem).unwrap_err();
    assert_eq!(error.code(), "encoding");
    assert!(DecodedRequest::from_der(&[]).is_err());
    assert!(DecodedCertificate::from_pem(&issued.request_pem).is_err());
}
