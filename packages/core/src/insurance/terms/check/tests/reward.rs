//! Rewards that can be had, and give back no more than the premium.

use super::*;

fn rewarding(change: impl FnOnce(&mut Reward)) -> Terms {
    let mut reward = reward();
    change(&mut reward);
    Terms {
        reward: Some(reward),
        ..terms()
    }
}

#[test]
fn a_reward_counts_doses_or_steps() {
    for measure in Measure::ALL {
        let counts = [Measure::DoseTaken, Measure::Steps].contains(&measure);
        let terms = rewarding(|r| (r.measure, r.least_a_day) = (measure, 1));
        let refused = Err(TermsError::RewardMeasure { got: measure });
        assert_eq!(terms.check(), if counts { Ok(()) } else { refused });
    }
}

#[test]
fn a_day_can_be_shown_in_one_claim() {
    for (measure, most) in [
        (Measure::Steps, 30 * 30 * 30_000),
        (Measure::DoseTaken, 30 * 30 * 100),
    ] {
        let least = |least_a_day| {
            rewarding(|r| (r.measure, r.least_a_day) = (measure, least_a_day)).check()
        };
        assert_eq!((least(1), least(most)), (Ok(()), Ok(())));
        assert!(matches!(
            least(0),
            Err(TermsError::Bounds {
                term: "reward.least_a_day",
                ..
            })
        ));
        assert_eq!(
            least(most + 1),
            Err(TermsError::RewardOutOfReach {
                measure,
                least: most + 1,
                most: most.into()
            })
        );
    }
}

#[test]
fn days_are_bounded_and_covered() {
    let base = long(rewarding(|_| ()));
    assert_bounded(&base, "reward.days", (1, MAX_DAYS.into()), |t, v| {
        t.reward = rewarding(|r| r.days = u16::try_from(v).unwrap()).reward;
    });
    assert_eq!(code(&rewarding(|r| r.days = 29)), "");
    assert_eq!(
        rewarding(|r| r.days = 30).check().unwrap_err().to_string(),
        "claims/too_few_days: reward.days asks for 30 days, a policy has time for 29"
    );
}

#[test]
fn a_rebate_is_at_least_one_and_at_most_all_premiums() {
    let rebate = |premium: Premium, rebate| {
        Terms {
            premium,
            ..rewarding(|r| r.rebate = rebate)
        }
        .check()
    };
    for (premium, premiums) in [(terms().premium, 50), (by_instalments().premium, 60)] {
        let rebate = |amount| rebate(premium.clone(), amount);
        assert_eq!(rebate(0), Err(MoneyError::Zero.into()));
        assert_eq!((rebate(1), rebate(premiums)), (Ok(()), Ok(())));
        assert_eq!(
            rebate(premiums + 1),
            Err(TermsError::RebateTooLarge {
                rebate: premiums + 1,
                premiums
            })
        );
    }
}
