//! Whoever can sign for an account.

#[cfg(feature = "client")]
use vitals_chain_client::Wallet;

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("signing failed: {0}")]
pub struct SignerError(pub String);

/// An account's secp256k1 key, wherever it is held.
pub trait Signer {
    /// Lower-case bech32.
    fn address(&self) -> &str;

    /// Compressed, 33 bytes.
    fn public_key(&self) -> &[u8; 33];

    /// Signs the SHA-256 of the document: `r` and `s` of 32 bytes each, low `s`.
    fn sign(&self, document: &[u8]) -> Result<[u8; 64], SignerError>;
}

#[cfg(feature = "client")]
impl Signer for Wallet {
    fn address(&self) -> &str {
        Wallet::address(self)
    }

    fn public_key(&self) -> &[u8; 33] {
        Wallet::public_key(self)
    }

    fn sign(&self, document: &[u8]) -> Result<[u8; 64], SignerError> {
        self.sign_bytes(document)
            .map_err(|cause| SignerError(cause.to_string()))
    }
}

impl<S: Signer + ?Sized> Signer for &S {
    fn address(&self) -> &str {
        (**self).address()
    }

    fn public_key(&self) -> &[u8; 33] {
        (**self).public_key()
    }

    fn sign(&self, document: &[u8]) -> Result<[u8; 64], SignerError> {
        (**self).sign(document)
    }
}

impl<S: Signer + ?Sized> Signer for std::sync::Arc<S> {
    fn address(&self) -> &str {
        (**self).address()
    }

    fn public_key(&self) -> &[u8; 33] {
        (**self).public_key()
    }

    fn sign(&self, document: &[u8]) -> Result<[u8; 64], SignerError> {
        (**self).sign(document)
    }
}
