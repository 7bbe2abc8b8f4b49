//! The certificates of a sandbox with TLS: an authority made for this start alone, and a server
//! certificate for loopback. Their keys never leave memory. Whoever trusts the authority by mistake
//! trusts it for seven days and for loopback names only.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CidrSubnet, DnType,
    ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, KeyPair, KeyUsagePurpose, NameConstraints,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tempfile::TempDir;

const LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Clients' clocks may be behind.
const BACKDATED: Duration = Duration::from_secs(60 * 60);

/// What a TLS listener needs, and the file that clients are to trust.
pub(crate) struct Certificates {
    pub(crate) config: Arc<ServerConfig>,
    authority: String,
}

impl Certificates {
    /// Makes an authority and a server certificate.
    pub(crate) fn new() -> Result<Certificates, rcgen::Error> {
        let authority = CertifiedIssuer::self_signed(authority_parameters(), KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let certificate = server_parameters()?.signed_by(&key, &authority)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring knows TLS 1.2 and 1.3")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .expect("the key belongs to the certificate");
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Certificates { config: Arc::new(config), authority: authority.as_ref().pem() })
    }

    /// Writes the authority's certificate to a private file, which goes with its directory.
    pub(crate) fn write(&self) -> io::Result<(TempDir, PathBuf)> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("keybelt-sandbox-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let directory = builder.tempdir()?;
        let path = directory.path().join("ca.pem");
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path)?.write_all(self.authority.as_bytes())?;
        Ok((directory, path))
    }
}

fn authority_parameters() -> CertificateParams {
    let mut parameters = parameters("keybelt sandbox CA, not for anything else");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let loopback_v6 = std::net::Ipv6Addr::LOCALHOST.octets();
    parameters.name_constraints = Some(NameConstraints {
        permitted_subtrees: vec![
            GeneralSubtree::DnsName("localhost".to_owned()),
            GeneralSubtree::IpAddress(CidrSubnet::from_v4_prefix([127, 0, 0, 0], 8)),
            GeneralSubtree::IpAddress(CidrSubnet::from_v6_prefix(loopback_v6, 128)),
        ],
        excluded_subtrees: Vec::new(),
    });
    parameters
}

fn server_parameters() -> Result<CertificateParams, rcgen::Error> {
    let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
    let mut parameters = parameters("keybelt sandbox");
    parameters.subject_alt_names = CertificateParams::new(names)?.subject_alt_names;
    parameters.is_ca = IsCa::ExplicitNoCa;
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    parameters.use_authority_key_identifier_extension = true;
    Ok(parameters)
}

fn parameters(common_name: &str) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    let not_before = SystemTime::now() - BACKDATED;
    parameters.not_before = not_before.into();
    parameters.not_after = (not_before + LIFETIME).into();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, common_name);
    parameters
}
