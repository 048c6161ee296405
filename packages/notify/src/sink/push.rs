//! Web push (RFC 8030), encrypted to the browser (RFC 8291): the push service sees a length, and
//! that is the same for every message.

use std::path::Path;
use std::sync::Arc;

use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use base64::Engine;
use p256::PublicKey;
use serde::Deserialize;
use ureq::http::{Request, Uri};
use ureq::Agent;
use web_push_native::{Auth, WebPushBuilder};

use super::vapid::VapidKey;
use super::{http, Outcome, Sink};
use crate::{secret, NotifyError, Outgoing, Urgency};

/// Every message is filled up to so many bytes with spaces, which JSON may end in.
const FILLED: usize = 512;

/// Bytes of a subscription's secret.
const AUTH: usize = 16;

/// As a browser's `PushSubscription.toJSON()` gives it.
#[derive(Deserialize)]
struct Subscription {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// Who sends, and with which key.
pub(crate) struct Sender {
    pub key: VapidKey,
    /// `mailto:` or `https:`, for the push service.
    pub contact: String,
}

pub(crate) struct Push {
    agent: Agent,
    sender: Arc<Sender>,
    endpoint: Uri,
    public: PublicKey,
    auth: Auth,
}

impl Push {
    pub fn open(subscription_file: &Path, sender: Arc<Sender>) -> Result<Self, NotifyError> {
        let refuse = |rule: &str| NotifyError::Subscription {
            path: subscription_file.to_owned(),
            rule: rule.into(),
        };
        let text = secret::read(subscription_file)?;
        let given: Subscription = serde_json::from_str(&text)
            .map_err(|_| refuse("is not what PushSubscription.toJSON() gives"))?;
        let bytes = |text: &str| BASE64.decode(text.trim_end_matches('=')).ok();
        let public = bytes(&given.keys.p256dh);
        let public = public.and_then(|bytes| PublicKey::from_sec1_bytes(&bytes).ok());
        let auth = bytes(&given.keys.auth).filter(|auth| auth.len() == AUTH);
        Ok(Self {
            agent: http::agent(),
            sender,
            endpoint: http::url(&given.endpoint)?,
            public: public.ok_or_else(|| refuse("keys.p256dh is no point of P-256"))?,
            auth: Auth::clone_from_slice(
                &auth.ok_or_else(|| refuse("keys.auth is not 16 bytes in Base64url"))?,
            ),
        })
    }

    /// Which push service: what shares its trouble shares its thread.
    pub fn host(&self) -> String {
        self.endpoint.host().unwrap_or_default().to_owned()
    }

    /// Another subscription of the same browser has another.
    pub fn endpoint(&self) -> String {
        self.endpoint.to_string()
    }

    fn request(&self, outgoing: &Outgoing, now_ms: u64) -> Option<Request<Vec<u8>>> {
        let public = self.public;
        let mut request = WebPushBuilder::new(self.endpoint.clone(), public, self.auth)
            .with_valid_duration(std::time::Duration::from_secs(outgoing.ttl_s))
            .build(filled(outgoing))
            .ok()?;
        let contact = &self.sender.contact;
        let by = self
            .sender
            .key
            .authorization(&self.endpoint, contact, now_ms)?;
        let headers = request.headers_mut();
        headers.insert("authorization", by.parse().ok()?);
        headers.insert("urgency", urgency(outgoing.urgency).parse().ok()?);
        // A repeat takes the place of the first where that still waits (RFC 8030, 5.4).
        headers.insert("topic", outgoing.id.parse().ok()?);
        Some(request)
    }
}

impl Sink for Push {
    fn send(&self, outgoing: &Outgoing, now_ms: u64) -> Outcome {
        match self.request(outgoing, now_ms) {
            // Push services say either of a subscription that ended (RFC 8030, 7.3).
            Some(request) => http::send(&self.agent, request, &[404, 410], now_ms),
            None => Outcome::failed("notify/request"),
        }
    }
}

fn filled(outgoing: &Outgoing) -> Vec<u8> {
    let mut body = outgoing.body().to_string().into_bytes();
    body.resize(body.len().max(FILLED), b' ');
    body
}

/// RFC 8030, 5.3.
fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Routine => "normal",
        Urgency::Urgent | Urgency::Emergency => "high",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, Message};

    #[test]
    fn every_message_is_of_the_same_length() {
        for message in Message::ALL {
            for urgency in Urgency::ALL {
                for language in [Language::En, Language::De] {
                    let id = "0".repeat(32);
                    let ttl_s = 60;
                    let outgoing = Outgoing {
                        id,
                        message,
                        urgency,
                        language,
                        ttl_s,
                    };
                    assert_eq!(filled(&outgoing).len(), FILLED, "{message:?}");
                }
            }
        }
    }
}
