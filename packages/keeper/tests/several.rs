//! Keepers beside each other on a chain with the real contracts. All look at one block before any
//! of them sends: the race that a real chain makes possible.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use cosmwasm_std::{Addr, Binary, CosmosMsg, Uint64, WasmMsg};
use serde_json::Value;
use vitals_api::consent::emergency::EmergencyInfo;
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::{Power, Role};
use vitals_keeper::{Done, Manner, Memory, Outcome, Task, Turns, Watch};
use vitals_ledger::{Account, Call, Deployment, LedgerError, LedgerEvent, Reader, TxOutcome};
use vitals_testing::suite::contracts_own;
use vitals_testing::Suite;

const HOUR_S: u64 = 3_600;

struct Keeper {
    suite: Rc<RefCell<Suite>>,
    address: String,
    /// Transactions that went through, and that were refused.
    went: Cell<usize>,
    refused: Cell<usize>,
}

impl Keeper {
    fn of(suite: &Rc<RefCell<Suite>>, name: &str) -> Self {
        let address = suite.borrow().actor(name).to_string();
        Self {
            suite: suite.clone(),
            address,
            went: Cell::new(0),
            refused: Cell::new(0),
        }
    }
}

impl Reader for Keeper {
    fn chain_id(&self) -> Result<String, LedgerError> {
        Ok(self.suite.borrow().app.block_info().chain_id)
    }

    fn block_time_ms(&self) -> Result<u64, LedgerError> {
        Ok(self.suite.borrow().now_ms())
    }

    fn height(&self) -> Result<u64, LedgerError> {
        Ok(self.suite.borrow().app.block_info().height)
    }

    fn query(&self, contract: &str, msg: &Value) -> Result<Value, LedgerError> {
        let suite = self.suite.borrow();
        let answer = suite.query(&Addr::unchecked(contract), msg);
        answer.map_err(|reason| LedgerError::Refused { reason })
    }

    fn balance(&self, _: &str, _: &str) -> Result<u128, LedgerError> {
        Ok(0)
    }
}

impl Account for Keeper {
    fn address(&self) -> &str {
        &self.address
    }

    fn execute(&self, calls: &[Call]) -> Result<TxOutcome, LedgerError> {
        let message = |call: &Call| -> CosmosMsg {
            WasmMsg::Execute {
                contract_addr: call.contract.clone(),
                msg: call.msg.to_string().into_bytes().into(),
                funds: vec![],
            }
            .into()
        };
        let messages = calls.iter().map(message).collect();
        let sender = Addr::unchecked(&self.address);
        let sent = self.suite.borrow_mut().app.execute_multi(sender, messages);
        let count = match sent {
            Ok(_) => &self.went,
            Err(_) => &self.refused,
        };
        count.set(count.get() + 1);
        sent.map(|_| TxOutcome::default())
            .map_err(|error| LedgerError::Refused {
                reason: contracts_own(&error.to_string()),
            })
    }
}

fn deployment(suite: &Suite) -> Deployment {
    Deployment {
        chain_id: suite.app.block_info().chain_id,
        consent: suite.at.consent.to_string(),
        device_registry: suite.at.registry.to_string(),
        vitals_anchor: suite.at.anchor.to_string(),
        care: suite.at.care.to_string(),
        claims: suite.at.claims.to_string(),
        deployment_id: "00".repeat(32),
    }
}

fn told(events: Vec<cosmwasm_std::Event>) -> Vec<LedgerEvent> {
    let event = |event: cosmwasm_std::Event| LedgerEvent {
        ty: event.ty,
        attributes: event
            .attributes
            .into_iter()
            .map(|a| (a.key, a.value))
            .collect(),
    };
    events.into_iter().map(event).collect()
}

/// A keeper that heard of these events.
fn watch(at: &Deployment, events: &[LedgerEvent], turns: u32) -> Watch {
    let mut memory = Memory::new(at);
    memory.hear(at, events, 1);
    let manner = Manner {
        turns: Turns::of(turns),
        ..Manner::default()
    };
    Watch::new(memory, manner)
}

/// Twelve patients' emergencies, of which the last second is over.
fn emergencies(suite: &mut Suite) -> (Vec<u64>, Vec<LedgerEvent>) {
    let consent = suite.at.consent.clone();
    suite.credential("clinician", Role::EmergencyResponder);
    let (mut patients, mut events) = (Vec::new(), Vec::new());
    for _ in 0..12 {
        let patient = suite.enrol("patient");
        let open = ExecuteMsg::OpenEmergency {
            patient: Uint64::new(patient),
            reason: Binary::new(vec![1; 32]),
            hours_back: 1,
            for_s: HOUR_S,
        };
        let opened = suite.execute("clinician", &consent, &open).unwrap();
        events.extend(told(opened.events));
        patients.push(patient);
    }
    suite.advance(HOUR_S);
    (patients, events)
}

/// All three look, then all three send; block by block.
fn race(turns: u32) -> (Vec<Done>, Vec<Keeper>, Rc<RefCell<Suite>>, Vec<u64>) {
    let mut suite = Suite::new();
    let (patients, events) = emergencies(&mut suite);
    let at = deployment(&suite);
    let suite = Rc::new(RefCell::new(suite));
    let keepers = ["other", "stranger", "gateway"].map(|name| Keeper::of(&suite, name));
    let mut watches = [(); 3].map(|()| watch(&at, &events, turns));
    let mut all = Vec::new();
    for _ in 0..turns {
        let looked: Vec<Vec<Task>> = keepers
            .iter()
            .zip(&mut watches)
            .map(|(keeper, watch)| watch.due(keeper, &at).unwrap())
            .collect();
        for ((keeper, watch), tasks) in keepers.iter().zip(&mut watches).zip(looked) {
            all.extend(watch.call(keeper, &at, &tasks));
        }
        suite.borrow_mut().advance(5);
    }
    (all, keepers.into(), suite, patients)
}

fn called(all: &[Done]) -> Vec<&Task> {
    let by_us = |done: &&Done| matches!(done.outcome, Ok(Outcome::Called { .. }));
    let mut called: Vec<&Task> = all.iter().filter(by_us).map(|done| &done.task).collect();
    called.sort();
    called
}

fn elsewhere(done: &&Done) -> bool {
    done.outcome == Ok(Outcome::Elsewhere)
}

fn refusals(keepers: &[Keeper]) -> usize {
    keepers.iter().map(|keeper| keeper.refused.get()).sum()
}

#[test]
fn three_keepers_do_each_task_once_and_waste_few_transactions() {
    let (all, keepers, suite, patients) = race(8);
    let due = |patient: &u64| Task::EndEmergency {
        patient: *patient,
        emergency: 1,
    };
    let mut expected: Vec<Task> = patients.iter().map(due).collect();
    expected.sort();
    assert_eq!(called(&all), expected.iter().collect::<Vec<_>>());
    assert!(all.iter().all(|done| done.outcome.is_ok()), "{all:?}");
    for patient in patients {
        let asked = QueryMsg::Emergency {
            patient: Uint64::new(patient),
            emergency: Uint64::one(),
        };
        let suite = suite.borrow();
        let info: EmergencyInfo = suite.query(&suite.at.consent, &asked).unwrap();
        assert!(info.ended_at.is_some());
    }
    let wasted = refusals(&keepers);
    let raced = all.iter().filter(elsewhere).count();
    assert!(wasted <= 4, "{wasted} transactions wasted on 12 tasks");
    assert!(raced <= 4, "{raced} of 12 tasks were tried twice");
}

#[test]
fn without_turns_the_two_that_are_late_waste_two_transactions_each_and_break_nothing() {
    let (all, keepers, _, _) = race(1);
    assert_eq!(called(&all).len(), 12);
    assert_eq!(all.iter().filter(elsewhere).count(), 24);
    // 12 tasks are two transactions of at most ten
    assert_eq!(refusals(&keepers), 4);
}

#[test]
fn a_recovery_is_completed_for_the_guardians_once_its_delay_is_over() {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let id = Uint64::new(patient);
    let consent = suite.at.consent.clone();
    let appoint = ExecuteMsg::AppointGuardian {
        patient: id,
        guardian: suite.actor("guardian").into(),
        powers: vec![Power::Recover],
        until: suite.now_s() + 100 * 86_400,
    };
    suite.execute("patient", &consent, &appoint).unwrap();
    suite.advance(20 * 86_400);
    let account: String = suite.actor("other").into();
    let propose = ExecuteMsg::ProposeRecovery {
        patient: id,
        account: account.clone(),
    };
    let decided = suite.execute("guardian", &consent, &propose).unwrap();
    let at = deployment(&suite);
    let mut watch = watch(&at, &told(decided.events), 1);
    let suite = Rc::new(RefCell::new(suite));
    let keeper = Keeper::of(&suite, "stranger");
    assert!(watch.look(&keeper, &at).unwrap().is_empty(), "too early");
    suite.borrow_mut().advance(3 * 86_400);
    let done = watch.look(&keeper, &at).unwrap();
    assert_eq!(called(&done), [&Task::CompleteRecovery { patient }]);
    let info: vitals_api::consent::PatientInfo = suite
        .borrow()
        .query(&consent, &QueryMsg::Patient { patient: id })
        .unwrap();
    assert_eq!(info.controller, account);
}
