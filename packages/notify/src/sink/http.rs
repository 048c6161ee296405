//! What web push and webhooks share.

use std::time::{Duration, SystemTime};

use ureq::http::{Request, Uri};
use ureq::Agent;

use super::{Outcome, PATIENCE};
use crate::NotifyError;

/// No redirect is followed, and no proxy of the environment is obeyed: a secret's signature goes
/// where the configuration says.
pub(crate) fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .timeout_global(Some(PATIENCE))
        .user_agent("vitals-notify")
        .build()
        .new_agent()
}

/// `gone`: which answers say that nobody is there any more.
pub(crate) fn send(agent: &Agent, request: Request<Vec<u8>>, gone: &[u16], now_ms: u64) -> Outcome {
    let answer = match agent.run(request) {
        Ok(answer) => answer,
        Err(ureq::Error::Timeout(_)) => return Outcome::failed("notify/timeout"),
        Err(_) => return Outcome::failed("notify/unreachable"),
    };
    let wait = answer.headers().get("retry-after");
    let wait = wait.and_then(|value| retry_after(value.to_str().ok()?, now_ms));
    match answer.status().as_u16() {
        status if gone.contains(&status) => Outcome::Gone,
        status => outcome(status, wait),
    }
}

fn outcome(status: u16, after: Option<Duration>) -> Outcome {
    let why = match status {
        200..=299 => return Outcome::Delivered,
        300..=399 => "notify/redirected",
        429 => "notify/too_many",
        400..=499 => "notify/refused",
        _ => "notify/server",
    };
    Outcome::Failed { why, after }
}

/// Seconds, or a date (RFC 9110, 10.2.3).
fn retry_after(value: &str, now_ms: u64) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(value.trim()).ok()?;
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(now_ms);
    Some(at.duration_since(now).unwrap_or_default())
}

/// A URL that a notification may go to: nothing readable crosses a network in the clear.
pub(crate) fn url(text: &str) -> Result<Uri, NotifyError> {
    let refuse = |rule| NotifyError::Url {
        got: host_only(text),
        rule,
    };
    let uri: Uri = text.parse().map_err(|_| refuse("is no URL"))?;
    let host = uri.host().unwrap_or_default();
    if uri.authority().is_some_and(|at| at.as_str().contains('@')) {
        return Err(refuse("a URL holds no user name"));
    }
    match uri.scheme_str() {
        Some("https") if !host.is_empty() => Ok(uri),
        Some("http") if is_loopback(host) => Ok(uri),
        _ => Err(refuse("is neither https nor on this machine")),
    }
}

/// For an error: what follows the host may be a secret.
fn host_only(text: &str) -> String {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("…{host}…")
}

/// By number: a name may lead anywhere tomorrow.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_or_by_a_date() {
        let now = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 GMT
        assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
        let date = "Sun, 06 Nov 1994 08:50:07 GMT";
        assert_eq!(retry_after(date, now), Some(Duration::from_secs(30)));
        assert_eq!(retry_after(date, now + 60_000), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }

    #[test]
    fn only_taken_is_delivered() {
        for (status, code) in [
            (200, "delivered"),
            (204, "delivered"),
            (302, "notify/redirected"),
            (400, "notify/refused"),
            (410, "notify/refused"),
            (429, "notify/too_many"),
            (500, "notify/server"),
        ] {
            assert_eq!(outcome(status, None).code(), code, "{status}");
        }
    }

    #[test]
    fn plain_http_is_for_loopback_and_an_error_shows_no_path() {
        url("https://hooks.example/a").unwrap();
        url("http://127.0.0.1:8080/a").unwrap();
        url("http://[::1]/a").unwrap();
        for bad in [
            "http://hooks.example/s3cret",
            "http://localhost/s3cret",
            "ftp://127.0.0.1/s3cret",
            "https://me:s3cret@hooks.example/",
            "/s3cret",
            "https:///s3cret",
        ] {
            let refused = url(bad).unwrap_err().to_string();
            assert!(refused.starts_with("notify/url: "), "{refused}");
            assert!(!refused.contains("s3cret"), "{refused}");
        }
    }
}
