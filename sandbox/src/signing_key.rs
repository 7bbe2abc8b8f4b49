//! The key that signs access tokens, and the tokens: JWTs by RS512 (RFC 7515, RFC 7518), which
//! clients take apart and some verify with the root document's public key. The key is new at each
//! start and stays in memory.
//!
//! ring signs but makes no RSA keys; what it lacks are two primes.

use std::fmt;

use crypto_bigint::{BoxedUint, ConcatenatingMul, NonZero};
use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, is_prime, sieve_and_find};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, KeyPairComponents, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA512;
use serde_json::{Value, json};

const PRIME_BITS: u32 = 1024;
/// 65537, the public exponent of nearly every key.
const EXPONENT: [u8; 3] = [1, 0, 1];
/// What stands before an RSA key of 2048 bits in a `SubjectPublicKeyInfo` (RFC 5280): a sequence of
/// the algorithm `rsaEncryption` and a bit string.
const PUBLIC_KEY_HEADER: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
];

/// An RSA key of 2048 bits.
pub(crate) struct SigningKey(KeyPair);

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningKey")
    }
}

impl SigningKey {
    /// Makes a key.
    pub(crate) fn generate() -> SigningKey {
        loop {
            // Two primes by chance too close, or alike, make no key: once in the life of no one.
            if let Some(key) = pair(&prime(), &prime()) {
                return SigningKey(key);
            }
        }
    }

    /// Returns the public half in PEM.
    pub(crate) fn public_pem(&self) -> String {
        let der = [PUBLIC_KEY_HEADER.as_slice(), self.0.public().as_ref()].concat();
        let text = BASE64.encode(&der);
        let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
        for line in text.as_bytes().chunks(64) {
            pem.extend(line.iter().map(|&byte| char::from(byte)));
            pem.push('\n');
        }
        pem + "-----END PUBLIC KEY-----\n"
    }

    /// Returns a JWT with these claims.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = json!({"typ": "JWT", "alg": "RS512"});
        let encode = |part: &Value| BASE64URL_NOPAD.encode(part.to_string().as_bytes());
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA512, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .expect("the key is long enough for SHA-512");
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
    }
}

/// Returns a random prime whose two highest bits are set, so that the product of two is never short.
fn prime() -> BoxedUint {
    let sieve = SmallFactorsSieveFactory::new(Flavor::Any, PRIME_BITS, SetBits::TwoMsb);
    let sieve = sieve.expect("1024 bits have two highest ones");
    let found = sieve_and_find(&mut UnwrapErr(SysRng), sieve, |_, candidate| {
        is_prime(Flavor::Any, candidate)
    });
    let prime = found.expect("no bound was set to what is sieved");
    prime.expect("the search does not end without a prime")
}

/// Computes a key from two primes (RFC 8017, section 3.2).
fn pair(one: &BoxedUint, other: &BoxedUint) -> Option<KeyPair> {
    let (p, q) = if one > other { (one, other) } else { (other, one) };
    let less_one = |prime: &BoxedUint| NonZero::new(prime - BoxedUint::one()).into_option();
    let (p_less_one, q_less_one) = (less_one(p)?, less_one(q)?);
    let totient = NonZero::new(p_less_one.concatenating_mul(q_less_one.as_ref())).into_option()?;
    let exponent = BoxedUint::from_be_slice(&EXPONENT, 2 * PRIME_BITS).ok()?;
    let d = exponent.invert_mod(&totient).into_option()?;
    let q_inverse = q.invert_mod(&NonZero::new(p.clone()).into_option()?);
    let components = KeyPairComponents {
        public_key: PublicKeyComponents {
            n: p.concatenating_mul(q).to_be_bytes(),
            e: Box::from(EXPONENT),
        },
        dP: d.rem(&p_less_one).to_be_bytes(),
        dQ: d.rem(&q_less_one).to_be_bytes(),
        qInv: q_inverse.into_option()?.to_be_bytes(),
        d: d.to_be_bytes(),
        p: p.to_be_bytes(),
        q: q.to_be_bytes(),
    };
    KeyPair::from_components(&components).ok()
}
