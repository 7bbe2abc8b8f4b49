//! What several commands do: each a task of its own, between what was typed and the sessions below. Operations ask
//! through the session, and say what changed.

pub mod child_environment;
pub mod completion;
pub mod destination;
pub mod enrolment;
pub mod helper_installation;
pub mod listed_tokens;
pub mod lockdown;
pub mod made_tokens;
pub mod off_boarding;
pub mod organization_tokens;
pub mod overlapping_rotation;
pub mod precheck;
pub mod recovery_codes;
pub mod replacement;
pub mod revocation;
pub mod rotated_name;
pub mod rotation;
pub mod rotation_end;
pub mod rotation_subject;
pub mod sign_out;
pub mod ssh_keys;
pub mod token_import;
pub mod token_limits;
