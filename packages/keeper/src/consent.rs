//! What is due of an emergency or of a recovery.

use cosmwasm_std::Uint64;
use vitals_api::consent::emergency::EmergencyInfo;
use vitals_api::consent::recovery::{RecoveryInfo, RecoveryStage};
use vitals_api::consent::QueryMsg;
use vitals_ledger::{query, Deployment, LedgerError, Reader};

use crate::due::find;
use crate::memory::Emergency;
use crate::review::is_over;
use crate::seen::Look;
use crate::Task;

/// An emergency can end, and be reviewed, at any time before: it is asked for this often.
const PAUSE_S: u64 = 60;

/// None where there is no such emergency.
pub(crate) fn emergency(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    which: &Emergency,
) -> Result<Option<EmergencyInfo>, LedgerError> {
    let asked = QueryMsg::Emergency {
        patient: Uint64::new(which.patient),
        emergency: Uint64::new(which.emergency),
    };
    find(chain, &at.consent, &asked)
}

/// Ending one that is over raises the generation where emergency packages open what is measured
/// from now on: nobody else would.
pub(crate) fn of_emergency(patient: u64, info: &EmergencyInfo, now: u64) -> Look {
    let task = Task::EndEmergency {
        patient,
        emergency: info.emergency.u64(),
    };
    match (info.ended_at, &info.review) {
        (None, _) if is_over(info, now) => Look::Due(vec![task]),
        (Some(_), Some(_)) => Look::Settled,
        (None, _) => Look::Later(info.until.min(now.saturating_add(PAUSE_S))),
        (Some(_), None) => Look::Later(now.saturating_add(PAUSE_S)),
    }
}

/// What is vetoed or cancelled is announced anew once it is decided again.
pub(crate) fn of_recovery(
    chain: &(impl Reader + ?Sized),
    at: &Deployment,
    patient: u64,
    now: u64,
) -> Result<Look, LedgerError> {
    let asked = QueryMsg::Recovery {
        patient: Uint64::new(patient),
    };
    let info: RecoveryInfo = query(chain, &at.consent, &asked)?;
    Ok(match info.stage {
        Some(
            RecoveryStage::Waiting { ready_at, .. } | RecoveryStage::Overriding { ready_at, .. },
        ) => match ready_at <= now {
            true => Look::Due(vec![Task::CompleteRecovery { patient }]),
            false => Look::Later(ready_at),
        },
        Some(RecoveryStage::Collecting {} | RecoveryStage::Vetoed { .. }) | None => Look::Settled,
    })
}
