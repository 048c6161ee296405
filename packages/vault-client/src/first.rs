//! Asking several vaults for what one of them is enough to give.

use std::fmt;
use std::thread::sleep;
use std::time::Duration;

use crate::{Signer, VaultClient, VaultError};

/// A vault that has enough of us is asked again after so many seconds, in turn.
const PAUSES_S: [u64; 5] = [1, 2, 4, 8, 16];
const TOO_MANY: u16 = 429;

/// Why none gave it: by the vaults' names, what each said last.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", reasons(.0))]
pub struct NoneGave(pub Vec<(String, VaultError)>);

fn reasons(said: &[(String, VaultError)]) -> impl fmt::Display {
    let each: Vec<_> = said
        .iter()
        .map(|(vault, error)| format!("{error} (vault {vault})"))
        .collect();
    match each.is_empty() {
        true => "vault/none: no vault is named".to_string(),
        false => each.join("; "),
    }
}

/// What the first vault gives that gives anything, and that vault.
///
/// They are asked in their order, but one that did not answer when it was last asked comes after all
/// others, and one that was silent twice in a row is not asked at all for a minute. Where no other
/// has it, a vault that was silent once is asked again.
pub fn first<S: Signer, T>(
    vaults: &[VaultClient<S>],
    ask: impl Fn(&VaultClient<S>) -> Result<T, VaultError>,
) -> Result<(T, &VaultClient<S>), NoneGave> {
    let mut none = NoneGave(Vec::new());
    let mut turn: Vec<&VaultClient<S>> = vaults.iter().collect();
    turn.sort_by_key(|vault| vault.patience.is_out());
    while !turn.is_empty() {
        let mut again = Vec::new();
        for vault in turn {
            match ask(vault) {
                Ok(given) => return Ok((given, vault)),
                Err(error) => {
                    if vault.was_silent_once(&error) {
                        again.push(vault);
                    }
                    none.note(vault.vault(), error);
                }
            }
        }
        turn = again;
    }
    Err(none)
}

/// The same, for who reads much and can wait: where a vault had too many requests of us, and no
/// other has it, all are asked again a little later.
pub fn first_patiently<S: Signer, T>(
    vaults: &[VaultClient<S>],
    ask: impl Fn(&VaultClient<S>) -> Result<T, VaultError>,
) -> Result<(T, &VaultClient<S>), NoneGave> {
    for pause_s in PAUSES_S {
        match first(vaults, &ask) {
            Err(none) if none.has_had_too_many() => sleep(Duration::from_secs(pause_s)),
            other => return other,
        }
    }
    first(vaults, ask)
}

impl NoneGave {
    fn note(&mut self, vault: &str, error: VaultError) {
        self.0.retain(|(name, _)| name != vault);
        self.0.push((vault.into(), error));
    }

    fn has_had_too_many(&self) -> bool {
        let status = |error: &VaultError| match error {
            VaultError::Refused { status, .. } => Some(*status),
            _ => None,
        };
        self.0
            .iter()
            .any(|(_, said)| status(said) == Some(TOO_MANY))
    }
}

impl<S> VaultClient<S> {
    fn was_silent_once(&self, error: &VaultError) -> bool {
        matches!(error, VaultError::Unreachable { .. }) && self.patience.has_a_try_left()
    }
}
