//! Where a vault is, and the connection to it.

use std::time::Duration;

use ureq::tls::{parse_pem, Certificate, PemItem, RootCerts, TlsConfig};

use crate::VaultError;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE_CALL: Duration = Duration::from_secs(30);
/// For the beginning of an answer to what reads. A vault asks its node a few times before, which
/// takes milliseconds; a responder has a minute for everything.
pub const ANSWER: Duration = Duration::from_secs(10);

/// Proxies are not asked and redirects not followed: the URL given is the one that is called.
pub fn agent(roots: Option<Vec<Certificate<'static>>>) -> ureq::Agent {
    let tls = match roots {
        Some(roots) => TlsConfig::builder().root_certs(RootCerts::from(roots)),
        None => TlsConfig::builder(),
    };
    ureq::Agent::config_builder()
        .tls_config(tls.build())
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(WHOLE_CALL))
        .build()
        .new_agent()
}

/// An origin without a path: the path is part of what is signed.
pub fn checked(url: &str) -> Result<String, VaultError> {
    let refused = |cause: &str| VaultError::Url {
        url: url.into(),
        cause: cause.into(),
    };
    let uri: ureq::http::Uri = url.parse().map_err(|_| refused("not a URL"))?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(refused("expected http:// or https://"));
    }
    if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
        return Err(refused("expected no path"));
    }
    Ok(url.trim_end_matches('/').into())
}

/// The certificates of a PEM file.
pub fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, VaultError> {
    let refused = |cause: String| VaultError::Authority { cause };
    let mut roots = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(root) = item.map_err(|cause| refused(cause.to_string()))? {
            roots.push(root);
        }
    }
    match roots.is_empty() {
        true => Err(refused("there is no certificate".into())),
        false => Ok(roots),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_an_origin_and_nothing_more() {
        assert_eq!(
            checked("http://127.0.0.1:8/").unwrap(),
            "http://127.0.0.1:8"
        );
        for bad in ["", "127.0.0.1:8", "ftp://a", "http://a/b", "http://a/?b=c"] {
            assert!(checked(bad).is_err(), "{bad:?} was taken");
        }
    }
}
