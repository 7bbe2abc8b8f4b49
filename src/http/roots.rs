//! The root certificates: the system's, or what `SSL_CERT_FILE` and `SSL_CERT_DIR` name instead, and `--ca-file`'s
//! besides.

use std::path::{Path, PathBuf};

use reqwest::Certificate;
use reqwest::blocking::ClientBuilder;

use crate::environment;
use crate::failure::Failure;
use crate::private_file::read_plain;

/// The largest file of certificates that is read, in bytes.
const MAX_FILE: u64 = 8 * 1024 * 1024;

/// Tells the client whom to trust.
pub(super) fn add(
    builder: ClientBuilder,
    ca_file: Option<&Path>,
) -> Result<ClientBuilder, Failure> {
    let further =
        ca_file.map(|path| certificates(path).map_err(|failure| failure.about(named_by(path))));
    let further = further.transpose()?.unwrap_or_default();
    Ok(match instead_of_system()? {
        Some(roots) => builder.tls_certs_only(roots.into_iter().chain(further)),
        None if further.is_empty() => builder,
        None => builder.tls_certs_merge(further),
    })
}

/// Returns what named the file, as far as that can be told from here.
fn named_by(ca_file: &Path) -> &'static str {
    match environment::raw("KEYBELT_CA_FILE").is_some_and(|named| named == ca_file) {
        true => "KEYBELT_CA_FILE",
        false => "--ca-file",
    }
}

/// Returns what the variables name in place of the system's certificates; `None` if neither is set.
fn instead_of_system() -> Result<Option<Vec<Certificate>>, Failure> {
    let (file, directories) = (environment::raw("SSL_CERT_FILE"), environment::raw("SSL_CERT_DIR"));
    let (file, directories) =
        (file.filter(|it| !it.is_empty()), directories.filter(|it| !it.is_empty()));
    if file.is_none() && directories.is_none() {
        return Ok(None);
    }
    let mut roots = Vec::new();
    if let Some(file) = file {
        roots =
            certificates(&PathBuf::from(file)).map_err(|failure| failure.about("SSL_CERT_FILE"))?;
    }
    if let Some(directories) = directories {
        let found = in_directories(&environment::split_paths(&directories));
        if found.is_empty() && roots.is_empty() {
            return Err(Failure::usage("no file in it is a PEM certificate").about("SSL_CERT_DIR"));
        }
        roots.extend(found);
    }
    Ok(Some(roots))
}

/// Reads every certificate of some directories; other files may lie there too.
fn in_directories(directories: &[PathBuf]) -> Vec<Certificate> {
    directories
        .iter()
        .filter_map(|directory| std::fs::read_dir(directory).ok())
        .flat_map(|entries| entries.flatten())
        .filter_map(|entry| certificates(&entry.path()).ok())
        .flatten()
        .collect()
}

fn certificates(path: &Path) -> Result<Vec<Certificate>, Failure> {
    let shown = path.display();
    let pem = read_plain(path, MAX_FILE).map_err(|error| {
        let failure =
            Failure::general(format!("cannot read the certificates in {shown}")).because(error);
        match path.starts_with("~") {
            true => failure.hint("`~` stands for the home in a shell only: write the whole path"),
            false => failure,
        }
    })?;
    let found = Certificate::from_pem_bundle(&pem).unwrap_or_default();
    if found.is_empty() {
        return Err(Failure::usage(format!("{shown} holds no PEM certificate")));
    }
    Ok(found)
}
