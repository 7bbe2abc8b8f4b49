//! Which files `terraform` and `tofu` read for their CLI configuration, and where they look for helpers
//! (protocol: atlas 6.5; opentofu/opentofu internal/command/cliconfig).

use std::path::{Path, PathBuf};

use crate::environment;
use crate::failure::Failure;

/// A program that reads such files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// `terraform`.
    Terraform,
    /// `tofu`.
    OpenTofu,
}

/// The variables that name one file in place of all others; the first one wins.
const NAMING: [&str; 2] = ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"];

/// The file that Terraform itself writes.
pub(super) const CREDENTIALS_FILE: &str = "credentials.tfrc.json";

impl Tool {
    /// Both, in the order in which they are spoken of.
    pub const ALL: [Self; 2] = [Self::Terraform, Self::OpenTofu];

    /// Returns what its program is called.
    pub fn program(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::OpenTofu => "tofu",
        }
    }

    /// Returns the file that a person writes. It need not be there.
    pub(super) fn main_file(self) -> Result<PathBuf, Failure> {
        match named_file()? {
            Some(named) => Ok(named),
            None => self.usual_file(),
        }
    }

    fn usual_file(self) -> Result<PathBuf, Failure> {
        let home = home()?;
        let [terraform, tofu] = match cfg!(windows) {
            true => [home.join("terraform.rc"), home.join("tofu.rc")],
            false => [home.join(".terraformrc"), home.join(".tofurc")],
        };
        if self == Self::Terraform || terraform.exists() && !tofu.exists() {
            return Ok(terraform);
        }
        match xdg("XDG_CONFIG_HOME")? {
            Some(xdg) if !tofu.exists() => Ok(xdg.join("opentofu").join("tofurc")),
            _ => Ok(tofu),
        }
    }

    /// Returns every file, later ones before earlier ones in what they have for the same host's name.
    pub(super) fn files(self) -> Result<Vec<PathBuf>, Failure> {
        if let Some(named) = named_file()? {
            return Ok(vec![named]);
        }
        let mut files = vec![self.usual_file()?];
        files.extend(settings_in(&self.directory()?)?);
        Ok(files)
    }

    /// Returns the directory whose `*.tfrc` and `*.tfrc.json` files are read.
    fn directory(self) -> Result<PathBuf, Failure> {
        let usual = terraform_dir()?;
        match xdg("XDG_CONFIG_HOME")? {
            Some(xdg) if self == Self::OpenTofu && !usual.exists() => Ok(xdg.join("opentofu")),
            _ => Ok(usual),
        }
    }

    /// Returns the directories in which helpers are looked for.
    pub(super) fn plugin_directories(self) -> Result<Vec<PathBuf>, Failure> {
        let mut bases = vec![terraform_dir()?];
        if self == Self::OpenTofu {
            bases.extend(xdg("XDG_DATA_HOME")?.map(|xdg| xdg.join("opentofu")));
        }
        let plugins = bases.into_iter().map(|base| base.join("plugins"));
        Ok(plugins
            .flat_map(|plugins| [plugins.join(environment::platform()), plugins].into_iter().rev())
            .collect())
    }
}

/// Returns Terraform's configuration directory.
pub(super) fn terraform_dir() -> Result<PathBuf, Failure> {
    environment::terraform_dir().ok_or_else(no_home)
}

/// Refuses to bring into being what would hide OpenTofu's own files from it: it reads those in
/// `XDG_CONFIG_HOME` only as long as there is no Terraform.
pub fn require_nothing_hidden() -> Result<(), Failure> {
    let Some(xdg) = xdg("XDG_CONFIG_HOME")?.map(|xdg| xdg.join("opentofu")) else {
        return Ok(());
    };
    let (main, usual) = (Tool::OpenTofu.main_file()?, terraform_dir()?);
    let hides = |hidden: &Path, by: &Path, hint: String| {
        let (hidden, by) = (environment::shorten_home(hidden), environment::shorten_home(by));
        Err(Failure::general(format!("OpenTofu would no longer read {hidden} if {by} existed"))
            .hint(hint))
    };
    if main.starts_with(&xdg) && main.exists() {
        let hint = format!("move {} to ~/.tofurc first", environment::shorten_home(&main));
        return hides(&main, &Tool::Terraform.main_file()?, hint);
    }
    if named_file()?.is_none() && !usual.exists() && !settings_in(&xdg)?.is_empty() {
        let hint = format!("move what is in it to {} first", environment::shorten_home(&usual));
        return hides(&xdg, &usual, hint);
    }
    Ok(())
}

/// Returns the file that a variable names.
fn named_file() -> Result<Option<PathBuf>, Failure> {
    for name in NAMING {
        let Some(value) = environment::raw(name).filter(|value| !value.is_empty()) else {
            continue;
        };
        let path = PathBuf::from(value);
        if path.is_absolute() {
            return Ok(Some(path));
        }
        let hint = if environment::is_blank(name) {
            format!("unset {name}: Terraform treats the blank value as a file name")
        } else if path.starts_with("~") {
            format!("use an absolute path in {name}: Terraform does not expand `~` there")
        } else {
            format!("use an absolute path in {name}: this one is another file in each directory")
        };
        let message = format!("`{name}` is not an absolute path");
        return Err(Failure::usage(message).hint(hint));
    }
    Ok(None)
}

/// Returns a directory that a variable names.
fn xdg(name: &str) -> Result<Option<PathBuf>, Failure> {
    let named = environment::raw(name).filter(|value| !value.is_empty() && cfg!(not(windows)));
    match named.map(PathBuf::from) {
        Some(path) if !path.is_absolute() => {
            Err(Failure::usage(format!("`{name}` is not an absolute path")))
        }
        path => Ok(path),
    }
}

/// Returns where the files of the user lie that are not in a directory.
fn home() -> Result<PathBuf, Failure> {
    let directory = terraform_dir()?;
    directory.parent().map(Path::to_owned).ok_or_else(no_home)
}

fn no_home() -> Failure {
    Failure::general("there is no home directory")
}

/// Returns the files of settings in a directory, by their names.
fn settings_in(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let failure = |error: std::io::Error| {
        let shown = environment::shorten_home(directory);
        Failure::general(format!("cannot read {shown}")).because(error)
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(failure)? {
        let name = entry.map_err(failure)?.file_name();
        let bytes = name.as_encoded_bytes();
        if bytes.ends_with(b".tfrc") || bytes.ends_with(b".tfrc.json") {
            names.push(name);
        }
    }
    names.sort_by(|a, b| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
    Ok(names.into_iter().map(|name| directory.join(name)).collect())
}
