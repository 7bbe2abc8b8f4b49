//! Other tools' files: where they keep tokens, and how they are configured.
//!
//! Read with suspicion and never written unless a person asked for it; what is not understood stays.

pub mod terraform;
pub mod terraform_cli;
