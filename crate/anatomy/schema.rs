//! The grammar: RFC 5280, appendix A, and RFC 2986, section 4, as far as certificates of Kubernetes go.

use super::shape::Shape::{Address, Any, Each, Fields, Octets, Text, Told};
use super::shape::{Field, Inside, Shape};
use crate::object;
use crate::verify::der::tag::{
    BIT_STRING, BOOLEAN, GENERALIZED_TIME, OCTET_STRING, SET, UTC_TIME, context, explicit,
};

/// RFC 5280, section 4.1.
pub(super) static CERTIFICATE: Field = Field::sequence("Certificate", &CERTIFICATE_FIELDS);

static CERTIFICATE_FIELDS: [Field; 3] = [
    Field::sequence("tbsCertificate", &TBS_FIELDS),
    Field::sequence("signatureAlgorithm", &ALGORITHM_FIELDS),
    Field::bits("signatureValue", signature),
];

static TBS_FIELDS: [Field; 10] = [
    Field::new(
        "version",
        &[explicit(0)],
        Fields(&[Field::integer("Version")]),
    )
    .or_absent(),
    Field::integer("serialNumber"),
    Field::sequence("signature", &ALGORITHM_FIELDS),
    Field::list("issuer", &NAME),
    Field::sequence("validity", &[time("notBefore"), time("notAfter")]),
    Field::list("subject", &NAME),
    Field::sequence("subjectPublicKeyInfo", &KEY_FIELDS),
    Field::new("issuerUniqueID", &[context(1)], Any).or_absent(),
    Field::new("subjectUniqueID", &[context(2)], Any).or_absent(),
    Field::new("extensions", &[explicit(3)], Fields(&EXTENSIONS)).or_absent(),
];

/// RFC 2986, section 4.2.
pub(super) static REQUEST: Field = Field::sequence("CertificationRequest", &REQUEST_FIELDS);

static REQUEST_FIELDS: [Field; 3] = [
    Field::sequence("certificationRequestInfo", &REQUEST_INFO_FIELDS),
    Field::sequence("signatureAlgorithm", &ALGORITHM_FIELDS),
    Field::bits("signature", signature),
];

/// RFC 2986, section 4.1.
static REQUEST_INFO_FIELDS: [Field; 4] = [
    Field::integer("version"),
    Field::list("subject", &NAME),
    Field::sequence("subjectPKInfo", &KEY_FIELDS),
    Field::new("attributes", &[explicit(0)], Each(&ATTRIBUTE)),
];

static ATTRIBUTE: [Field; 1] = [Field::sequence(
    "Attribute",
    &[
        Field::identifier("type"),
        Field::new("values", &[SET], Told(attribute)),
    ],
)];

fn attribute(identifier: &str) -> Shape {
    match identifier {
        "extensionRequest" => Each(&EXTENSIONS),
        _ => Each(&ANYTHING),
    }
}

/// RFC 5280, section 4.1.1.2. (RFC 3279, section 2.2.1: with RSA the parameters are NULL.)
static ALGORITHM_FIELDS: [Field; 2] = [
    Field::identifier("algorithm"),
    Field::any("parameters").or_absent(),
];

/// RFC 5280, section 4.1.2.4.
static NAME: [Field; 1] = [Field::new(
    "RelativeDistinguishedName",
    &[SET],
    Each(&ATTRIBUTE_OF_NAME),
)];

static ATTRIBUTE_OF_NAME: [Field; 1] = [Field::sequence(
    "AttributeTypeAndValue",
    &[Field::identifier("type"), Field::any("value")],
)];

/// RFC 5280, section 4.1.2.5.
const fn time(name: &'static str) -> Field {
    Field::new(name, &[UTC_TIME, GENERALIZED_TIME], Any)
}

/// RFC 5280, section 4.1.2.7.
static KEY_FIELDS: [Field; 2] = [
    Field::sequence("algorithm", &ALGORITHM_FIELDS),
    Field::bits("subjectPublicKey", public_key),
];

/// By the algorithm, or by the curve that follows it.
fn public_key(identifier: &str) -> Inside {
    match identifier {
        "rsaEncryption" | "rsassaPss" => Inside::Element(&RSA_KEY),
        "prime256v1" | "secp384r1" | "secp521r1" => Inside::Point,
        _ => Inside::Bytes,
    }
}

/// RFC 8017, appendix A.1.1.
static RSA_KEY: Field = Field::sequence(
    "RSAPublicKey",
    &[Field::integer("modulus"), Field::integer("publicExponent")],
);

fn signature(identifier: &str) -> Inside {
    if identifier.starts_with("ecdsa-with-") {
        Inside::Element(&ECDSA_SIGNATURE)
    } else {
        Inside::Bytes
    }
}

/// RFC 5480, appendix A.
static ECDSA_SIGNATURE: Field = Field::sequence(
    "ECDSA-Sig-Value",
    &[Field::integer("r"), Field::integer("s")],
);

/// RFC 5280, section 4.1.2.9.
static EXTENSIONS: [Field; 1] = [Field::list("Extensions", &EXTENSION)];

static EXTENSION: [Field; 1] = [Field::sequence(
    "Extension",
    &[
        Field::identifier("extnID"),
        Field::new("critical", &[BOOLEAN], Any).or_absent(),
        Field::new("extnValue", &[OCTET_STRING], Octets(extension)),
    ],
)];

fn extension(identifier: &str) -> &'static Field {
    match identifier {
        "authorityKeyIdentifier" => &AUTHORITY_KEY_IDENTIFIER,
        "basicConstraints" => &BASIC_CONSTRAINTS,
        "extKeyUsage" => &EXTENDED_KEY_USAGE,
        "keyUsage" => &KEY_USAGE,
        "subjectAltName" => &SUBJECT_ALT_NAME,
        "subjectKeyIdentifier" => &SUBJECT_KEY_IDENTIFIER,
        _ => &ANYTHING[0],
    }
}

/// RFC 5280, section 4.2.1.1.
static AUTHORITY_KEY_IDENTIFIER: Field = Field::sequence(
    "AuthorityKeyIdentifier",
    &[
        Field::new("keyIdentifier", &[context(0)], Any).or_absent(),
        Field::new("authorityCertIssuer", &[explicit(1)], Each(&GENERAL_NAMES)).or_absent(),
        Field::new("authorityCertSerialNumber", &[context(2)], Any).or_absent(),
    ],
);

/// RFC 5280, section 4.2.1.2.
static SUBJECT_KEY_IDENTIFIER: Field = Field::new("SubjectKeyIdentifier", &[OCTET_STRING], Any);

/// RFC 5280, section 4.2.1.3.
static KEY_USAGE: Field = Field::new(
    "KeyUsage",
    &[BIT_STRING],
    Shape::Bits(|_| Inside::Named(&object::KEY_USAGES)),
);

/// RFC 5280, section 4.2.1.6.
static SUBJECT_ALT_NAME: Field = Field::list("SubjectAltName", &GENERAL_NAMES);

static GENERAL_NAMES: [Field; 9] = [
    Field::new("otherName", &[explicit(0)], Any),
    Field::new("rfc822Name", &[context(1)], Text),
    Field::new("dNSName", &[context(2)], Text),
    Field::new("x400Address", &[explicit(3)], Any),
    Field::new("directoryName", &[explicit(4)], Fields(&DIRECTORY_NAME)),
    Field::new("ediPartyName", &[explicit(5)], Any),
    Field::new("uniformResourceIdentifier", &[context(6)], Text),
    Field::new("iPAddress", &[context(7)], Address),
    Field::new("registeredID", &[context(8)], Any),
];

static DIRECTORY_NAME: [Field; 1] = [Field::list("Name", &NAME)];

/// RFC 5280, section 4.2.1.9.
static BASIC_CONSTRAINTS: Field = Field::sequence(
    "BasicConstraints",
    &[
        Field::new("cA", &[BOOLEAN], Any).or_absent(),
        Field::integer("pathLenConstraint").or_absent(),
    ],
);

/// RFC 5280, section 4.2.1.12.
static EXTENDED_KEY_USAGE: Field =
    Field::list("ExtKeyUsageSyntax", &[Field::identifier("KeyPurposeId")]);

/// What the grammar does not know, and what stands where it should not.
pub(super) static ANYTHING: [Field; 1] = [Field::any("element")];
