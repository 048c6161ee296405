//! A request that its sender signed.
//!
//! What is signed is an ADR-036 sign document (which wallets such as Keplr make), whose data is
//! the payload: it names the vault, the request and its end, and is used once.

use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Signer, SignerError};

/// The scheme in the `authorization` header.
pub const SCHEME: &str = "Vitals";

/// Seconds a request of this client lives.
pub const LIFETIME_S: u64 = 60;

/// The most seconds a vault lets a request live.
pub const MAX_AHEAD_S: u64 = 300;

/// The most bytes of an `authorization` header: what the longest delegation takes, and a request.
pub(crate) const MAX_HEADER: usize = 8 << 10;

const VERSION: u8 = 1;

/// What the account signs of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    pub version: u8,
    /// Name of the one vault it is for.
    pub vault: String,
    /// Lower-case address of the one who signs.
    pub account: String,
    pub method: String,
    /// Path and query as in the request line.
    pub target: String,
    /// SHA-256 of the body, lower-case hex.
    pub body_digest: String,
    /// Seconds since 1970.
    pub expires: u64,
    /// Hex of 16 random bytes.
    pub nonce: String,
}

/// Payload bytes with the key and signature that vouch for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    pub payload: Vec<u8>,
    /// Compressed secp256k1, 33 bytes.
    pub public_key: Vec<u8>,
    /// 64 bytes.
    pub signature: Vec<u8>,
}

/// Why an `authorization` header is not a signed request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    #[error(
        "expected: Vitals <payload>.<public key>.<signature>, or Vitals-Session and its five parts"
    )]
    Shape,
    #[error("{got} bytes, at most {MAX_HEADER} are taken")]
    Long { got: usize },
    #[error("the {part} is not base64url without padding")]
    Encoding { part: &'static str },
    #[error("the payload is not what this version signs: {cause}")]
    Payload { cause: String },
}

impl Payload {
    /// A fresh payload, from now on good for a minute.
    pub fn new(
        vault: &str,
        account: &str,
        method: &str,
        target: &str,
        body: &[u8],
        now: u64,
    ) -> Result<Self, SignerError> {
        let mut nonce = [0u8; 16];
        getrandom::fill(&mut nonce).map_err(|cause| SignerError(cause.to_string()))?;
        Ok(Self {
            version: VERSION,
            vault: vault.into(),
            account: account.into(),
            method: method.into(),
            target: target.into(),
            body_digest: hex::encode(digest(body)),
            expires: now.saturating_add(LIFETIME_S),
            nonce: hex::encode(nonce),
        })
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeaderError> {
        let refused = |cause: String| HeaderError::Payload { cause };
        let payload: Self = serde_json::from_slice(bytes).map_err(|e| refused(e.to_string()))?;
        if payload.version != VERSION {
            return Err(refused(format!("version {}", payload.version)));
        }
        Ok(payload)
    }

    pub fn nonce_bytes(&self) -> Result<[u8; 16], HeaderError> {
        let mut nonce = [0u8; 16];
        hex::decode_to_slice(&self.nonce, &mut nonce).map_err(|_| HeaderError::Payload {
            cause: "the nonce is not the hex of 16 bytes".into(),
        })?;
        Ok(nonce)
    }
}

impl SignedRequest {
    pub fn sign(payload: &Payload, signer: &impl Signer) -> Result<Self, SignerError> {
        let payload =
            serde_json::to_vec(payload).map_err(|cause| SignerError(cause.to_string()))?;
        let signature = signer.sign(&sign_doc(&payload, signer.address()))?;
        Ok(Self {
            payload,
            public_key: signer.public_key().to_vec(),
            signature: signature.to_vec(),
        })
    }

    /// The value of the `authorization` header.
    pub fn to_header(&self) -> String {
        header(SCHEME, [&self.payload, &self.public_key, &self.signature])
    }

    pub fn from_header(value: &str) -> Result<Self, HeaderError> {
        let [payload, public_key, signature] =
            header_parts(SCHEME, value, ["payload", "public key", "signature"])?;
        Ok(Self {
            payload,
            public_key,
            signature,
        })
    }
}

/// A scheme and parts in base64url.
pub(crate) fn header<const N: usize>(scheme: &str, parts: [&Vec<u8>; N]) -> String {
    let parts = parts.map(|part| URL_SAFE_NO_PAD.encode(part));
    format!("{scheme} {}", parts.join("."))
}

/// The parts of a header of that scheme, each by its name.
pub(crate) fn header_parts<const N: usize>(
    scheme: &str,
    value: &str,
    names: [&'static str; N],
) -> Result<[Vec<u8>; N], HeaderError> {
    if value.len() > MAX_HEADER {
        return Err(HeaderError::Long { got: value.len() });
    }
    let token = value
        .strip_prefix(scheme)
        .and_then(|rest| rest.strip_prefix(' '))
        .ok_or(HeaderError::Shape)?;
    let texts: Vec<&str> = token.split('.').collect();
    if texts.len() != N {
        return Err(HeaderError::Shape);
    }
    let parts = texts.iter().zip(names).map(|(text, part)| {
        URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| HeaderError::Encoding { part })
    });
    let parts: Vec<Vec<u8>> = parts.collect::<Result<_, _>>()?;
    parts.try_into().map_err(|_| HeaderError::Shape)
}

/// The canonical ADR-036 document that an account signs over `data`
/// (<https://github.com/cosmos/cosmos-sdk/blob/main/docs/architecture/adr-036-arbitrary-signature.md>):
/// amino JSON with sorted keys and no spaces. Its chain id is empty, so it is no transaction.
pub fn sign_doc(data: &[u8], address: &str) -> Vec<u8> {
    let data = STANDARD.encode(data);
    // An address is lower-case letters and digits, so nothing in here needs escaping.
    format!(
        r#"{{"account_number":"0","chain_id":"","fee":{{"amount":[],"gas":"0"}},"memo":"","msgs":[{{"type":"sign/MsgSignData","value":{{"data":"{data}","signer":"{address}"}}}}],"sequence":"0"}}"#
    )
    .into_bytes()
}

/// SHA-256: what blobs, packages and bodies are named by.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_document_is_the_canonical_one_of_adr_036() {
        let doc = String::from_utf8(sign_doc(b"hi", "cosmos1x")).unwrap();
        assert_eq!(
            doc,
            r#"{"account_number":"0","chain_id":"","fee":{"amount":[],"gas":"0"},"memo":"","msgs":[{"type":"sign/MsgSignData","value":{"data":"aGk=","signer":"cosmos1x"}}],"sequence":"0"}"#
        );
        let value: serde_json::Value = serde_json::from_str(&doc).unwrap();
        assert_eq!(value.to_string(), doc, "sorted keys, no spaces");
    }

    #[test]
    fn a_header_comes_back_whole() {
        let request = SignedRequest {
            payload: b"{}".to_vec(),
            public_key: vec![2; 33],
            signature: vec![3; 64],
        };
        assert_eq!(
            SignedRequest::from_header(&request.to_header()),
            Ok(request)
        );
    }

    #[test]
    fn headers_of_another_shape_are_refused() {
        for bad in [
            "",
            "Vitals",
            "Vitals ",
            "Bearer a.b.c",
            "Vitals YQ.YQ",
            "Vitals YQ.YQ.YQ.YQ",
            "Vitals YQ==.YQ.YQ",
        ] {
            assert!(
                SignedRequest::from_header(bad).is_err(),
                "{bad:?} was taken"
            );
        }
    }

    #[test]
    fn a_payload_with_an_unknown_field_or_version_is_refused() {
        let payload = Payload::new("v", "cosmos1x", "GET", "/", b"", 5).unwrap();
        let mut value = serde_json::to_value(&payload).unwrap();
        value["version"] = 2.into();
        assert!(Payload::from_bytes(value.to_string().as_bytes()).is_err());
        value["version"] = 1.into();
        assert_eq!(
            Payload::from_bytes(value.to_string().as_bytes()),
            Ok(payload)
        );
        value["more"] = 1.into();
        assert!(Payload::from_bytes(value.to_string().as_bytes()).is_err());
    }
}
