//! Where a broker is.

use crate::TransportError;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub tls: bool,
    pub host: String,
    pub port: u16,
}

impl Place {
    /// Takes no user and no path: a password in a command line or a configuration is read by others.
    pub fn parse(url: &str) -> Result<Self, TransportError> {
        Self::read(url).ok_or_else(|| TransportError::Url {
            got: without_login(url),
        })
    }

    fn read(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (tls, usual) = match scheme {
            "mqtt" => (false, 1883),
            "mqtts" => (true, 8883),
            _ => return None,
        };
        let (host, port) = host_and_port(rest.strip_suffix('/').unwrap_or(rest))?;
        let port = port.map_or(Some(usual), |port| port.parse().ok())?;
        let host = host.to_string();
        Some(Self { tls, host, port }).filter(|place| place.port != 0)
    }
}

fn host_and_port(text: &str) -> Option<(&str, Option<&str>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (host, rest) = rest.split_once(']')?;
        host.parse::<std::net::Ipv6Addr>().ok()?;
        return match rest.strip_prefix(':') {
            None => rest.is_empty().then_some((host, None)),
            port => Some((host, port)),
        };
    }
    let (host, port) = match text.split_once(':') {
        None => (text, None),
        Some((host, port)) => (host, Some(port)),
    };
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    (!host.is_empty() && host.bytes().all(named)).then_some((host, port))
}

/// For a message: what may be a password is left out.
fn without_login(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broker_is_named_by_scheme_host_and_port() {
        for (url, tls, host, port) in [
            ("mqtt://localhost", false, "localhost", 1883),
            ("mqtts://broker.example/", true, "broker.example", 8883),
            ("mqtt://10.0.0.7:1884", false, "10.0.0.7", 1884),
            ("mqtts://[::1]:9", true, "::1", 9),
            ("mqtts://[::1]", true, "::1", 8883),
        ] {
            let host = host.to_string();
            assert_eq!(
                Place::parse(url).unwrap(),
                Place { tls, host, port },
                "{url}"
            );
        }
    }

    #[test]
    fn anything_else_is_refused_and_shows_no_password() {
        for url in [
            "",
            "localhost",
            "http://a",
            "mqtt://",
            "mqtt://:1883",
            "mqtt://a:0",
            "mqtt://a:x",
            "mqtt://a:65536",
            "mqtt://a/b",
            "mqtt://a b",
            "mqtt://[::1",
            "mqtt://[a]",
            "mqtt://[::1]x",
            "MQTT://a",
            "mqtt://me:s3cret@a",
        ] {
            let refused = Place::parse(url).unwrap_err().to_string();
            assert!(refused.starts_with("transport/url: "), "{refused}");
            assert!(!refused.contains("s3cret"), "{refused}");
        }
    }
}
