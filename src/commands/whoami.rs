//! `keybelt whoami`: whose token is used here.

use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::SecretArgs;
use crate::failure::Failure;
use crate::report;

/// Runs the command.
pub fn run(secrets: SecretArgs, global: &GlobalArgs) -> Result<(), Failure> {
    let session = global.session(None, secrets)?;
    let host = session.target()?.host;
    let account = session.account(&host)?;
    let document = json!({
        "host": host.to_string(),
        "account": account.name.as_str(),
        "holder": account.holder.word(),
        "id": account.id.as_ref().map(|id| id.as_str()),
        "email": account.email,
        "two_factor": report::two_factor_document(account.two_factor.as_ref()),
    });
    report::answer(session.options.json, &account.described(), &document);
    Ok(())
}
