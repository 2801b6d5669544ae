//! One request and one certificate. The only file that knows rcgen's parameters.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, DnValue, IsCa, Issuer,
    KeyIdMethod, SanType, SerialNumber,
    string::{Ia5String, PrintableString},
};

use crate::error::encoding;
use crate::key::{PrivateKey, PublicKey, Signer};
use crate::time::DAY;
use crate::{Attribute, Error, PlannedCertificate, ServerName, Timestamp};

/// A certification request (RFC 2986), DER, signed by the key that it is for.
pub(super) fn request(planned: &PlannedCertificate, key: &PrivateKey) -> Result<Vec<u8>, Error> {
    let signer = key.signer()?;
    request_parameters(planned, signer.public_key())?
        .serialize_request(&signer)
        .map(|request| request.der().to_vec())
        .map_err(|error| encoding("a certification request")(&error))
}

/// A certificate (RFC 5280), DER.
pub(super) fn certificate(
    planned: &PlannedCertificate,
    public_key: &PublicKey,
    issuer: &PlannedCertificate,
    issuer_signer: Signer<'_>,
    now: Timestamp,
    serial: [u8; 16],
) -> Result<Vec<u8>, Error> {
    let (not_before, not_after) = validity(planned, now)?;
    let parameters = |parameters: &mut CertificateParams| {
        parameters.not_before = not_before.date_time();
        parameters.not_after = not_after.date_time();
        parameters.serial_number = Some(SerialNumber::from_slice(&serial));
    };
    signed(planned, public_key, issuer, issuer_signer, parameters)
}

/// A certificate (RFC 5280), DER, with `change` as the last word about what it says: it has to set validity and serial number.
pub(crate) fn signed(
    planned: &PlannedCertificate,
    public_key: &PublicKey,
    issuer: &PlannedCertificate,
    issuer_signer: Signer<'_>,
    change: impl FnOnce(&mut CertificateParams),
) -> Result<Vec<u8>, Error> {
    let mut parameters = request_parameters(planned, public_key)?;
    // RFC 5280, section 4.2.1.1.
    parameters.use_authority_key_identifier_extension = true;
    change(&mut parameters);
    let issuer = Issuer::new(
        request_parameters(issuer, issuer_signer.public_key())?,
        issuer_signer,
    );
    parameters
        .signed_by(public_key, &issuer)
        .map(|certificate| certificate.der().to_vec())
        .map_err(|error| encoding("a certificate")(&error))
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
pub(crate) fn validity(
    planned: &PlannedCertificate,
    now: Timestamp,
) -> Result<(Timestamp, Timestamp), Error> {
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
    Ok((now.plus_seconds(-BACKDATED).unwrap_or(now), not_after))
}

/// Five minutes, as kubeadm does.
const BACKDATED: i64 = 5 * 60;
