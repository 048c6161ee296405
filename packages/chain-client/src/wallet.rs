//! Keys: derivation, addresses, and signatures that prove control of an account.

use std::fmt;

use bip32::secp256k1::ecdsa::signature::Verifier;
use bip32::secp256k1::elliptic_curve::rand_core::{OsRng, RngCore};
use bip32::{DerivationPath, Language, Mnemonic, XPrv};
use cosmrs::crypto::secp256k1::{Signature, SigningKey, VerifyingKey};
use cosmrs::crypto::PublicKey;
use cosmrs::AccountId;
use zeroize::Zeroizing;

use crate::{input, Error, Result};

/// The first account of Cosmos chains (SLIP-44 coin type 118).
const PATH: &str = "m/44'/118'/0'/0/0";

/// A secp256k1 account key and its address. The key is wiped from memory on drop and does not
/// appear in `Debug` output.
pub struct Wallet {
    key: SigningKey,
    public_key: [u8; 33],
    address: AccountId,
}

impl Wallet {
    /// Derives the account at `m/44'/118'/0'/0/0` of a 24-word English BIP-39 mnemonic without
    /// passphrase. Any white space may separate the words.
    pub fn from_mnemonic(mnemonic: &str, prefix: &str) -> Result<Self> {
        let words: Vec<&str> = mnemonic.split_whitespace().collect();
        if words.len() != 24 {
            return Err(Error::input("mnemonic", "expected 24 words"));
        }
        let phrase = Zeroizing::new(words.join(" "));
        let mnemonic = Mnemonic::new(phrase.as_str(), Language::English)
            .map_err(|_| Error::input("mnemonic", "unknown word or wrong checksum"))?;
        Self::derive(&mnemonic, prefix)
    }

    /// Makes a new account from the operating system's random numbers. The mnemonic is returned
    /// once and kept nowhere.
    pub fn generate(prefix: &str) -> Result<(Self, Zeroizing<String>)> {
        let mut entropy = Zeroizing::new([0u8; 32]);
        OsRng
            .try_fill_bytes(entropy.as_mut())
            .map_err(|cause| Error::input("random source", cause))?;
        let mnemonic = Mnemonic::from_entropy(*entropy, Language::English);
        let wallet = Self::derive(&mnemonic, prefix)?;
        Ok((wallet, Zeroizing::new(mnemonic.phrase().to_string())))
    }

    fn derive(mnemonic: &Mnemonic, prefix: &str) -> Result<Self> {
        let path: DerivationPath = PATH
            .parse()
            .map_err(|cause| Error::input("derivation path", cause))?;
        let key = XPrv::derive_from_path(mnemonic.to_seed("").as_bytes(), &path)
            .map_err(|cause| Error::input("mnemonic", cause))?;
        let public_key = key.public_key().to_bytes();
        let address = account_id(&public_key, prefix)?;
        Ok(Self {
            key: key.into(),
            public_key,
            address,
        })
    }

    /// The account's bech32 address.
    pub fn address(&self) -> &str {
        self.address.as_ref()
    }

    /// The compressed public key (SEC 1, 33 bytes).
    pub fn public_key(&self) -> &[u8; 33] {
        &self.public_key
    }

    /// Signs the SHA-256 of `bytes`: ECDSA on secp256k1, deterministic, `r` and `s` of 32 bytes
    /// each, low `s`.
    ///
    /// This is also how transactions are signed, so a server that may choose what a client
    /// signs could be handing it a transfer. Bytes that could be a transaction are therefore
    /// refused: those starting with a protobuf `SignDoc` (0x0a) or textual (0xa1) mark, and JSON
    /// objects naming a chain. Begin what you sign with a fixed text of your own, such as
    /// `vitals-vault/1 `.
    pub fn sign_bytes(&self, bytes: &[u8]) -> Result<[u8; 64]> {
        if could_be_transaction(bytes) {
            return Err(Error::input(
                "message to sign",
                "it could be a transaction's sign document",
            ));
        }
        let signature = self
            .key
            .sign(bytes)
            .map_err(|cause| Error::input("message to sign", format!("{cause:#}")))?;
        Ok(signature.to_bytes().into())
    }

    pub(crate) fn key(&self) -> &SigningKey {
        &self.key
    }

    pub(crate) fn account_id(&self) -> &AccountId {
        &self.address
    }
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wallet")
            .field("address", &self.address())
            .finish_non_exhaustive()
    }
}

/// The address that belongs to a compressed secp256k1 public key.
pub fn address_of(public_key: &[u8], prefix: &str) -> Result<String> {
    account_id(public_key, prefix).map(String::from)
}

/// Checks a signature made by [`Wallet::sign_bytes`]: 64 bytes, over the SHA-256 of `bytes`.
/// The high-`s` twin of a valid signature is refused, so one message has one signature a key.
pub fn verify(public_key: &[u8], bytes: &[u8], signature: &[u8]) -> Result<()> {
    let signature = Signature::from_slice(signature).map_err(|_| Error::Signature)?;
    verifying_key(public_key)?
        .verify(bytes, &signature)
        .map_err(|_| Error::Signature)
}

fn account_id(public_key: &[u8], prefix: &str) -> Result<AccountId> {
    input::check_prefix(prefix)?;
    PublicKey::from(verifying_key(public_key)?)
        .account_id(prefix)
        .map_err(|cause| Error::input("public key", format!("{cause:#}")))
}

fn verifying_key(public_key: &[u8]) -> Result<VerifyingKey> {
    if public_key.len() != 33 {
        return Err(Error::input(
            "public key",
            "expected 33 bytes, compressed secp256k1",
        ));
    }
    VerifyingKey::from_sec1_bytes(public_key)
        .map_err(|_| Error::input("public key", "not a point on secp256k1"))
}

fn could_be_transaction(bytes: &[u8]) -> bool {
    match bytes.first() {
        Some(0x0a | 0xa1) => true,
        Some(b'{') => serde_json::from_slice::<serde_json::Value>(bytes).is_ok_and(|doc| {
            doc.get("chain_id")
                .is_some_and(|id| id.as_str() != Some(""))
        }),
        _ => false,
    }
}

#[cfg(test)]
#[path = "wallet_tests.rs"]
mod tests;
