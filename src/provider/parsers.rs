//! What must hold of the parsers of both dialects, whatever a server answers.

pub use super::aptible::parsers::{aptible_address, aptible_claims, aptible_document};
pub use super::atlas::parsers::{atlas_document, atlas_error};
