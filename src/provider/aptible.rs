//! Aptible: its authentication server, on which everything about the account is.
//!
//! Plain resources with links (HAL+JSON). Links are followed on the host alone; errors are told apart by their
//! slug, because their status is not documented (protocol: aptible 1.3). A password goes out once for each
//! call of [`AccountServer::sign_in`], whatever comes back.

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::Value;

use self::claims::Claims;
use self::link::Link;
use self::wire::Slug;
use super::parse::{account_name, identifier, line, no_account, rejected};
use super::{
    AccountServer, Capability, Offer, PasswordChange, Revocation, SignIn, SignInAnswer,
    VerifyAnswer, WebSignIn,
};
use crate::account::{Account, AccountName, Holder, Identifier};
use crate::failure::{Failure, Kind};
use crate::host::Host;
use crate::http::{Http, Method, NoReply, Repeat, Reply, Request};
use crate::organization::{MemberPage, Organization, OrganizationName, Policy};
use crate::token::{Credential, NewToken, Token, TokenInfo};
use crate::two_factor::{
    Begun, Delivery, Enrolment, ListedCode, TwoFactor, VerificationCode, Verified,
};

mod claims;
mod link;
mod organizations;
mod wire;

const JSON: &str = "application/json";

const TOKENS: &str = "/tokens";
const CURRENT_TOKEN: &str = "/current_token";
const REVOKE_OTHERS: &str = "/tokens/revoke_all_accessible";

/// Where people find what tools cannot do (seed 004).
const DASHBOARD: &str = "https://dashboard.aptible.com";
/// Where single sign-on begins.
const SSO_PAGE: &str = "https://dashboard.aptible.com/sso/";

/// The vendor's rules (protocol: aptible 1.3). Whoever is locked out may be told nothing but that.
const LOCKOUT: &str = "10 failed sign-ins within a minute lock the account for a minute, 20 within an hour for an hour, 40 within a day for a day";

/// More pages than this are no list of one organization's people.
const MAX_PAGES: usize = 1000;

/// What is done with a page of a collection, and with its resources.
type TakePage<'t> = &'t mut dyn FnMut(&Value, &[Value]) -> Result<(), Failure>;

/// One Aptible server.
pub(super) struct Aptible<'a> {
    host: &'a Host,
    http: &'a Http,
}

/// Returns whether a host's root document is that of an Aptible server. Nothing is presented there.
pub(super) fn speaks_at(host: &Host, http: &Http) -> bool {
    let reply = Aptible { host, http }.send(Method::Get, "/", None, None);
    let root = reply.ok().filter(Reply::is_success).and_then(|reply| reply.json(host).ok());
    root.is_some_and(|root| root.pointer("/_links/tokens").is_some_and(Value::is_object))
}

impl<'a> Aptible<'a> {
    pub(super) fn new(host: &'a Host, http: &'a Http) -> Self {
        Self { host, http }
    }

    fn send(
        &self,
        method: Method,
        path: &str,
        credential: Option<&Credential>,
        body: Option<SecretString>,
    ) -> Result<Reply, NoReply> {
        self.http.send(&self.request(method, path, credential, body))
    }

    fn request<'r>(
        &'r self,
        method: Method,
        path: &'r str,
        credential: Option<&'r Credential>,
        body: Option<SecretString>,
    ) -> Request<'r> {
        // What a password or a code is in, or what may have been done, is not sent again.
        let repeat = match method {
            Method::Get | Method::Delete => Repeat::WhenRateLimited,
            Method::Post | Method::Patch => Repeat::Never,
        };
        Request {
            method,
            host: self.host,
            path,
            credential,
            media_type: JSON,
            is_form: false,
            body,
            repeat,
        }
    }

    /// Fetches a resource of the account.
    fn get(&self, link: &Link, credential: &Credential, what: &str) -> Result<Value, Failure> {
        let reply = self.send(Method::Get, link.path(), Some(credential), None)?;
        if !reply.is_success() {
            return Err(self.refused(&reply, credential, what));
        }
        reply.json(self.host)
    }

    /// Fetches the token's own resource: the route that alone says whether a token works.
    fn current_token(&self, credential: &Credential) -> Result<Value, Failure> {
        let reply = self.send(Method::Get, CURRENT_TOKEN, Some(credential), None)?;
        match reply.status {
            200..=299 => reply.json(self.host),
            401 => Err(rejected(credential)),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    /// Finds the user of a token: by the link, else by what the token says.
    fn user_link(&self, token: &Value, credential: &Credential) -> Result<Link, Failure> {
        if let Some(link) = Link::of(token, "user", self.host)? {
            return Ok(link);
        }
        let claims = Claims::of(&credential.token);
        match claims.user() {
            Some(address) => Link::parse(address, self.host),
            None => Err(no_account(self.host)),
        }
    }

    /// Returns the user's place and what it says.
    fn user(&self, credential: &Credential) -> Result<(Link, Value), Failure> {
        let token = self.current_token(credential)?;
        let link = self.user_link(&token, credential)?;
        let user = self.get(&link, credential, "see the account")?;
        Ok((link, user))
    }

    /// Explains a refusal. A token is dead only if its own route says so too.
    fn refused(&self, reply: &Reply, credential: &Credential, what: &str) -> Failure {
        if reply.status == 401
            && let Err(failure) = self.current_token(credential)
        {
            return failure;
        }
        match reply.status {
            400..=428 => {
                Failure::refused(format!("`{}` does not let this token {what}", self.host))
                    .because(anyhow::anyhow!(Slug::of(reply).text(reply.status)))
            }
            _ => reply.unexpected(self.host),
        }
    }

    /// Fetches every page of a collection.
    fn collection(
        &self,
        first: Link,
        plural: &str,
        credential: &Credential,
        what: &str,
    ) -> Result<Vec<Value>, Failure> {
        let mut all = Vec::new();
        self.each_page(first, plural, credential, what, &mut |_, resources| {
            all.extend(resources.iter().cloned());
            Ok(())
        })?;
        Ok(all)
    }

    /// Hands each page of a collection to `take`, with its resources. Pages must end, and none may come twice.
    fn each_page(
        &self,
        first: Link,
        plural: &str,
        credential: &Credential,
        what: &str,
        take: TakePage<'_>,
    ) -> Result<(), Failure> {
        let mut seen = vec![first];
        loop {
            let page = self.page(&seen[seen.len() - 1], credential, what)?;
            let resources = wire::embedded(&page, plural).ok_or_else(|| {
                Failure::unavailable(format!("the answer of `{}` has no list in it", self.host))
            })?;
            take(&page, resources)?;
            match Link::of(&page, "next", self.host)? {
                None => return Ok(()),
                Some(next) if seen.contains(&next) || seen.len() == MAX_PAGES => {
                    return Err(Failure::unavailable(format!(
                        "the pages of `{}` do not end",
                        self.host
                    )));
                }
                Some(next) => seen.push(next),
            }
        }
    }

    /// Fetches one page of a collection, which may be long and has the command's whole time.
    fn page(&self, link: &Link, credential: &Credential, what: &str) -> Result<Value, Failure> {
        let request = self.request(Method::Get, link.path(), Some(credential), None);
        let mut page = Value::Null;
        let only = |_| link.path().to_owned();
        self.http.pages(&request, &only, &mut |reply| {
            if !reply.is_success() {
                return Err(self.refused(reply, credential, what));
            }
            page = reply.json(self.host)?;
            Ok(1)
        })?;
        Ok(page)
    }

    /// Returns the recovery codes of a configuration, and how many more cannot be shown.
    fn codes_of(
        &self,
        configuration: &Link,
        credential: &Credential,
    ) -> Result<(Vec<ListedCode>, usize), Failure> {
        let codes = self.collection(
            configuration.below("otp_recovery_codes"),
            "otp_recovery_codes",
            credential,
            "see recovery codes",
        )?;
        Ok(wire::recovery_codes(&codes))
    }

    /// A request whose answer is lost may have been done.
    fn perhaps_done(reason: NoReply) -> Failure {
        reason.explained(|failure| {
            failure.hint("it may have been done all the same: look with `keybelt 2fa status`")
        })
    }

    /// A sign-in whose answer is lost may have made a token. Nobody can see it, but all others can be ended.
    fn perhaps_signed_in(&self, failure: Failure) -> Failure {
        failure.hint(
            "nothing was stored; if the server made a token all the same, `keybelt session revoke --others` ends it after the next sign-in",
        )
    }

    fn sign_in_refused(
        &self,
        request: &SignIn<'_>,
        reply: &Reply,
    ) -> Result<SignInAnswer, Failure> {
        let error = Slug::of(reply);
        match (error.as_str(), request.code) {
            ("otp_token_required", None) => Ok(SignInAnswer::CodeRequired(error.challenge())),
            ("otp_token_required", Some(_)) => {
                Ok(SignInAnswer::CodeRefused { server_time: reply.server_time })
            }
            ("invalid_credentials" | "invalid_grant" | "invalid_email", _) => {
                Ok(SignInAnswer::PasswordRefused)
            }
            _ if reply.status == 429 || reply.status == 423 => Err(self.locked(reply)),
            _ if error.is_there() && (400..=428).contains(&reply.status) => {
                Err(Failure::refused(format!("`{}` refused the sign-in", self.host))
                    .because(anyhow::anyhow!(error.text(reply.status)))
                    .hint(format!("if there were many failed ones: {LOCKOUT}")))
            }
            _ => Err(reply.unexpected(self.host)),
        }
    }

    /// Explains a lock-out by the vendor's rules and the server's own word on it.
    fn locked(&self, reply: &Reply) -> Failure {
        let wait = reply.requested_wait().map_or_else(
            || "try again after that time".to_owned(),
            |wait| format!("try again in {wait}"),
        );
        Failure::unavailable(format!(
            "`{}` takes no sign-in of this account for now: too many failed ones",
            self.host
        ))
        .hint(format!("{wait}; {LOCKOUT}"))
    }

    fn deleted(&self, id: &Identifier, credential: &Credential) -> Result<Reply, Failure> {
        let path = format!("{TOKENS}/{id}");
        Ok(self.send(Method::Delete, &path, Some(credential), None)?)
    }
}

/// Returns the refusal of everything that has to do with text messages.
fn no_texts() -> Failure {
    Failure::refused("Aptible sends no SMS codes")
        .hint("codes come from an authenticator app: `keybelt 2fa enable --app`")
}

fn no_browser() -> Failure {
    Failure::refused("Aptible has no sign-in in a browser for tools").hint(format!(
        "sign in with the password; with single sign-on, get a token at {SSO_PAGE} and give it by --token-stdin"
    ))
}

fn no_token_list() -> Failure {
    Failure::refused("Aptible lists no tokens").hint(
        "`keybelt session list` shows the one in use, `keybelt session revoke --others` ends all others",
    )
}

fn no_token_creation() -> Failure {
    Failure::refused("Aptible makes tokens by signing in alone")
        .hint("`keybelt login` makes one, which takes the place of the stored one")
}

impl AccountServer for Aptible<'_> {
    fn offers(&self, capability: Capability) -> Offer {
        match capability {
            Capability::SignInText | Capability::SmsTwoFactor => Offer::No(no_texts()),
            Capability::WebSignIn => Offer::No(no_browser()),
            Capability::TokenList => Offer::No(no_token_list()),
            Capability::TokenCreation => Offer::No(no_token_creation()),
            Capability::OrganizationPolicy => Offer::No(organizations::no_policy()),
            Capability::PasswordSignIn
            | Capability::AppTwoFactor
            | Capability::RecoveryCodes
            | Capability::PasswordChange
            | Capability::TokenRevocation
            | Capability::OrganizationAudit => Offer::Yes,
        }
    }

    fn offers_password_sign_in(&self) -> Result<bool, Failure> {
        Ok(true)
    }

    fn sign_in(&self, request: &SignIn<'_>) -> Result<SignInAnswer, Failure> {
        let body = wire::sign_in(request);
        let reply = self
            .send(Method::Post, TOKENS, None, Some(body))
            .map_err(|reason| reason.explained(|failure| self.perhaps_signed_in(failure)))?;
        if !reply.is_success() {
            return self.sign_in_refused(request, &reply);
        }
        match wire::new_token(&reply) {
            Some(token) => Ok(SignInAnswer::SignedIn(token)),
            None => Err(self.perhaps_signed_in(Failure::unavailable(format!(
                "`{}` accepted the sign-in, but its answer has no token in it",
                self.host
            )))),
        }
    }

    fn send_sign_in_text(
        &self,
        _: &AccountName,
        _: &SecretString,
    ) -> Result<Option<String>, Failure> {
        Err(no_texts())
    }

    fn web_sign_in(&self) -> Result<Option<WebSignIn>, Failure> {
        Err(no_browser())
    }

    fn exchange_code(
        &self,
        _: &WebSignIn,
        _: &SecretString,
        _: &SecretString,
        _: &str,
    ) -> Result<NewToken, Failure> {
        Err(no_browser())
    }

    fn account(&self, credential: &Credential) -> Result<Account, Failure> {
        let token = self.current_token(credential)?;
        let claims = Claims::of(&credential.token);
        let link = self.user_link(&token, credential)?;
        let reply = self.send(Method::Get, link.path(), Some(credential), None)?;
        let user = match reply.status {
            200..=299 => reply.json(self.host)?,
            // A token of single sign-on, or one that only reads, may see less than it is.
            403 | 404 if claims.email().is_some() => Value::Null,
            _ => return Err(self.refused(&reply, credential, "see the account")),
        };
        let email = user.get("email").cloned().or_else(|| claims.email().map(Value::from));
        let email = account_name(email.as_ref(), self.host)?;
        Ok(Account {
            name: claims.account_name(&email).ok_or_else(|| no_account(self.host))?,
            holder: Holder::User,
            id: identifier(user.get("id")),
            email: Some(email.to_string()),
            token_id: identifier(token.get("id")).or_else(|| claims.id()),
            token_expires_at: wire::moment(token.get("expires_at")).or_else(|| claims.expires_at()),
            two_factor: wire::two_factor(&user),
            managed_by: None,
            is_sudo: None,
        })
    }

    fn revoke(
        &self,
        credential: &Credential,
        id: Option<&Identifier>,
    ) -> Result<Revocation, Failure> {
        let own = id.cloned().or_else(|| Claims::of(&credential.token).id());
        let id = match own {
            Some(id) => id,
            None => match self.current_token(credential) {
                Err(failure) if failure.kind == Kind::NotSignedIn => {
                    return Ok(Revocation::NoLongerAccepted);
                }
                token => match identifier(token?.get("id")) {
                    Some(id) => id,
                    None => return Ok(Revocation::StillValid),
                },
            },
        };
        let reply = self.deleted(&id, credential)?;
        match reply.status {
            _ if reply.is_api_success() => Ok(Revocation::Revoked),
            401 => Ok(Revocation::NoLongerAccepted),
            // Only an API's own 404 says that the token is gone; a proxy's page says nothing.
            404 if Slug::of(&reply).is_there() => Ok(Revocation::Revoked),
            404 | 405 => Ok(Revocation::StillValid),
            _ => Err(reply.unexpected(self.host)),
        }
    }

    fn elevates(&self) -> bool {
        true
    }

    fn enable_two_factor(
        &self,
        credential: &Credential,
        enrolment: &Enrolment,
    ) -> Result<Begun, Failure> {
        if enrolment.delivery == Delivery::Sms || enrolment.sms_number.is_some() {
            return Err(no_texts());
        }
        let (user, _) = self.user(credential)?;
        let path = user.below("otp_configurations");
        let reply = self
            .send(Method::Post, path.path(), Some(credential), None)
            .map_err(Self::perhaps_done)?;
        if !reply.is_success() {
            return Err(self.refused(&reply, credential, "begin two-factor authentication"));
        }
        let configuration = reply.json(self.host)?;
        let link = Link::of(&configuration, "self", self.host)?.or_else(|| {
            let id = identifier(configuration.get("id"))?;
            Some(Link::to(format!("/otp_configurations/{id}")))
        });
        let link = link.ok_or_else(|| {
            Failure::unavailable(format!(
                "`{}` does not tell where the enrolment that it began is",
                self.host
            ))
        })?;
        Ok(Begun {
            two_factor: TwoFactor {
                enabled: true,
                verified: false,
                delivery: Some(Delivery::App),
                sms_number: None,
            },
            provisioning_url: wire::provisioning_url(&configuration),
            pending: Some(link.address(self.host)),
        })
    }

    fn verify_two_factor(
        &self,
        credential: &Credential,
        pending: Option<&str>,
        code: &VerificationCode,
    ) -> Result<VerifyAnswer, Failure> {
        let configuration = pending.ok_or_else(|| {
            Failure::refused("no enrolment was begun here, so there is nothing to verify")
                .hint("run `keybelt 2fa enable` first")
        })?;
        let configuration = Link::parse(configuration, self.host)?;
        let (user, _) = self.user(credential)?;
        let body = wire::enable(&configuration.address(self.host), code);
        let reply = self
            .send(Method::Patch, user.path(), Some(credential), Some(body))
            .map_err(Self::perhaps_done)?;
        if !reply.is_success() {
            return self.code_refused(&reply, credential);
        }
        let state = wire::two_factor(&reply.json(self.host)?);
        let (codes, unreadable) = self.codes_of(&configuration, credential).unwrap_or_default();
        Ok(VerifyAnswer::Verified(Verified {
            two_factor: state.ok_or_else(|| self.no_state())?,
            recovery_codes: codes.into_iter().map(|listed| listed.code).collect(),
            unreadable,
        }))
    }

    fn resend_code(&self, _: &Credential) -> Result<(), Failure> {
        Err(no_texts())
    }

    fn disable_two_factor(&self, credential: &Credential) -> Result<TwoFactor, Failure> {
        let (user, found) = self.user(credential)?;
        if wire::two_factor(&found).is_some_and(|state| !state.enabled) {
            return Err(Failure::refused("two-factor authentication is off already"));
        }
        let reply = self
            .send(Method::Patch, user.path(), Some(credential), Some(wire::disable()))
            .map_err(Self::perhaps_done)?;
        if !reply.is_success() {
            return Err(self.refused(&reply, credential, "turn two-factor authentication off"));
        }
        wire::two_factor(&reply.json(self.host)?).ok_or_else(|| self.no_state())
    }

    fn recovery_codes(&self, credential: &Credential) -> Result<Vec<ListedCode>, Failure> {
        let (_, user) = self.user(credential)?;
        let current = Link::of(&user, "current_otp_configuration", self.host)?;
        let current = current.ok_or_else(|| {
            Failure::refused("two-factor authentication is off, so there are no recovery codes")
                .hint("run `keybelt 2fa enable`")
        })?;
        Ok(self.codes_of(&current, credential)?.0)
    }

    fn new_recovery_codes(&self) -> &'static str {
        "Aptible makes new ones only when two-factor authentication is disabled and enabled again"
    }

    fn tokens(&self, _: &Credential, _: &Account) -> Result<Vec<TokenInfo>, Failure> {
        Err(no_token_list())
    }

    fn sign_ins(&self, credential: &Credential, _: &Account) -> Result<Vec<TokenInfo>, Failure> {
        let token = self.current_token(credential)?;
        let claims = Claims::of(&credential.token);
        let scope = token.get("scope").and_then(Value::as_str);
        let scope = scope.or_else(|| claims.scope()).unwrap_or("unknown");
        let id = identifier(token.get("id")).or_else(|| claims.id());
        Ok(vec![TokenInfo {
            id: id.ok_or_else(|| {
                Failure::unavailable(format!("`{}` does not tell this token's id", self.host))
            })?,
            description: Some(line(&format!("scope {scope}"))),
            created_at: wire::moment(token.get("created_at")),
            last_used_at: None,
            expires_at: wire::moment(token.get("expires_at")).or_else(|| claims.expires_at()),
        }])
    }

    fn create_token(
        &self,
        _: &Credential,
        _: &Account,
        _: &str,
        _: Option<Timestamp>,
    ) -> Result<(TokenInfo, Token), Failure> {
        Err(no_token_creation())
    }

    fn revoke_token(
        &self,
        credential: &Credential,
        id: &Identifier,
    ) -> Result<Revocation, Failure> {
        let reply = self.deleted(id, credential)?;
        match reply.status {
            _ if reply.is_api_success() => Ok(Revocation::Revoked),
            404 if Slug::of(&reply).is_there() => Err(Failure::refused(format!(
                "`{}` knows no token {id} of this account",
                self.host
            ))),
            // That it had expired says nothing of the one that was to be ended.
            _ => Err(self.refused(&reply, credential, "revoke tokens")),
        }
    }

    fn revoke_others(
        &self,
        credential: &Credential,
        kept: &[&Credential],
    ) -> Result<Option<u64>, Failure> {
        let mut addresses = Vec::new();
        for kept in kept {
            let address = self.address_of(kept)?;
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        let body = wire::revoke_others(&addresses);
        let reply = self.send(Method::Post, REVOKE_OTHERS, Some(credential), Some(body))?;
        match reply.status {
            _ if reply.is_api_success() => Ok(wire::revoked(&reply)),
            _ => Err(self.refused(&reply, credential, "end other tokens")),
        }
    }

    fn change_password(
        &self,
        credential: &Credential,
        change: &PasswordChange<'_>,
    ) -> Result<(), Failure> {
        wire::check_password(change.new)?;
        let (user, _) = self.user(credential)?;
        let body = wire::change_password(change.new);
        let reply = self.send(Method::Patch, user.path(), Some(credential), Some(body)).map_err(
            |reason| {
                reason.explained(|failure| {
                    failure.hint(
                        "it may have been changed all the same: sign in with the new password",
                    )
                })
            },
        )?;
        match reply.status {
            _ if reply.is_api_success() => Ok(()),
            _ => Err(self.refused(&reply, credential, "change the password")),
        }
    }

    fn organizations(&self, credential: &Credential) -> Result<Vec<Organization>, Failure> {
        self.all_organizations(credential)
    }

    fn organization(
        &self,
        credential: &Credential,
        name: &OrganizationName,
    ) -> Result<Organization, Failure> {
        self.one_organization(credential, name)
    }

    fn members(
        &self,
        credential: &Credential,
        name: &OrganizationName,
        visit: &mut dyn FnMut(&MemberPage<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.each_member(credential, name, visit)
    }

    fn set_policy(&self, _: &Credential, _: &OrganizationName, _: Policy) -> Result<(), Failure> {
        Err(organizations::no_policy())
    }

    fn organization_page(&self, _: &OrganizationName) -> String {
        DASHBOARD.to_owned()
    }

    fn way_to_end(&self) -> String {
        "`keybelt session revoke --others` ends it".to_owned()
    }

    fn token_page(&self) -> String {
        SSO_PAGE.to_owned()
    }

    fn sessions_page(&self) -> Option<String> {
        None
    }

    /// What two-factor authentication protects, and what it does not, is in seed 004.
    fn caveats(&self) -> Vec<String> {
        vec![
            "Tokens made before now go on working until they expire, without a code; `keybelt session revoke --others` ends them, those that CI uses too".to_owned(),
            format!("Git pushes are not protected: an SSH key is enough for them. If a robot deploys with a key of your account, remove that key at {DASHBOARD} and give the robot an account of its own"),
        ]
    }

    fn lockout(&self) -> Option<&'static str> {
        Some(LOCKOUT)
    }

    fn last_resort(&self) -> String {
        "One of your organization's owners can have it reset for you, or contact Aptible support."
            .to_owned()
    }
}

impl Aptible<'_> {
    /// Returns a token's address as the server writes it: what it keeps is told by addresses.
    fn address_of(&self, credential: &Credential) -> Result<String, Failure> {
        let token = self.current_token(credential)?;
        let own = Link::of(&token, "self", self.host)?.or_else(|| {
            let id = identifier(token.get("id")).or_else(|| Claims::of(&credential.token).id())?;
            Some(Link::to(format!("{TOKENS}/{id}")))
        });
        own.map(|link| link.address(self.host)).ok_or_else(|| {
            Failure::unavailable(format!(
                "`{}` does not tell which token is the one in use; nothing was revoked",
                self.host
            ))
        })
    }

    /// Tells a wrong code from a token that may not: what a wrong one is answered with is not documented.
    fn code_refused(
        &self,
        reply: &Reply,
        credential: &Credential,
    ) -> Result<VerifyAnswer, Failure> {
        let error = Slug::of(reply);
        let forbidden = matches!(
            error.as_str(),
            "expired_token" | "invalid_token" | "access_denied" | "forbidden" | "invalid_scope"
        );
        if forbidden || !error.is_there() || !(400..=428).contains(&reply.status) {
            return Err(self.refused(reply, credential, "change two-factor authentication"));
        }
        Ok(VerifyAnswer::Refused { server_time: reply.server_time })
    }

    fn no_state(&self) -> Failure {
        Failure::unavailable(format!(
            "the answer of `{}` says nothing of two-factor authentication",
            self.host
        ))
        .hint("look with `keybelt 2fa status`")
    }
}
