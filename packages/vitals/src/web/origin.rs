//! Where a browser may be sent: an origin that a content security policy can name.

use std::net::IpAddr;

use axum::http::Uri;

/// Scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    secure: bool,
    host: String,
    port: Option<u16>,
}

impl Origin {
    /// Of a URL, whose path is left out. What is not on this machine is reached by TLS.
    pub fn parse(url: &str) -> Result<Self, String> {
        let refused = |rule: &str| format!("{url:?}: {rule}");
        let uri: Uri = url.parse().map_err(|_| refused("is no URL"))?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(refused("begins with neither https:// nor http://")),
        };
        let authority = uri.authority().ok_or_else(|| refused("names no host"))?;
        if authority.as_str().contains('@') || uri.query().is_some() || url.contains('#') {
            return Err(refused("has a user name, a query or a fragment"));
        }
        let origin = Self {
            secure,
            host: authority.host().to_ascii_lowercase(),
            port: authority.port_u16(),
        };
        match origin.rule(authority.as_str()) {
            Some(rule) => Err(refused(rule)),
            None => Ok(origin),
        }
    }

    fn rule(&self, authority: &str) -> Option<&'static str> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if self.host.is_empty() || !self.host.chars().all(plain) {
            // host-source of Content Security Policy Level 3 has no IPv6 address
            return Some("a content security policy names a host by a name or an IPv4 address");
        }
        if self.port.is_none() && authority.contains(':') {
            return Some("has no port from 0 to 65535");
        }
        (!self.secure && !self.is_loopback())
            .then_some("is reached over a network in the clear: use https://")
    }

    /// A name other than `localhost` may be anybody's.
    pub fn is_loopback(&self) -> bool {
        let ip = self.host.parse::<IpAddr>();
        self.host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
    }

    /// For requests.
    pub fn http(&self) -> String {
        self.with(if self.secure { "https" } else { "http" })
    }

    /// For subscriptions.
    pub fn websocket(&self) -> String {
        self.with(if self.secure { "wss" } else { "ws" })
    }

    fn with(&self, scheme: &str) -> String {
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{scheme}://{}{port}", self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_named_for_requests_and_subscriptions() {
        let node = Origin::parse("https://Node.example/rpc").unwrap();
        assert_eq!(node.http(), "https://node.example");
        assert_eq!(node.websocket(), "wss://node.example");
        let local = Origin::parse("http://127.0.0.1:26657/").unwrap();
        assert_eq!(local.http(), "http://127.0.0.1:26657");
        assert_eq!(local.websocket(), "ws://127.0.0.1:26657");
        assert!(local.is_loopback() && !node.is_loopback());
    }

    #[test]
    fn what_a_policy_cannot_name_or_crosses_a_network_in_the_clear_is_refused() {
        for bad in [
            "",
            "node.example",
            "ftp://node.example",
            "http://node.example",
            "http://10.0.0.7:26657",
            "http://localhost.example",
            "https://[::1]:1",
            "https://a;script-src",
            "https://a,b",
            "https://*.example",
            "https://me:secret@node.example",
            "https://node.example/?x=1",
            "https://node.example/#x",
            "https://node.example:",
            "https://node.example:99999",
        ] {
            assert!(Origin::parse(bad).is_err(), "{bad} was taken");
        }
    }
}
