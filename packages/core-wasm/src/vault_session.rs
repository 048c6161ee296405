//! Sessions at vaults: what a wallet signs once, so that a key of the browser reads for an hour.

use serde::Deserialize;
use vitals_vault_client::{
    session_digest, session_id, Delegated, Delegation, SessionRequest, MAX_SESSION_S,
};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::JsValue;

use crate::json::read;
use crate::Refusal;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Begun {
    chain_id: String,
    account: String,
    vaults: Vec<String>,
    now_s: u64,
}

/// A session of an hour from now on. It holds no secret: the key that signs by it stays with its maker.
#[wasm_bindgen]
pub struct VaultSession {
    text: String,
    until: u64,
}

#[wasm_bindgen]
impl VaultSession {
    /// `key`: Ed25519, 32 bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "VaultSessionFields")] fields: &JsValue,
        key: &[u8],
    ) -> Result<VaultSession, Refusal> {
        Self::of(read("the session", fields)?, key)
    }

    /// What the account signs, for a wallet that makes the ADR-036 document itself and shows it.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.text.clone()
    }

    /// Its last second, since 1970.
    #[wasm_bindgen(getter)]
    pub fn until(&self) -> f64 {
        self.until as f64
    }

    /// What the session's key signs of a request, 32 bytes. `payload`: as the account would sign it.
    pub fn digest(&self, payload: &[u8]) -> Vec<u8> {
        session_digest(&session_id(self.text.as_bytes()), payload).to_vec()
    }

    /// The value of the `authorization` header. `signature`: by the session's key; `publicKey` and
    /// `accountSignature`: of the account, over the text.
    pub fn authorization(
        &self,
        payload: Vec<u8>,
        signature: Vec<u8>,
        #[wasm_bindgen(js_name = publicKey)] public_key: Vec<u8>,
        #[wasm_bindgen(js_name = accountSignature)] account_signature: Vec<u8>,
    ) -> Result<String, Refusal> {
        let got = (signature.len(), public_key.len(), account_signature.len());
        if got != (64, 33, 64) {
            let reason =
                format!("signatures of 64 bytes and a key of 33 are expected, got {got:?}");
            return Err(Refusal::new("core/signature", reason));
        }
        let request = SessionRequest {
            payload,
            signature,
            delegated: Delegated {
                text: self.text.clone().into_bytes(),
                public_key,
                signature: account_signature,
            },
        };
        Ok(request.to_header())
    }
}

impl VaultSession {
    fn of(begun: Begun, key: &[u8]) -> Result<Self, Refusal> {
        let key = key.try_into().map_err(|_| {
            let reason = format!("a session's key has 32 bytes, not {}", key.len());
            Refusal::new("core/signature", reason)
        })?;
        let delegation = Delegation {
            chain_id: begun.chain_id,
            account: begun.account,
            vaults: begun.vaults,
            key,
            from: begun.now_s,
            until: begun.now_s.saturating_add(MAX_SESSION_S),
        };
        Ok(Self {
            text: delegation.text()?,
            until: delegation.until,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_vault_client::Authorization;

    fn begun() -> Begun {
        Begun {
            chain_id: "vitals-1".into(),
            account: "wasm1x".into(),
            vaults: vec!["first".into()],
            now_s: 1_795_442_000,
        }
    }

    #[test]
    fn what_is_made_is_what_a_vault_reads() {
        let session = VaultSession::of(begun(), &[7; 32]).unwrap();
        let made = session.authorization(b"{}".to_vec(), vec![1; 64], vec![2; 33], vec![3; 64]);
        let Ok(Authorization::Session(read)) = Authorization::from_header(&made.unwrap()) else {
            panic!("no session");
        };
        let delegation = Delegation::parse(&read.delegated.text).unwrap();
        assert_eq!(delegation.until - delegation.from, MAX_SESSION_S);
        assert_eq!(delegation.key, [7; 32]);
        let digest = session_digest(&session_id(&read.delegated.text), &read.payload);
        assert_eq!(session.digest(b"{}"), digest);
    }

    #[test]
    fn what_no_vault_would_read_is_not_made() {
        let code = |made: Result<VaultSession, Refusal>| made.err().map(|refusal| refusal.code);
        let short = VaultSession::of(begun(), &[7; 31]);
        assert_eq!(code(short).as_deref(), Some("core/signature"));
        let none = Begun {
            vaults: Vec::new(),
            ..begun()
        };
        let none = VaultSession::of(none, &[7; 32]);
        assert_eq!(code(none).as_deref(), Some("vault/session_form"));
        let session = VaultSession::of(begun(), &[7; 32]).unwrap();
        let refused = session.authorization(Vec::new(), vec![1; 64], vec![2; 32], vec![3; 64]);
        assert_eq!(refused.unwrap_err().code, "core/signature");
    }
}
