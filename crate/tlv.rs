//! DER, written: one element around others (X.690, section 8.1).

use zeroize::Zeroizing;

/// An element with this content; wiped when dropped, since it may be of a private key. It is allocated once.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut der = Zeroizing::new(Vec::with_capacity(length + 10));
    der.push(tag);
    let octets = length.to_be_bytes();
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let octets = &octets[zeros..];
    match *octets {
        [] => der.push(0),
        [short @ ..0x80] => der.push(short),
        _ => {
            // At most eight.
            der.push(0x80 | u8::try_from(octets.len()).unwrap_or_default());
            der.extend_from_slice(octets);
        }
    }
    for part in parts {
        der.extend_from_slice(part);
    }
    der
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_as_short_as_can_be() {
        for (length, head) in [
            (0, &[4, 0][..]),
            (127, &[4, 127]),
            (128, &[4, 0x81, 128]),
            (255, &[4, 0x81, 255]),
            (256, &[4, 0x82, 1, 0]),
            (65_536, &[4, 0x83, 1, 0, 0]),
        ] {
            let content = vec![7; length];
            let der = element(4, &[&content[..length / 2], &content[length / 2..]]);
            assert_eq!(&der[..head.len()], head, "{length}");
            assert_eq!(&der[head.len()..], content, "{length}");
        }
    }
}
