//! Emergencies from the caller's side: shares there and back, and the package they open.

use ureq::http::Method;

use crate::client::same;
use crate::{digest, Signer, VaultClient, VaultError};

impl<S: Signer> VaultClient<S> {
    /// Stores a custodian's share, an age file to that custodian, under its digest, which is
    /// returned. The patient only.
    pub fn put_share(&self, patient: u64, share: &[u8]) -> Result<[u8; 32], VaultError> {
        let digest = digest(share);
        let target = format!("/v1/shares/{patient}/{}", hex::encode(digest));
        self.call(Method::PUT, &target, share)?;
        Ok(digest)
    }

    /// The share that the chain names one's own by this digest. That custodian only.
    pub fn read_share(&self, patient: u64, expected: &[u8; 32]) -> Result<Vec<u8>, VaultError> {
        let target = format!("/v1/shares/{patient}/{}", hex::encode(expected));
        same(self.call(Method::GET, &target, &[])?, expected)
    }

    /// The share of the custodian this vault is, sealed anew to the caller's published recipient:
    /// an age file of an `EmergencyShare`. The responder only, while its emergency permits.
    pub fn emergency_share(&self, patient: u64, emergency: u64) -> Result<Vec<u8>, VaultError> {
        let target = format!("/v1/emergency/{patient}/{emergency}/share");
        self.call(Method::GET, &target, &[])
    }

    /// The emergency package that shares name by this digest, and checked against it. The responder
    /// only, while its emergency permits.
    pub fn emergency_package(
        &self,
        patient: u64,
        emergency: u64,
        expected: &[u8; 32],
    ) -> Result<Vec<u8>, VaultError> {
        let target = format!(
            "/v1/emergency/{patient}/{emergency}/package/{}",
            hex::encode(expected)
        );
        same(self.call(Method::GET, &target, &[])?, expected)
    }
}
