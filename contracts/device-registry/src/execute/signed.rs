//! Signatures by devices, gateways and makers.

use cosmwasm_std::{Api, Binary};
use vitals_api::verify::ChainVerifier;
use vitals_api::{parse, ApiError};
use vitals_core::key::{PublicKey, Signature, Verifier};
use vitals_core::registration::MAX_BODY;
use vitals_core::signing::Domain;

use crate::error::ContractError;

/// What a signature must be by and over.
pub struct Claim<'a> {
    /// How the signer is named in an error.
    pub signer: &'static str,
    pub key: &'a PublicKey,
    pub action: Domain,
    pub digest: [u8; 32],
}

impl<'a> Claim<'a> {
    pub fn by_device(key: &'a PublicKey, action: Domain, digest: [u8; 32]) -> Self {
        Self {
            signer: "the device",
            key,
            action,
            digest,
        }
    }
}

pub fn check(api: &dyn Api, claim: &Claim<'_>, signature: &Binary) -> Result<(), ContractError> {
    let signature: Signature = parse::bytes("signature", signature)?;
    if ChainVerifier(api).verify(claim.key, &claim.digest, &signature) {
        return Ok(());
    }
    Err(ContractError::Signature {
        signer: claim.signer,
        action: claim.action,
    })
}

/// A signed body, of a length that one can have.
pub fn body(bytes: &Binary) -> Result<&[u8], ApiError> {
    parse::length("body", bytes.len(), 1, MAX_BODY)?;
    Ok(bytes)
}
