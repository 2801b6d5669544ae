//! The system's randomness, and nothing in its place.

use core::fmt;

use getrandom::SysRng;
use rsa::rand_core::{TryCryptoRng, TryRng};
use zeroize::Zeroizing;

/// The system's source of randomness (in a browser `crypto.getRandomValues`), watched: a source that gives the same block twice in a
/// row, or zeros, has failed just as one that says so (the repetition count test of NIST SP 800-90B, section 4.4.1, on blocks of
/// 128 bits). A good source does so once in 2^128 draws.
///
/// It catches a source that stands still, which would make the same key for everybody. No test tells a bad source that moves
/// from a good one.
pub struct Randomness<Source = SysRng> {
    source: Source,
    /// How the last draw began. `None`: nothing was drawn yet.
    last: Option<Zeroizing<[u8; BLOCK]>>,
}

/// Why there is no randomness.
#[derive(Debug)]
pub enum NoRandomness<Refusal = getrandom::Error> {
    /// The source says so.
    Refused(Refusal),
    /// The source repeats itself.
    Stuck,
}

impl<Source: TryRng> Randomness<Source> {
    /// Watches a source.
    pub fn of(source: Source) -> Self {
        Self { source, last: None }
    }

    fn draw(&mut self, bytes: &mut [u8]) -> Result<(), NoRandomness<Source::Error>> {
        self.source
            .try_fill_bytes(bytes)
            .map_err(NoRandomness::Refused)
    }

    /// Of a draw that is a block long or more.
    fn watch(&mut self, drawn: &[u8; BLOCK]) -> Result<(), NoRandomness<Source::Error>> {
        let before = self.last.replace(Zeroizing::new(*drawn));
        if *drawn == [0; BLOCK] || before.is_some_and(|before| *before == *drawn) {
            return Err(NoRandomness::Stuck);
        }
        Ok(())
    }
}

impl Default for Randomness {
    fn default() -> Self {
        Self::of(SysRng)
    }
}

impl<Source: TryRng> TryRng for Randomness<Source> {
    type Error = NoRandomness<Source::Error>;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = Zeroizing::new([0; 4]);
        self.try_fill_bytes(&mut *bytes)?;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = Zeroizing::new([0; 8]);
        self.try_fill_bytes(&mut *bytes)?;
        Ok(u64::from_le_bytes(*bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        if self.last.is_none() {
            // So that already the first draw has one before it.
            let mut first = Zeroizing::new([0; BLOCK]);
            self.draw(&mut *first)?;
            self.watch(&first)?;
        }
        self.draw(bytes)?;
        bytes
            .first_chunk()
            .map_or(Ok(()), |first| self.watch(first))
    }
}

impl<Source: TryCryptoRng> TryCryptoRng for Randomness<Source> {}

impl<Refusal: fmt::Display> fmt::Display for NoRandomness<Refusal> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Stuck => f.write_str("it gives the same bytes again and again"),
        }
    }
}

impl<Refusal: fmt::Debug + fmt::Display> core::error::Error for NoRandomness<Refusal> {}

/// Octets.
const BLOCK: usize = 16;

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::convert::Infallible;

    use super::*;
    use crate::{KeyAlgorithm, PrivateKey};

    /// Gives these bytes, one for all of each draw, and the last for ever.
    struct Played(VecDeque<u8>);

    impl TryRng for Played {
        type Error = Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            unreachable!("keys are made of draws")
        }

        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            unreachable!("keys are made of draws")
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
            bytes.fill(self.0[0]);
            if self.0.len() > 1 {
                self.0.pop_front();
            }
            Ok(())
        }
    }

    impl TryCryptoRng for Played {}

    fn played(bytes: &[u8]) -> Randomness<Played> {
        Randomness::of(Played(bytes.iter().copied().collect()))
    }

    #[test]
    fn a_source_that_stands_still_or_gives_zeros_makes_no_key() {
        for source in [&[0][..], &[7], &[7, 0]] {
            for algorithm in [KeyAlgorithm::Rsa2048, KeyAlgorithm::EcdsaP256] {
                let made = PrivateKey::generate(algorithm, &mut played(source));
                let error = made.map(drop).unwrap_err();
                assert_eq!(error.code(), "randomness", "{source:?}");
                assert!(error.to_string().contains("again and again"), "{error}");
            }
        }
    }

    #[test]
    fn a_source_that_sticks_later_on_is_noticed_at_the_next_draw() {
        let mut watched = played(&[1, 2, 3, 3]);
        let mut block = [0; BLOCK];
        assert!(watched.try_fill_bytes(&mut block).is_ok());
        assert!(watched.try_fill_bytes(&mut block).is_ok());
        assert!(matches!(
            watched.try_fill_bytes(&mut block),
            Err(NoRandomness::Stuck)
        ));
    }

    #[test]
    fn a_source_that_moves_is_let_through_unchanged_and_short_draws_may_repeat() {
        let mut watched = played(&[1, 2, 3, 3, 4]);
        let mut block = [0; 2 * BLOCK];
        watched.try_fill_bytes(&mut block).unwrap();
        assert_eq!(block, [2; 2 * BLOCK]);
        assert_eq!(watched.try_next_u32().unwrap(), 0x0303_0303);
        assert_eq!(watched.try_next_u64().unwrap(), 0x0303_0303_0303_0303);
        watched.try_fill_bytes(&mut block).unwrap();
        assert_eq!(block, [4; 2 * BLOCK]);
    }
}
