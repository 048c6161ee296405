use super::*;

const MINUTE: u32 = 60_000;
const HOUR: u64 = 3_600_000;
const ALWAYS: Period = Period {
    from_ms: 0,
    to_ms: u64::MAX,
};

fn slot(at_ms: Millis) -> ScheduledDose {
    ScheduledDose {
        at_ms,
        early_ms: 30 * MINUTE,
        on_time_ms: 60 * MINUTE,
        late_ms: 240 * MINUTE,
    }
}

fn doses(at: &[Millis]) -> Vec<Dose> {
    at.iter().map(|at_ms| Dose { at_ms: *at_ms }).collect()
}

fn assessed(schedule: &[ScheduledDose], at: &[Millis], now_ms: Millis) -> Report {
    assess(schedule, &doses(at), ALWAYS, now_ms).unwrap()
}

#[test]
fn a_dose_is_on_time_late_or_extra_to_the_millisecond() {
    let noon = 12 * HOUR;
    for (at, on_time, late, extra) in [
        (noon - HOUR / 2 - 1, 0, 0, 1),
        (noon - HOUR / 2, 1, 0, 0),
        (noon + HOUR, 1, 0, 0),
        (noon + HOUR + 1, 0, 1, 0),
        (noon + 4 * HOUR, 0, 1, 0),
        (noon + 4 * HOUR + 1, 0, 0, 1),
    ] {
        let report = assessed(&[slot(noon)], &[at], u64::MAX);
        assert_eq!(
            (report.on_time, report.late, report.extra),
            (on_time, late, extra),
            "{at}"
        );
        assert_eq!(report.missed, extra, "what has no dose is missed");
    }
}

#[test]
fn a_slot_still_open_is_pending_and_not_due() {
    let noon = 12 * HOUR;
    let closes = noon + 4 * HOUR;
    let open = assessed(&[slot(noon)], &[], closes);
    assert_eq!((open.pending, open.due(), open.days_due), (1, 0, 0));
    assert_eq!(open.taken_per_mille(), None);
    let closed = assessed(&[slot(noon)], &[], closes + 1);
    assert_eq!((closed.missed, closed.taken_per_mille()), (1, Some(0)));
    let ahead = assessed(&[slot(noon)], &[noon], noon - 1);
    assert_eq!((ahead.pending, ahead.taken()), (1, 0), "not taken yet");
}

#[test]
fn one_dose_is_never_counted_for_two_slots_nor_one_slot_for_two_doses() {
    let noon = 12 * HOUR;
    let twice = assessed(&[slot(noon), slot(noon)], &[noon], u64::MAX);
    assert_eq!((twice.on_time, twice.missed), (1, 1));
    let double = assessed(&[slot(noon)], &[noon, noon], u64::MAX);
    assert_eq!((double.on_time, double.extra), (1, 1));
}

#[test]
fn a_dose_between_two_slots_goes_to_the_one_that_closes_first() {
    let (first, second) = (slot(12 * HOUR), slot(15 * HOUR));
    let report = assessed(&[second, first], &[15 * HOUR, 15 * HOUR + 1], u64::MAX);
    assert_eq!((report.late, report.on_time, report.missed), (1, 1, 0));
}

#[test]
fn a_slot_counts_in_the_one_period_that_holds_its_time() {
    let midnight = 24 * HOUR;
    let schedule = [slot(midnight - 1), slot(midnight)];
    // each taken in the other's period
    let taken = doses(&[midnight - HOUR / 4, midnight + HOUR / 4, 48 * HOUR - 1]);
    let over = |from_ms, to_ms| {
        let period = Period { from_ms, to_ms };
        assess(&schedule, &taken, period, u64::MAX).unwrap()
    };
    let (before, after) = (over(0, midnight), over(midnight, 2 * midnight));
    assert_eq!((before.on_time, before.extra), (1, 0));
    assert_eq!((after.on_time, after.extra), (1, 1));
}

#[test]
fn a_day_is_covered_when_all_its_doses_were_taken() {
    let day = |n: u64| [slot(n * DAY_MS + 8 * HOUR), slot(n * DAY_MS + 20 * HOUR)];
    let schedule: Vec<_> = (0..4).flat_map(day).collect();
    // the first day whole, the second half, the third late, of the fourth the evening is to come
    let taken = [8, 20, 24 + 8, 48 + 10, 48 + 22, 72 + 8].map(|hour| hour * HOUR);
    let report = assessed(&schedule, &taken, 72 * HOUR + 20 * HOUR);
    assert_eq!((report.days_due, report.days_covered), (3, 2));
    assert_eq!(report.days_covered_per_mille(), Some(666));
    assert_eq!((report.on_time, report.late, report.missed), (4, 2, 1));
    assert_eq!(report.taken_per_mille(), Some(857));
}

#[test]
fn an_empty_period_and_a_lateness_before_its_beginning_are_refused() {
    let empty = Period {
        from_ms: 5,
        to_ms: 5,
    };
    assert!(assess(&[], &[], empty, 9).is_err());
    let reversed = ScheduledDose {
        late_ms: 60 * MINUTE - 1,
        ..slot(12 * HOUR)
    };
    assert!(assess(&[reversed], &[], ALWAYS, 9).is_err());
    let nothing = assess(&[], &[], ALWAYS, 9).unwrap();
    assert_eq!(nothing, Report::default());
}

#[test]
fn times_at_the_end_of_all_time_do_not_overflow() {
    let last = ScheduledDose {
        early_ms: u32::MAX,
        late_ms: u32::MAX,
        ..slot(u64::MAX)
    };
    let first = ScheduledDose {
        early_ms: u32::MAX,
        ..slot(0)
    };
    let report = assessed(&[last, first], &[u64::MAX, 0], u64::MAX);
    assert_eq!(report.on_time, 1, "the period ends before the last moment");
}

/// The most pairs of any matching, by trying all.
fn most_pairs(slots: &[ScheduledDose], doses: &[Millis]) -> usize {
    let Some((dose, rest)) = doses.split_first() else {
        return 0;
    };
    let fitting =
        (0..slots.len()).filter(|i| (slots[*i].opens_ms()..=slots[*i].closes_ms()).contains(dose));
    let with = fitting.map(|i| {
        let others = [&slots[..i], &slots[i + 1..]].concat();
        1 + most_pairs(&others, rest)
    });
    with.chain([most_pairs(slots, rest)]).max().unwrap_or(0)
}

/// Every multiset of `count` out of `items`.
fn multisets<T: Clone>(items: &[T], count: usize) -> Vec<Vec<T>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let from = |i: usize| {
        let tails = multisets(&items[i..], count - 1);
        let head = items[i].clone();
        tails
            .into_iter()
            .map(move |tail| [vec![head.clone()], tail].concat())
    };
    (0..items.len()).flat_map(from).collect()
}

#[test]
fn no_matching_of_three_slots_and_four_doses_has_more_pairs() {
    let interval = |opens: u32, closes: u32| ScheduledDose {
        at_ms: closes.into(),
        early_ms: closes - opens,
        on_time_ms: 0,
        late_ms: 0,
    };
    let intervals: Vec<_> = (0..5)
        .flat_map(|opens| (opens..5).map(move |closes| interval(opens, closes)))
        .collect();
    let times: Vec<Millis> = (0..5).collect();
    let mut tried = 0;
    for slots in multisets(&intervals, 3) {
        for taken in multisets(&times, 4) {
            let report = assessed(&slots, &taken, 100);
            let best = most_pairs(&slots, &taken);
            assert_eq!(report.taken() as usize, best, "{slots:?} {taken:?}");
            assert_eq!(report.extra as usize, taken.len() - best);
            tried += 1;
        }
    }
    assert_eq!(tried, 680 * 70);
}
