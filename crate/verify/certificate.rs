//! DER -> the fields that decide, read in the order in which Go's `parseCertificate` reads them.

use std::collections::HashSet;

use super::algorithm::Algorithm;
use super::der::{Der, tag};
use super::extension::{Extension, Extensions};
use super::instant::Instant;
use super::name::Name;
use super::public_key::{PublicKey, algorithm_identifier};

/// A certificate as the verifier sees it.
#[derive(Debug)]
pub(super) struct Certificate {
    pub(super) raw: Vec<u8>,
    /// What the issuer has signed.
    pub(super) signed: Vec<u8>,
    /// `None` for one that Go does not know.
    pub(super) algorithm: Option<Algorithm>,
    pub(super) signature: Vec<u8>,
    /// One, two or three.
    pub(super) version: u8,
    /// Two's complement, not negative.
    pub(super) serial: Vec<u8>,
    /// Names are compared byte by byte: the type of a string counts.
    pub(super) issuer: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) issuer_name: Name,
    pub(super) name: Name,
    pub(super) not_before: Instant,
    pub(super) not_after: Instant,
    /// subjectPublicKeyInfo.
    pub(super) spki: Vec<u8>,
    pub(super) public_key: Option<PublicKey>,
    pub(super) extensions: Extensions,
}

impl Certificate {
    /// The error is the sentence of Go's parser.
    pub(super) fn parse(der: &[u8]) -> Result<Self, String> {
        let malformed = "x509: malformed certificate";
        let outer = Der(der).read_whole(tag::SEQUENCE).ok_or(malformed)?;
        let raw = outer.0.to_vec();
        let mut outer = Der(outer.0).read(tag::SEQUENCE).ok_or(malformed)?;
        let malformed = "x509: malformed tbs certificate";
        let signed = outer.read_whole(tag::SEQUENCE).ok_or(malformed)?.0;
        let mut tbs = Der(signed).read(tag::SEQUENCE).ok_or(malformed)?;
        let version = version(&mut tbs)?;
        let serial = tbs.integer().ok_or("x509: malformed serial number")?;
        if serial[0] & 0x80 != 0 {
            return Err("x509: negative serial number".to_owned());
        }
        let algorithm = algorithm(&mut tbs, &mut outer)?;
        let issuer = tbs.read_whole(tag::SEQUENCE);
        let issuer = issuer.ok_or("x509: malformed issuer")?;
        let issuer_name = Name::read(issuer)?;
        let validity = tbs.read(tag::SEQUENCE);
        let mut validity = validity.ok_or("x509: malformed validity")?;
        let not_before = Instant::read(&mut validity)?;
        let not_after = Instant::read(&mut validity)?;
        // Go says "issuer" here as well.
        let subject = tbs.read_whole(tag::SEQUENCE);
        let subject = subject.ok_or("x509: malformed issuer")?;
        let name = Name::read(subject)?;
        let spki = tbs
            .read_whole(tag::SEQUENCE)
            .ok_or("x509: malformed spki")?;
        let public_key = PublicKey::read(spki)?;
        let extensions = extensions(&mut tbs, version)?;
        let signature = outer.bits().ok_or("x509: malformed signature")?;
        if raw.len() != der.len() {
            return Err("x509: trailing data".to_owned());
        }
        Ok(Self {
            raw,
            signed: signed.to_vec(),
            algorithm,
            signature: signature.right_aligned(),
            version,
            serial: serial.to_vec(),
            issuer: issuer.0.to_vec(),
            subject: subject.0.to_vec(),
            issuer_name,
            name,
            not_before,
            not_after,
            spki: spki.0.to_vec(),
            public_key,
            extensions,
        })
    }

    /// What a hint calls it: the CN, else the first O, else the serial number.
    pub(super) fn called(&self) -> String {
        let organization = self.name.organizations.first();
        let names = [Some(&self.name.common_name), organization];
        let called = names.into_iter().flatten().enumerate();
        let called = called.map(|(place, name)| (place == 0 && name.is_empty(), name));
        match called
            .filter(|(skip, _)| !skip)
            .map(|(_, name)| name)
            .next()
        {
            Some(name) => name.clone(),
            None => format!("serial:{}", self.serial_number()),
        }
    }

    /// Decimal.
    pub(super) fn serial_number(&self) -> String {
        x509_parser::num_bigint::BigUint::from_bytes_be(&self.serial).to_string()
    }
}

fn version(tbs: &mut Der<'_>) -> Result<u8, &'static str> {
    let malformed = "x509: malformed version";
    let Some(mut version) = tbs.read_optional(tag::explicit(0)).ok_or(malformed)? else {
        return Ok(1);
    };
    let number = version.integer().and_then(super::der::small);
    let number = number.filter(|number| version.is_empty() && *number >= 0);
    match number.ok_or(malformed)? {
        0 => Ok(1),
        1 => Ok(2),
        2 => Ok(3),
        _ => Err("x509: invalid version"),
    }
}

/// The one that is signed has to be the one that stands outside.
fn algorithm(tbs: &mut Der<'_>, outer: &mut Der<'_>) -> Result<Option<Algorithm>, &'static str> {
    let inside = tbs.read(tag::SEQUENCE);
    let inside = inside.ok_or("x509: malformed signature algorithm identifier")?;
    let outside = outer.read(tag::SEQUENCE);
    let outside = outside.ok_or("x509: malformed algorithm identifier")?;
    if inside.0 != outside.0 {
        return Err("x509: inner and outer signature algorithm identifiers don't match");
    }
    let (oid, parameters) = algorithm_identifier(inside)?;
    Ok(Algorithm::of(&oid, parameters))
}

fn extensions(tbs: &mut Der<'_>, version: u8) -> Result<Extensions, String> {
    let mut read = Extensions::default();
    if version == 1 {
        return Ok(read);
    }
    let unique = tbs.read_optional(tag::context(1));
    unique.ok_or("x509: malformed issuerUniqueID")?;
    let unique = tbs.read_optional(tag::context(2));
    unique.ok_or("x509: malformed subjectUniqueID")?;
    if version == 2 {
        return Ok(read);
    }
    let malformed = "x509: malformed extensions";
    let Some(mut list) = tbs.read_optional(tag::explicit(3)).ok_or(malformed)? else {
        return Ok(read);
    };
    let mut list = list.read(tag::SEQUENCE).ok_or(malformed)?;
    let mut known = HashSet::new();
    let mut all = Vec::new();
    while !list.is_empty() {
        let one = list
            .read(tag::SEQUENCE)
            .ok_or("x509: malformed extension")?;
        let one = Extension::parse(one)?;
        if !known.insert(one.oid.clone()) {
            return Err(format!(
                "x509: certificate contains duplicate extension with OID {:?}",
                one.oid
            ));
        }
        all.push(one);
    }
    for extension in all {
        read.add(&extension)?;
    }
    Ok(read)
}
