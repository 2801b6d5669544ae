//! Numbers as 32-bit words, least significant first: what happens once a number, before the digits take over.

/// The words that hold the largest R of any kernel.
pub(crate) const MAX_WORDS: usize = 66;

/// `-1/n` modulo `2^(32 words.len())`, for an odd `n`.
///
/// Word by word, as in the division that leaves no remainder: the word of the quotient that clears the lowest word of
/// what is left is a product with the inverse of n's lowest word.
pub(crate) fn negated_inverse(n: &[u32], quotient: &mut [u32]) {
    let mut rest = [0u32; MAX_WORDS];
    rest[0] = 1;
    let lowest = inverse_of_word(n[0]).wrapping_neg();
    let len = quotient.len();
    for i in 0..len {
        let q = rest[i].wrapping_mul(lowest);
        quotient[i] = q;
        let mut carry = 0u64;
        for (r, &word) in rest[i..len]
            .iter_mut()
            .zip(n.iter().chain(core::iter::repeat(&0)))
        {
            let sum = u64::from(*r) + u64::from(q) * u64::from(word) + carry;
            *r = sum as u32;
            carry = sum >> 32;
        }
    }
}

/// `1/odd` modulo 2^32, by Newton: each step doubles the number of right bits, and `odd` is its own inverse modulo 8.
fn inverse_of_word(odd: u32) -> u32 {
    let mut x = odd;
    for _ in 0..4 {
        x = x.wrapping_mul(2u32.wrapping_sub(odd.wrapping_mul(x)));
    }
    x
}

/// `2^exponent` modulo `n`, whose highest bit is set and which `exponent` reaches, into `x`.
pub(crate) fn power_of_two(x: &mut [u32], exponent: usize, n: &[u32]) {
    x.fill(0);
    subtract(x, n);
    for _ in 32 * n.len()..exponent {
        double(x, n);
    }
}

/// `2x` modulo `n`, for `x < n`, without a branch on either.
fn double(x: &mut [u32], n: &[u32]) {
    let mut top = 0;
    for word in x.iter_mut() {
        (*word, top) = (*word << 1 | top, *word >> 31);
    }
    let borrow = subtract(x, n);
    // Below n from the start: add it again.
    let mask = 0u32.wrapping_sub(borrow & !top & 1);
    let mut carry = 0u64;
    for (word, &n) in x.iter_mut().zip(n) {
        carry += u64::from(*word) + u64::from(n & mask);
        *word = carry as u32;
        carry >>= 32;
    }
}

/// `x - y` modulo the power of two that `x` holds, and the borrow.
pub(crate) fn subtract(x: &mut [u32], y: &[u32]) -> u32 {
    let mut borrow = 0i64;
    for (word, &y) in x.iter_mut().zip(y) {
        borrow += i64::from(*word) - i64::from(y);
        *word = borrow as u32;
        borrow >>= 32;
    }
    (borrow & 1) as u32
}

/// Bits `at..at + len` (at most 32) of a number that zeros continue.
pub(crate) fn bits(words: &[u32], at: usize, len: usize) -> u32 {
    let word = |i: usize| u64::from(words.get(i).copied().unwrap_or(0));
    let both = word(at / 32) | word(at / 32 + 1) << 32;
    ((both >> (at % 32)) & ((1 << len) - 1)) as u32
}

/// The balanced digits of a number: `count` of them, `width` bits each, between -2^(width-1) and 2^(width-1) - 1.
///
/// What does not fit is dropped: the digits are those of the number modulo 2^(width count), around zero.
pub(crate) fn digits(words: &[u32], width: usize, count: usize) -> impl Iterator<Item = i64> {
    let mut carry = 0;
    (0..count).map(move |i| {
        let low = u64::from(bits(words, i * width, width.min(32)));
        let high = match width {
            0..=32 => 0,
            _ => u64::from(bits(words, i * width + 32, width - 32)) << 32,
        };
        let digit = (low | high) as i64 + carry;
        carry = (digit + (1 << (width - 1))) >> width;
        digit - (carry << width)
    })
}
