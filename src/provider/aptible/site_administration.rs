//! Site administration: an Aptible server has none for its users.

use super::Aptible;
use super::guidance::no_site_administration;
use crate::account::PersonName;
use crate::failure::Failure;
use crate::provider::site_administration::{ActOutcome, SiteAdministration};
use crate::site_user::{SiteUser, UserAct, UserFilter};
use crate::token::Credential;

impl SiteAdministration for Aptible<'_> {
    fn users(&self, _: &Credential, _: UserFilter) -> Result<Vec<SiteUser>, Failure> {
        Err(no_site_administration())
    }

    fn user(&self, _: &Credential, _: &PersonName) -> Result<SiteUser, Failure> {
        Err(no_site_administration())
    }

    fn act_on_user(&self, _: &Credential, _: &SiteUser, _: UserAct) -> Result<ActOutcome, Failure> {
        Err(no_site_administration())
    }
}
