//! The emergency package: the last days and the next ones, for whoever holds enough of the
//! custodians' shares.

use std::collections::BTreeMap;

use cosmwasm_std::Binary;
use vitals_api::consent::emergency::{CustodiansInfo, EmergencyPackageMsg, MAX_HOURS_BACK};
use vitals_api::consent::{ExecuteMsg, PatientInfo, QueryMsg};
use vitals_core::emergency::EmergencyShare;
use vitals_core::measure::Category;
use vitals_core::package::digest;
use vitals_core::shares::IdentitySecret;
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_ledger::{query, Account, Call};

use crate::audience::{recipient, recipient_hash};
use crate::roll::ROLL_HOURS;
use crate::state::EmergencyRoll;
use crate::{random, Agent, KeysError, PackageSink};

/// How far ahead an emergency package reaches: one opened just before it is made anew may last a
/// day.
pub const EMERGENCY_HOURS: u32 = 48;

/// What an emergency would open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Custody {
    /// Nobody keeps shares: an emergency opens nothing.
    Nobody,
    /// Any `threshold` of so many custodians open this window.
    Kept {
        threshold: u8,
        of: usize,
        window: Window,
        /// Made now.
        renewed: bool,
    },
}

/// Custodians with their recipients.
struct Keepers {
    threshold: u8,
    recipients: BTreeMap<String, String>,
}

impl Keepers {
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

impl Agent {
    /// Names who keeps shares of the emergency package, and how many shares it takes; none at all
    /// clears them. Where the shares kept before open what comes, the chain raises the generation:
    /// [`Agent::tend`] does the rest.
    pub fn set_custodians(
        &self,
        chain: &dyn Account,
        consent: &str,
        custodians: &[String],
        threshold: u8,
    ) -> Result<(), KeysError> {
        let msg = ExecuteMsg::SetCustodians {
            patient: self.keys.patient().into(),
            custodians: custodians.to_vec(),
            threshold,
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
        Ok(())
    }

    /// Makes the emergency package anew where custodians, their recipients, the generation, time or
    /// an erasure ask for it: package and shares to the vaults, then the shares' digests to the
    /// chain. May be stopped at any instant; until the digests are there, what was there holds.
    pub fn keep_custody(
        &self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
    ) -> Result<Custody, KeysError> {
        let patient = self.patient_on(chain, consent)?;
        if patient.pending {
            return Err(KeysError::Pending);
        }
        let asked = QueryMsg::Custodians {
            patient: patient.patient,
        };
        let named: CustodiansInfo = query(chain, consent, &asked)?;
        if named.custodians.is_empty() {
            return Ok(Custody::Nobody);
        }
        let keepers = keepers(chain, consent, &named)?;
        let now = epoch_of(chain.block_time_ms()?).unwrap_or(Epoch::MAX);
        let kept = |window, renewed| Custody::Kept {
            threshold: named.threshold,
            of: named.custodians.len(),
            window,
            renewed,
        };
        if let Some(window) = self.current(&patient, &named, &keepers, now)? {
            return Ok(kept(window, false));
        }
        let window = Window {
            from: now.saturating_sub(MAX_HOURS_BACK),
            to: now.saturating_add(EMERGENCY_HOURS),
        };
        let shares = self.put_emergency(sink, &patient, &keepers, window)?;
        let msg = ExecuteMsg::PutEmergencyPackages {
            patient: patient.patient,
            window,
            packages: shares
                .into_iter()
                .map(|(custodian, digest)| EmergencyPackageMsg { custodian, digest })
                .collect(),
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
        Ok(kept(window, true))
    }

    /// The window of what is on the chain, where it is what this agent made and reaches far enough.
    fn current(
        &self,
        patient: &PatientInfo,
        named: &CustodiansInfo,
        keepers: &Keepers,
        now: Epoch,
    ) -> Result<Option<Window>, KeysError> {
        let (Some(there), Some(made)) = (&named.packages, self.state()?.emergency) else {
            return Ok(None);
        };
        let same = there.packages.len() == made.shares.len()
            && there
                .packages
                .iter()
                .all(|p| made.shares.get(&p.custodian) == Some(&p.digest));
        let holds = same
            && there.generation == patient.generation
            && made.erasures == self.keys.erasures()
            && made.recipient_hash == keepers.hash()
            && there.window.to > now.saturating_add(EMERGENCY_HOURS - ROLL_HOURS);
        Ok(holds.then_some(there.window))
    }

    /// Package and shares in the vaults, and remembered: the digest of each custodian's share.
    fn put_emergency(
        &self,
        sink: &(impl PackageSink + ?Sized),
        patient: &PatientInfo,
        keepers: &Keepers,
        window: Window,
    ) -> Result<BTreeMap<String, Binary>, KeysError> {
        let number = self.keys.patient();
        let secret = IdentitySecret::from_bytes(*random::secret()?);
        let package = self.keys.package(&Category::ALL, window)?;
        let file = package.seal(&secret.recipient()?)?;
        sink.put_package(number, &file)?;
        let of = u8::try_from(keepers.recipients.len()).unwrap_or(u8::MAX);
        let split = secret.split(keepers.threshold, of, random::secret()?)?;
        let mut shares = BTreeMap::new();
        for ((account, recipient), share) in keepers.recipients.iter().zip(split) {
            let share = EmergencyShare {
                patient: number,
                generation: patient.generation,
                window,
                share,
                package: digest(&file),
            };
            let sealed = share.seal(recipient)?;
            sink.put_share(number, &sealed)?;
            shares.insert(account.clone(), Binary::new(digest(&sealed).to_vec()));
        }
        let mut state = self.state()?;
        state.emergency = Some(EmergencyRoll {
            shares: shares.clone(),
            recipient_hash: keepers.hash(),
            generation: patient.generation,
            until: window.to,
            erasures: self.keys.erasures(),
        });
        state.save()?;
        Ok(shares)
    }
}

fn keepers(
    chain: &dyn Account,
    consent: &str,
    named: &CustodiansInfo,
) -> Result<Keepers, KeysError> {
    let with_recipient = |account: &String| {
        let recipient = recipient(chain, consent, account)?;
        Ok::<_, KeysError>((account.clone(), recipient))
    };
    Ok(Keepers {
        threshold: named.threshold,
        recipients: named
            .custodians
            .iter()
            .map(with_recipient)
            .collect::<Result<_, _>>()?,
    })
}
