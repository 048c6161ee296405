//! An alert as it is answered.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::care::AlertInfo;

use super::{Alert, Cause};
use crate::ladder::Ladder;

pub fn of(alert: Alert, number: u64, ladder: &Ladder) -> AlertInfo {
    let (found, emergency) = match &alert.cause {
        Cause::Device(found) => (Some(found), None),
        Cause::Emergency { number, .. } => (None, Some(*number)),
    };
    let acknowledged = alert.life.acknowledgement();
    let (acknowledged_at, resolved_at) =
        (acknowledged.map(|a| a.first_at), alert.life.resolved_at());
    let since_raised = |at: u64| at.saturating_sub(alert.raised_at);
    AlertInfo {
        alert: Uint64::new(number),
        patient: Uint64::new(alert.origin.patient),
        device: found.map(|f| Uint64::new(f.device)),
        rule: found.map(|f| f.rule),
        digest: found.map(|f| Binary::new(f.digest.to_vec())),
        emergency: emergency.map(Uint64::new),
        follows: alert.follows.map(Uint64::new),
        state: alert.life.state(),
        notices: alert.notices,
        at_ms: alert.at_ms,
        raised_at: alert.raised_at,
        tier: alert.tier,
        tier_called_at: alert.tier_called_at,
        in_emergency_tier: ladder.is_emergency(alert.tier),
        escalates_at: alert.escalates_at(ladder),
        responders: ladder
            .tier(alert.tier)
            .map_or_else(Vec::new, |tier| tier.responders.clone()),
        acknowledged_by: acknowledged.map(|a| a.by.clone()),
        acknowledged_at,
        taken_over_at: acknowledged
            .map(|a| a.at)
            .filter(|at| Some(*at) != acknowledged_at),
        resolved_at,
        acknowledged_after_s: acknowledged_at.map(since_raised),
        resolved_after_s: resolved_at.map(since_raised),
    }
}
