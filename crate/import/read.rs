//! One file: what it is by its first bytes, and what is in it.

use zeroize::Zeroizing;

use super::archive::{self, Format};
use super::inventory::{Inventory, Spot};
use super::limits::{MAX_BLOCKS, MAX_FILE_BYTES};
use super::pem::{self, Block, Blocks};
use super::sealed::Sealed;
use super::{
    Content, FoundKey, KeyForm, Known, Place, Problem, Public, Taken, der, document, known,
};

/// A file that is listed and admitted.
pub(super) struct Given<'a> {
    pub(super) file: usize,
    pub(super) bytes: &'a [u8],
    /// How many archives it lies in.
    pub(super) depth: usize,
}

/// Reads it, whatever it is.
pub(super) fn given(inventory: &mut Inventory, given: &Given<'_>) {
    let Given { file, bytes, .. } = *given;
    if bytes.is_empty() {
        return inventory.take(file, Taken::Empty);
    }
    if let Some(format) = Format::of(bytes) {
        return archive::open(inventory, given, format);
    }
    let limit = MAX_FILE_BYTES;
    if bytes.len() as u64 > limit {
        let found = bytes.len().to_string();
        return inventory.trouble(Spot::whole(file), Problem::FileTooLarge { found, limit });
    }
    inventory.take(file, Taken::Unknown);
    let items = inventory.items().len();
    if der::looks_like(bytes) {
        der::read(inventory, Spot::whole(file), bytes);
    } else if let Some(problem) = foreign(bytes) {
        inventory.trouble(Spot::whole(file), problem);
    } else {
        text(inventory, file, bytes);
    }
    inventory.notice_swapped(file, items);
    inventory.notice_silence(file, bytes);
}

/// What was embedded in a kubeconfig's field.
pub(super) fn embedded(inventory: &mut Inventory, spot: &Spot, bytes: &[u8]) {
    if der::looks_like(bytes) {
        der::read(inventory, spot.clone(), bytes);
    } else if pem::has_block(bytes) {
        blocks(inventory, spot, bytes);
    } else {
        let found = nature(bytes);
        inventory.trouble(spot.clone(), Problem::NotUnderstood { found });
    }
}

/// A document, PEM with whatever is around it, or either of them in base64.
fn text(inventory: &mut Inventory, file: usize, bytes: &[u8]) {
    let bytes = &*utf8(bytes);
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let known = document::looks_like(text) && document::read(inventory, file, text);
    let spot = Spot::whole(file);
    if pem::has_block(bytes) {
        return blocks(inventory, &spot, bytes);
    }
    if known {
        return;
    }
    if let Some(inner) = bare(text) {
        embedded(inventory, &spot, &inner);
    } else if let Some(known) = known::by_name(&inventory.files()[file].path, text) {
        inventory.take(file, Taken::Known(known));
    }
}

/// The value of a `…-data` field, or the inner lines of a PEM block, without anything around them.
fn bare(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let plain: Zeroizing<String> = Zeroizing::new(text.split_ascii_whitespace().collect());
    let decoded = pem::decode(plain.as_bytes())?;
    (der::looks_like(&decoded) || pem::has_block(&decoded)).then_some(decoded)
}

/// Without a byte order mark; Windows writes UTF-16 where it redirects.
fn utf8(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let decoded = |read: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]));
        let text: Zeroizing<String> = Zeroizing::new(
            char::decode_utf16(units)
                .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        );
        text.as_bytes().to_vec()
    };
    Zeroizing::new(match bytes {
        [0xff, 0xfe, ..] => decoded(u16::from_le_bytes),
        [0xfe, 0xff, ..] => decoded(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => rest.to_vec(),
        bytes => bytes.to_vec(),
    })
}

/// A format that has to be converted or unpacked first.
fn foreign(bytes: &[u8]) -> Option<Problem> {
    if bytes.starts_with(b"\xfe\xed\xfe\xed") || bytes.starts_with(b"\xce\xce\xce\xce") {
        return Some(Problem::ForeignFormat {
            found: "a Java keystore (JKS)",
            command: "keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype pkcs12",
        });
    }
    archive::foreign(bytes).map(|found| Problem::ArchiveKind { found })
}

/// Every PEM block of a text. `spot` is the file, or a field of it.
pub(super) fn blocks(inventory: &mut Inventory, spot: &Spot, text: &[u8]) {
    let text = unescaped(text);
    for (count, found) in Blocks::new(&text).enumerate() {
        let place = match &spot.place {
            Place::Field { path, .. } => Place::Field {
                path: path.clone(),
                line: found.line,
            },
            _ => Place::Block { line: found.line },
        };
        let spot = Spot {
            file: spot.file,
            place,
        };
        if count == MAX_BLOCKS {
            return inventory.trouble(spot, Problem::TooManyBlocks { limit: MAX_BLOCKS });
        }
        block(inventory, spot, found);
    }
}

fn block(inventory: &mut Inventory, spot: Spot, block: Block) {
    let content = match block.content {
        Ok(content) => content,
        Err(problem) => return inventory.trouble(spot, problem),
    };
    let sealed = block.headers.iter().find(|(name, _)| name == "DEK-Info");
    match block.label.as_str() {
        "CERTIFICATE" | "X509 CERTIFICATE" => inventory.find_or(spot, der::certificate(&content)),
        "TRUSTED CERTIFICATE" => {
            // What openssl trusts it for comes behind it.
            inventory.find_or(spot, der::certificate(der::first(&content)));
        }
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            inventory.find_or(spot, der::request(&content));
        }
        "ENCRYPTED PRIVATE KEY" => inventory.seal_or(spot, Sealed::pkcs8(&content)),
        "RSA PRIVATE KEY" | "EC PRIVATE KEY" if sealed.is_some() => {
            let info = sealed.map_or("", |(_, info)| info);
            inventory.seal_or(spot, Sealed::legacy(&block.label, info, &content));
        }
        "PRIVATE KEY" => inventory.find_key(spot, KeyForm::Pkcs8, &content),
        "RSA PRIVATE KEY" => inventory.find_key(spot, KeyForm::Pkcs1, &content),
        "EC PRIVATE KEY" => inventory.find_key(spot, KeyForm::Sec1, &content),
        "DSA PRIVATE KEY" => {
            let found = String::from("dsa");
            inventory.trouble(spot, Problem::KeyForeign { found });
        }
        "PUBLIC KEY" => inventory.find_public(spot, Public::of_spki(&content)),
        "RSA PUBLIC KEY" => inventory.find_public(spot, Public::of_pkcs1(&content)),
        "DH PARAMETERS"
        | "DSA PARAMETERS"
        | "EC PARAMETERS"
        | "X509 CRL"
        | "X9.42 DH PARAMETERS" => inventory.pass_over(spot.file, Known::Parameters),
        "CMS" | "PKCS #7 SIGNED DATA" | "PKCS7" => inventory.trouble(spot, der::PKCS7),
        _ => {
            let found = block.label;
            inventory.trouble(spot, Problem::PemLabel { found });
        }
    }
}

/// A text out of JSON, as cfssl prints it, has `\n` in the place of line ends.
fn unescaped(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(text.to_vec());
    if pem::find(&plain, br"-----\n").is_some() {
        for at in 1..plain.len() {
            if plain[at - 1..=at] == *br"\n" || plain[at - 1..=at] == *br"\r" {
                plain[at - 1..=at].copy_from_slice(b" \n");
            }
        }
    }
    plain
}

/// What it is when it is nothing.
fn nature(bytes: &[u8]) -> &'static str {
    let text = std::str::from_utf8(bytes);
    let plain = |c: char| !c.is_control() || c.is_whitespace();
    if text.is_ok_and(|text| text.chars().all(plain)) {
        "text"
    } else {
        "binary"
    }
}

/// What the readers of single things do with their results.
impl Inventory {
    pub(super) fn find_or(&mut self, spot: Spot, found: Result<Content, Problem>) {
        match found {
            Ok(content) => self.find(spot, content),
            Err(problem) => self.trouble(spot, problem),
        }
    }

    pub(super) fn seal_or(&mut self, spot: Spot, sealed: Result<Sealed, Problem>) {
        match sealed {
            Ok(sealed) => self.seal(spot, sealed),
            Err(problem) => self.trouble(spot, problem),
        }
    }

    pub(super) fn find_key(&mut self, spot: Spot, form: KeyForm, der: &[u8]) {
        let key = FoundKey::read(form, der, &mut self.memo);
        self.keep(spot, key);
    }

    pub(super) fn find_unsealed_key(&mut self, spot: Spot, form: KeyForm, der: &[u8]) {
        let key = FoundKey::read(form, der, &mut self.memo);
        self.keep(spot, key.map(FoundKey::unsealed));
    }

    fn keep(&mut self, spot: Spot, key: Result<FoundKey, Problem>) {
        match key {
            Ok(key) => {
                if !key.signs() {
                    let found = key.public().algorithm.clone();
                    self.trouble(spot.clone(), Problem::KeyKind { found });
                }
                self.find(spot, Content::PrivateKey(key));
            }
            Err(problem) => self.trouble(spot, problem),
        }
    }

    pub(super) fn find_public(&mut self, spot: Spot, public: Option<Public>) {
        let content = public.map(Content::PublicKey);
        self.find_or(spot, content.ok_or(Problem::PublicKeyBroken));
    }

    /// Says what a file is in which nothing was found so far.
    pub(super) fn pass_over(&mut self, file: usize, known: Known) {
        if self.files()[file].taken == Taken::Unknown {
            self.take(file, Taken::Known(known));
        }
    }

    /// What was begun like something and was nothing.
    fn notice_silence(&mut self, file: usize, bytes: &[u8]) {
        let listed = &self.files()[file];
        let mut troubles = listed.troubles.iter();
        if listed.taken == Taken::Unknown && troubles.all(|trouble| trouble.problem.is_note()) {
            let found = nature(bytes);
            self.trouble(Spot::whole(file), Problem::NotUnderstood { found });
            self.count_stranger();
        }
    }

    /// A private key alone in a file that is named like a certificate: `found` is what is in it.
    fn notice_swapped(&mut self, file: usize, found: usize) {
        let path = &self.files()[file].path;
        let named = [".crt", ".cer", ".cert"]
            .iter()
            .any(|end| path.ends_with(end));
        let holds = |kind| {
            let mut items = self.items()[found..].iter();
            items.any(|item| item.content.kind() == kind)
        };
        if named && holds("private-key") && !holds("certificate") {
            self.trouble(Spot::whole(file), Problem::KeyAmongCertificates);
        }
    }
}
