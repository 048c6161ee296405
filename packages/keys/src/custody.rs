//! The emergency package: the last days and the next ones, for whoever holds enough of the
//! custodians' shares.

use std::collections::BTreeSet;

use vitals_api::consent::emergency::{CustodiansInfo, EmergencyPackageMsg};
use vitals_api::consent::{ExecuteMsg, PatientInfo, QueryMsg};
use vitals_core::time::{epoch_of, Epoch, Window};
use vitals_keyring::{emergency_window, Custodians, EmergencyRoll, KeyringError};
use vitals_ledger::{query, Account, Call};

use crate::audience::recipient;
use crate::{Agent, KeysError, PackageSink};

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
    /// Another is made, and too many vaults lack its shares: the chain names them once these have
    /// them. Until then an emergency opens `holds`, nothing where there is none.
    Waiting {
        holds: Option<Window>,
        /// Names of the vaults.
        lacking: Vec<String>,
    },
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
    /// chain. A custodian gives the share that the chain names, out of its own vault: as long as more
    /// vaults lack theirs than custodians can be missing, the chain is left as it is. May be stopped
    /// at any instant, and rerun; until the digests are there, what was there holds.
    pub fn keep_custody(
        &self,
        chain: &dyn Account,
        consent: &str,
        sink: &(impl PackageSink + ?Sized),
    ) -> Result<Custody, KeysError> {
        let patient = self.patient_on(chain, consent)?;
        if patient.pending {
            return Err(KeyringError::Pending.into());
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
        let made = self.state()?.emergency;
        let held = self
            .keys
            .custody_holds(&patient, &named, &keepers, made.as_ref(), now);
        if let Some(window) = held {
            return Ok(kept(window, false));
        }
        let made = made.filter(|made| self.keys.custody_fits(&patient, &keepers, made, now));
        let roll = match made {
            Some(made) => {
                sink.send_waiting()?;
                made
            }
            None => self.put_emergency(sink, &patient, &keepers, now)?,
        };
        let lacking = self.lacking(sink, &roll)?;
        if lacking.len() > dispensable(&named) {
            let holds = named.packages.as_ref().map(|there| there.window);
            return Ok(Custody::Waiting { holds, lacking });
        }
        let window = roll.window();
        let msg = ExecuteMsg::PutEmergencyPackages {
            patient: patient.patient,
            window,
            packages: named_shares(roll),
        };
        chain.execute(&[Call::new(consent, &msg)?])?;
        Ok(kept(window, true))
    }

    /// Vaults that lack a share. Which of them is whose custodian's is not known here.
    fn lacking(
        &self,
        sink: &(impl PackageSink + ?Sized),
        roll: &EmergencyRoll,
    ) -> Result<Vec<String>, KeysError> {
        let mut lacking = BTreeSet::new();
        for digest in roll.shares.values() {
            lacking.extend(sink.lacking_share(self.keys.patient(), digest)?);
        }
        Ok(lacking.into_iter().collect())
    }

    /// Package and shares in the vaults, and remembered.
    fn put_emergency(
        &self,
        sink: &(impl PackageSink + ?Sized),
        patient: &PatientInfo,
        keepers: &Custodians,
        now: Epoch,
    ) -> Result<EmergencyRoll, KeysError> {
        let number = self.keys.patient();
        let window = emergency_window(now);
        let files = self.keys.emergency(patient, keepers, window)?;
        sink.put_package(number, &files.package)?;
        for share in files.shares.values() {
            sink.put_share(number, share)?;
        }
        let mut state = self.state()?;
        state.emergency = Some(files.roll.clone());
        state.save()?;
        Ok(files.roll)
    }
}

fn named_shares(roll: EmergencyRoll) -> Vec<EmergencyPackageMsg> {
    let shares = roll.shares.into_iter();
    shares
        .map(|(custodian, digest)| EmergencyPackageMsg { custodian, digest })
        .collect()
}

/// A vault is at most one custodian's: so many can lack their share, and enough still have theirs.
fn dispensable(named: &CustodiansInfo) -> usize {
    let needed = usize::from(named.threshold);
    named.custodians.len().saturating_sub(needed)
}

fn keepers(
    chain: &dyn Account,
    consent: &str,
    named: &CustodiansInfo,
) -> Result<Custodians, KeysError> {
    let with_recipient = |account: &String| {
        let recipient = recipient(chain, consent, account)?;
        Ok::<_, KeysError>((account.clone(), recipient))
    };
    Ok(Custodians {
        threshold: named.threshold,
        recipients: named
            .custodians
            .iter()
            .map(with_recipient)
            .collect::<Result<_, _>>()?,
    })
}
