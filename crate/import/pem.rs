//! PEM blocks among whatever else is in a text (RFC 7468, appendix; RFC 1421 for the headers of sealed keys).

use base64ct::{Base64, Base64Unpadded, Encoding};
use zeroize::Zeroizing;

use super::Problem;

/// One block.
pub(super) struct Block {
    pub(super) label: String,
    /// The line of its `-----BEGIN`, counted from one.
    pub(super) line: usize,
    /// `DEK-Info: AES-256-CBC,…`
    pub(super) headers: Vec<(String, String)>,
    /// DER, or why there is none.
    pub(super) content: Result<Zeroizing<Vec<u8>>, Problem>,
}

/// The blocks of a text, in their order.
///
/// Line ends, indentation and text around the blocks do not matter. A block whose end is missing is given with its problem; what
/// follows it is read nevertheless.
pub(super) struct Blocks<'a> {
    rest: &'a [u8],
    line: usize,
}

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// The longest that is in use has 29 characters.
const LONGEST_LABEL: usize = 64;

/// Whether there may be a block in it.
pub(super) fn has_block(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(begin) = find(rest, BEGIN) {
        rest = &rest[begin + BEGIN.len()..];
        if !is_pattern(rest) {
            return true;
        }
    }
    false
}

/// Whether what stands behind `-----BEGIN ` is in a script that looks for such a line, as our own install.sh does.
fn is_pattern(rest: &[u8]) -> bool {
    let near = &rest[..rest.len().min(LONGEST_LABEL + DASHES.len())];
    let end = find(near, DASHES).map(|length| length + DASHES.len());
    end.is_some_and(|end| rest.get(end) == Some(&b'$'))
}

impl<'a> Blocks<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self {
            rest: text,
            line: 1,
        }
    }

    /// Goes on by `count` bytes, and counts their lines.
    fn skip(&mut self, count: usize) {
        let (passed, rest) = self.rest.split_at(count);
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.rest = rest;
    }

    /// The label at the beginning of what is left, and what comes behind its dashes.
    fn label(&self) -> Option<(String, usize)> {
        let length = find(self.rest, DASHES).filter(|length| *length <= LONGEST_LABEL)?;
        let label = std::str::from_utf8(&self.rest[..length]).ok()?;
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || " -#".contains(c);
        let fits = !label.is_empty() && label.chars().all(plain);
        (fits && !is_pattern(self.rest)).then(|| (label.to_owned(), length + DASHES.len()))
    }
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        loop {
            let begin = find(self.rest, BEGIN)?;
            self.skip(begin);
            let line = self.line;
            self.skip(BEGIN.len());
            let Some((label, length)) = self.label() else {
                continue;
            };
            self.skip(length);
            let next = find(self.rest, BEGIN).unwrap_or(self.rest.len());
            let end = find(&self.rest[..next], END);
            let body = &self.rest[..end.unwrap_or(next)];
            self.skip(body.len());
            let (headers, content) = if end.is_some() {
                self.skip(END.len());
                let closing = self.label();
                if closing.is_some_and(|(closing, _)| closing == label) {
                    read(&label, body)
                } else {
                    (
                        Vec::new(),
                        Err(Problem::PemOtherEnd {
                            found: label.clone(),
                        }),
                    )
                }
            } else {
                (
                    Vec::new(),
                    Err(Problem::PemNoEnd {
                        found: label.clone(),
                    }),
                )
            };
            return Some(Block {
                label,
                line,
                headers,
                content,
            });
        }
    }
}

type Read = (Vec<(String, String)>, Result<Zeroizing<Vec<u8>>, Problem>);

/// The headers, if there are any, and the bytes.
fn read(label: &str, body: &[u8]) -> Read {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut base64 = Zeroizing::new(Vec::with_capacity(body.len()));
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if let Some(colon) = line.iter().position(|byte| *byte == b':') {
            let text = |part: &[u8]| String::from_utf8_lossy(part.trim_ascii()).into_owned();
            headers.push((text(&line[..colon]), text(&line[colon + 1..])));
        } else {
            base64.extend(line.iter().filter(|byte| !byte.is_ascii_whitespace()));
        }
    }
    let content = decode(&base64).ok_or_else(|| Problem::PemNotBase64 {
        found: label.to_owned(),
    });
    (headers, content)
}

/// Base64 without blanks, with or without the `=` at its end.
pub(super) fn decode(base64: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = std::str::from_utf8(base64).ok()?;
    let decoded = if text.len().is_multiple_of(4) {
        Base64::decode_vec(text)
    } else {
        Base64Unpadded::decode_vec(text.trim_end_matches('='))
    };
    let decoded = Zeroizing::new(decoded.ok()?);
    (!decoded.is_empty()).then_some(decoded)
}

pub(super) fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}
