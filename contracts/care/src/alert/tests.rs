use super::*;
use crate::ladder::Tier;
use crate::life::Acknowledgement;

fn raised() -> Alert {
    let notice = AlertNotice {
        device: 2,
        pairing: 3,
        number: 4,
        at_ms: 5,
        rule: 6,
        ladder: 7,
        digest: [8; 32],
    };
    let origin = Origin {
        patient: 1,
        categories: Set::of(&[Category::Cardiac, Category::Respiratory]),
        ladder: LadderRef {
            ladder: 7,
            version: 9,
        },
    };
    Alert::raised(&notice, origin, 100)
}

fn by() -> Acknowledgement {
    Acknowledgement {
        by: "cosmos1responder".into(),
        at: 110,
    }
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
    }
}

#[test]
fn an_alert_comes_back_whole_in_every_state() {
    let acknowledged = Life::Acknowledged(by());
    for life in [Life::Open, acknowledged, resolved_at(120).life] {
        let alert = Alert { life, ..raised() };
        assert_eq!(Alert::from_bytes(&alert.to_bytes().unwrap()), Ok(alert));
    }
}

#[test]
fn a_record_cut_or_lengthened_is_refused() {
    let bytes = resolved_at(120).to_bytes().unwrap();
    for cut in 0..bytes.len() {
        assert!(Alert::from_bytes(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(Alert::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
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
    assert!(raised().takes_notices(u64::MAX, 0), "while it is open");
    let ended = resolved_at(200);
    assert!(ended.takes_notices(259, 60));
    assert!(!ended.takes_notices(260, 60));
    assert!(!ended.takes_notices(200, 0), "no cooldown");
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
