//! Files that belong to a cluster, or lie beside it, and that nothing is read from: by their names, and by their first words.

use super::Known;

/// What a file is in which nothing was found, if it is known. The text is the beginning of it.
pub(super) fn by_name(path: &str, text: &str) -> Option<Known> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    if name.starts_with("._")
        || name == ".DS_Store"
        || lower == "thumbs.db"
        || lower == "desktop.ini"
    {
        return Some(Known::System);
    }
    if name == "FILES" || lower.ends_with("sums") || ends(&[".sha256", ".sha512", ".md5"]) {
        return Some(Known::Checksums);
    }
    if ends(&[".cnf", "openssl.conf", "-csr.json", "ca-config.json"])
        || text.contains("[req]")
        || text.contains("[ req ]")
    {
        return Some(Known::OpensslConfiguration);
    }
    if text.starts_with("#!") || ends(&[".sh", ".bash", ".ps1", ".py", "makefile", "vagrantfile"]) {
        return Some(Known::Script);
    }
    if ends(&[".service", ".socket", ".timer"]) || text.contains("[Service]") {
        return Some(Known::Unit);
    }
    if ends(&[
        ".srl",
        "serial",
        "serial.old",
        "crlnumber",
        "index.txt",
        "index.txt.attr",
        "index.txt.old",
    ]) {
        return Some(Known::Serial);
    }
    if ends(&[".ext", ".v3"]) {
        return Some(Known::OpensslConfiguration);
    }
    if ends(&[".yaml", ".yml", ".json", ".toml"]) {
        return Some(Known::Manifest);
    }
    if ends(&[
        ".txt", ".md", ".html", "license", "readme", ".ics", ".pdf", ".png", ".svg",
    ]) {
        return Some(Known::Text);
    }
    None
}
