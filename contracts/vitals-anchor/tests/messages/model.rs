//! Random sequences of anchoring, gaps, pairing and unpairing against a small model: the numbers
//! never have a hole without a notice, and times only go forward.

mod step;

use std::collections::BTreeMap;

use proptest::prelude::*;
use vitals_api::anchor::{BatchInfo, BatchesPage, GapInfo, GapsPage, QueryMsg};
use vitals_core::measure::{Category, Measure};
use vitals_core::measured::{GapNotice, GapReason};
use vitals_core::time::Millis;
use vitals_testing::{sequences, Suite, TestDevice};

use crate::support::{gap, head, notice, pair, run, send, unpair, PATIENT};

use step::{step, Step};

const PEOPLE: [&str; 2] = ["patient", "other"];

/// What must hold of the device, kept beside the chain.
struct Model {
    suite: Suite,
    device: TestDevice,
    patients: [u64; 2],
    /// By pairing: whose, from when, until when.
    pairings: Vec<(usize, Millis, Option<Millis>)>,
    last: u64,
    times: BTreeMap<u8, Millis>,
    anchored: Vec<u64>,
    given_up: Vec<u64>,
}

impl Model {
    fn new() -> Self {
        let mut suite = Suite::new();
        let patients = PEOPLE.map(|who| suite.enrol(who));
        let measures = [Measure::HeartRate, Measure::Glucose];
        let device = suite.registered_device(1, &measures);
        Self {
            suite,
            device,
            patients,
            pairings: Vec::new(),
            last: 0,
            times: BTreeMap::new(),
            anchored: Vec::new(),
            given_up: Vec::new(),
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Wait(seconds) => self.suite.advance(seconds),
            Step::Pair(who) if self.is_free() => {
                let patient = self.patients[who];
                pair(&mut self.suite, PEOPLE[who], &mut self.device, patient);
                self.pairings.push((who, self.suite.now_ms(), None));
            }
            Step::Unpair if !self.is_free() => self.unpair(),
            Step::Anchor {
                glucose,
                skip,
                later,
                earlier_pairing,
                by,
            } => self.anchor(glucose, skip, later, earlier_pairing, by),
            Step::Gap {
                skip,
                numbers,
                later,
                ended,
            } => self.gap(skip, numbers, later, ended),
            Step::Pair(_) | Step::Unpair => {}
        }
    }

    fn is_free(&self) -> bool {
        self.pairings.last().is_none_or(|(_, _, to)| to.is_some())
    }

    fn unpair(&mut self) {
        let now = self.suite.now_ms();
        if let Some((who, _, to)) = self.pairings.last_mut() {
            unpair(&mut self.suite, PEOPLE[*who], &mut self.device);
            *to = Some(now);
        }
    }

    fn shifted(&self, from: Millis, later: i64) -> Millis {
        from.saturating_add_signed(later)
    }

    fn anchor(&mut self, glucose: bool, skip: u64, later: i64, earlier: bool, by: usize) {
        let measure = if glucose {
            Measure::Glucose
        } else {
            Measure::HeartRate
        };
        let category = measure.category();
        let base = self.times.get(&category.code()).copied();
        let at = self.shifted(base.unwrap_or(self.suite.now_ms()), later);
        let pairing = self.pairings.len() - usize::from(earlier).min(self.pairings.len());
        self.device.sequence = self.last + skip;
        self.device.pairing = u32::try_from(pairing).unwrap();
        let batch = self.device.measure(measure, at, &[55]);
        let answer = send(&mut self.suite, PEOPLE[by], PATIENT, &[&batch]);
        let good = skip == 0
            && base.is_none_or(|last| at > last)
            && at <= self.suite.now_ms() + 120_000
            && self.held(pairing, at) == Some(by);
        assert_eq!(answer.is_ok(), good, "{answer:?}");
        self.device.pairing = u32::try_from(self.pairings.len()).unwrap();
        if good {
            self.last += 1;
            self.anchored.push(self.last);
            self.times.insert(category.code(), at);
        }
    }

    /// Whose the device was by a pairing at a time.
    fn held(&self, pairing: usize, at: Millis) -> Option<usize> {
        let (who, from, to) = *self.pairings.get(pairing.checked_sub(1)?)?;
        (from <= at && to.is_none_or(|to| at < to)).then_some(who)
    }

    fn gap(&mut self, skip: u64, numbers: u64, later: i64, ended: bool) {
        let from = self.last + 1 + skip;
        let latest = self.times.values().max().copied();
        let last_at = self.shifted(latest.unwrap_or(self.suite.now_ms()), later);
        let reason = if ended {
            GapReason::PairingEnded
        } else {
            GapReason::PowerLost
        };
        let notice = GapNotice {
            last_at,
            reason,
            ..notice(&self.suite, &self.device, from, from + numbers)
        };
        let answer = run(&mut self.suite, "stranger", &gap(&self.device, &notice));
        let began = self.pairings.last().map(|(_, from, _)| *from);
        let earlier = self.pairings.len() > 1 && began.is_some_and(|began| last_at < began);
        let good = skip == 0
            && began.is_some()
            && latest.is_none_or(|latest| last_at >= latest)
            && last_at <= self.suite.now_ms() + 120_000
            && (!ended || earlier);
        assert_eq!(answer.is_ok(), good, "{answer:?}");
        if good {
            self.last += numbers;
            self.given_up.extend(from..from + numbers);
        }
    }

    /// Every number up to the last is a batch or in a notice, and none is both.
    fn check(&self) {
        let batches = self.batches();
        let mut found: Vec<u64> = batches.iter().map(|b| b.id.sequence.u64()).collect();
        found.sort_unstable();
        assert_eq!(found, self.anchored);
        let (gaps, missing) = self.gaps();
        let given_up: Vec<u64> = gaps
            .iter()
            .flat_map(|gap| gap.from.u64()..gap.next.u64())
            .collect();
        assert_eq!(given_up, self.given_up);
        assert_eq!(missing, given_up.len() as u64);
        let mut all = [found, given_up].concat();
        all.sort_unstable();
        assert_eq!(all, (1..=self.last).collect::<Vec<_>>());
        assert_eq!(
            head(&self.suite, self.device.device).sequence.u64(),
            self.last
        );
        self.check_times(batches);
    }

    fn check_times(&self, mut batches: Vec<BatchInfo>) {
        batches.sort_by_key(|b| b.id.sequence.u64());
        for category in [Category::Cardiac, Category::Metabolic] {
            let of = batches.iter().filter(|b| b.id.category == category);
            let ends: Vec<_> = of.flat_map(|b| [b.first_at_ms, b.last_at_ms]).collect();
            for pair in ends[ends.len().min(1)..].chunks(2).filter(|c| c.len() == 2) {
                assert!(pair[0] < pair[1], "{ends:?}");
            }
        }
    }

    fn batches(&self) -> Vec<BatchInfo> {
        let mut all = Vec::new();
        for patient in self.patients {
            for category in [Category::Cardiac, Category::Metabolic] {
                all.extend(self.list(patient, category));
            }
        }
        all
    }

    fn list(&self, patient: u64, category: Category) -> Vec<BatchInfo> {
        let mut all: Vec<BatchInfo> = Vec::new();
        loop {
            let asked = QueryMsg::Batches {
                patient: patient.into(),
                category,
                from_epoch: None,
                to_epoch: None,
                start_after: all.last().map(|b| b.id.clone()),
                limit: Some(7),
            };
            let page: BatchesPage = self.suite.query(&self.suite.at.anchor, &asked).unwrap();
            if page.batches.is_empty() {
                return all;
            }
            all.extend(page.batches);
        }
    }

    fn gaps(&self) -> (Vec<GapInfo>, u64) {
        let asked = QueryMsg::Gaps {
            device: self.device.device.into(),
            start_after: None,
            limit: Some(30),
        };
        let page: GapsPage = self.suite.query(&self.suite.at.anchor, &asked).unwrap();
        (page.gaps, page.missing.u64())
    }
}

proptest! {
    #![proptest_config(sequences::config(100))]

    #[test]
    fn no_number_is_missing_without_a_notice_and_time_only_goes_forward(
        steps in prop::collection::vec(step(), 1..30)
    ) {
        let mut model = Model::new();
        model.take(Step::Pair(0));
        for step in steps {
            model.take(step);
        }
        model.check();
    }
}

/// That the model's good cases are met at all.
#[test]
fn a_sequence_that_meets_every_kind_of_step_is_taken() {
    let mut model = Model::new();
    let anchor = |by, later| Step::Anchor {
        glucose: false,
        skip: 0,
        later,
        earlier_pairing: false,
        by,
    };
    model.take(Step::Pair(0));
    model.take(anchor(0, 5));
    model.take(Step::Wait(10));
    model.take(Step::Unpair);
    model.take(Step::Pair(1));
    model.take(Step::Gap {
        skip: 0,
        numbers: 2,
        later: 5,
        ended: true,
    });
    model.take(anchor(1, 20_000));
    assert_eq!(model.anchored, [1, 4]);
    assert_eq!(model.given_up, [2, 3]);
    model.check();
}
