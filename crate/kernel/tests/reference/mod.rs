//! Integers by crypto-bigint, in two's complement, wide enough for every product of the tests.
#![allow(
    dead_code,
    reason = "each test program is compiled with its own copy, and uses a part"
)]

use crypto_bigint::{Uint, Word};
use hardway_kernel::Shape;

/// R times a number of 2050 bits, with room for a sign.
pub const WIDE_BITS: usize = 4224;

/// The sizes of candidates.
pub const SIZES: [usize; 3] = [1024, 1536, 2048];

pub type Wide = Uint<{ WIDE_BITS / Word::BITS as usize }>;

/// The number that digits stand for.
pub fn value(width: usize, digits: impl IntoIterator<Item = i64>) -> Wide {
    let mut words = [0; WIDE_BITS / 64];
    let mut digits = digits.into_iter();
    let mut carry = 0;
    for at in (0..WIDE_BITS).step_by(width) {
        let digit = digits.next().unwrap_or(0) + carry;
        carry = digit >> width;
        let digit = (digit & ((1 << width) - 1)) as u64;
        words[at / 64] |= digit << (at % 64);
        if at % 64 + width > 64 && at / 64 + 1 < words.len() {
            words[at / 64 + 1] = digit >> (64 - at % 64);
        }
    }
    from_words(
        words
            .iter()
            .flat_map(|&word| [word as u32, (word >> 32) as u32]),
    )
}

/// The balanced digits of a number modulo R.
pub fn digits(shape: Shape, value: &Wide) -> Vec<i64> {
    let words = words(value);
    let mut carry = 0;
    (0..shape.digits)
        .map(|index| {
            let at = index * shape.width;
            let pair = u128::from(words[at / 64]) | u128::from(words[at / 64 + 1]) << 64;
            let digit = (pair >> (at % 64)) as i64 & ((1 << shape.width) - 1);
            let digit = digit + carry;
            carry = (digit + (1 << (shape.width - 1))) >> shape.width;
            digit - (carry << shape.width)
        })
        .collect()
}

pub fn from_words(words: impl IntoIterator<Item = u32>) -> Wide {
    let mut bytes: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
    bytes.resize(WIDE_BITS / 8, 0);
    Wide::from_le_slice(&bytes)
}

fn words(value: &Wide) -> Vec<u64> {
    let word = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap());
    value
        .to_le_bytes()
        .as_ref()
        .chunks_exact(8)
        .map(word)
        .collect()
}

pub fn small(value: i64) -> Wide {
    let magnitude = Wide::from_u64(value.unsigned_abs());
    if value < 0 {
        negative(&magnitude)
    } else {
        magnitude
    }
}

pub fn power_of_two(exponent: usize) -> Wide {
    Wide::ONE.shl_vartime(exponent as u32)
}

pub fn negative(value: &Wide) -> Wide {
    value.wrapping_neg()
}

pub fn plus(x: &Wide, y: &Wide) -> Wide {
    x.wrapping_add(y)
}

pub fn minus(x: &Wide, y: &Wide) -> Wide {
    x.wrapping_sub(y)
}

pub fn times(x: &Wide, y: &Wide) -> Wide {
    x.wrapping_mul(y)
}

/// `value 2^bits`, which fits.
pub fn shifted(value: &Wide, bits: usize) -> Wide {
    value.unbounded_shl_vartime(bits as u32)
}

/// The remainder by a power of two, between 0 and it.
pub fn low(value: &Wide, bits: usize) -> Wide {
    value.bitand(&minus(&power_of_two(bits), &Wide::ONE))
}

/// `1/odd` modulo `2^bits`.
pub fn inverse(odd: &Wide, bits: usize) -> Option<Wide> {
    odd.invert_mod2k_vartime(bits as u32).into_option()
}

pub fn magnitude(value: &Wide) -> Wide {
    if value.bit_vartime(WIDE_BITS as u32 - 1) {
        negative(value)
    } else {
        *value
    }
}
