//! DER that is not said to be anything: what it is by its structure.

use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::inventory::{Inventory, Spot};
use super::sealed::Sealed;
use super::{Content, FoundCertificate, FoundRequest, KeyForm, Known, Problem, Public};
use crate::verify::der::{Der, tag};
use crate::{DecodedCertificate, DecodedRequest, verify};

/// Certificates without what they belong to.
pub(super) const PKCS7: Problem = Problem::ForeignFormat {
    found: "PKCS#7",
    command: "openssl pkcs7 -print_certs -in FILE -out FILE.pem",
};

/// Whether it begins with a SEQUENCE that is whole.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    Der(bytes).read(tag::SEQUENCE).is_some()
}

/// The first element, without what comes behind it.
pub(super) fn first(bytes: &[u8]) -> &[u8] {
    Der(bytes).element().map_or(bytes, |element| element.whole)
}

/// Reads what [`looks_like`] DER.
pub(super) fn read(inventory: &mut Inventory, spot: Spot, bytes: &[u8]) {
    match tags(bytes)[..] {
        [tag::SEQUENCE, tag::BIT_STRING, 0] => {
            inventory.find_public(spot, Public::of_spki(first(bytes)));
        }
        [tag::SEQUENCE, tag::OCTET_STRING, 0] => {
            inventory.seal_or(spot, Sealed::pkcs8(first(bytes)));
        }
        [tag::SEQUENCE, tag::SEQUENCE, tag::BIT_STRING] => signed(inventory, spot, bytes),
        [tag::INTEGER, tag::SEQUENCE, tag::OCTET_STRING] => {
            inventory.find_key(spot, KeyForm::Pkcs8, first(bytes));
        }
        [tag::INTEGER, tag::INTEGER, tag::INTEGER] => {
            inventory.find_key(spot, KeyForm::Pkcs1, first(bytes));
        }
        [tag::INTEGER, tag::INTEGER, 0] => {
            inventory.find_public(spot, Public::of_pkcs1(first(bytes)));
        }
        [tag::INTEGER, tag::OCTET_STRING, _] => {
            inventory.find_key(spot, KeyForm::Sec1, first(bytes));
        }
        [tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE | 0] => {
            inventory.seal_or(spot, Sealed::pkcs12(first(bytes)));
        }
        [tag::OBJECT_IDENTIFIER, ..] => inventory.trouble(spot, PKCS7),
        _ => inventory.trouble(spot, Problem::NotUnderstood { found: "binary" }),
    }
}

/// A certificate, DER.
pub(super) fn certificate(der: &[u8]) -> Result<Content, Problem> {
    let decoded = DecodedCertificate::from_der(der);
    let parsed = X509Certificate::from_der(der);
    let (Ok(decoded), Ok((_, parsed))) = (decoded, parsed) else {
        let found = verify::readable(der).err();
        let found = found.unwrap_or_else(|| String::from("x509: malformed certificate"));
        return Err(Problem::CertificateBroken { found });
    };
    let spki = parsed.public_key().raw;
    Ok(Content::Certificate(Box::new(FoundCertificate {
        der: der.to_vec(),
        public: Public::of_spki(spki).unwrap_or_else(|| Public::unread(spki)),
        decoded,
    })))
}

/// A certification request, DER.
pub(super) fn request(der: &[u8]) -> Result<Content, Problem> {
    let decoded = DecodedRequest::from_der(der).map_err(|_| Problem::RequestBroken)?;
    let parsed = X509CertificationRequest::from_der(der);
    let (_, parsed) = parsed.map_err(|_| Problem::RequestBroken)?;
    let spki = parsed.certification_request_info.subject_pki.raw;
    Ok(Content::Request(FoundRequest {
        der: der.to_vec(),
        public: Public::of_spki(spki).ok_or(Problem::RequestBroken)?,
        decoded,
    }))
}

/// A certificate, a request or a revocation list.
fn signed(inventory: &mut Inventory, spot: Spot, bytes: &[u8]) {
    match (certificate(bytes), request(bytes)) {
        (Ok(found), _) | (_, Ok(found)) => inventory.find(spot, found),
        (Err(problem), _) if is_list(bytes) => {
            drop(problem);
            inventory.pass_over(spot.file, Known::Parameters);
        }
        (Err(problem), _) => inventory.trouble(spot, problem),
    }
}

/// Whether what is signed has a time where a certificate has its validity (RFC 5280, section 5.1).
fn is_list(bytes: &[u8]) -> bool {
    let list = || {
        let mut signed = Der(bytes).read(tag::SEQUENCE)?.read(tag::SEQUENCE)?;
        signed.read_optional(tag::INTEGER)?;
        signed.read(tag::SEQUENCE)?;
        signed.read(tag::SEQUENCE)?;
        Some(signed.next_is(tag::UTC_TIME) || signed.next_is(tag::GENERALIZED_TIME))
    };
    list().unwrap_or(false)
}

/// The tags of the first three elements inside; 0 where there is none.
fn tags(bytes: &[u8]) -> [u8; 3] {
    let mut tags = [0; 3];
    let Some(mut inside) = Der(bytes).read(tag::SEQUENCE) else {
        return tags;
    };
    for found in &mut tags {
        let Some(element) = inside.element() else {
            break;
        };
        *found = element.tag;
    }
    tags
}
