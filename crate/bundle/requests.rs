//! Requests for whoever has the authority's key, with the commands that sign them, and the keys that stay here.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;

use rsa::pkcs8::LineEnding;
use rsa::pkcs8::der::pem;
use zeroize::Zeroizing;

use super::{File, Files, archive, lf};
use crate::by_hand::{Recipe, StepKind};
use crate::error::encoding;
use crate::seal::Sealer;
use crate::words::{Language, Words, words};
use crate::{Error, Issuance, PlannedCertificate};

/// What waits in an [`Issuance`] for somebody else's signature: `requests/` to be given away, `keys/` to be kept.
pub struct Requests<'a> {
    issuance: &'a Issuance,
    waiting: Vec<(&'a PlannedCertificate, Vec<u8>)>,
    sealer: Option<&'a Sealer>,
}

impl<'a> Requests<'a> {
    /// Of everything that waits. `sealer` puts the keys behind a passphrase.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn new(issuance: &'a Issuance, sealer: Option<&'a Sealer>) -> Result<Self, Error> {
        let waiting = issuance.waiting().collect::<Result<_, _>>()?;
        Ok(Self {
            issuance,
            waiting,
            sealer,
        })
    }

    /// The files, in the order of the zip.
    pub fn files(&self) -> Files<'_> {
        let signed = self.waiting.iter().flat_map(|(planned, request)| {
            let key = self.key(planned);
            let request = pem_file(
                &format!("requests/{}.csr", planned.id),
                "CERTIFICATE REQUEST",
                request,
            );
            let read = self.read(planned).into_iter().map(Ok);
            [key, request].into_iter().chain(read)
        });
        let scripts = [("openssl", false), ("cfssl", true)];
        let scripts = scripts.map(|(tool, cfssl)| Ok(self.script(tool, cfssl)));
        let texts = [
            ("README.txt", Language::English),
            ("README.ja.txt", Language::Japanese),
        ];
        let texts = texts.map(|(name, language)| Ok(File::text(name, self.text(language))));
        let all = signed.chain(self.authorities()).chain(scripts).chain(texts);
        Files::new(all)
    }

    /// Writes one zip with the folder `<cluster>-requests/` in it.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`].
    pub fn write(&self, sink: impl io::Write) -> Result<(), Error> {
        let folder = format!("{}-requests", self.issuance.plan().name());
        archive::write(&folder, self.files(), self.issuance.now(), sink)
    }

    fn key(&self, planned: &PlannedCertificate) -> Result<File, Error> {
        let key = self.issuance.keys().of(&planned.id)?;
        let content = match self.sealer {
            Some(sealer) => Zeroizing::new(sealer.pem(key)?.into_bytes()),
            None => Zeroizing::new(key.to_pkcs8_pem()?.as_bytes().to_vec()),
        };
        let path = format!("keys/{}.key", planned.id);
        Ok(File {
            mode: crate::plan::mode(&path),
            path,
            content,
        })
    }

    /// What openssl and cfssl read beside the request.
    fn read(&self, planned: &PlannedCertificate) -> Vec<File> {
        let recipe = self.recipe(planned);
        let files = recipe.openssl.files.into_iter();
        let files = files.chain(recipe.cfssl.into_iter().flat_map(|way| way.files));
        let files = files.filter(|file| !file.name.ends_with(".csr.json"));
        files
            .map(|file| {
                // An authority that others made may have no identifier to copy.
                let text = file.text.replace("keyid:always", "keyid");
                File::text(format!("requests/{}", file.name), text)
            })
            .collect()
    }

    fn recipe(&self, planned: &PlannedCertificate) -> Recipe {
        let signer = self.issuance.plan().certificate(&planned.issuer);
        Recipe::of(planned, signer.unwrap_or(planned))
    }

    fn signers(&self) -> BTreeSet<&str> {
        let signers = self.waiting.iter();
        signers
            .map(|(planned, _)| planned.issuer.as_str())
            .collect()
    }

    fn authorities(&self) -> impl Iterator<Item = Result<File, Error>> {
        let certificates = self.signers().into_iter().filter_map(|id| {
            let issued = self.issuance.issued(id)?;
            let text = lf(&issued.certificate_pem);
            Some(Ok(File::text(format!("requests/{id}.crt"), text)))
        });
        certificates.collect::<Vec<_>>().into_iter()
    }

    fn script(&self, tool: &str, cfssl: bool) -> File {
        let keys: Vec<_> = self
            .signers()
            .iter()
            .map(|id| format!("{id}.key"))
            .collect();
        let mut text = format!(
            "#!/bin/sh\n# Signs the requests of this folder with {tool}. Put the private key of each authority beside its certificate first:\n\
             # {}. Look at a request with: openssl req -in NAME.csr -noout -text\nset -eu\ncd -- \"$(dirname -- \"$0\")\"\n",
            keys.join(", ")
        );
        for (planned, _) in &self.waiting {
            let PlannedCertificate { id, issuer, .. } = planned;
            let command = if cfssl {
                format!(
                    "cfssl sign -ca {issuer}.crt -ca-key {issuer}.key -config {id}.config.json {id}.csr |\n    \
                     cfssljson -bare {id}\nmv {id}.pem {id}.crt"
                )
            } else {
                let steps = self.recipe(planned).openssl.steps.into_iter();
                let mut steps = steps.filter(|step| step.step == StepKind::Certificate);
                steps.next().map(|step| step.command).unwrap_or_default()
            };
            let _ = writeln!(text, "\n# {id}\n{command}");
        }
        File::text(format!("requests/sign-with-{tool}.sh"), text)
    }

    fn text(&self, language: Language) -> String {
        let now = self.issuance.now().rfc3339();
        let signers: Vec<_> = self.signers().into_iter().collect();
        let mut text = HEAD.of(language).to_owned();
        for (name, value) in [
            ("{name}", self.issuance.plan().name()),
            ("{now}", &now),
            ("{authorities}", &signers.join(", ")),
        ] {
            text = text.replace(name, value);
        }
        for (planned, _) in &self.waiting {
            let _ = writeln!(text, "\n  {} ({})", planned.id, planned.issuer);
            let _ = writeln!(text, "    {}", planned.subject_text());
            let names = planned.names.iter().map(|name| name.name.to_string());
            let names: Vec<_> = names.collect();
            if !names.is_empty() {
                let _ = writeln!(text, "    {}", names.join(", "));
            }
        }
        if self.sealer.is_some() {
            text += SEALED.of(language);
        }
        text
    }
}

fn pem_file(path: &str, label: &'static str, der: &[u8]) -> Result<File, Error> {
    let text = pem::encode_string(label, LineEnding::LF, der);
    let text = text.map_err(|error| encoding(label)(&error))?;
    Ok(File::text(path, text))
}

const HEAD: Words = words(
    "{name}\n\nSigning requests, made by Hardway on {now}. README.ja.txt says the same in Japanese.\n\n\
     1. Give the folder requests/ to whoever has the private key of {authorities}. There is no secret in it.\n   \
     They sign with sign-with-openssl.sh or sign-with-cfssl.sh, or with a program of their own: subject, names and usages as they\n   \
     are asked for.\n\
     2. Give the signed certificates (NAME.crt) back to Hardway: each is compared with its request and checked against its authority.\n   \
     Then you get the bundle for the nodes. If the page was closed meanwhile, give it the folder keys/ as well.\n\
     3. KEEP keys/ SECRET: give it to nobody. Delete it once the nodes have their files.\n\n\
     REQUESTS (the authority in parentheses)\n",
    "{name}\n\n署名要求（CSR）です。{now} に Hardway で作成しました。英語版は README.txt です。\n\n\
     1. {authorities} の秘密鍵を持つ人に、requests/ フォルダーを渡してください。秘密は入っていません。\n   \
     署名には sign-with-openssl.sh か sign-with-cfssl.sh、または手元のプログラムを使います。サブジェクト、名前、用途は要求のままにしてください。\n\
     2. 署名された証明書（NAME.crt）を Hardway に戻してください。要求と照合し、認証局で検証します。\n   \
     そのあと、ノードに配布する一式を受け取れます。ページを閉じていた場合は、keys/ フォルダーも渡してください。\n\
     3. keys/ は秘密にしてください。誰にも渡さないでください。ノードへの配布がすんだら削除してください。\n\n\
     署名要求（括弧の中は認証局）\n",
);
const SEALED: Words = words(
    "\nThe files in keys/ are encrypted (PKCS#8, PBES2, AES-256) with your passphrase.\n",
    "\nkeys/ のファイルは、パスフレーズで暗号化されています（PKCS#8、PBES2、AES-256）。\n",
);
