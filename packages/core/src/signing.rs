//! What is signed: SHA-256 of (domain ‖ deployment id ‖ body), each with its length before it, so
//! that no signature is valid for another action, contract or chain.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};

/// One value for all contracts of a deployment, fixed when the registry is instantiated.
pub type DeploymentId = [u8; 32];

/// The contract and action a signature is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    Register,
    Attest,
    Hold,
    Pair,
    Unpair,
    Transfer,
    UpdateFirmware,
    RotateKey,
    Retire,
    Anchor,
    Gap,
    Alert,
    Frame,
}

impl Domain {
    pub fn as_str(self) -> &'static str {
        match self {
            Domain::Register => "cw-vitals/v1/device-registry/register",
            Domain::Attest => "cw-vitals/v1/device-registry/attest",
            Domain::Hold => "cw-vitals/v1/device-registry/hold",
            Domain::Pair => "cw-vitals/v1/device-registry/pair",
            Domain::Unpair => "cw-vitals/v1/device-registry/unpair",
            Domain::Transfer => "cw-vitals/v1/device-registry/transfer",
            Domain::UpdateFirmware => "cw-vitals/v1/device-registry/update-firmware",
            Domain::RotateKey => "cw-vitals/v1/device-registry/rotate-key",
            Domain::Retire => "cw-vitals/v1/device-registry/retire",
            Domain::Anchor => "cw-vitals/v1/vitals-anchor/anchor",
            Domain::Gap => "cw-vitals/v1/vitals-anchor/gap",
            Domain::Alert => "cw-vitals/v1/care/alert",
            Domain::Frame => "cw-vitals/v1/gateway/frame",
        }
    }
}

/// The bytes before a body: u32 length ‖ domain ‖ deployment id.
pub fn preamble(domain: Domain, deployment: &DeploymentId) -> Vec<u8> {
    let mut out = Vec::new();
    put_prefixed(&mut out, domain.as_str().as_bytes());
    put_prefixed(&mut out, deployment);
    out
}

/// The digest a device signs.
pub fn signing_digest(domain: Domain, deployment: &DeploymentId, body: &[u8]) -> [u8; 32] {
    let mut message = preamble(domain, deployment);
    put_prefixed(&mut message, body);
    Sha256::digest(&message).into()
}

/// SHA-256(chain id ‖ registry address), lengths prefixed.
pub fn deployment_id(chain_id: &str, registry: &str) -> DeploymentId {
    let mut message = Vec::new();
    put_prefixed(&mut message, chain_id.as_bytes());
    put_prefixed(&mut message, registry.as_bytes());
    Sha256::digest(&message).into()
}

fn put_prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    // nothing signed comes near 4 GiB; saturating keeps this total
    let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_action_deployment_or_body_is_another_digest() {
        let base = signing_digest(Domain::Anchor, &[1; 32], b"body");
        assert_ne!(base, signing_digest(Domain::Alert, &[1; 32], b"body"));
        assert_ne!(base, signing_digest(Domain::Anchor, &[2; 32], b"body"));
        assert_ne!(base, signing_digest(Domain::Anchor, &[1; 32], b"bodY"));
    }

    #[test]
    fn lengths_are_bound_so_fields_cannot_slide() {
        assert_ne!(
            deployment_id("chain-1", "2addr"),
            deployment_id("chain-12", "addr")
        );
    }
}
