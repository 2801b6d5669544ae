//! Plan + Keys + clock -> Pki. The only file that knows rcgen's parameters.

use std::collections::BTreeMap;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod,
    SanType, SerialNumber, string::Ia5String,
};
use rsa::rand_core::TryCryptoRng;
use zeroize::Zeroizing;

use crate::error::encoding;
use crate::key::{PublicKey, Signer};
use crate::time::DAY;
use crate::{
    Attribute, ConfigurationKind, Error, Keys, Plan, PlannedCertificate, ServerName, Timestamp,
};

/// The certificates of a plan, with their keys: everything that a bundle is made from.
pub struct Pki {
    plan: Plan,
    keys: Keys,
    issued: BTreeMap<String, Issued>,
    encryption_key: Option<Zeroizing<[u8; 32]>>,
    now: Timestamp,
}

/// One certificate and the request that it answers.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The certificate (RFC 5280), DER.
    pub certificate: Vec<u8>,
    /// The same, PEM.
    pub certificate_pem: String,
    /// The certification request (RFC 2986), PEM.
    pub request_pem: String,
    /// When it expires.
    pub not_after: Timestamp,
}

impl Pki {
    /// Signs every certificate of the plan, authorities first. Serial numbers are drawn from `rng`.
    ///
    /// It does not check the plan against any verifier.
    ///
    /// # Errors
    ///
    /// [`Error::KeyMissing`] before anything is signed; [`Error::DatePast`]; [`Error::ValidityPastYear9999`]; [`Error::Randomness`].
    pub fn issue(
        plan: Plan,
        keys: Keys,
        now: Timestamp,
        rng: &mut impl TryCryptoRng,
    ) -> Result<Self, Error> {
        for planned in &plan.certificates {
            keys.of(&planned.id)?;
        }
        let mut issued = BTreeMap::new();
        for planned in &plan.certificates {
            if planned.kind.is_certified() {
                let made = issue_one(&plan, planned, &keys, now, serial(rng)?)?;
                issued.insert(planned.id.clone(), made);
            }
        }
        let encryption_key = encryption_key(&plan, rng)?;
        Ok(Self {
            plan,
            keys,
            issued,
            encryption_key,
            now,
        })
    }

    /// The plan that was followed.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The private keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The moment of issuance.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Every certificate with its id, in issuance order; a bare key pair is none.
    pub fn iter(&self) -> impl Iterator<Item = (&PlannedCertificate, &Issued)> {
        self.plan
            .certificates
            .iter()
            .filter_map(|planned| Some((planned, self.issued.get(&planned.id)?)))
    }

    /// The key with which kube-apiserver encrypts Secrets, where the plan has a configuration for it.
    pub fn encryption_key(&self) -> Option<&[u8; 32]> {
        self.encryption_key.as_deref()
    }

    /// One certificate.
    pub fn issued(&self, id: &str) -> Option<&Issued> {
        self.issued.get(id)
    }
}

fn issue_one(
    plan: &Plan,
    planned: &PlannedCertificate,
    keys: &Keys,
    now: Timestamp,
    serial: SerialNumber,
) -> Result<Issued, Error> {
    let signer = keys.of(&planned.id)?.signer()?;
    let request_pem = request_parameters(planned, &signer)?
        .serialize_request(&signer)
        .and_then(|request| request.pem())
        .map_err(|error| encoding("a certification request")(&error))?;

    let issuer = plan
        .certificate(&planned.issuer)
        .ok_or_else(|| Error::UnknownCertificate {
            id: planned.issuer.clone(),
        })?;
    let issuer_signer = keys.of(&issuer.id)?.signer()?;
    let (not_before, not_after) = validity(planned, now)?;
    let mut parameters = request_parameters(planned, &signer)?;
    parameters.not_before = not_before.date_time();
    parameters.not_after = not_after.date_time();
    parameters.serial_number = Some(serial);
    // RFC 5280, section 4.2.1.1.
    parameters.use_authority_key_identifier_extension = true;
    let certificate = parameters
        .signed_by(
            &signer,
            &Issuer::new(request_parameters(issuer, &issuer_signer)?, &issuer_signer),
        )
        .map_err(|error| encoding("a certificate")(&error))?;
    Ok(Issued {
        certificate_pem: certificate.pem(),
        certificate: certificate.der().to_vec(),
        request_pem,
        not_after,
    })
}

/// What a request and its certificate have in common.
fn request_parameters(
    planned: &PlannedCertificate,
    signer: &Signer<'_>,
) -> Result<CertificateParams, Error> {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = subject(planned);
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
    parameters.key_identifier_method =
        KeyIdMethod::PreSpecified(PublicKey::key_identifier(signer.public_key()));
    // Deliberately none: name constraints, policies, CRL distribution points. No component of Kubernetes reads them.
    Ok(parameters)
}

fn subject(planned: &PlannedCertificate) -> DistinguishedName {
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
        name.push(kind, part.value.as_str());
    }
    name
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
fn validity(planned: &PlannedCertificate, now: Timestamp) -> Result<(Timestamp, Timestamp), Error> {
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

/// 32 random bytes for AES-256, where the plan wants a configuration with them.
fn encryption_key(
    plan: &Plan,
    rng: &mut impl TryCryptoRng,
) -> Result<Option<Zeroizing<[u8; 32]>>, Error> {
    let mut wanted = plan.configurations.iter();
    if wanted.all(|configuration| configuration.kind != ConfigurationKind::Encryption) {
        return Ok(None);
    }
    let mut key = Zeroizing::new([0; 32]);
    rng.try_fill_bytes(&mut *key)
        .map_err(|error| Error::Randomness {
            found: error.to_string(),
        })?;
    Ok(Some(key))
}

/// 128 random bits: unique without a counter, and not to be guessed (RFC 5280, section 4.1.2.2).
fn serial(rng: &mut impl TryCryptoRng) -> Result<SerialNumber, Error> {
    let mut bytes = [0; 16];
    rng.try_fill_bytes(&mut bytes)
        .map_err(|error| Error::Randomness {
            found: error.to_string(),
        })?;
    Ok(SerialNumber::from_slice(&bytes))
}

/// Five minutes, as kubeadm does.
const BACKDATED: i64 = 5 * 60;
