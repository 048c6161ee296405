//! Random lives of one patient's consent, against a model that remembers what was done.

use proptest::prelude::*;
use vitals_api::consent::Decision;
use vitals_core::decision::{Action, GroundRef};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use crate::common::*;

const PEOPLE: [&str; 3] = ["clinician", "other", "stranger"];

#[derive(Debug, Clone)]
enum Step {
    Grant {
        who: usize,
        hours: u32,
        valid_s: u64,
        cardiac: bool,
        read: bool,
    },
    Revoke {
        grant: u64,
    },
    Deny {
        who: usize,
    },
    Allow {
        who: usize,
    },
    Open,
    Advance {
        seconds: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..PEOPLE.len();
    prop_oneof![
        4 => (who.clone(), 1u32..6, 1u64..20_000, any::<bool>(), any::<bool>()).prop_map(
            |(who, hours, valid_s, cardiac, read)| Step::Grant { who, hours, valid_s, cardiac, read }
        ),
        2 => (1u64..8).prop_map(|grant| Step::Revoke { grant }),
        1 => who.clone().prop_map(|who| Step::Deny { who }),
        1 => who.prop_map(|who| Step::Allow { who }),
        1 => Just(Step::Open),
        2 => (1u64..9_000).prop_map(|seconds| Step::Advance { seconds }),
    ]
}

/// What the steps so far amount to, kept another way than the contract keeps it.
#[derive(Default)]
struct Model {
    grants: Vec<Granted>,
    denied: [bool; PEOPLE.len()],
    generation: u32,
    pending: bool,
}

struct Granted {
    who: usize,
    window: Window,
    until: u64,
    cardiac: bool,
    read: bool,
    revoked: bool,
}

impl Granted {
    fn permits(&self, who: usize, epoch: u32, now: u64) -> bool {
        let for_it = self.who == who && self.cardiac && self.read;
        for_it && !self.revoked && now < self.until && self.window.holds(epoch)
    }

    fn opens_what_comes(&self, epoch: u32) -> bool {
        self.read && !self.revoked && self.window.to > epoch
    }
}

fn take(contract: &mut Contract, model: &mut Model, patient: u64, step: &Step) {
    let (now, epoch) = (contract.now(), contract.epoch());
    match *step {
        Step::Grant {
            who,
            hours,
            valid_s,
            cardiac,
            read,
        } => {
            let mut msg = contract.grant_msg(PEOPLE[who]);
            msg.window.to = epoch + hours;
            msg.valid_until = now + valid_s;
            if !cardiac {
                msg.categories = vec![Category::Activity];
            }
            if !read {
                msg.actions = vec![Action::ReceiveAlerts];
            }
            model.grants.push(Granted {
                who,
                window: msg.window,
                until: msg.valid_until,
                cardiac,
                read,
                revoked: false,
            });
            assert_eq!(contract.give(patient, msg), model.grants.len() as u64);
        }
        Step::Revoke { grant } => {
            let done = contract.act("patient", revoke_msg(patient, grant)).is_ok();
            let known = model.grants.get_mut(grant as usize - 1);
            let expected = known.is_some_and(|granted| {
                model.pending |= granted.opens_what_comes(epoch);
                !std::mem::replace(&mut granted.revoked, true)
            });
            assert_eq!(done, expected);
        }
        Step::Deny { who } => {
            let msg = contract.deny_msg(patient, PEOPLE[who]);
            let done = contract.act("patient", msg).is_ok();
            assert_eq!(done, !model.denied[who]);
            let holds_keys = |g: &Granted| g.who == who && g.opens_what_comes(epoch);
            model.pending |= done && model.grants.iter().any(holds_keys);
            model.denied[who] = true;
        }
        Step::Allow { who } => {
            let msg = contract.allow_msg(patient, PEOPLE[who]);
            assert_eq!(contract.act("patient", msg).is_ok(), model.denied[who]);
            model.denied[who] = false;
        }
        Step::Open => {
            let next = open_msg(patient, model.generation + 1);
            assert_eq!(contract.act("patient", next).is_ok(), model.pending);
            model.generation += u32::from(std::mem::take(&mut model.pending));
        }
        Step::Advance { seconds } => contract.advance(seconds),
    }
}

/// The answer for each person agrees with the model, with and without a ground named.
fn compare(contract: &Contract, model: &Model, patient: u64) {
    let (now, epoch) = (contract.now(), contract.epoch());
    for (who, name) in PEOPLE.iter().enumerate() {
        let permits = |g: &Granted| !model.denied[who] && g.permits(who, epoch, now);
        let newest = model.grants.iter().rposition(permits);
        let by = newest.map(|i| GroundRef::Grant { id: i as u64 + 1 });
        match contract.decide(patient, name, None) {
            Decision::Permit { by: cited } => assert_eq!(Some(cited), by),
            Decision::Refuse { reason, .. } => assert_eq!(by, None, "{reason}"),
        }
        for (i, granted) in model.grants.iter().enumerate() {
            let id = GroundRef::Grant { id: i as u64 + 1 };
            let answer = contract.decide(patient, name, Some(id));
            assert_eq!(answer == permit(id), permits(granted));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_is_permitted_that_no_live_grant_allows_and_generations_only_rise(
        steps in proptest::collection::vec(step(), 1..30)
    ) {
        let (mut contract, patient) = Contract::with_patient();
        let mut model = Model { generation: 1, ..Model::default() };
        let mut last = contract.info(patient);
        for step in &steps {
            take(&mut contract, &mut model, patient, step);
            compare(&contract, &model, patient);
            let info = contract.info(patient);
            assert_eq!((info.generation, info.pending), (model.generation, model.pending));
            assert!(info.generation >= last.generation && info.raised_at_ms >= last.raised_at_ms);
            last = info;
        }
    }
}
