//! One request and one certificate. The only file that knows rcgen's parameters.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, DnValue, IsCa, Issuer,
    KeyIdMethod, PublicKeyData, SanType, SerialNumber, SignatureAlgorithm, SigningKey,
    string::{Ia5String, PrintableString},
};
use x509_parser::extensions::ParsedExtension;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::error::encoding;
use crate::key::{PrivateKey, PublicKey, Signer};
use crate::time::DAY;
use crate::verify::der::{Der, tag};
use crate::{Attribute, Error, PlannedCertificate, ServerName, Timestamp, tlv};

/// A certification request (RFC 2986), DER, signed by the key that it is for.
pub(super) fn request(planned: &PlannedCertificate, key: &PrivateKey) -> Result<Vec<u8>, Error> {
    let signer = key.signer()?;
    request_parameters(planned, signer.public_key())?
        .serialize_request(&signer)
        .map(|request| request.der().to_vec())
        .map_err(|error| signer.failure("a certification request", &error))
}

/// A certificate (RFC 5280), DER, that its own key signs.
pub(super) fn self_signed(
    planned: &PlannedCertificate,
    signer: &Signer<'_>,
    validity: Validity,
    serial: [u8; 16],
) -> Result<Vec<u8>, Error> {
    let change = |parameters: &mut CertificateParams| validity.put(parameters, serial);
    signed(planned, signer.public_key(), planned, signer, change)
}

/// A certificate (RFC 5280), DER, by an authority that has one.
pub(super) fn certificate(
    planned: &PlannedCertificate,
    public_key: &PublicKey,
    authority: &Identity,
    signer: &Signer<'_>,
    validity: Validity,
    serial: [u8; 16],
) -> Result<Vec<u8>, Error> {
    let (mut parameters, issuer) = parameters_below(planned, public_key, authority)?;
    validity.put(&mut parameters, serial);
    let draft = draft(&parameters, public_key, issuer, signer)?;
    completed(&draft, Some(&authority.name), None, signer)
}

/// A certificate (RFC 5280), DER, that takes the place of an authority's own: name and key identifier stay as they are, so that what
/// its key has signed stays good.
pub(super) fn again(
    planned: &PlannedCertificate,
    own: &Identity,
    signer: &Signer<'_>,
    validity: Validity,
    serial: [u8; 16],
) -> Result<Vec<u8>, Error> {
    let public_key = signer.public_key();
    let (mut parameters, issuer) = parameters_below(planned, public_key, own)?;
    if let Some(identifier) = &own.key_identifier {
        parameters.key_identifier_method = KeyIdMethod::PreSpecified(identifier.clone());
    }
    validity.put(&mut parameters, serial);
    let draft = draft(&parameters, public_key, issuer, signer)?;
    completed(&draft, Some(&own.name), Some(&own.name), signer)
}

/// What an authority is called in what it signs: as its own certificate has it, byte for byte, whoever made that.
pub(super) struct Identity {
    /// `Name` (RFC 5280, section 4.1.2.4), DER.
    name: Vec<u8>,
    key_identifier: Option<Vec<u8>>,
}

impl Identity {
    pub(super) fn of(der: &[u8]) -> Result<Self, Error> {
        let (_, certificate) = X509Certificate::from_der(der)
            .map_err(|error| encoding("the text of a certificate")(&error))?;
        let mut extensions = certificate.extensions().iter();
        let key_identifier = extensions.find_map(|one| match one.parsed_extension() {
            ParsedExtension::SubjectKeyIdentifier(identifier) => Some(identifier.0.to_vec()),
            _ => None,
        });
        Ok(Self {
            name: certificate.subject().as_raw().to_vec(),
            key_identifier,
        })
    }
}

/// When a certificate begins and ends.
#[derive(Clone, Copy)]
pub(crate) struct Validity {
    pub(super) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
}

impl Validity {
    pub(crate) fn put(self, parameters: &mut CertificateParams, serial: [u8; 16]) {
        parameters.not_before = self.not_before.date_time();
        parameters.not_after = self.not_after.date_time();
        parameters.serial_number = Some(SerialNumber::from_slice(&serial));
    }
}

/// A certificate (RFC 5280), DER, with `change` as the last word about what it says: it has to set validity and serial number.
pub(crate) fn signed(
    planned: &PlannedCertificate,
    public_key: &PublicKey,
    issuer: &PlannedCertificate,
    issuer_signer: &Signer<'_>,
    change: impl FnOnce(&mut CertificateParams),
) -> Result<Vec<u8>, Error> {
    let mut parameters = request_parameters(planned, public_key)?;
    // RFC 5280, section 4.2.1.1.
    parameters.use_authority_key_identifier_extension = true;
    change(&mut parameters);
    let issuer = request_parameters(issuer, issuer_signer.public_key())?;
    let draft = draft(&parameters, public_key, issuer, issuer_signer)?;
    completed(&draft, None, None, issuer_signer)
}

/// The parameters of what an authority signs that has a certificate.
fn parameters_below(
    planned: &PlannedCertificate,
    public_key: &PublicKey,
    authority: &Identity,
) -> Result<(CertificateParams, CertificateParams), Error> {
    let mut parameters = request_parameters(planned, public_key)?;
    // RFC 5280, section 4.2.1.1: there is nothing to point to in an authority without an identifier of its key.
    parameters.use_authority_key_identifier_extension = authority.key_identifier.is_some();
    let mut issuer = CertificateParams::default();
    let identifier = authority.key_identifier.clone().unwrap_or_default();
    issuer.key_identifier_method = KeyIdMethod::PreSpecified(identifier);
    Ok((parameters, issuer))
}

/// All but the signature, which [`completed`] puts in.
fn draft(
    parameters: &CertificateParams,
    public_key: &PublicKey,
    issuer: CertificateParams,
    signer: &Signer<'_>,
) -> Result<Vec<u8>, Error> {
    let issuer = Issuer::new(issuer, Unsigned(signer.public_key()));
    let made = parameters.signed_by(public_key, &issuer);
    made.map(|certificate| certificate.der().to_vec())
        .map_err(|error| encoding("a certificate")(&error))
}

/// rcgen writes names in its own way, and knows no RDN with two attributes and no repeated one: here they are copied.
fn completed(
    draft: &[u8],
    issuer: Option<&[u8]>,
    subject: Option<&[u8]>,
    signer: &Signer<'_>,
) -> Result<Vec<u8>, Error> {
    let parts = || {
        let mut outer = Der(draft).read(tag::SEQUENCE)?;
        let mut inside = outer.read(tag::SEQUENCE)?;
        let mut parts = Vec::new();
        while !inside.is_empty() {
            parts.push(inside.element()?.whole);
        }
        Some((parts, outer.read_whole(tag::SEQUENCE)?.0))
    };
    let failed = encoding("a certificate");
    let Some((mut parts, algorithm)) = parts().filter(|(parts, _)| parts.len() > SUBJECT) else {
        return Err(failed(&"it has no subject"));
    };
    parts[ISSUER] = issuer.unwrap_or(parts[ISSUER]);
    parts[SUBJECT] = subject.unwrap_or(parts[SUBJECT]);
    let tbs = tlv::element(tag::SEQUENCE, &parts);
    let signature = signer.sign(&tbs);
    let signature = signature.map_err(|error| signer.failure("a certificate", &error))?;
    let signature = tlv::element(tag::BIT_STRING, &[&[0], &signature]);
    Ok(tlv::element(tag::SEQUENCE, &[&tbs, algorithm, &signature]).to_vec())
}

/// Places in a `TBSCertificate` of version 3 (RFC 5280, section 4.1): version, serial, signature, issuer, validity, subject.
const ISSUER: usize = 3;
const SUBJECT: usize = 5;

/// Says what it would sign with, and signs nothing.
struct Unsigned<'a>(&'a PublicKey);

impl PublicKeyData for Unsigned<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.der_bytes()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.0.algorithm()
    }
}

impl SigningKey for Unsigned<'_> {
    fn sign(&self, _message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(Vec::new())
    }
}

/// What a request and its certificate have in common.
fn request_parameters(
    planned: &PlannedCertificate,
    public_key: &PublicKey,
) -> Result<CertificateParams, Error> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = subject(planned)?;
    // RFC 5280, section 4.2.1.6.
    parameters.subject_alt_names = planned
        .names
        .iter()
        .map(|planned| subject_alt_name(&planned.name))
        .collect::<Result<_, _>>()?;
    // RFC 5280, section 4.2.1.9: critical, and written for leaves as well, since Go takes a parent without it for no authority.
    parameters.is_ca = if planned.kind.is_authority() {
        IsCa::Ca(BasicConstraints::Unconstrained)
    } else {
        IsCa::ExplicitNoCa
    };
    parameters.key_usages = planned.key_usages();
    parameters.extended_key_usages = planned.kind.extended_key_usages();
    // RFC 5280, section 4.2.1.2.
    parameters.key_identifier_method = KeyIdMethod::PreSpecified(public_key.key_identifier());
    // Deliberately none: name constraints, policies, CRL distribution points. No component of Kubernetes reads them.
    Ok(parameters)
}

fn subject(planned: &PlannedCertificate) -> Result<DistinguishedName, Error> {
    let mut name = DistinguishedName::new();
    for part in &planned.subject {
        let kind = match part.attribute {
            Attribute::CommonName => DnType::CommonName,
            Attribute::Country => DnType::CountryName,
            Attribute::Locality => DnType::LocalityName,
            Attribute::Organization => DnType::OrganizationName,
            Attribute::OrganizationalUnit => DnType::OrganizationalUnitName,
            Attribute::StateOrProvince => DnType::StateOrProvinceName,
        };
        // RFC 5280, appendix A.1: a country is a PrintableString, all else may be UTF8String.
        let value = match part.attribute {
            Attribute::Country => DnValue::PrintableString(
                PrintableString::try_from(part.value.as_str())
                    .map_err(|error| encoding("a country")(&error))?,
            ),
            _ => part.value.as_str().into(),
        };
        name.push(kind, value);
    }
    Ok(name)
}

fn subject_alt_name(name: &ServerName) -> Result<SanType, Error> {
    Ok(match name {
        ServerName::Dns(name) => SanType::DnsName(
            Ia5String::try_from(name.as_str())
                .map_err(|error| encoding("a subject alternative name")(&error))?,
        ),
        ServerName::Ip(address) => SanType::IpAddress(*address),
    })
}

/// From five minutes ago, so that a slow clock does not refuse it, to the planned day, or number of days from now.
pub(crate) fn validity(planned: &PlannedCertificate, now: Timestamp) -> Result<Validity, Error> {
    let past_9999 = || Error::ValidityPastYear9999 {
        found: planned.validity_days.to_string(),
    };
    let not_after = match planned.valid_until {
        Some(until) if until <= now => {
            return Err(Error::DatePast { found: until.day() });
        }
        Some(until) => until,
        None => now
            .plus_seconds(i64::from(planned.validity_days) * DAY)
            .ok_or_else(past_9999)?,
    };
    Ok(Validity {
        not_before: now.plus_seconds(-BACKDATED).unwrap_or(now),
        not_after,
    })
}

/// Five minutes, as kubeadm does.
const BACKDATED: i64 = 5 * 60;
