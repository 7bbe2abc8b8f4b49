//! The module in the private registry, as a `.tar.gz` that is made in memory, and the links by which
//! it is fetched. Terraform sends no token when it fetches an archive, so that the link itself must
//! be secret, and short-lived.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use crate::random;

/// The version of the module.
pub(crate) const VERSION: &str = "1.0.0";

const FILE_NAME: &str = "main.tf";
const FILE: &str = r#"# A module from the private registry of a keybelt sandbox. It needs no provider.

variable "name" {
  description = "Whom to greet."
  type        = string
  default     = "world"
}

output "greeting" {
  description = "A greeting from the private registry."
  value       = "Hello, ${var.name}, from the sandbox's private registry"
}
"#;

const LINK_LIFETIME: SignedDuration = SignedDuration::from_mins(5);
const LINKS: usize = 1_000;

/// The links that are still good.
#[derive(Debug, Default)]
pub(crate) struct Links {
    issued: VecDeque<(String, Timestamp)>,
}

impl Links {
    /// Issues a link and returns its key.
    pub(crate) fn issue(&mut self, now: Timestamp) -> String {
        if self.issued.len() == LINKS {
            self.issued.pop_front();
        }
        let key = random::alphanumeric(43);
        self.issued.push_back((key.clone(), now));
        key
    }

    /// Returns whether a link with this key is good.
    pub(crate) fn holds(&self, key: &str, now: Timestamp) -> bool {
        self.issued.iter().any(|(issued, at)| {
            issued == key && *at <= now && now.duration_since(*at) < LINK_LIFETIME
        })
    }
}

/// Returns the archive.
pub(crate) fn module() -> Vec<u8> {
    gzip(&tar(FILE_NAME, FILE.as_bytes()))
}

/// Makes a tar archive of one file (POSIX.1-1988, "ustar").
fn tar(name: &str, content: &[u8]) -> Vec<u8> {
    let mut header = [0; 512];
    let mut put = |at: usize, text: &str| {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    };
    put(0, name);
    put(100, "0000644\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{:011o}\0", content.len()));
    put(136, "00000000000\0");
    // The checksum is taken with blanks in its own place.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = header.iter().copied().map(u32::from).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut archive = [&header, content].concat();
    archive.resize(archive.len().next_multiple_of(512) + 1024, 0);
    archive
}

/// Wraps into gzip without compressing: one stored block (RFC 1951, section 3.2.4; RFC 1952).
fn gzip(content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("the module fits one block");
    let magic_deflate_no_flags = [0x1f, 0x8b, 8, 0];
    let no_time_unknown_system = [0, 0, 0, 0, 0, 0xff];
    let last_block_stored = [1];
    [
        magic_deflate_no_flags.as_slice(),
        &no_time_unknown_system,
        &last_block_stored,
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        content,
        &crc_32(content).to_le_bytes(),
        &u32::from(length).to_le_bytes(),
    ]
    .concat()
}

fn crc_32(content: &[u8]) -> u32 {
    let crc = content.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1))
        })
    });
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_crc_32_comes_out() {
        assert_eq!(crc_32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_link_is_good_for_five_minutes_and_unknown_ones_never() {
        let now = Timestamp::UNIX_EPOCH;
        let mut links = Links::default();
        let key = links.issue(now);
        assert!(links.holds(&key, now));
        assert!(!links.holds(&key, now + LINK_LIFETIME));
        assert!(!links.holds("", now));
    }
}
