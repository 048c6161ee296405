//! Signature checks by the chain's host functions.

use cosmwasm_std::Api;
use vitals_core::key::{is_low_s, PublicKey, Signature, SignatureScheme, Verifier};

/// The host of a contract.
pub struct ChainVerifier<'a>(pub &'a dyn Api);

impl Verifier for ChainVerifier<'_> {
    fn verify(&self, key: &PublicKey, digest: &[u8; 32], signature: &Signature) -> bool {
        let api = self.0;
        let checked = match key.scheme() {
            SignatureScheme::Ed25519 => api.ed25519_verify(digest, signature, key.bytes()),
            SignatureScheme::Secp256k1 => api.secp256k1_verify(digest, signature, key.bytes()),
            SignatureScheme::Secp256r1 => api.secp256r1_verify(digest, signature, key.bytes()),
        };
        is_low_s(key.scheme(), signature) && checked.unwrap_or(false)
    }
}
