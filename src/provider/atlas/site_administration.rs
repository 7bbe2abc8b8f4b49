//! Site administration of Terraform Enterprise (protocol: tokens-and-administration 6). To everybody else, and on
//! HCP Terraform, there is nothing of it.

use std::collections::HashSet;

use super::Atlas;
use super::organization_tokens::query;
use super::wire::{self, site_users};
use crate::account::PersonName;
use crate::failure::Failure;
use crate::http::{Method, Reply};
use crate::provider::answer::{Due, Shape};
use crate::provider::site_administration::{ActOutcome, SiteAdministration};
use crate::site_user::{SiteUser, UserAct, UserFilter};
use crate::text;
use crate::token::Credential;

const USERS: &str = "/api/v2/admin/users";

impl SiteAdministration for Atlas<'_> {
    fn users(&self, credential: &Credential, filter: UserFilter) -> Result<Vec<SiteUser>, Failure> {
        let mut wanted = String::new();
        for (name, is_wanted) in [("admin", filter.admin), ("suspended", filter.suspended)] {
            if is_wanted {
                wanted.push_str(&format!("filter%5B{name}%5D=true&"));
            }
        }
        let mut found = Vec::new();
        self.each_user(credential, &wanted, &mut |user| found.push(user))?;
        found.retain(|user| filter.takes(user));
        Ok(found)
    }

    fn user(&self, credential: &Credential, name: &PersonName) -> Result<SiteUser, Failure> {
        let mut found = Vec::new();
        let wanted = format!("{}include=organizations&", query("q", name.as_str()));
        self.each_user(credential, &wanted, &mut |user| {
            if name.is_one_of([user.name.as_deref(), user.email.as_deref()]) {
                found.push(user);
            }
        })?;
        let shown = text::escape(name.as_str());
        match (found.pop(), found.is_empty()) {
            (Some(user), true) => Ok(user),
            (None, _) => Err(Failure::refused(format!(
                "no user of `{}` is called `{shown}`",
                self.host
            ))
            .hint(
                "give the whole user name or email address; `keybelt admin user list` shows them",
            )),
            (Some(_), false) => Err(Failure::refused(format!(
                "several users of `{}` are called `{shown}`",
                self.host
            ))
            .hint("give the other of user name and email address")),
        }
    }

    fn act_on_user(
        &self,
        credential: &Credential,
        user: &SiteUser,
        act: UserAct,
    ) -> Result<ActOutcome, Failure> {
        let action = match act {
            UserAct::ResetTwoFactor => "disable_two_factor",
            UserAct::Suspend => "suspend",
            UserAct::Unsuspend => "unsuspend",
        };
        let path = format!("{USERS}/{}/actions/{action}", user.id);
        let request = self.request(Method::Post, &path, Some(credential));
        let reply = self.send(&request, Due::document(Shape::JsonApi)).map_err(|reason| {
            reason.explained(|failure| {
                failure.hint("it may have succeeded anyway: check with `keybelt admin user show`")
            })
        })?;
        match reply.status {
            200..=299 => {
                site_users::one(&reply.json(self.host)?).map(ActOutcome::Done).ok_or_else(|| {
                    Failure::unavailable(format!("the answer of `{}` is no user", self.host))
                })
            }
            400 => Ok(ActOutcome::NothingToDo(wire::errors(&reply.body).into_iter().next())),
            404 => Err(self.explained(
                Failure::refused(format!(
                    "`{}` does not know the user any more, or you administer it no longer",
                    self.host
                )),
                &reply,
            )),
            _ => Err(self.users_refused(&reply, credential)),
        }
    }
}

impl Atlas<'_> {
    fn each_user(
        &self,
        credential: &Credential,
        wanted: &str,
        visit: &mut dyn FnMut(SiteUser),
    ) -> Result<(), Failure> {
        let mut seen = HashSet::new();
        self.list(credential, USERS, wanted, &mut |reply| match reply.status {
            200..=299 => site_users::page(&reply.json(self.host)?, &mut seen, self.host, visit),
            _ => Err(self.users_refused(reply, credential)),
        })
    }

    /// Explains a refusal. Whoever is no administrator is told nothing but that there is no such page.
    fn users_refused(&self, reply: &Reply, credential: &Credential) -> Failure {
        self.refused_to_token(reply, credential, || {
            Failure::refused(format!(
                "this account does not administer `{}`, as far as the server tells",
                self.host
            ))
            .hint("only site administrators of Terraform Enterprise do, with a token of their own")
        })
    }

    pub(super) fn no_site_administration(&self) -> Failure {
        Failure::refused("HCP Terraform has no site administrators")
            .hint("an owner can remove somebody from an organization: `keybelt org member remove`")
    }
}
