//! Which kind of account server: its name in `--provider`, `config.toml` and `tokens.json`, and one row for each
//! with all that other programs call things there: hosts, variables, files.
//!
//! Only words: what a provider does is the business of the floor above.

use std::fmt;

use crate::failure::Failure;

/// A provider's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderName {
    /// Terraform Enterprise and HCP Terraform.
    Atlas,
    /// Aptible's authentication server.
    Aptible,
}

/// A variable that holds a token, and what binds it to a host.
#[derive(Debug)]
pub struct TokenVariable {
    /// The variable that holds the token.
    pub name: &'static str,
    /// The variables that name its host, first one first.
    pub addresses: &'static [&'static str],
    /// Whose tools read it.
    pub provider: ProviderName,
    /// The host, if none of them does.
    pub otherwise: &'static str,
}

/// How the tools of a provider are given a token, each to its own host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantBy {
    /// In a variable whose name has the host in it (`TF_TOKEN_<host>`), so they can have several.
    Host,
    /// In the token variables, with the host's address beside them: one host at a time.
    Address,
}

/// What others call things where a provider's servers are used.
#[derive(Debug)]
pub struct Dialect {
    /// The provider's word.
    pub word: &'static str,
    /// Whose tools these are.
    pub vendor: &'static str,
    /// The word for the tool whose file of tokens can be imported.
    pub tool: &'static str,
    /// That file's name.
    pub file_name: &'static str,
    /// The host that its tools talk to by default.
    pub default_host: &'static str,
    /// What a person may type for a well-known host.
    pub aliases: &'static [(&'static str, &'static str)],
    /// The hosts that have no password sign-in for tools.
    pub modern_hosts: &'static [&'static str],
    /// The variables that hold a token, in the order in which they win.
    pub token_variables: &'static [TokenVariable],
    /// Further variables that hold a token, which keybelt reads not, and hands to no child.
    pub other_secrets: &'static [&'static str],
    /// Every variable of these servers that keybelt reads, with what it is for.
    pub variables: &'static [(&'static str, &'static str)],
    /// How its tools are given a token.
    pub grant: GrantBy,
}

const ATLAS: Dialect = Dialect {
    word: "atlas",
    vendor: "Terraform",
    tool: "terraform",
    file_name: "credentials.tfrc.json",
    default_host: "app.terraform.io",
    aliases: &[("hcp", "app.terraform.io"), ("hcp-eu", "app.eu.terraform.io")],
    // Protocol: atlas, generations.
    modern_hosts: &["app.terraform.io", "app.eu.terraform.io"],
    token_variables: &[
        TokenVariable {
            name: "ATLAS_TOKEN",
            addresses: &["ATLAS_ADDRESS"],
            provider: ProviderName::Atlas,
            otherwise: "app.terraform.io",
        },
        TokenVariable {
            name: "TFE_TOKEN",
            addresses: &["TFE_ADDRESS", "TFE_HOSTNAME"],
            provider: ProviderName::Atlas,
            otherwise: "app.terraform.io",
        },
    ],
    other_secrets: &["VAGRANT_CLOUD_TOKEN"],
    variables: &[
        ("ATLAS_TOKEN", "token for the host of ATLAS_ADDRESS, else app.terraform.io"),
        ("ATLAS_ADDRESS", "the host that ATLAS_TOKEN is for"),
        ("TFE_TOKEN", "token for the host of TFE_ADDRESS or TFE_HOSTNAME, else app.terraform.io"),
        ("TFE_ADDRESS", "the host that TFE_TOKEN is for, as an address"),
        ("TFE_HOSTNAME", "the host that TFE_TOKEN is for, as a name"),
        ("TF_TOKEN_<host>", "token for that host, named as Terraform names it"),
        ("TF_CLI_CONFIG_FILE", "Terraform's CLI configuration, which helper install edits"),
        ("TERRAFORM_CONFIG", "older name of TF_CLI_CONFIG_FILE"),
    ],
    grant: GrantBy::Host,
};

const APTIBLE: Dialect = Dialect {
    word: "aptible",
    vendor: "Aptible",
    tool: "aptible",
    file_name: "tokens.json",
    default_host: "auth.aptible.com",
    aliases: &[("aptible", "auth.aptible.com")],
    modern_hosts: &[],
    token_variables: &[TokenVariable {
        name: "APTIBLE_ACCESS_TOKEN",
        addresses: &["APTIBLE_AUTH_ROOT_URL"],
        provider: ProviderName::Aptible,
        otherwise: "auth.aptible.com",
    }],
    other_secrets: &[],
    variables: &[
        (
            "APTIBLE_ACCESS_TOKEN",
            "token for the host of APTIBLE_AUTH_ROOT_URL, else auth.aptible.com",
        ),
        ("APTIBLE_AUTH_ROOT_URL", "the host that APTIBLE_ACCESS_TOKEN is for"),
        ("APTIBLE_CONFIG_PATH", "the directory of Aptible's tokens.json, else ~/.aptible"),
    ],
    grant: GrantBy::Address,
};

impl Dialect {
    /// Returns what the file of tokens is called in a sentence.
    pub fn tokens_file(&self) -> String {
        format!("{}'s {}", self.vendor, self.file_name)
    }
}

impl ProviderName {
    /// Every provider, in the order in which help lists them.
    pub const ALL: [Self; 2] = [Self::Atlas, Self::Aptible];

    /// Returns its row.
    pub fn dialect(self) -> &'static Dialect {
        match self {
            Self::Atlas => &ATLAS,
            Self::Aptible => &APTIBLE,
        }
    }

    /// Returns the word.
    pub fn as_str(self) -> &'static str {
        self.dialect().word
    }

    /// Reads the word; `None` if no provider is called so.
    pub fn new(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.as_str() == word)
    }

    /// Parses what a person gave.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        Self::new(text.trim()).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.into_iter().map(Self::as_str).collect();
            Failure::usage("invalid provider").hint(format!("use {}", words.join(" or ")))
        })
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Returns every dialect.
pub fn dialects() -> impl Iterator<Item = &'static Dialect> {
    ProviderName::ALL.into_iter().map(ProviderName::dialect)
}

/// Returns the variables that hold a token bound to one host, in the order in which they win.
pub fn token_variables() -> impl Iterator<Item = &'static TokenVariable> {
    dialects().flat_map(|dialect| dialect.token_variables)
}

/// Returns what people may type for well-known hosts, each with the host.
pub fn aliases() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    dialects().flat_map(|dialect| dialect.aliases)
}
