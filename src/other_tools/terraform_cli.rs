//! Terraform's and OpenTofu's CLI configuration, as far as credentials helpers go (protocol: atlas 6.5, 6.7).
//!
//! Comments and everything else in the files stay as they are.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hcl_edit::Span;
use hcl_edit::structure::{Body, Structure};

use crate::environment;
use crate::failure::Failure;
use crate::text;

/// What the helper is called in the configuration.
const NAME: &str = "keybelt";

/// What its program is called.
pub const PROGRAM: &str = if cfg!(windows) {
    "terraform-credentials-keybelt.exe"
} else {
    "terraform-credentials-keybelt"
};

/// The kind of block that asks a helper.
const HELPER: &str = "credentials_helper";

/// The block that makes Terraform ask the helper.
const BLOCK: &str = "credentials_helper \"keybelt\" {\n}\n";

/// Returns the place where Terraform looks for the helper's program.
pub fn program_link() -> Result<PathBuf, Failure> {
    let directory = environment::terraform_dir()
        .ok_or_else(|| Failure::general("there is no home directory"))?;
    Ok(directory.join("plugins").join(PROGRAM))
}

/// Puts a link to our program where Terraform looks for the helper.
pub fn link_program(program: &Path) -> Result<PathBuf, Failure> {
    let link = program_link()?;
    let shown = environment::shorten_home(&link);
    let cannot = |error: io::Error| Failure::general(format!("cannot link {shown}")).because(error);
    if let Some(directory) = link.parent() {
        fs::create_dir_all(directory).map_err(cannot)?;
    }
    match fs::symlink_metadata(&link) {
        Ok(found) if found.is_symlink() || cfg!(windows) => {
            fs::remove_file(&link).map_err(cannot)?
        }
        Ok(_) => {
            return Err(Failure::general(format!("{shown} is there already, and no link"))
                .hint("move it away first"));
        }
        Err(_) => {}
    }
    make_link(program, &link).map_err(cannot)?;
    Ok(link)
}

/// Returns whether a link leads to a program.
pub fn leads_to(link: &Path, program: &Path) -> bool {
    let target = fs::canonicalize(link).ok();
    target.is_some() && target == fs::canonicalize(program).ok()
}

/// Removes the link, if it is one; returns whether there was one.
pub fn unlink_program() -> Result<bool, Failure> {
    let link = program_link()?;
    if !fs::symlink_metadata(&link).is_ok_and(|found| found.is_symlink() || cfg!(windows)) {
        return Ok(false);
    }
    fs::remove_file(&link).map(|()| true).map_err(|error| {
        Failure::general(format!("cannot remove {}", environment::shorten_home(&link)))
            .because(error)
    })
}

#[cfg(unix)]
fn make_link(program: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(program, link)
}

#[cfg(not(unix))]
fn make_link(program: &Path, link: &Path) -> io::Result<()> {
    fs::copy(program, link).map(drop)
}

/// One configuration file.
#[derive(Debug)]
pub struct Configuration {
    path: PathBuf,
    text: String,
    exists: bool,
}

impl Configuration {
    /// Reads every file that matters: Terraform's, whether or not it is there, and others that are.
    pub fn all() -> Result<Vec<Self>, Failure> {
        let mut files = Vec::new();
        for (nth, path) in environment::terraform_configurations().into_iter().enumerate() {
            let file = Self::read(path)?;
            if nth == 0 || file.exists {
                files.push(file);
            }
        }
        Ok(files)
    }

    fn read(path: PathBuf) -> Result<Self, Failure> {
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self { path, text, exists: true }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Self { path, text: String::new(), exists: false })
            }
            Err(error) => {
                Err(Failure::general(format!("cannot read {}", environment::shorten_home(&path)))
                    .because(error))
            }
        }
    }

    /// Returns the path for messages.
    pub fn shown(&self) -> String {
        environment::shorten_home(&self.path)
    }

    /// Returns the name of the helper that the file asks for.
    ///
    /// # Errors
    /// A failure if the file is not what Terraform could read; it is not quoted, for it may hold tokens.
    pub fn helper(&self) -> Result<Option<String>, Failure> {
        Ok(labels(&self.body()?, HELPER).into_iter().next())
    }

    /// Returns the names of the hosts for which the file has credentials of its own.
    pub fn credentials(&self) -> Result<Vec<String>, Failure> {
        let names = labels(&self.body()?, "credentials");
        Ok(names.iter().map(|name| text::printable(name)).collect())
    }

    /// Returns whether the file asks keybelt already, and may be made to if not.
    pub fn may_ask_keybelt(&self) -> Result<bool, Failure> {
        match self.helper()? {
            Some(name) if name != NAME => Err(Failure::general(format!(
                "{} asks another credentials helper already",
                self.shown()
            ))
            .hint("Terraform has one at most: remove that block first")),
            asks => Ok(asks.is_some()),
        }
    }

    /// Makes Terraform ask keybelt; returns whether anything changed.
    pub fn ask_keybelt(&self) -> Result<bool, Failure> {
        if self.may_ask_keybelt()? {
            return Ok(false);
        }
        let gap = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { "\n" };
        self.write(&format!("{}{gap}{BLOCK}", self.text))?;
        Ok(true)
    }

    /// Makes Terraform ask keybelt no more; returns whether anything changed.
    pub fn stop_asking(&self) -> Result<bool, Failure> {
        if self.helper()?.as_deref() != Some(NAME) {
            return Ok(false);
        }
        let body = self.body()?;
        let ours = body.iter().find(|structure| label(structure, HELPER).as_deref() == Some(NAME));
        // The block alone goes: removing it from the parsed body would take the comments before it along.
        let Some(span) = ours.and_then(Span::span) else {
            return Err(Failure::general(format!("cannot find the block in {}", self.shown())));
        };
        let after = &self.text[span.end..];
        let after =
            after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after);
        self.write(&format!("{}{after}", &self.text[..span.start]))?;
        Ok(true)
    }

    fn body(&self) -> Result<Body, Failure> {
        self.text.parse::<Body>().map_err(|error| {
            let place = error.location();
            Failure::general(format!(
                "{} is not valid at line {}, column {}",
                self.shown(),
                place.line(),
                place.column()
            ))
        })
    }

    /// Writes beside and renames; a link is followed, and the mode stays as it was.
    fn write(&self, text: &str) -> Result<(), Failure> {
        let path = if self.exists {
            fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone())
        } else {
            self.path.clone()
        };
        let replace = || -> io::Result<()> {
            let directory = path.parent().ok_or(io::ErrorKind::NotFound)?;
            let mut fresh = tempfile::NamedTempFile::new_in(directory)?;
            fresh.write_all(text.as_bytes())?;
            if self.exists {
                fresh.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
            }
            fresh.as_file().sync_all()?;
            fresh.persist(&path).map_err(|error| error.error)?;
            Ok(())
        };
        replace().map_err(|error| {
            Failure::general(format!("cannot write {}", self.shown())).because(error)
        })
    }
}

/// Returns the first labels of all blocks of one kind.
fn labels(body: &Body, kind: &str) -> Vec<String> {
    body.iter().filter_map(|structure| label(structure, kind)).collect()
}

/// Returns the first label of a block, if it is of this kind.
fn label(structure: &Structure, kind: &str) -> Option<String> {
    let block = structure.as_block().filter(|block| block.ident.as_str() == kind)?;
    let first = block.labels.first();
    Some(first.map_or(String::new(), |label| label.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::Configuration;

    fn configuration(text: &str) -> (tempfile::TempDir, Configuration) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join(".terraformrc");
        std::fs::write(&path, text).expect("written");
        let configuration = Configuration::read(path).expect("readable");
        (directory, configuration)
    }

    fn text(configuration: &Configuration) -> String {
        std::fs::read_to_string(&configuration.path).expect("readable")
    }

    #[test]
    fn installing_and_uninstalling_leaves_the_file_as_it_was() {
        let before = "# mine\nplugin_cache_dir = \"x\" # kept\n\ncredentials \"a.example\" {\n  token = \"t\"\n}\n# the last word\n";
        let (_directory, configuration) = configuration(before);
        assert!(configuration.ask_keybelt().expect("done"));
        let after = Configuration::read(configuration.path.clone()).expect("readable");
        assert!(
            after.text.starts_with(before)
                && after.helper().expect("valid").as_deref() == Some("keybelt")
        );
        assert!(!after.ask_keybelt().expect("done"), "a second time changes nothing");
        assert!(after.stop_asking().expect("done"));
        assert_eq!(text(&configuration), before);
    }

    #[test]
    fn another_helper_is_left_alone() {
        let before = "credentials_helper \"vault\" {\n  args = [\"x\"]\n}\n";
        let (_directory, configuration) = configuration(before);
        assert!(configuration.ask_keybelt().is_err());
        assert!(!configuration.stop_asking().expect("done"));
        assert_eq!(text(&configuration), before);
    }

    #[test]
    fn a_comment_is_no_helper_and_a_damaged_file_is_not_quoted() {
        let (_directory, commented) = configuration("# credentials_helper \"vault\" {}\n");
        assert_eq!(commented.helper().expect("valid"), None);
        let (_directory, damaged) = configuration("credentials \"a\" { token = \"canary-99\n");
        let failure = damaged.helper().expect_err("damaged");
        assert!(!format!("{failure:?}").contains("canary"));
    }
}
