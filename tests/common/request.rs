//! OpenSSL's opinion of the certificate requests.

use hardway::Plan;

use super::Unpacked;
use super::openssl::{NAMES, alternative_names, certified, openssl, subject};

/// Every request asks for the subject and the names that its certificate has, and for no others.
pub(crate) fn requests(bundle: &Unpacked, plan: &Plan) {
    for planned in certified(plan) {
        let csr = format!("{}.csr", planned.id);
        let arguments = ["req", "-noout", "-text", "-nameopt", NAMES, "-in", &csr];
        let text = openssl(bundle, &arguments).succeeded();
        let subject = subject(planned);
        assert!(text.contains(&format!("Subject: {subject}\n")), "{text}");
        let mut lines = text.lines().map(str::trim);
        let asked = lines
            .find(|line| line.starts_with("X509v3 Subject Alternative Name:"))
            .and_then(|_| lines.next())
            .unwrap_or_default();
        assert_eq!(asked, alternative_names(planned), "{csr}");
    }
}
