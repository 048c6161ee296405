//! Bytes under a passphrase: age files, as any age program opens them. For the key under which a
//! browser keeps an account's secrets.

use vitals_keyring::Lock;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::keyring::WORK_FACTOR;
use crate::Refusal;

/// What errors call the file.
const NAME: &str = "the file";

/// An age file that the passphrase opens. `workFactor`: base-2 logarithm of scrypt's cost, 18 where
/// absent.
#[wasm_bindgen(js_name = lockBytes)]
pub fn lock_bytes(
    plain: &[u8],
    passphrase: String,
    #[wasm_bindgen(js_name = workFactor)] work_factor: Option<u8>,
) -> Result<Vec<u8>, Refusal> {
    let passphrase = Zeroizing::new(passphrase);
    let work_factor = work_factor.unwrap_or(WORK_FACTOR);
    let lock = Lock::passphrase(&passphrase).with_work_factor(work_factor)?;
    Ok(lock.wrap(NAME, plain)?)
}

/// What `lockBytes` locked.
#[wasm_bindgen(js_name = unlockBytes)]
pub fn unlock_bytes(file: &[u8], passphrase: String) -> Result<Vec<u8>, Refusal> {
    let passphrase = Zeroizing::new(passphrase);
    let plain = Lock::passphrase(&passphrase).unwrap(NAME, file)?;
    Ok(plain.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_passphrase_locked_opens_with_it_and_with_no_other() {
        let file = lock_bytes(b"data key", "correct horse".into(), Some(2)).unwrap();
        assert_eq!(
            unlock_bytes(&file, "correct horse".into()).unwrap(),
            b"data key"
        );
        let refused = unlock_bytes(&file, "another".into()).unwrap_err();
        assert_eq!(refused.code, "keys/wrong_passphrase");
    }
}
