//! Requests that a wallet signs for a vault.

use serde::Deserialize;
use vitals_core::decision::GroundRef;
use vitals_vault_client::{ground_text as text, sign_doc, Payload, SignedRequest};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::read;
use crate::Refusal;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    vault: String,
    account: String,
    method: String,
    target: String,
    now_s: u64,
}

/// A request, good once and for a minute.
#[wasm_bindgen]
pub struct VaultRequest {
    payload: Payload,
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl VaultRequest {
    /// `body`: empty where there is none.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "VaultRequestFields")] fields: &JsValue,
        body: &[u8],
    ) -> Result<VaultRequest, Refusal> {
        Self::of(read("the request", fields)?, body)
    }

    /// What the account signs, for a wallet that makes the ADR-036 document itself.
    #[wasm_bindgen(getter)]
    pub fn payload(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// The ADR-036 document over it, whose SHA-256 is signed.
    #[wasm_bindgen(getter, js_name = signDoc)]
    pub fn sign_doc(&self) -> Vec<u8> {
        sign_doc(&self.bytes, &self.payload.account)
    }

    /// The value of the `authorization` header. `publicKey`: compressed secp256k1, 33 bytes;
    /// `signature`: 64 bytes, low s.
    pub fn authorization(
        &self,
        #[wasm_bindgen(js_name = publicKey)] public_key: Vec<u8>,
        signature: Vec<u8>,
    ) -> Result<String, Refusal> {
        if (public_key.len(), signature.len()) != (33, 64) {
            let got = (public_key.len(), signature.len());
            let reason =
                format!("a key of 33 bytes and a signature of 64 are expected, got {got:?}");
            return Err(Refusal::new("core/signature", reason));
        }
        let signed = SignedRequest {
            payload: self.bytes.clone(),
            public_key,
            signature,
        };
        Ok(signed.to_header())
    }
}

impl VaultRequest {
    fn of(asked: Asked, body: &[u8]) -> Result<Self, Refusal> {
        let Asked {
            vault,
            account,
            method,
            target,
            now_s,
        } = asked;
        let payload = Payload::new(&vault, &account, &method, &target, body, now_s)?;
        let bytes = serde_json::to_vec(&payload)?;
        Ok(Self { payload, bytes })
    }
}

/// How a request's query names a ground: `patient`, `grant:7`.
#[wasm_bindgen(js_name = groundText)]
pub fn ground_text(
    #[wasm_bindgen(unchecked_param_type = "object")] ground: &JsValue,
) -> Result<String, Refusal> {
    Ok(text(&read::<GroundRef>("the ground", ground)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_what_a_vault_reads() {
        let asked = Asked {
            vault: "first".into(),
            account: "wasm1x".into(),
            method: "GET".into(),
            target: "/v1/blobs/1".into(),
            now_s: 5,
        };
        let made = VaultRequest::of(asked, b"").unwrap();
        let header = made.authorization(vec![2; 33], vec![3; 64]).unwrap();
        let signed = SignedRequest::from_header(&header).unwrap();
        assert_eq!(Payload::from_bytes(&signed.payload).unwrap(), made.payload);
        assert_eq!(made.sign_doc(), sign_doc(&signed.payload, "wasm1x"));
        let refused = made.authorization(vec![2; 32], vec![3; 64]).unwrap_err();
        assert_eq!(refused.code, "core/signature");
    }
}
