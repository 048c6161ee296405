use std::collections::BTreeSet;

use cosmwasm_std::testing::MockStorage;
use vitals_core::measure::Category;
use vitals_core::set::Set;

use super::*;
use crate::alert::{Cause, Origin};
use crate::plan::PlanLife;

#[test]
fn no_two_records_share_a_namespace() {
    let own = [
        CONFIG.namespace(),
        LAST_ALERT.namespace(),
        ALERTS.namespace(),
        BY_PATIENT.namespace(),
        LATEST.namespace(),
        EMERGENCIES.namespace(),
        DEVICE_LOGS.namespace(),
        LADDERS.namespace(),
        LADDER_VERSIONS.namespace(),
        PLANS.namespace(),
        LAST_PLAN.namespace(),
        IN_FORCE.namespace(),
        ADHERENCE.namespace(),
        LAST_ADHERENCE.namespace(),
    ];
    let mut keys = own.map(str::as_bytes).to_vec();
    keys.extend(vitals_api::admin::STORAGE_KEYS.map(str::as_bytes));
    let version = cw2::CONTRACT;
    keys.push(version.as_slice());
    let unique: BTreeSet<_> = keys.iter().collect();
    assert_eq!(unique.len(), keys.len());
}

#[test]
fn when_ladder_versions_are_used_up_none_is_overwritten() {
    let mut storage = MockStorage::new();
    let most = Number(u32::MAX.into());
    LADDER_VERSIONS.save(&mut storage, &(1, 0), &most).unwrap();
    let refused = add_ladder(&mut storage, 1, 0, &Ladder::default());
    assert!(matches!(refused, Err(ContractError::Full { .. })));
    let newest = newest_ladder(&storage, 1, 0).unwrap().unwrap();
    assert_eq!(newest.version, u32::MAX);
}

#[test]
fn when_alert_numbers_are_used_up_none_is_overwritten() {
    let mut storage = MockStorage::new();
    LAST_ALERT
        .save(&mut storage, &(), &Number(u64::MAX))
        .unwrap();
    let cause = Cause::Emergency {
        number: 1,
        responder: "r".into(),
    };
    let origin = Origin {
        patient: 1,
        categories: Set::all(),
        ladder: None,
    };
    let alert = Alert::raised(cause, origin, 1_000, 1);
    let refused = add_alert(&mut storage, &alert);
    assert_eq!(refused, Err(ContractError::Full { what: "alert" }));
    assert_eq!(emergency_alert(&storage, 1, 1), Ok(None));
}

fn plan() -> Plan {
    Plan {
        digest: [1; 32],
        length: 200,
        categories: Set::of(&[Category::Cardiac]),
        author: "a".into(),
        written_at: 1,
        life: PlanLife::Proposed,
    }
}

#[test]
fn when_plan_versions_are_used_up_none_is_overwritten() {
    let mut storage = MockStorage::new();
    let most = Number(u32::MAX.into());
    LAST_PLAN.save(&mut storage, &1, &most).unwrap();
    let refused = add_plan(&mut storage, 1, &plan());
    assert!(matches!(refused, Err(ContractError::Full { .. })));
}

#[test]
fn the_newest_enforced_version_is_in_force_and_another_patients_is_not() {
    let mut storage = MockStorage::new();
    for version in [1, 2, 256, 70_000, u32::MAX] {
        enforce(&mut storage, 7, version).unwrap();
        assert_eq!(version_in_force(&storage, 7), Ok(Some(version)));
    }
    enforce(&mut storage, 8, 3).unwrap();
    for (ended, next) in [
        (256, Some(u32::MAX)),
        (u32::MAX, Some(70_000)),
        (70_000, Some(2)),
        (1, Some(2)),
        (2, None),
    ] {
        end_force(&mut storage, 7, ended);
        assert_eq!(version_in_force(&storage, 7), Ok(next), "{ended}");
    }
}

#[test]
fn the_lowest_ladder_is_found_whatever_the_others_are() {
    let mut storage = MockStorage::new();
    assert_eq!(lowest_ladder(&storage, 7), Ok(None));
    for (patient, ladder) in [(6, 0), (7, 255), (7, 3), (8, 1)] {
        add_ladder(&mut storage, patient, ladder, &Ladder::default()).unwrap();
    }
    add_ladder(&mut storage, 7, 3, &Ladder::default()).unwrap();
    let lowest = lowest_ladder(&storage, 7).unwrap().unwrap();
    assert_eq!((lowest.ladder, lowest.version), (3, 2));
}
