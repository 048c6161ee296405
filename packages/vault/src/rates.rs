//! How often one address and one account may ask: token buckets.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use axum::http::StatusCode;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::ConfigError;
use crate::refusal::Refusal;

/// Buckets kept of one kind before the full ones are dropped.
const MANY: usize = 16_384;

/// Requests a second, and at once where none came for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    pub address_per_s: u32,
    pub address_burst: u32,
    /// Of requests that the account signed: nobody else can use them up.
    pub account_per_s: u32,
    pub account_burst: u32,
    /// Shares a responder is given: one more each minute.
    pub share_burst: u32,
    /// Connections of one address at once.
    pub connections: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            address_per_s: 50,
            address_burst: 500,
            account_per_s: 20,
            account_burst: 400,
            share_burst: 6,
            connections: 32,
        }
    }
}

impl Rates {
    /// Each takes 1 or more.
    pub fn check(&self) -> Result<(), ConfigError> {
        let named = [
            ("address_per_s", self.address_per_s),
            ("address_burst", self.address_burst),
            ("account_per_s", self.account_per_s),
            ("account_burst", self.account_burst),
            ("share_burst", self.share_burst),
            ("connections", self.connections),
        ];
        match named.iter().find(|(_, value)| *value == 0) {
            Some((name, _)) => Err(ConfigError::Zero(name)),
            None => Ok(()),
        }
    }
}

pub(crate) struct Limiter {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    accounts: DefaultKeyedRateLimiter<String>,
    shares: DefaultKeyedRateLimiter<String>,
}

impl Limiter {
    pub fn new(rates: &Rates) -> Self {
        let every_s = |per_s, burst| Quota::per_second(some(per_s)).allow_burst(some(burst));
        let shares = Quota::per_minute(NonZeroU32::MIN).allow_burst(some(rates.share_burst));
        Self {
            addresses: RateLimiter::keyed(every_s(rates.address_per_s, rates.address_burst)),
            accounts: RateLimiter::keyed(every_s(rates.account_per_s, rates.account_burst)),
            shares: RateLimiter::keyed(shares),
        }
    }

    pub fn address(&self, address: IpAddr) -> Result<(), Refusal> {
        take(&self.addresses, &network(address), "this address")
    }

    pub fn account(&self, account: &str) -> Result<(), Refusal> {
        take(&self.accounts, &account.to_string(), "this account")
    }

    pub fn share(&self, account: &str) -> Result<(), Refusal> {
        take(&self.shares, &account.to_string(), "this responder")
    }
}

/// A configuration with a 0 is not served.
fn some(value: u32) -> NonZeroU32 {
    NonZeroU32::new(value).unwrap_or(NonZeroU32::MIN)
}

fn take<K: std::hash::Hash + Eq + Clone>(
    buckets: &DefaultKeyedRateLimiter<K>,
    key: &K,
    whose: &str,
) -> Result<(), Refusal> {
    if buckets.len() > MANY {
        buckets.retain_recent();
    }
    buckets.check_key(key).map_err(|_| {
        Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "vault/rate",
            format!("{whose} asks too often: try again in a few seconds"),
        )
    })
}

/// Who has an IPv6 address has the 2^64 beside it.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => match long.to_ipv4_mapped() {
            Some(short) => IpAddr::V4(short),
            None => IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() & (u128::MAX << 64))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter(burst: u32) -> Limiter {
        Limiter::new(&Rates {
            address_per_s: 1,
            address_burst: burst,
            account_per_s: 1,
            account_burst: burst,
            ..Rates::default()
        })
    }

    #[test]
    fn one_who_asks_too_often_is_told_so_and_others_are_not() {
        let limiter = limiter(2);
        limiter.account("a").unwrap();
        limiter.account("a").unwrap();
        let refused = limiter.account("a").unwrap_err();
        assert_eq!(
            (refused.status.as_u16(), refused.code.as_str()),
            (429, "vault/rate")
        );
        limiter.account("b").unwrap();
    }

    #[test]
    fn addresses_of_one_ipv6_network_share_a_bucket() {
        let limiter = limiter(1);
        let [one, beside, other] = ["2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"]
            .map(|text| text.parse().unwrap());
        limiter.address(one).unwrap();
        limiter.address(beside).unwrap_err();
        limiter.address(other).unwrap();
        let mapped = "::ffff:192.0.2.1".parse().unwrap();
        let plain = "192.0.2.1".parse().unwrap();
        limiter.address(mapped).unwrap();
        limiter.address(plain).unwrap_err();
    }
}
