//! Asking the vaults in turn: the first that gives what the chain names is enough.

use std::thread::sleep;
use std::time::Duration;

use vitals_vault_client::{Signer, VaultClient, VaultError};

/// A vault that has enough of us is asked again after so many seconds, in turn.
const PAUSES_S: [u64; 5] = [1, 2, 4, 8, 16];
const TOO_MANY: u16 = 429;

/// What the first vault gave that had it, and its name; else each vault's reason.
pub fn first<S: Signer, T>(
    vaults: &[VaultClient<S>],
    ask: impl Fn(&VaultClient<S>) -> Result<T, VaultError>,
) -> Result<(T, String), String> {
    let mut reasons = Vec::new();
    for vault in vaults {
        match patient(|| ask(vault)) {
            Ok(given) => return Ok((given, vault.vault().into())),
            Err(error) => reasons.push(format!("{}: {error}", vault.vault())),
        }
    }
    match reasons.is_empty() {
        true => Err("no vault is named".into()),
        false => Err(reasons.join("; ")),
    }
}

/// Waits where the vault says that there were too many requests.
pub fn patient<T>(ask: impl Fn() -> Result<T, VaultError>) -> Result<T, VaultError> {
    for pause in PAUSES_S {
        match ask() {
            Err(VaultError::Refused { status, .. }) if status == TOO_MANY => {
                sleep(Duration::from_secs(pause));
            }
            other => return other,
        }
    }
    ask()
}
