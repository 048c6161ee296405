//! Which grants need a package, and what it must reach.

use cosmwasm_std::Uint64;
use vitals_api::consent::{DecideMsg, Decision, GrantInfo, Party, PatientInfo, TEAM_ROLL_S};
use vitals_core::decision::{Action, GroundRef};
use vitals_core::package::KeyPackage;
use vitals_core::time::{Epoch, Window, EPOCH_MS};

use crate::back::usual;
use crate::{Back, KeyringError, Keys};

/// How far ahead a sealer's package reaches.
pub const SEALER_HOURS: u32 = 48;
/// How far ahead a team's package reaches: what the contract counts on when a member leaves.
pub const TEAM_HOURS: u32 = (TEAM_ROLL_S * 1_000 / EPOCH_MS) as u32;

/// Refusals that time or a new credential may lift: until then the vault holds the package back.
const NOT_YET: [&str; 2] = ["consent/grant_not_yet_valid", "consent/credential_missing"];

/// What packages of one kind reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All of the grant's window.
    Whole,
    /// So many hours ahead, and sealed anew once less than a day less is left.
    Rolling(u32),
}

pub(crate) fn reach(grant: &GrantInfo) -> Reach {
    match (&grant.grantee, reads(grant)) {
        (Party::Team(_), _) => Reach::Rolling(TEAM_HOURS),
        (Party::Account(_), false) => Reach::Rolling(SEALER_HOURS),
        (Party::Account(_), true) => Reach::Whole,
    }
}

pub(crate) fn reads(grant: &GrantInfo) -> bool {
    grant.actions.contains(&Action::Read)
}

fn no_keys(grant: &GrantInfo) -> KeyringError {
    KeyringError::NoKeys {
        grant: grant.grant.u64(),
    }
}

/// Whether a grant's package is kept current unasked: keys that nobody gave to an account are not
/// the agent's to give.
pub fn keeps_package(grant: &GrantInfo) -> bool {
    reach(grant) != Reach::Whole || grant.package.is_some()
}

/// What to ask consent before somebody gets keys by a grant. Fails where it lets nobody read or
/// seal.
pub fn asked(patient: Uint64, grant: &GrantInfo, who: &str) -> Result<DecideMsg, KeyringError> {
    let (Some(purpose), Some(category)) = (grant.purposes.first(), grant.categories.first()) else {
        return Err(no_keys(grant));
    };
    let reads = reads(grant);
    if !reads && !grant.actions.contains(&Action::Seal) {
        return Err(no_keys(grant));
    }
    Ok(DecideMsg {
        patient,
        who: who.into(),
        purpose: *purpose,
        category: *category,
        action: if reads { Action::Read } else { Action::Seal },
        window: grant.window,
        ground: Some(GroundRef::Grant {
            id: grant.grant.u64(),
        }),
    })
}

/// Whether what consent decided lets somebody have keys, now or once a time or credential comes.
pub fn permitted(decision: Decision) -> Result<(), KeyringError> {
    match decision {
        Decision::Permit { .. } => Ok(()),
        Decision::Refuse { code, .. } if NOT_YET.contains(&code.as_str()) => Ok(()),
        Decision::Refuse { code, reason } => Err(KeyringError::Refused { code, reason }),
    }
}

impl Keys {
    /// What a grant's package holds if it is sealed now, and over which window.
    pub(crate) fn package_for(
        &self,
        patient: &PatientInfo,
        grant: &GrantInfo,
        back: Option<Back>,
        now: Epoch,
    ) -> Result<(KeyPackage, Window), KeyringError> {
        let window = window_for(patient, grant, back, now)?;
        let package = match reads(grant) {
            true => self.package(&grant.categories, window)?,
            false => self.sealer_package(&grant.categories, window)?,
        };
        Ok((package, window))
    }
}

fn window_for(
    patient: &PatientInfo,
    grant: &GrantInfo,
    back: Option<Back>,
    now: Epoch,
) -> Result<Window, KeyringError> {
    let from = match reads(grant) {
        true => grant.window.from,
        false => back
            .map_or(Epoch::MAX, |back| back.from)
            .min(usual(patient, now)),
    };
    let to = match reach(grant) {
        Reach::Whole => grant.window.to,
        Reach::Rolling(hours) => now.saturating_add(hours),
    };
    Window::new(from.max(grant.window.from), to.min(grant.window.to)).map_err(|_| no_keys(grant))
}
