//! Secret bytes from the operating system; in a browser from its Web Crypto.

use vitals_core::shares::IdentitySecret;
use zeroize::Zeroizing;

use crate::KeyringError;

pub(crate) fn secret() -> Result<Zeroizing<[u8; 32]>, KeyringError> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    getrandom::fill(bytes.as_mut()).map_err(|cause| KeyringError::Random {
        cause: cause.to_string(),
    })?;
    Ok(bytes)
}

/// An identity drawn at random.
pub fn draw_identity() -> Result<IdentitySecret, KeyringError> {
    Ok(IdentitySecret::from_bytes(*secret()?))
}
