//! What a rotated token is called: `BASE (keybelt YYYYMMDD-RANDOM)`. The description is the only note that survives on
//! a machine without a disk: by BASE alone the tokens of one use are found.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;

use crate::failure::Failure;

const START: &str = " (keybelt ";
const END: &str = ")";

/// Returns a name that no other token has.
pub fn of(base: &str, now: Timestamp) -> Result<String, Failure> {
    let bytes = ring::rand::generate::<[u8; 8]>(&ring::rand::SystemRandom::new());
    let bytes = bytes.map_err(|_| Failure::general("the system gives no random numbers"))?.expose();
    let random = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
    Ok(format!("{base}{START}{}-{random}{END}", now.strftime("%Y%m%d")))
}

/// Returns what all tokens of one use are called.
pub fn base(name: &str) -> &str {
    split(name).map_or(name, |(base, _)| base)
}

/// Returns whether a rotation made a token of this name.
pub fn is_rotated(name: &str) -> bool {
    split(name).is_some()
}

fn split(name: &str) -> Option<(&str, &str)> {
    let (base, rest) = name.rsplit_once(START)?;
    let (date, random) = rest.strip_suffix(END)?.split_once('-')?;
    let is_date = date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit());
    let is_random = !random.is_empty() && random.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_date && is_random && !base.is_empty()).then_some((base, random))
}

#[cfg(test)]
mod tests {
    use super::{base, is_rotated, of};

    #[test]
    fn a_base_is_found_in_what_was_made_of_it_and_nowhere_else() {
        let now = "2026-12-01T06:00:00Z".parse().expect("a moment");
        let name = of("ci (prod)", now).expect("random numbers");
        assert!(name.starts_with("ci (prod) (keybelt 20261201-"), "{name}");
        assert_ne!(name, of("ci (prod)", now).expect("random numbers"));
        assert_eq!((base(&name), is_rotated(&name)), ("ci (prod)", true));
        for other in ["ci", "ci (keybelt)", "ci (keybelt 2026-x)", " (keybelt 20261201-abc)", ""] {
            assert_eq!((base(other), is_rotated(other)), (other, false));
        }
    }
}
