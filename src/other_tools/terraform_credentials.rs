//! What `terraform`, `tofu` and the tfe provider would present to a host: the one place that works it out.
//!
//! From every file that they read, in their own order: a `TF_TOKEN_<host>` variable, then the CLI
//! configuration's credentials, then a credentials helper. Where a file cannot be read as they read it,
//! that is the answer (protocol: atlas 6.5, 8).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::helper_program;
use super::terraform_cli::{Configuration, NAME};
use super::terraform_files::{self, CREDENTIALS_FILE, Tool};
use super::terraform_settings::{Held, host_of};
use crate::environment;
use crate::failure::Failure;
use crate::host::Host;
use crate::terraform_variable;

/// What a tool would present to a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A variable's token.
    Variable {
        /// Its name.
        name: String,
        /// Whether it is set, but blank.
        is_blank: bool,
    },
    /// What a file has for the host.
    File {
        /// The file's path, for messages.
        shown: String,
        /// What it has.
        form: Form,
    },
    /// Whatever a credentials helper answers.
    Helper(String),
    /// No token: the helper that it is to ask is not there.
    MissingHelper(String),
    /// No token.
    Nothing,
    /// Nobody can tell, and why.
    Unknown(String),
}

/// What a file has for a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A token.
    Token,
    /// A token that keybelt could not present.
    Unusable,
    /// A blank, which is presented as a token.
    Blank,
    /// An entry without a token.
    Nothing,
}

impl From<&Held> for Form {
    fn from(held: &Held) -> Self {
        match held {
            Held::Token(_) => Self::Token,
            Held::Unusable => Self::Unusable,
            Held::Blank => Self::Blank,
            Held::Nothing => Self::Nothing,
        }
    }
}

impl fmt::Display for Answer {
    /// Ends the sentence "terraform would use …".
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable { name, is_blank: false } => out.write_str(name),
            Self::Variable { name, is_blank: true } => {
                write!(out, "{name}, which is blank: no token at all")
            }
            Self::File { shown, form } => match form {
                Form::Token => out.write_str(shown),
                Form::Unusable => {
                    write!(out, "{shown}, whose token is of a form that keybelt cannot use")
                }
                Form::Blank => write!(out, "{shown}, whose token is blank: no token at all"),
                Form::Nothing => {
                    write!(out, "no token: {shown} has an entry for the host without one")
                }
            },
            Self::Helper(name) if name == NAME => {
                out.write_str("what keybelt's credentials helper answers")
            }
            Self::Helper(name) => write!(out, "what the credentials helper `{name}` answers"),
            Self::MissingHelper(name) => {
                write!(out, "no token: the program of the credentials helper `{name}` is missing")
            }
            Self::Nothing => out.write_str("no token"),
            Self::Unknown(why) => write!(out, "a source that keybelt cannot determine: {why}"),
        }
    }
}

/// The CLI configuration as one tool reads it.
#[derive(Debug)]
pub struct CliConfiguration {
    tool: Tool,
    files: Vec<Configuration>,
    /// What could not be read.
    unread: Vec<Failure>,
}

impl CliConfiguration {
    /// Reads every file that the tool reads.
    pub fn of(tool: Tool) -> Self {
        let mut this = Self { tool, files: Vec::new(), unread: Vec::new() };
        match tool.files() {
            Ok(paths) => {
                for path in paths {
                    match Configuration::read(path) {
                        Ok(file) => this.files.push(file),
                        Err(failure) => this.unread.push(failure),
                    }
                }
            }
            Err(failure) => this.unread.push(failure),
        }
        this
    }

    /// Returns what the tool would present to a host.
    pub fn answer(&self, host: &Host) -> Answer {
        if let Some((name, _)) = variables().into_iter().rfind(|(_, it)| it == host) {
            let is_blank = environment::is_blank(&name);
            return Answer::Variable { name, is_blank };
        }
        if let Some(failure) = self.unread.first() {
            return Answer::Unknown(failure.message.clone());
        }
        match self.held(host).as_slice() {
            [] => self.helper(),
            [(file, held)] => Answer::File { shown: file.shown(), form: Form::from(*held) },
            [(file, _), ..] => {
                Answer::Unknown(format!("{} has the host under two names", file.shown()))
            }
        }
    }

    /// Returns what counts for a host: one entry, unless it goes by several names.
    fn held(&self, host: &Host) -> Vec<(&Configuration, &Held)> {
        let mut by_name: BTreeMap<&str, (&Configuration, &Held)> = BTreeMap::new();
        for file in &self.files {
            for (name, held) in file.settings().held(host) {
                by_name.insert(name, (file, held));
            }
        }
        by_name.into_values().collect()
    }

    fn helper(&self) -> Answer {
        let names = self.helpers();
        match names.iter().collect::<Vec<_>>().as_slice() {
            [] => Answer::Nothing,
            [name] => match helper_program::found(self.tool, name).as_slice() {
                [] => Answer::MissingHelper((*name).clone()),
                [_] => Answer::Helper((*name).clone()),
                _ => Answer::Unknown(format!("there are several programs for the helper `{name}`")),
            },
            _ => Answer::Unknown("the configuration names several credentials helpers".to_owned()),
        }
    }

    /// Returns the names of the credentials helpers that the configuration asks.
    pub fn helpers(&self) -> BTreeSet<String> {
        self.files.iter().flat_map(|file| file.settings().helpers.iter().cloned()).collect()
    }

    /// Returns whether the configuration asks keybelt's helper.
    pub fn asks_keybelt(&self) -> bool {
        self.helpers().contains(NAME)
    }

    /// Returns the hosts for which files have something, so that no helper is asked for them.
    pub fn hosts(&self) -> Vec<(Host, String, Form)> {
        let all = self.files.iter().flat_map(|file| {
            let of_file = file.settings().credentials.iter();
            of_file
                .filter_map(|(name, held)| Some((host_of(name)?, file.shown(), Form::from(held))))
        });
        all.collect()
    }

    /// Returns what cannot be read, and what to do about it.
    pub fn unread(&self) -> Vec<(String, String)> {
        let unread = self.unread.iter().map(|failure| {
            let message = [failure.message.clone()].into_iter().chain(failure.causes());
            let hint = || "repair it: Terraform may not see what is in it".to_owned();
            let message = message.collect::<Vec<_>>().join(": ");
            (message, failure.hint.clone().unwrap_or_else(hint))
        });
        unread.collect()
    }

    /// Returns what is wrong with the configuration, and what to do about it.
    pub fn problems(&self) -> Vec<(String, String)> {
        let names = self.files.iter().flat_map(|file| {
            let names = file.settings().credentials.iter();
            let odd = names.filter(|(name, _)| host_of(name).is_none());
            odd.map(|_| {
                let shown = file.shown();
                let message = format!("{shown} has credentials for a name that is not a host");
                (message, format!("correct the names in {shown}"))
            })
        });
        let several = (self.helpers().len() > 1).then(|| {
            let message = "the CLI configuration names several credentials helpers".to_owned();
            (message, "leave one `credentials_helper` block".to_owned())
        });
        self.unread().into_iter().chain(names).chain(several).collect()
    }

    /// Refuses to go on with files that cannot be read, or that ask another helper than keybelt's.
    pub fn require_room_for_keybelt(self) -> Result<Self, Failure> {
        if let Some(failure) = self.unread.into_iter().next() {
            return Err(failure);
        }
        let is_other = |name: &String| name != NAME;
        let other = self.files.iter().find(|file| file.settings().helpers.iter().any(is_other));
        if let Some(file) = other {
            return Err(Failure::general(format!(
                "{} already configures another credentials helper",
                file.shown()
            ))
            .hint("Terraform supports only one: remove that block first"));
        }
        Ok(Self { unread: Vec::new(), ..self })
    }

    /// Returns the file in which the helper is to be asked for: the one that a person writes. OpenTofu's own is
    /// left alone where it is not there: OpenTofu reads Terraform's then.
    pub fn into_file_to_edit(self) -> Result<Option<Configuration>, Failure> {
        let path = self.tool.main_file()?;
        let is_wanted = |file: &Configuration| {
            *file.path() == path && (self.tool == Tool::Terraform || file.exists())
        };
        let file = self.files.into_iter().find(is_wanted);
        file.as_ref().map_or(Ok(()), Configuration::require_writable)?;
        Ok(file)
    }

    /// Returns the files that ask keybelt's helper.
    pub fn asking(&self) -> impl Iterator<Item = &Configuration> {
        self.files.iter().filter(|file| file.settings().helpers.contains(NAME))
    }
}

/// Returns what the tfe provider would present to a host. It knows neither `TF_TOKEN_` nor helpers, reads
/// two files, and prefers the one that a person writes.
fn of_provider(host: &Host) -> Answer {
    if environment::raw("TFE_TOKEN").is_some_and(|token| !token.is_empty()) {
        return Answer::Variable { name: "TFE_TOKEN".to_owned(), is_blank: false };
    }
    let main = Tool::Terraform.main_file();
    let own = terraform_files::terraform_dir().map(|path| path.join(CREDENTIALS_FILE));
    for path in [main, own] {
        let file = match path.and_then(Configuration::read) {
            Ok(file) => file,
            Err(failure) => return Answer::Unknown(failure.message),
        };
        match file.settings().held(host).as_slice() {
            [] => {}
            [(_, held)] => return Answer::File { shown: file.shown(), form: Form::from(*held) },
            _ => {
                return Answer::Unknown(format!("{} has the host under two names", file.shown()));
            }
        }
    }
    Answer::Nothing
}

/// Returns the names of the `TF_TOKEN_<host>` variables that are set, with their hosts, in the environment's
/// order. Of several for one host the last one counts, as for Terraform.
pub fn variables() -> Vec<(String, Host)> {
    environment::variables()
        .filter_map(|(name, _)| name.into_string().ok())
        .filter_map(|name| terraform_variable::host_of(&name).map(|host| (name, host)))
        .collect()
}

/// What the tfe provider is called.
pub const PROVIDER: &str = "the tfe provider";

/// Returns what each tool would present to a host. One that would find nothing is left out; so is OpenTofu,
/// where it would do as Terraform does.
pub fn uses(host: &Host) -> Vec<(&'static str, Answer)> {
    if !host.is_https() {
        return Vec::new();
    }
    let [terraform, tofu] =
        Tool::ALL.map(|tool| (tool.program(), CliConfiguration::of(tool).answer(host)));
    let is_other = terraform.1 != tofu.1;
    let mut uses = vec![terraform];
    uses.extend(is_other.then_some(tofu));
    uses.push((PROVIDER, of_provider(host)));
    uses.retain(|(tool, answer)| *answer != Answer::Nothing || *tool == "tofu");
    uses
}
