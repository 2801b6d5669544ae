//! The inputs of the fuzz target `verifier`, as they are and changed by chance: what libFuzzer found by our coverage, judged by Go.

use std::path::Path;
use std::sync::OnceLock;

use crate::bodies::verifier::{PARTS, flag, read};
use crate::case::{Case, Setup};
use crate::der::Node;
use crate::dice::Dice;

/// One input after the other.
pub(crate) fn found(_: &Setup<'_>, dice: &mut Dice) -> Case {
    let inputs = inputs();
    let number = dice.number() % inputs.len();
    let (name, input) = &inputs[number];
    case(name.clone(), input)
}

/// How many there are.
pub(crate) fn count() -> usize {
    inputs().len()
}

/// Any of them, with some octets, elements, certificates or flags changed; most are signed again.
pub(crate) fn changed(_: &Setup<'_>, dice: &mut Dice) -> Case {
    let (name, input) = dice.pick(inputs());
    let (_, other) = dice.pick(inputs());
    let mut one = Pieces::of(input);
    let other = Pieces::of(other);
    for _ in 0..=dice.below(4) {
        one.change(&other, dice);
    }
    case(format!("{name}, changed"), &one.whole())
}

fn case(about: String, input: &[u8]) -> Case {
    let read = read(input).expect("an input of the corpus");
    Case {
        about,
        handshake: read.handshake,
        client_key: read.client_key,
        server_key: read.server_key,
    }
}

/// Those of the repository and, where libFuzzer was at work, those of `target/fuzz`.
fn inputs() -> &'static [(String, Vec<u8>)] {
    static INPUTS: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    INPUTS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = crate::common::files_below(&root.join("fuzz/corpus/verifier"))
            .into_iter()
            .map(|name| root.join("fuzz/corpus/verifier").join(name))
            .collect::<Vec<_>>();
        if std::env::var_os("FUZZED").is_some() {
            let grown = root.join("target/fuzz/verifier/corpus");
            files.extend(
                crate::common::files_below(&grown)
                    .into_iter()
                    .map(|name| grown.join(name)),
            );
        }
        let inputs = files.into_iter().map(|file| {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(file).unwrap())
        });
        inputs.filter(|(_, input)| read(input).is_some()).collect()
    })
}

/// An input taken apart.
#[derive(Clone)]
struct Pieces {
    flags: u8,
    host: Vec<u8>,
    parts: Vec<Vec<u8>>,
}

impl Pieces {
    fn of(input: &[u8]) -> Self {
        let host = usize::from(input[1]);
        let mut rest = &input[2 + host..];
        let parts = PARTS.map(|_| {
            let Some((length, after)) = rest.split_at_checked(2) else {
                return std::mem::take(&mut rest).to_vec();
            };
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            let (part, after) = after.split_at(length.min(after.len()));
            rest = after;
            part.to_vec()
        });
        Self {
            flags: input[0],
            host: input[2..2 + host].to_vec(),
            parts: parts.into(),
        }
    }

    fn whole(&self) -> Vec<u8> {
        let mut input = vec![self.flags, u8::try_from(self.host.len()).unwrap()];
        input.extend(&self.host);
        for part in &self.parts {
            let part = &part[..part.len().min(0xffff)];
            input.extend(u16::try_from(part.len()).unwrap().to_be_bytes());
            input.extend(part);
        }
        input
    }

    fn change(&mut self, other: &Self, dice: &mut Dice) {
        let place = dice.below(self.parts.len());
        let part = &mut self.parts[place];
        match dice.below(10) {
            0 => {
                let flags = [
                    flag::REQUIRES,
                    flag::ASKS_NOT,
                    flag::NO_CLIENT,
                    flag::CHAIN,
                    flag::LATER,
                ];
                self.flags ^= dice.pick(&flags);
            }
            1 => self.host.clone_from(&other.host),
            2 => part.clone_from(&other.parts[place]),
            3 | 4 if !part.is_empty() => {
                let at = dice.below(part.len());
                part[at] = match dice.below(3) {
                    0 => dice.octet(),
                    1 => part[at] ^ (1 << dice.below(8)),
                    _ => *dice.pick(&[
                        0, 1, 5, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82,
                        0x86, 0xa0, 0xff,
                    ]),
                };
            }
            _ => {
                // An element, which keeps the lengths around it right.
                let mut tree = Node::parse(part);
                let mut grafted = Node::parse(&other.parts[place]);
                let (count, foreign) = (tree.count(), grafted.count());
                if count > 1 && foreign > 1 {
                    let (at, from) = (1 + dice.below(count - 1), 1 + dice.below(foreign - 1));
                    let mut graft = None;
                    grafted.at(from, &mut |nodes, place| graft = Some(nodes[place].clone()));
                    let graft = graft.unwrap();
                    let how = dice.below(4);
                    tree.at(at, &mut |nodes, place| match how {
                        0 => drop(nodes.remove(place)),
                        1 => nodes.insert(place, graft.clone()),
                        2 => nodes[place] = graft.clone(),
                        _ => within(&mut nodes[place], dice),
                    });
                    *part = tree.encode();
                }
            }
        }
    }
}

/// An octet of its content; or an element, if its content is one.
fn within(node: &mut Node, dice: &mut Dice) {
    if let Node::Primitive(tag, content) = node
        && !content.is_empty()
    {
        let mut inner = Node::parse(content);
        if *tag == 0x04 && inner.count() > 1 {
            let at = 1 + dice.below(inner.count() - 1);
            inner.at(at, &mut |nodes, place| within(&mut nodes[place], dice));
            *content = inner.encode();
        } else {
            let at = dice.below(content.len());
            content[at] = dice.octet();
        }
    }
}
