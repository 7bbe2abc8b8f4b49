//! Password hashes: argon2id with its cheapest parameters, because these accounts guard nothing
//! and sign-ins are measured.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::random;

/// A salted hash of a password.
#[derive(Debug)]
pub(crate) struct PasswordHash {
    salt: [u8; 16],
    hash: [u8; 32],
}

impl PasswordHash {
    /// Hashes a password with a fresh salt.
    pub(crate) fn new(password: &str) -> PasswordHash {
        let salt = random::bytes();
        PasswordHash { salt, hash: hash(password, &salt) }
    }

    /// Returns whether this is the password.
    pub(crate) fn matches(&self, password: &str) -> bool {
        let other = hash(password, &self.salt);
        let difference = self.hash.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
        difference == 0
    }
}

/// Returns whether one of the two pages of the Atlas dialect that document passwords accepts this one: the account API's
/// wants ten characters, the users' manual wants eight, of three of four kinds.
pub(crate) fn is_acceptable(text: &str) -> bool {
    let kinds: [fn(char) -> bool; 4] = [
        char::is_lowercase,
        char::is_uppercase,
        |character| character.is_ascii_digit(),
        |character| !character.is_alphanumeric(),
    ];
    let kinds = kinds.iter().filter(|kind| text.chars().any(kind)).count();
    let length = text.chars().count();
    length >= 10 || (length >= 8 && kinds >= 3)
}

fn hash(password: &str, salt: &[u8]) -> [u8; 32] {
    let cheapest = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, 1, None);
    let cheapest = cheapest.expect("the least that argon2 takes is valid");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheapest);
    let mut hash = [0; 32];
    argon2
        .hash_password_into(password.as_bytes(), salt, &mut hash)
        .expect("a body of at most 1 MiB holds no password too long for argon2");
    hash
}
