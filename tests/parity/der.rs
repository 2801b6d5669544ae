//! DER as a tree whose every node can be changed, and written again however wrong it is then.

#[derive(Clone, Debug)]
pub(crate) enum Node {
    Constructed(u8, Vec<Node>),
    Primitive(u8, Vec<u8>),
    /// Written as it is, tag and length included.
    Raw(Vec<u8>),
}

impl Node {
    /// One element; octets that are none become `Raw`.
    pub(crate) fn parse(der: &[u8]) -> Self {
        match asn1::strip_tlv(der) {
            Ok((element, [])) if der[0] & 0x20 != 0 => {
                Self::Constructed(der[0], Self::list(element.data()))
            }
            Ok((element, [])) => Self::Primitive(der[0], element.data().to_vec()),
            _ => Self::Raw(der.to_vec()),
        }
    }

    fn list(mut der: &[u8]) -> Vec<Self> {
        let mut nodes = Vec::new();
        while let Ok((element, rest)) = asn1::strip_tlv(der) {
            nodes.push(Self::parse(element.full_data()));
            der = rest;
        }
        if !der.is_empty() {
            nodes.push(Self::Raw(der.to_vec()));
        }
        nodes
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Raw(octets) => octets.clone(),
            _ => [self.header(self.content().len(), 0), self.content()].concat(),
        }
    }

    /// With a length of `padding` more octets than it needs.
    pub(crate) fn encode_long(&self, padding: usize) -> Vec<u8> {
        [self.header(self.content().len(), padding), self.content()].concat()
    }

    pub(crate) fn content(&self) -> Vec<u8> {
        match self {
            Self::Constructed(_, nodes) => nodes.iter().flat_map(Self::encode).collect(),
            Self::Primitive(_, octets) | Self::Raw(octets) => octets.clone(),
        }
    }

    pub(crate) fn tag(&self) -> u8 {
        match self {
            Self::Constructed(tag, _) | Self::Primitive(tag, _) => *tag,
            Self::Raw(octets) => octets.first().copied().unwrap_or_default(),
        }
    }

    fn header(&self, length: usize, padding: usize) -> Vec<u8> {
        let mut octets: Vec<u8> = length
            .to_be_bytes()
            .into_iter()
            .skip_while(|one| *one == 0)
            .collect();
        if length < 0x80 && padding == 0 {
            return vec![self.tag(), u8::try_from(length).unwrap()];
        }
        if octets.is_empty() {
            octets.push(0);
        }
        octets.splice(
            ..0,
            vec![0; padding.saturating_sub(usize::from(length < 0x80))],
        );
        let count = u8::try_from(octets.len()).unwrap();
        [vec![self.tag(), 0x80 | count], octets].concat()
    }

    pub(crate) fn children(&mut self) -> &mut Vec<Self> {
        match self {
            Self::Constructed(_, nodes) => nodes,
            _ => panic!("a node without children"),
        }
    }

    /// With all below it.
    pub(crate) fn count(&self) -> usize {
        match self {
            Self::Constructed(_, nodes) => 1 + nodes.iter().map(Self::count).sum::<usize>(),
            _ => 1,
        }
    }

    /// Does something to the list that holds the n-th node, and to its place there; the root is in none.
    pub(crate) fn at(&mut self, n: usize, act: &mut dyn FnMut(&mut Vec<Self>, usize)) {
        let Self::Constructed(_, nodes) = self else {
            return;
        };
        let mut before = 1;
        for place in 0..nodes.len() {
            let count = nodes[place].count();
            if n == before {
                return act(nodes, place);
            }
            if n < before + count {
                return nodes[place].at(n - before, act);
            }
            before += count;
        }
    }
}

pub(crate) fn sequence(nodes: Vec<Node>) -> Node {
    Node::Constructed(0x30, nodes)
}

pub(crate) fn explicit(number: u8, node: Node) -> Node {
    Node::Constructed(0xa0 | number, vec![node])
}

pub(crate) fn primitive(tag: u8, octets: impl AsRef<[u8]>) -> Node {
    Node::Primitive(tag, octets.as_ref().to_vec())
}

pub(crate) fn boolean(value: bool) -> Node {
    primitive(0x01, [if value { 0xff } else { 0 }])
}

pub(crate) fn integer(octets: impl AsRef<[u8]>) -> Node {
    primitive(0x02, octets)
}

/// Big-endian, not negative.
pub(crate) fn unsigned(octets: &[u8]) -> Node {
    let mut octets: Vec<u8> = octets.iter().copied().skip_while(|one| *one == 0).collect();
    if octets.first().is_none_or(|first| first & 0x80 != 0) {
        octets.insert(0, 0);
    }
    integer(octets)
}

pub(crate) fn bits(octets: &[u8]) -> Node {
    primitive(0x03, [&[0], octets].concat())
}

pub(crate) fn oid(dotted: &str) -> Node {
    let components: Vec<u32> = dotted.split('.').map(|one| one.parse().unwrap()).collect();
    let mut octets = Vec::new();
    let first = components[0] * 40 + components[1];
    for component in [first].iter().chain(&components[2..]) {
        let groups = (0..5).rev().map(|group| component >> (7 * group));
        let groups: Vec<u32> = groups.skip_while(|group| *group == 0).collect();
        let last = groups.len().max(1) - 1;
        for (place, group) in groups.iter().enumerate() {
            let more = if place < last { 0x80 } else { 0 };
            octets.push(u8::try_from(group & 0x7f).unwrap() | more);
        }
        if groups.is_empty() {
            octets.push(0);
        }
    }
    primitive(0x06, octets)
}

pub(crate) fn null() -> Node {
    primitive(0x05, [])
}
