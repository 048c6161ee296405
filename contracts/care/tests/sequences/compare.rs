//! The alerts there are, held against the model and against what they were before.

use cosmwasm_std::Uint64;
use vitals_api::care::{AlertInfo, AlertState};

use super::model::Model;

pub fn alerts(model: &Model, before: &[AlertInfo], now: &[AlertInfo]) {
    for (number, info) in (1..).zip(now) {
        compare_alert(model, number, info);
    }
    for (before, after) in before.iter().zip(now) {
        assert_moves(before, after);
    }
    ensure_one_open(now);
}

fn compare_alert(model: &Model, number: u64, info: &AlertInfo) {
    let state = match (model.taken(number).is_empty(), model.resolved(number)) {
        (_, Some(_)) => AlertState::Resolved,
        (false, None) => AlertState::Acknowledged,
        (true, None) => AlertState::Open,
    };
    let found = (
        &info.state,
        usize::try_from(info.notices).unwrap(),
        usize::from(info.tier),
        info.escalates_at,
        info.acknowledged_at,
        info.resolved_at,
    );
    let expected = (
        &state,
        model.notices(number),
        model.calls(number).len(),
        model.escalates_at(number),
        model.taken(number).first().map(|(at, _)| *at),
        model.resolved(number),
    );
    assert_eq!(found, expected, "alert {number}");
    assert_eq!(info.alert, Uint64::new(number));
}

fn assert_moves(before: &AlertInfo, after: &AlertInfo) {
    use AlertState::{Acknowledged, Open, Resolved};
    let moves = (&before.state, &after.state);
    let known = matches!(
        moves,
        (Open, Open | Acknowledged)
            | (Acknowledged, Acknowledged | Resolved)
            | (Resolved, Resolved)
    );
    assert!(known, "{moves:?}");
    assert!(before.notices <= after.notices && before.tier <= after.tier);
    assert!(after.tier - before.tier <= 1, "a tier is passed over");
    let early = before
        .escalates_at
        .is_some_and(|at| after.tier_called_at < at);
    assert!(after.tier == before.tier || !early, "called early");
}

fn ensure_one_open(infos: &[AlertInfo]) {
    let open = infos.iter().filter(|info| info.state == AlertState::Open);
    let mut causes: Vec<_> = open.filter_map(|info| info.device.zip(info.rule)).collect();
    let all = causes.len();
    causes.sort_unstable();
    causes.dedup();
    assert_eq!(causes.len(), all, "two open alerts of a device and rule");
}
