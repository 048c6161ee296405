//! Who sends a web push, said to the push service (RFC 8292).

use std::path::Path;

use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use base64::Engine;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;
use ureq::http::Uri;
use zeroize::Zeroizing;

use crate::{secret, NotifyError};

/// A token holds for so long: RFC 8292 allows a day, and clocks differ.
const TOKEN_S: u64 = 12 * 3_600;

/// The sender's key: 32 bytes of P-256 in unpadded Base64url, as the common tools write it.
pub struct VapidKey(SigningKey);

impl VapidKey {
    /// Made, with mode 0600, where there is none.
    pub fn unlock(path: &Path) -> Result<Self, NotifyError> {
        if !path.exists() {
            secret::write(path, &fresh()?)?;
        }
        let text = secret::read(path)?;
        let refuse = || NotifyError::Secret {
            path: path.to_owned(),
            rule: "a VAPID key is 32 bytes of P-256 in Base64url".into(),
        };
        let bytes = BASE64
            .decode(text.as_bytes())
            .map(Zeroizing::new)
            .map_err(|_| refuse())?;
        SigningKey::from_slice(&bytes)
            .map(Self)
            .map_err(|_| refuse())
    }

    /// What a browser subscribes with (`applicationServerKey`): the uncompressed point in
    /// unpadded Base64url.
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().to_encoded_point(false).as_bytes())
    }

    /// The value of `Authorization` for a push service.
    pub(super) fn authorization(
        &self,
        endpoint: &Uri,
        contact: &str,
        now_ms: u64,
    ) -> Option<String> {
        let audience = format!("{}://{}", endpoint.scheme_str()?, endpoint.authority()?);
        let claims = json!({"aud": audience, "exp": now_ms / 1_000 + TOKEN_S, "sub": contact});
        let header = json!({"typ": "JWT", "alg": "ES256"});
        let part = |value: serde_json::Value| BASE64.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature: Signature = self.0.try_sign(signed.as_bytes()).ok()?;
        let signature = BASE64.encode(signature.to_bytes());
        Some(format!("vapid t={signed}.{signature}, k={}", self.public()))
    }
}

fn fresh() -> Result<Zeroizing<String>, NotifyError> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    // All but one in 2^32 are below the group's order.
    loop {
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| NotifyError::Random)?;
        if SigningKey::from_slice(bytes.as_slice()).is_ok() {
            return Ok(Zeroizing::new(BASE64.encode(bytes.as_slice())));
        }
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::signature::Verifier;
    use p256::ecdsa::VerifyingKey;

    use super::*;

    #[test]
    fn a_token_is_for_the_push_service_s_origin_and_signed_by_the_key_it_names() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("vapid");
        let key = VapidKey::unlock(&path).unwrap();
        let again = VapidKey::unlock(&path).unwrap();
        assert_eq!(key.public(), again.public(), "it stays the same");
        let endpoint = "https://push.example:444/send/abc?x=1".parse().unwrap();
        let value = key
            .authorization(&endpoint, "mailto:a@b.example", 1_000_000)
            .unwrap();
        let (token, public) = value
            .strip_prefix("vapid t=")
            .unwrap()
            .split_once(", k=")
            .unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let claims = BASE64.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        let expected = json!({
            "aud": "https://push.example:444", "exp": 1_000 + 43_200, "sub": "mailto:a@b.example",
        });
        assert_eq!(claims, expected);
        let public = VerifyingKey::from_sec1_bytes(&BASE64.decode(public).unwrap()).unwrap();
        let signature = Signature::from_slice(&BASE64.decode(signature).unwrap()).unwrap();
        public.verify(signed.as_bytes(), &signature).unwrap();
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let zero = BASE64.encode([0u8; 32]);
        for (name, text) in [
            ("zero", zero.as_str()),
            ("short", "AAAA"),
            ("text", "a key!"),
        ] {
            let path = dir.path().join(name);
            secret::write(&path, text).unwrap();
            assert!(VapidKey::unlock(&path).is_err(), "{name}");
        }
    }
}
