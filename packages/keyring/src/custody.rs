//! The emergency package: the last days and the next ones, for whoever holds enough of the
//! custodians' shares.

use std::collections::BTreeMap;

use cosmwasm_std::Binary;
use serde::{Deserialize, Serialize};
use vitals_api::consent::emergency::{CustodiansInfo, MAX_HOURS_BACK};
use vitals_api::consent::PatientInfo;
use vitals_core::emergency::EmergencyShare;
use vitals_core::measure::Category;
use vitals_core::package::digest;
use vitals_core::time::{Epoch, Window};

use crate::{random, recipient_hash, KeyringError, Keys, ROLL_HOURS};

/// How far ahead an emergency package reaches: one opened just before it is made anew may last a
/// day.
pub const EMERGENCY_HOURS: u32 = 48;

/// Who keeps shares, with their recipients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custodians {
    /// Shares it takes.
    pub threshold: u8,
    /// By account.
    pub recipients: BTreeMap<String, String>,
}

/// An emergency package that was split, and is in a vault with its shares: what an agent remembers
/// of it. No keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmergencyRoll {
    /// Digest of each custodian's share.
    pub shares: BTreeMap<String, Binary>,
    /// Of the custodians' recipients.
    pub recipient_hash: Binary,
    pub generation: u32,
    pub until: Epoch,
    pub erasures: u32,
}

/// What goes to the vaults: the package first.
pub struct EmergencyFiles {
    pub package: Vec<u8>,
    /// By account.
    pub shares: BTreeMap<String, Vec<u8>>,
    pub roll: EmergencyRoll,
}

impl EmergencyRoll {
    /// What it opens.
    pub fn window(&self) -> Window {
        emergency_window(self.until.saturating_sub(EMERGENCY_HOURS))
    }
}

impl Custodians {
    fn hash(&self) -> Binary {
        let lines: Vec<String> = self
            .recipients
            .iter()
            .map(|(account, recipient)| format!("{account} {recipient}"))
            .collect();
        let threshold = self.threshold;
        Binary::new(recipient_hash(&format!("{threshold}\n{}", lines.join("\n"))).to_vec())
    }
}

/// What an emergency package opens that is made now.
pub fn emergency_window(now: Epoch) -> Window {
    Window {
        from: now.saturating_sub(MAX_HOURS_BACK),
        to: now.saturating_add(EMERGENCY_HOURS),
    }
}

impl Keys {
    /// The window of what is on the chain, where it is what was made as `made` and reaches far
    /// enough.
    pub fn custody_holds(
        &self,
        patient: &PatientInfo,
        named: &CustodiansInfo,
        custodians: &Custodians,
        made: Option<&EmergencyRoll>,
        now: Epoch,
    ) -> Option<Window> {
        let (there, made) = (named.packages.as_ref()?, made?);
        let same = there.packages.len() == made.shares.len()
            && there
                .packages
                .iter()
                .all(|p| made.shares.get(&p.custodian) == Some(&p.digest));
        let holds = same
            && there.generation == patient.generation
            && self.custody_fits(patient, custodians, made, now);
        holds.then_some(there.window)
    }

    /// Whether what was made, on the chain or not yet, is for these custodians, these keys and long
    /// enough.
    pub fn custody_fits(
        &self,
        patient: &PatientInfo,
        custodians: &Custodians,
        made: &EmergencyRoll,
        now: Epoch,
    ) -> bool {
        made.generation == patient.generation
            && made.erasures == self.erasures()
            && made.recipient_hash == custodians.hash()
            && made.until > now.saturating_add(EMERGENCY_HOURS - ROLL_HOURS)
    }

    /// A package of all categories over the window, and a share of what opens it for each custodian.
    pub fn emergency(
        &self,
        patient: &PatientInfo,
        custodians: &Custodians,
        window: Window,
    ) -> Result<EmergencyFiles, KeyringError> {
        let secret = random::draw_identity()?;
        let package = self.package(&Category::ALL, window)?;
        let package = package.seal(&secret.recipient()?)?;
        let of = u8::try_from(custodians.recipients.len()).unwrap_or(u8::MAX);
        let split = secret.split(custodians.threshold, of, random::secret()?)?;
        let mut shares = BTreeMap::new();
        for ((account, recipient), share) in custodians.recipients.iter().zip(split) {
            let share = EmergencyShare {
                patient: self.patient(),
                generation: patient.generation,
                window,
                share,
                package: digest(&package),
            };
            shares.insert(account.clone(), share.seal(recipient)?);
        }
        Ok(EmergencyFiles {
            roll: EmergencyRoll {
                shares: digests(&shares),
                recipient_hash: custodians.hash(),
                generation: patient.generation,
                until: window.to,
                erasures: self.erasures(),
            },
            package,
            shares,
        })
    }
}

fn digests(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Binary> {
    let named = |(account, file): (&String, &Vec<u8>)| {
        (account.clone(), Binary::new(digest(file).to_vec()))
    };
    files.iter().map(named).collect()
}
