//! A responder's way to the keys: every custodian is asked at once, and whoever is slow is not
//! waited for.

use std::sync::mpsc::{channel, Receiver};
use std::thread;

use vitals_core::emergency::{combine, EmergencyError, EmergencyKey, EmergencyShare};
use vitals_core::time::Window;

use crate::{Signer, VaultClient, VaultError};

/// What the chain says of the shares: those that say otherwise were made for another package, or
/// made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    pub patient: u64,
    pub generation: u32,
    pub window: Window,
    pub threshold: u8,
}

/// A custodian that gave no share which counts, by its vault's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoShare {
    pub custodian: String,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("emergency/shares_missing: {cause}{}", .refused.iter().map(|no| format!("; {}: {}", no.custodian, no.reason)).collect::<String>())]
pub struct SharesMissing {
    pub cause: EmergencyError,
    pub refused: Vec<NoShare>,
}

type Answer = (String, Result<Vec<u8>, VaultError>);

/// Asks all custodians for their shares of the emergency package, and returns as soon as enough that
/// go together came. `identity` (`AGE-SECRET-KEY-1…`) is that of the recipient which the responder
/// published.
pub fn gather<S: Signer + Clone + Send + 'static>(
    custodians: &[VaultClient<S>],
    expected: &Expected,
    emergency: u64,
    identity: &str,
) -> Result<EmergencyKey, SharesMissing> {
    let mut cause = EmergencyError::TooFew {
        got: 0,
        threshold: expected.threshold,
    };
    let (mut shares, mut refused) = (Vec::new(), Vec::new());
    for (custodian, answer) in ask(custodians, expected.patient, emergency) {
        match counted(answer, expected, identity) {
            Ok(share) => shares.push(share),
            Err(reason) => {
                refused.push(NoShare { custodian, reason });
                continue;
            }
        }
        match combine(&shares) {
            Ok(key) => return Ok(key),
            Err(error) => cause = error,
        }
    }
    Err(SharesMissing { cause, refused })
}

/// Answers as they come, one of each; ends after the last.
fn ask<S: Signer + Clone + Send + 'static>(
    custodians: &[VaultClient<S>],
    patient: u64,
    emergency: u64,
) -> Receiver<Answer> {
    let (told, answers) = channel();
    for custodian in custodians {
        let (custodian, told) = (custodian.clone(), told.clone());
        thread::spawn(move || {
            let answer = custodian.emergency_share(patient, emergency);
            // nobody listens any more once enough answered
            let _ = told.send((custodian.vault().to_string(), answer));
        });
    }
    answers
}

fn counted(
    answer: Result<Vec<u8>, VaultError>,
    expected: &Expected,
    identity: &str,
) -> Result<EmergencyShare, String> {
    let file = answer.map_err(|error| error.to_string())?;
    let share = EmergencyShare::open(&file, identity).map_err(|error| error.to_string())?;
    let got = Expected {
        patient: share.patient,
        generation: share.generation,
        window: share.window,
        threshold: share.share.threshold(),
    };
    match got == *expected {
        true => Ok(share),
        false => {
            Err("emergency/other_package: its share is not of the package on the chain".into())
        }
    }
}
