//! `keybelt whoami`: whose token is used here.

use std::process::ExitCode;

use serde_json::json;

use crate::commands::global::GlobalArgs;
use crate::commands::secret_args::PlainArgs;
use crate::failure::Failure;
use crate::report;

/// Runs the command.
pub fn run(args: PlainArgs, global: &GlobalArgs) -> Result<ExitCode, Failure> {
    let session = global.session(None, args.secrets)?;
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
    Ok(ExitCode::SUCCESS)
}
