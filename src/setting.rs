//! Every setting, one row each: its name, what a value must look like, its default, and what it is for. Flag and
//! variable follow from the name.
//!
//! Only words: what a setting comes to is the session's business, where it is written the store's.

/// What a value must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A length of time.
    Lifetime,
    /// A length of time, or 0.
    Window,
    /// An absolute path.
    Path,
    /// A store's name.
    Store,
    /// A provider's name.
    Provider,
    /// An account's name.
    Account,
    /// A program with its arguments.
    Command,
    /// Yes or no.
    Boolean,
    /// An organization's name.
    Organization,
}

/// A setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in `config.toml`, with the table that it lies in.
    pub name: &'static str,
    /// What a value must look like.
    pub form: Form,
    /// What counts where nobody says anything.
    pub default: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Whether a command has an option of that name.
    pub has_flag: bool,
}

/// The settings of everything.
pub static GENERAL: [&Setting; 10] = [
    &STORE,
    &OUTPUT,
    &COLOR,
    &TIMEOUT,
    &CA_FILE,
    &EXPIRES_IN,
    &SUDO_WINDOW,
    &STORE_TIMEOUT,
    &ORGANIZATION,
    &WRITE_APTIBLE_FILE,
];

/// The settings of one host. What runs programs is only here, so that it is said for which host.
pub static OF_HOST: [&Setting; 4] = [&PROVIDER, &USERNAME, &PASSWORD_COMMAND, &CODE_COMMAND];

/// The store for new tokens.
pub static STORE: Setting = Setting {
    name: "store",
    form: Form::Store,
    default: "file",
    purpose: "file, keyring or docker:NAME",
    has_flag: true,
};

/// How results are printed.
pub static OUTPUT: Setting = Setting {
    name: "output",
    form: Form::OneOf(&["text", "json"]),
    default: "text",
    purpose: "text or json",
    has_flag: true,
};

/// When the terminal gets colour.
pub static COLOR: Setting = Setting {
    name: "color",
    form: Form::OneOf(&["auto", "always", "never"]),
    default: "auto",
    purpose: "auto, always or never",
    has_flag: true,
};

/// How long one command's requests may take.
pub static TIMEOUT: Setting = Setting {
    name: "timeout",
    form: Form::Lifetime,
    default: "30s",
    purpose: "time limit for one command's requests",
    has_flag: true,
};

/// Root certificates beside the system's.
pub static CA_FILE: Setting = Setting {
    name: "ca_file",
    form: Form::Path,
    default: "",
    purpose: "additional root certificates",
    has_flag: true,
};

/// The lifetime that a sign-in asks for.
pub static EXPIRES_IN: Setting = Setting {
    name: "expires_in",
    form: Form::Lifetime,
    default: "7d",
    purpose: "token lifetime to request",
    has_flag: true,
};

/// How long sudo mode lasts.
pub static SUDO_WINDOW: Setting = Setting {
    name: "sudo_window",
    form: Form::Window,
    default: "30m",
    purpose: "how long sudo mode lasts; 0: ask every time",
    has_flag: false,
};

/// How long a store outside `tokens.json` may take.
pub static STORE_TIMEOUT: Setting = Setting {
    name: "store_timeout",
    form: Form::Lifetime,
    default: "3s",
    purpose: "time limit for the keyring or helper",
    has_flag: false,
};

/// The organization of teams, agent pools and audit trails.
pub static ORGANIZATION: Setting = Setting {
    name: "organization",
    form: Form::Organization,
    default: "",
    purpose: "the organization of --team, --agent-pool and --audit-trail",
    has_flag: true,
};

/// Whether Aptible's own file gets the tokens too.
pub static WRITE_APTIBLE_FILE: Setting = Setting {
    name: "aptible.write_tokens_json",
    form: Form::Boolean,
    default: "false",
    purpose: "true: also write Aptible's tokens.json",
    has_flag: false,
};

/// The kind of account server.
pub static PROVIDER: Setting = Setting {
    name: "provider",
    form: Form::Provider,
    default: "",
    purpose: "server type: atlas or aptible",
    has_flag: true,
};

/// Whom to sign in.
pub static USERNAME: Setting = Setting {
    name: "username",
    form: Form::Account,
    default: "",
    purpose: "user name for login",
    has_flag: true,
};

/// The program that knows the password.
pub static PASSWORD_COMMAND: Setting = Setting {
    name: "password_command",
    form: Form::Command,
    default: "",
    purpose: "the program that prints the password",
    has_flag: true,
};

/// The program that knows the verification code.
pub static CODE_COMMAND: Setting = Setting {
    name: "code_command",
    form: Form::Command,
    default: "",
    purpose: "the program that prints the code",
    has_flag: true,
};

impl Setting {
    /// Returns the option of a command that says the same.
    pub fn flag(&self) -> String {
        format!("--{}", self.typed_name().replace('_', "-"))
    }

    /// Returns the variable that says the same.
    pub fn variable(&self) -> String {
        format!("KEYBELT_{}", self.typed_name().replace('.', "_").to_uppercase())
    }

    /// Returns the name outside `config.toml`: an option that is typed often is short.
    fn typed_name(&self) -> &'static str {
        if self.name == ORGANIZATION.name { "org" } else { self.name }
    }

    /// Returns the variable with what it is for, and the option that says the same.
    fn documented(&self) -> (String, String) {
        let option = if self.has_flag { format!(" ({})", self.flag()) } else { String::new() };
        (self.variable(), format!("{}{option}", self.purpose))
    }
}

/// Returns every variable that gives a setting, with what it is for: no variable names a program.
pub fn variables() -> impl Iterator<Item = (String, String)> {
    let all = OF_HOST.iter().chain(&GENERAL);
    all.filter(|setting| setting.form != Form::Command).map(|setting| setting.documented())
}
