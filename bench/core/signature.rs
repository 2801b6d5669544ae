//! Signatures and their parts.
//!
//! A part is what `rsa` 0.10 does inside `sign_with_rng`, done alone by the same library calls (its `algorithms/rsa.rs` and
//! `algorithms/blinding.rs`). The parts leave out conversions and the recombination, so they add up to less than the whole.

use core::hint::black_box;

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BitOps, BoxedUint, Odd, RandomBits, RandomMod};
use p256::ecdsa::signature::Signer;
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use rsa::sha2::{Digest, Sha256};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{Pkcs1v15Sign, PrivateKey};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::keys::{rng, text};

/// An RSA key whose steps are called one at a time. Each method does its step `times` times.
#[wasm_bindgen]
pub struct RsaSteps {
    key: PrivateKey,
    prime: Odd<BoxedUint>,
    blinded_prime: Odd<BoxedUint>,
    exponent: BoxedUint,
    blinded_exponent: BoxedUint,
}

#[wasm_bindgen]
impl RsaSteps {
    /// Of a key, PKCS#8 DER.
    ///
    /// # Errors
    ///
    /// The library's, as text.
    #[wasm_bindgen(constructor)]
    pub fn new(pkcs8: &[u8]) -> Result<Self, JsValue> {
        let key = PrivateKey::from_pkcs8_der(pkcs8).map_err(text)?;
        let prime = key.primes()[0].clone();
        let bits = prime.bits_precision();
        let rng = &mut rng(0);
        // As large as `rsa` makes them: a random factor of 130 bits, an added multiple by 128 bits.
        let mut blinded = BoxedUint::random_bits(rng, bits + 130);
        blinded.set_bit_vartime(0, true);
        blinded.set_bit_vartime(bits + 129, true);
        let blinded_prime = Odd::new(blinded).into_option().ok_or("not odd")?;
        Ok(Self {
            prime,
            blinded_prime,
            exponent: BoxedUint::random_bits(rng, bits),
            blinded_exponent: BoxedUint::random_bits(rng, bits + 128),
            key,
        })
    }

    /// PKCS#1 v1.5 with SHA-256, blinded, as certificates are signed.
    pub fn blinded(&self, times: u32) {
        let rng = &mut rng(1);
        for i in 0..times {
            let digest = Sha256::digest(i.to_le_bytes());
            black_box(
                self.key
                    .sign_with_rng(rng, Pkcs1v15Sign::new::<Sha256>(), &digest),
            )
            .expect("a signature");
        }
    }

    /// The same without blinding.
    pub fn unblinded(&self, times: u32) {
        for i in 0..times {
            let digest = Sha256::digest(i.to_le_bytes());
            black_box(self.key.sign(Pkcs1v15Sign::new::<Sha256>(), &digest)).expect("a signature");
        }
    }

    /// Both exponentiations of the CRT, modulo primes times random factors, by exponents plus random multiples.
    #[wasm_bindgen(js_name = blindedPowers)]
    pub fn blinded_powers(&self, times: u32) {
        powers(&self.blinded_prime, &self.blinded_exponent, 2 * times);
    }

    /// Both exponentiations of the CRT as they would be without blinding.
    #[wasm_bindgen(js_name = plainPowers)]
    pub fn plain_powers(&self, times: u32) {
        powers(&self.prime, &self.exponent, 2 * times);
    }

    /// What Montgomery's form of the two blinded primes and of the two primes themselves takes.
    pub fn parameters(&self, times: u32) {
        for _ in 0..2 * times {
            black_box(BoxedMontyParams::new(black_box(self.blinded_prime.clone())));
            black_box(BoxedMontyParams::new(black_box(self.prime.clone())));
        }
    }

    /// The inverse of the factor that blinds the base, modulo n.
    pub fn inverse(&self, times: u32) {
        let rng = &mut rng(2);
        let factor = BoxedUint::random_mod_vartime(rng, self.key.n());
        for _ in 0..times {
            let inverse = black_box(&factor).invert_mod(self.key.n());
            black_box(inverse.expect("an inverse"));
        }
    }

    /// Two powers by the public exponent, modulo n: one blinds, one checks the result.
    #[wasm_bindgen(js_name = publicPowers)]
    pub fn public_powers(&self, times: u32) {
        let base = BoxedUint::random_mod_vartime(&mut rng(3), self.key.n());
        for _ in 0..2 * times {
            let form = BoxedMontyForm::new(black_box(base.clone()), self.key.n_params());
            black_box(
                form.pow_bounded_exp(self.key.e(), self.key.e().bit_width_vartime())
                    .retrieve(),
            );
        }
    }

    /// The key from its two primes, validated.
    pub fn assembly(&self, times: u32) {
        for _ in 0..times {
            let [p, q] = [0, 1].map(|i| black_box(self.key.primes()[i].as_ref().clone()));
            black_box(PrivateKey::from_p_q(p, q, self.key.e().clone())).expect("a key");
        }
    }

    /// PKCS#8 written.
    pub fn writing(&self, times: u32) {
        for _ in 0..times {
            black_box(self.key.to_pkcs8_der()).expect("a document");
        }
    }

    /// PKCS#8 read and validated, as the vault does.
    pub fn reading(&self, times: u32) {
        let document = self.key.to_pkcs8_der().expect("a document");
        for _ in 0..times {
            black_box(PrivateKey::from_pkcs8_der(black_box(document.as_bytes()))).expect("a key");
        }
    }
}

/// Signs `times` times with P-256 and SHA-256.
///
/// # Errors
///
/// The library's, as text.
#[wasm_bindgen(js_name = signP256)]
pub fn sign_p256(pkcs8: &[u8], times: u32) -> Result<(), JsValue> {
    let key = p256::ecdsa::SigningKey::from_pkcs8_der(pkcs8).map_err(text)?;
    for i in 0..times {
        let signature: p256::ecdsa::Signature = key.sign(&i.to_le_bytes());
        black_box(signature);
    }
    Ok(())
}

/// Signs `times` times with P-384 and SHA-384.
///
/// # Errors
///
/// The library's, as text.
#[wasm_bindgen(js_name = signP384)]
pub fn sign_p384(pkcs8: &[u8], times: u32) -> Result<(), JsValue> {
    let key = p384::ecdsa::SigningKey::from_pkcs8_der(pkcs8).map_err(text)?;
    for i in 0..times {
        let signature: p384::ecdsa::Signature = key.sign(&i.to_le_bytes());
        black_box(signature);
    }
    Ok(())
}

fn powers(modulus: &Odd<BoxedUint>, exponent: &BoxedUint, times: u32) {
    let params = BoxedMontyParams::new(modulus.clone());
    let form = BoxedMontyForm::new(
        BoxedUint::random_mod_vartime(&mut rng(4), modulus.as_nz_ref()),
        &params,
    );
    for _ in 0..times {
        black_box(black_box(&form).pow(exponent));
    }
}
