//! Readings and passwords travel in the clear only within the machine, unless somebody says so.

use std::net::IpAddr;

use crate::TransportError;

/// What goes without TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Plain {
    /// Only what stays within this machine.
    #[default]
    Loopback,
    /// Anything: the network itself is trusted (a VPN, a cable of its own).
    Anywhere,
}

impl Plain {
    /// Refuses a place on a network.
    pub(crate) fn check(self, host: &str) -> Result<(), TransportError> {
        if self == Self::Anywhere || is_loopback(host) {
            return Ok(());
        }
        Err(TransportError::Plain {
            address: host.to_string(),
        })
    }
}

/// A name other than `localhost` may be anybody's.
fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_goes_without_tls_unless_it_is_allowed() {
        for host in ["127.0.0.1", "127.9.9.9", "::1", "localhost"] {
            assert!(Plain::Loopback.check(host).is_ok(), "{host}");
        }
        for host in ["0.0.0.0", "::", "10.0.0.7", "localhost.example", "broker"] {
            let refused = Plain::Loopback.check(host).unwrap_err();
            assert!(
                refused.to_string().starts_with("transport/plain: "),
                "{refused}"
            );
            assert!(Plain::Anywhere.check(host).is_ok());
        }
    }
}
