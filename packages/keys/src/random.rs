//! Secret bytes from the operating system.

use zeroize::Zeroizing;

use crate::KeysError;

pub(crate) fn secret() -> Result<Zeroizing<[u8; 32]>, KeysError> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    getrandom::fill(bytes.as_mut()).map_err(|cause| KeysError::Random {
        cause: cause.to_string(),
    })?;
    Ok(bytes)
}
