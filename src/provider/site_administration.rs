//! Site administration: what the administrators of an installation see of its users, and do to one.

use crate::account::PersonName;
use crate::failure::Failure;
use crate::site_user::{SiteUser, UserAct, UserFilter};
use crate::token::Credential;

/// What came of an act on a user.
#[derive(Debug)]
pub enum ActOutcome {
    /// It was done; this is the user now.
    Done(SiteUser),
    /// The server says that there was nothing to do, in these words.
    NothingToDo(Option<String>),
}

/// Looks at an installation's users, and acts on one.
pub trait SiteAdministration {
    /// Lists users.
    ///
    /// # Errors
    /// Refused, if the account administers nothing there.
    fn users(&self, credential: &Credential, filter: UserFilter) -> Result<Vec<SiteUser>, Failure>;

    /// Finds the one user of this name or address, exactly, with the organizations that they belong to.
    fn user(&self, credential: &Credential, name: &PersonName) -> Result<SiteUser, Failure>;

    /// Acts on a user.
    ///
    /// # Errors
    /// Unavailable, if it is unknown whether it was done.
    fn act_on_user(
        &self,
        credential: &Credential,
        user: &SiteUser,
        act: UserAct,
    ) -> Result<ActOutcome, Failure>;
}
