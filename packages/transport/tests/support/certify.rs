//! Certificates of an authority of our own.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use vitals_transport::endpoint::CertificateFiles;

/// An authority in `<name>.pem`, and a certificate of it for localhost in `<name>-server.{pem,key}`.
pub fn certify(dir: &Path, name: &str) -> CertificateFiles {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    // Named alike, a certificate passes with OpenSSL for one that signed itself.
    authority
        .distinguished_name
        .push(DnType::CommonName, format!("authority {name}"));
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issued = authority.self_signed(&authority_key).unwrap();
    std::fs::write(dir.join(format!("{name}.pem")), issued.pem()).unwrap();
    let issuer = Issuer::new(authority, authority_key);

    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".to_string()]).unwrap();
    let own = own.signed_by(&key, &issuer).unwrap();
    let files = CertificateFiles {
        certificate: dir.join(format!("{name}-server.pem")),
        key: dir.join(format!("{name}-server.key")),
    };
    std::fs::write(&files.certificate, own.pem()).unwrap();
    std::fs::write(&files.key, key.serialize_pem()).unwrap();
    files
}
