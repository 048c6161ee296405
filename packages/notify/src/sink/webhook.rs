//! Webhooks, signed as Standard Webhooks 1.0 says: `v1,` and the Base64 of HMAC-SHA256 over
//! `id.timestamp.body`.

use std::path::Path;

use base64::engine::general_purpose::STANDARD as BASE64;
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use ureq::http::{Request, Uri};
use ureq::Agent;
use zeroize::Zeroizing;

use super::{http, Outcome, Sink};
use crate::{secret, NotifyError, Outgoing};

/// Before the Base64 of a secret.
const PREFIX: &str = "whsec_";
/// Bytes of a secret: what the convention asks for.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

pub(crate) struct Webhook {
    agent: Agent,
    url: Uri,
    key: Zeroizing<Vec<u8>>,
}

impl Webhook {
    pub fn open(url: &str, secret_file: &Path) -> Result<Self, NotifyError> {
        Ok(Self {
            agent: http::agent(),
            url: http::url(url)?,
            key: key(secret_file)?,
        })
    }

    fn request(&self, outgoing: &Outgoing, now_ms: u64) -> Option<Request<Vec<u8>>> {
        let seconds = now_ms / 1_000;
        let body = json!({"type": "notification", "timestamp": seconds, "data": outgoing.body()});
        let body = body.to_string().into_bytes();
        Request::post(self.url.clone())
            .header("content-type", "application/json")
            .header("webhook-id", &outgoing.id)
            .header("webhook-timestamp", seconds.to_string())
            .header(
                "webhook-signature",
                signature(&self.key, &outgoing.id, seconds, &body)?,
            )
            .body(body)
            .ok()
    }
}

impl Sink for Webhook {
    fn send(&self, outgoing: &Outgoing, now_ms: u64) -> Outcome {
        match self.request(outgoing, now_ms) {
            // A page that is missing may come back; 410 is for good.
            Some(request) => http::send(&self.agent, request, &[410], now_ms),
            None => Outcome::failed("notify/request"),
        }
    }
}

fn key(file: &Path) -> Result<Zeroizing<Vec<u8>>, NotifyError> {
    let text = secret::read(file)?;
    let bytes = text
        .strip_prefix(PREFIX)
        .and_then(|rest| BASE64.decode(rest).ok());
    let bytes = bytes.map(Zeroizing::new);
    bytes
        .filter(|bytes| BYTES.contains(&bytes.len()))
        .ok_or_else(|| NotifyError::Secret {
            path: file.to_owned(),
            rule: "a webhook's secret is whsec_ and the Base64 of 24 to 64 bytes".into(),
        })
}

fn signature(key: &[u8], id: &str, seconds: u64, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body);
    Some(format!("v1,{}", BASE64.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the convention's own libraries (standard-webhooks, test of `sign`).
    #[test]
    fn the_published_example_is_signed_as_published() {
        let key = BASE64.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(
            &key,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signed.as_deref(), Some(expected));
    }

    #[test]
    fn a_secret_of_another_form_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("plain", "password"),
            ("short", "whsec_AAAA"),
            (
                "no-base64",
                "whsec_not base64 at all, and not of its length!",
            ),
        ] {
            let path = dir.path().join(name);
            secret::write(&path, text).unwrap();
            let refused = key(&path).unwrap_err().to_string();
            assert!(refused.starts_with("notify/secret: "), "{refused}");
        }
    }
}
