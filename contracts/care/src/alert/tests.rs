use cosmwasm_std::Addr;
use vitals_api::store::Record;
use vitals_core::decision::GroundRef;

use super::*;
use crate::ladder::Tier;
use crate::life::Acknowledgement;

fn config(cooldown_s: u32) -> Config {
    Config {
        consent: Addr::unchecked("consent"),
        registry: Addr::unchecked("registry"),
        deployment: [0; 32],
        cooldown_s,
        min_tier_s: 1,
        reopens_after_s: 300,
    }
}

fn raised() -> Alert {
    let found = Found {
        device: 2,
        pairing: Some(3),
        rule: 6,
        digest: [8; 32],
    };
    let origin = Origin {
        patient: 1,
        categories: Set::of(&[Category::Cardiac, Category::Respiratory]),
        ladder: Some(LadderRef {
            ladder: 7,
            version: 9,
        }),
    };
    Alert::raised(Cause::Device(found), origin, 5, 100)
}

fn of_emergency() -> Alert {
    let cause = Cause::Emergency {
        number: 4,
        responder: "cosmos1responder".into(),
    };
    let origin = Origin {
        ladder: None,
        ..raised().origin
    };
    Alert::raised(cause, origin, 5, 100)
}

fn by() -> Acknowledgement {
    Acknowledgement::new("cosmos1responder".into(), 110, GroundRef::Grant { id: 2 })
}

fn resolved_at(at: Seconds) -> Alert {
    let life = Life::Resolved {
        acknowledged: by(),
        at,
    };
    Alert { life, ..raised() }
}

fn ladder() -> Ladder {
    let tier = |name: &str, within_s| Tier {
        responders: vec![name.into()],
        within_s,
    };
    Ladder {
        tiers: vec![tier("a", 30), tier("b", 60), tier("c", 90)],
        ends_in_emergency: true,
    }
}

#[test]
fn an_alert_comes_back_whole_in_every_state_and_of_every_cause() {
    for life in [Life::Open, Life::Acknowledged(by()), resolved_at(120).life] {
        for base in [raised(), of_emergency()] {
            for follows in [None, Some(77)] {
                let life = life.clone();
                let alert = Alert {
                    life,
                    follows,
                    ..base.clone()
                };
                assert_eq!(Alert::from_bytes(&alert.to_bytes().unwrap()), Ok(alert));
            }
        }
    }
}

#[test]
fn a_record_cut_or_lengthened_is_refused() {
    for alert in [resolved_at(120), of_emergency()] {
        let bytes = alert.to_bytes().unwrap();
        for cut in 0..bytes.len() {
            assert!(Alert::from_bytes(&bytes[..cut]).is_err(), "{cut}");
        }
        assert!(Alert::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    }
}

/// As release 0.1.0 wrote it: resolved, by `r`.
fn first_layout() -> Vec<u8> {
    [
        &[1][..],
        &[0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 7, 0, 0, 0, 9],
        &[0, 0, 0, 0, 0, 0, 0, 2, 0, 6],
        &[8; 32],
        &[0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5],
        &[0, 0, 0, 0, 0, 0, 0, 100, 1, 0, 0, 0, 0, 0, 0, 0, 130],
        &[3, 1, b'r', 0, 0, 0, 0, 0, 0, 0, 110],
        &[0, 0, 0, 0, 0, 0, 0, 120],
    ]
    .concat()
}

#[test]
fn layout_1_is_a_devices_alert_whose_pairing_and_ground_are_not_known() {
    let Cause::Device(found) = raised().cause else {
        panic!("a device's");
    };
    let cause = Cause::Device(Found {
        pairing: None,
        ..found
    });
    let expected = Alert {
        cause,
        notices: 2,
        tier: 1,
        tier_called_at: 130,
        life: Life::Resolved {
            acknowledged: Acknowledgement {
                by: "r".into(),
                at: 110,
                first_at: 110,
                ground: None,
            },
            at: 120,
        },
        ..raised()
    };
    let bytes = first_layout();
    assert_eq!(Alert::from_bytes(&bytes), Ok(expected.clone()));
    let newer = expected.to_bytes().unwrap();
    assert_eq!(newer[0], 2);
    assert_eq!(Alert::from_bytes(&newer), Ok(expected), "nothing is lost");
    for cut in 0..bytes.len() {
        assert!(Alert::from_bytes(&bytes[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn response_times_are_seconds_since_it_was_raised() {
    let info = resolved_at(160).info(9, &ladder());
    assert_eq!(info.acknowledged_after_s, Some(10));
    assert_eq!(info.resolved_after_s, Some(60));
    assert_eq!(info.taken_over_at, None);
    let open = raised().info(9, &ladder());
    assert_eq!(
        (open.acknowledged_after_s, open.resolved_after_s),
        (None, None)
    );
    let over = Acknowledgement { at: 150, ..by() };
    let life = Life::Acknowledged(over);
    let taken = Alert { life, ..raised() }.info(9, &ladder());
    assert_eq!(taken.acknowledged_at, Some(110));
    assert_eq!(taken.taken_over_at, Some(150));
}

#[test]
fn only_the_last_tier_of_a_ladder_is_its_emergency_tier() {
    let called = |tier| Alert { tier, ..raised() }.info(9, &ladder());
    assert!(called(2).in_emergency_tier && !called(1).in_emergency_tier);
    assert!(!of_emergency().info(9, &Ladder::default()).in_emergency_tier);
}

#[test]
fn the_count_of_notices_stays_at_the_most_there_is() {
    let full = Alert {
        notices: u32::MAX,
        ..raised()
    };
    assert_eq!(full.clone().counted(), Ok(full));
    assert_eq!(raised().counted().unwrap().notices, 2);
}

#[test]
fn notices_count_until_the_cooldown_after_resolution_is_over() {
    assert!(raised().takes_notices(u64::MAX, &config(0)), "open");
    let ended = resolved_at(200);
    assert!(ended.takes_notices(259, &config(60)));
    assert!(!ended.takes_notices(260, &config(60)));
    assert!(!ended.takes_notices(200, &config(0)), "no cooldown");
}

#[test]
fn an_acknowledgement_takes_notices_until_the_reopening_time_and_taking_over_does_not_prolong_it() {
    for at in [110, 409] {
        let over = Acknowledgement { at, ..by() };
        let life = Life::Acknowledged(over);
        let alert = Alert { life, ..raised() };
        assert!(alert.takes_notices(409, &config(0)));
        assert!(!alert.takes_notices(410, &config(0)));
    }
}

#[test]
fn an_alert_without_a_ladder_has_nowhere_to_climb() {
    let none = Ladder::default();
    assert_eq!(of_emergency().escalates_at(&none), None);
    let refused = of_emergency().escalated(&none, u64::MAX);
    assert_eq!(refused, Err(ContractError::LastTier { tier: 0 }));
}

#[test]
fn a_count_on_a_resolved_alert_does_not_open_it_again() {
    let counted = resolved_at(200).counted().unwrap();
    assert_eq!(counted.life, resolved_at(200).life);
}

#[test]
fn each_tier_has_its_own_seconds_from_when_it_was_called() {
    let too_early = |tier, escalates_at, now| ContractError::TooEarly {
        tier,
        escalates_at,
        now,
    };
    let refused = raised().escalated(&ladder(), 129);
    assert_eq!(refused, Err(too_early(0, 130, 129)));
    let second = raised().escalated(&ladder(), 135).unwrap();
    assert_eq!((second.tier, second.tier_called_at), (1, 135));
    let refused = second.clone().escalated(&ladder(), 194);
    assert_eq!(refused, Err(too_early(1, 195, 194)));
    let last = second.escalated(&ladder(), 195).unwrap();
    assert_eq!(last.escalates_at(&ladder()), None);
    let refused = last.escalated(&ladder(), u64::MAX);
    assert_eq!(refused, Err(ContractError::LastTier { tier: 2 }));
}

#[test]
fn an_alert_that_was_taken_on_escalates_no_more() {
    let taken = raised().after(Act::Acknowledge(by())).unwrap();
    assert_eq!(taken.escalates_at(&ladder()), None);
    assert!(matches!(
        taken.escalated(&ladder(), u64::MAX),
        Err(ContractError::WrongState { .. })
    ));
}
