//! Pki -> files -> zip.

mod archive;
mod configuration;
mod kubeconfig;
mod openssl;
mod readme;
mod scripts;

use std::collections::HashMap;
use std::fmt::Write as _;

use rsa::sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{Error, Pki, Placement, plan};

/// Every file of a cluster's bundle, ready for scp.
pub struct Bundle {
    name: String,
    files: Vec<File>,
    made: crate::Timestamp,
}

/// One file of a [`Bundle`].
pub struct File {
    /// Path inside the bundle, with slashes: `pki/ca.crt`.
    pub path: String,
    /// Unix mode.
    pub mode: u32,
    /// Wiped when dropped, since some are private keys.
    pub content: Zeroizing<Vec<u8>>,
}

impl Bundle {
    /// Lays out everything that the Pki holds.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn new(pki: &Pki) -> Result<Self, Error> {
        let mut files = pki_files(pki)?;
        files.extend(kubeconfig::files(pki)?);
        files.extend(configuration::files(pki)?);
        files.extend(nodes(pki, &files));
        files.extend(scripts::files(pki));
        files.extend(openssl::files(pki));
        files.push(File::text("README.txt", readme::text(pki)));
        files.push(File::text("SHA256SUMS", checksums(&files)));
        Ok(Self {
            name: pki.plan().name().to_owned(),
            files,
            made: pki.now(),
        })
    }

    /// The cluster's name, which is the folder inside the zip.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The files, in the order of the zip.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// One zip with the folder `<cluster>/` in it; names, modes and times are the same for the same Pki.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn zip(&self) -> Result<Zeroizing<Vec<u8>>, Error> {
        archive::zip(&self.name, &self.files, self.made)
            .map_err(|error| crate::error::encoding("the zip")(&error))
    }
}

impl File {
    /// A file that anybody may read; a `.sh` that anybody may run as well.
    fn text(path: impl Into<String>, content: String) -> Self {
        let path = path.into();
        let mode = if path.ends_with(".sh") {
            0o755
        } else {
            plan::mode(&path)
        };
        Self {
            path,
            mode,
            content: Zeroizing::new(content.into_bytes()),
        }
    }

    /// The path below the first folder, by which placements name it.
    fn name(&self) -> &str {
        self.path.split_once('/').map_or("", |(_, name)| name)
    }

    fn sha256(&self) -> String {
        Sha256::digest(&self.content)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// Keys, requests and certificates under the guide's own names, flat: its scp loops work from here.
fn pki_files(pki: &Pki) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    for planned in &pki.plan().certificates {
        let id = &planned.id;
        let key = pki.keys().of(id)?;
        let pem = key.to_pkcs8_pem()?;
        files.push(File {
            path: format!("pki/{id}.key"),
            mode: 0o600,
            content: Zeroizing::new(pem.as_bytes().to_vec()),
        });
        let Some(issued) = pki.issued(id) else {
            let public = key.to_public_key_pem()?;
            files.push(File::text(format!("pki/{id}.pub"), public));
            continue;
        };
        files.push(File::text(format!("pki/{id}.csr"), lf(&issued.request_pem)));
        files.push(File::text(
            format!("pki/{id}.crt"),
            lf(&issued.certificate_pem),
        ));
    }
    Ok(files)
}

/// The same bytes on every system: rcgen ends PEM lines as the system that it runs on does.
fn lf(pem: &str) -> String {
    pem.replace("\r\n", "\n")
}

/// A folder a node, with exactly what that node needs and where it goes.
fn nodes(pki: &Pki, made: &[File]) -> Vec<File> {
    let made: HashMap<&str, &File> = made.iter().map(|file| (file.name(), file)).collect();
    let placements = &pki.plan().placements;
    placements
        .chunk_by(|one, other| one.node == other.node)
        .flat_map(|placements| node_files(placements, &made))
        .collect()
}

/// The placements are those of one node.
fn node_files(placements: &[Placement], made: &HashMap<&str, &File>) -> Vec<File> {
    let folder = format!("nodes/{}", placements[0].node);
    let mut files: Vec<File> = Vec::new();
    let mut manifest = String::from(scripts::MANIFEST_HEAD);
    for placement in placements {
        let file = made
            .get(placement.file.as_str())
            .expect("a recipe places only files that it makes");
        let path = format!("{folder}/{}", placement.name());
        let _ = writeln!(
            manifest,
            "{:o} {} {} {}",
            placement.mode,
            file.sha256(),
            placement.path,
            placement.name()
        );
        if files.iter().all(|known| known.path != path) {
            files.push(File {
                path,
                mode: file.mode,
                content: file.content.clone(),
            });
        }
    }
    files.push(File::text(format!("{folder}/FILES"), manifest));
    files.push(File::text(
        format!("{folder}/install.sh"),
        scripts::INSTALL.to_owned(),
    ));
    files
}

/// One line a file, as `sha256sum -c` reads it.
fn checksums(files: &[File]) -> String {
    files
        .iter()
        .map(|file| format!("{}  {}\n", file.sha256(), file.path))
        .collect()
}
