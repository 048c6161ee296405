use serde_json::{json, Value};
use vitals_api::care::AlertState;
use vitals_api::consent::recovery::RecoveryStage;
use vitals_core::insurance::{ClaimState, PolicyState};
use vitals_ledger::LedgerEvent;

use crate::fake::{alert, claim, deployment, emergency, policy, FakeChain, NOW};
use crate::{Done, Manner, Memory, Outcome, ReviewStage, Task, Turns, Watch};

fn look(chain: &FakeChain) -> Vec<Done> {
    Watch::default().look(chain, &deployment()).unwrap()
}

fn open_alerts(chain: &FakeChain, count: u64) {
    let open = |number| alert(number, AlertState::Open, Some(NOW));
    *chain.alerts.borrow_mut() = (1..=count).map(open).collect();
}

fn escalate(alert: u64) -> Value {
    json!({"escalate": {"alert": alert.to_string()}})
}

fn heard(contract: &str, event: &str, attributes: &[(&str, &str)]) -> LedgerEvent {
    let by = [("_contract_address", contract)];
    let all = by.iter().chain(attributes);
    LedgerEvent {
        ty: format!("wasm-{event}"),
        attributes: all.map(|(k, v)| (k.to_string(), v.to_string())).collect(),
    }
}

fn hearing(events: &[LedgerEvent]) -> Watch {
    let mut memory = Memory::new(&deployment());
    memory.hear(&deployment(), events, 50);
    Watch::new(memory, Manner::default())
}

#[test]
fn what_is_due_is_called_together_and_a_refusal_stops_nothing_else() {
    let chain = FakeChain::default();
    *chain.alerts.borrow_mut() = vec![
        alert(1, AlertState::Open, Some(NOW)),
        alert(2, AlertState::Open, Some(NOW)),
        alert(3, AlertState::Open, Some(NOW + 1)),
        alert(4, AlertState::Acknowledged, None),
        alert(5, AlertState::Open, None),
    ];
    *chain.policies.borrow_mut() = vec![
        policy(PolicyState::Active, 0),
        policy(PolicyState::Elapsed, 0),
    ];
    *chain.refuses.borrow_mut() = vec![escalate(2)];
    let outcomes: Vec<_> = look(&chain)
        .into_iter()
        .map(|done| (done.task, done.outcome.is_ok()))
        .collect();
    assert_eq!(
        outcomes,
        [
            (Task::Escalate { alert: 1 }, true),
            (Task::Escalate { alert: 2 }, false),
            (Task::Expire { policy: 2 }, true)
        ]
    );
    let expire = json!({"expire": {"policy": "2"}});
    assert_eq!(chain.calls(), [escalate(1), expire]);
}

#[test]
fn twenty_five_calls_take_three_transactions() {
    let chain = FakeChain::default();
    open_alerts(&chain, 25);
    assert_eq!(look(&chain).len(), 25);
    let sizes: Vec<_> = chain.sent.borrow().iter().map(Vec::len).collect();
    assert_eq!(sizes, [10, 10, 5]);
}

#[test]
fn one_refused_call_among_ten_costs_a_few_transactions_and_not_ten() {
    let chain = FakeChain::default();
    open_alerts(&chain, 10);
    *chain.refuses.borrow_mut() = vec![escalate(7)];
    assert_eq!(look(&chain).iter().filter(|d| d.outcome.is_ok()).count(), 9);
    assert_eq!(chain.calls().len(), 9);
    assert!(
        chain.sent.borrow().len() <= 8,
        "{}",
        chain.sent.borrow().len()
    );
}

#[test]
fn a_node_that_stops_answering_is_not_asked_for_the_rest() {
    let chain = FakeChain::default();
    open_alerts(&chain, 25);
    chain.down.set(true);
    let done = look(&chain);
    assert_eq!(done.len(), 10, "the first transaction's");
    assert!(done.iter().all(|done| done.outcome.is_err()));
    assert_eq!(chain.sent.borrow().len(), 1);
}

#[test]
fn each_state_of_a_policy_has_its_call_or_none() {
    for state in PolicyState::ALL {
        let chain = FakeChain::default();
        *chain.policies.borrow_mut() = vec![policy(state, 0)];
        look(&chain);
        let due = match state {
            PolicyState::OfferOver => vec![json!({"withdraw_offer": {"policy": "1"}})],
            PolicyState::Overdue => vec![json!({"lapse": {"policy": "1"}})],
            PolicyState::Elapsed => vec![json!({"expire": {"policy": "1"}})],
            _ => vec![],
        };
        assert_eq!(chain.calls(), due, "{state:?}");
    }
}

#[test]
fn overdue_claims_are_settled_on_every_page_and_before_their_policy_expires() {
    let chain = FakeChain::default();
    *chain.policies.borrow_mut() = vec![
        policy(PolicyState::Elapsed, 3),
        policy(PolicyState::Active, 1),
    ];
    *chain.claims.borrow_mut() = vec![
        claim(1, 1, ClaimState::Overdue),
        claim(1, 2, ClaimState::Appealed),
        claim(1, 3, ClaimState::Overdue),
        claim(2, 1, ClaimState::Filed),
    ];
    look(&chain);
    assert_eq!(
        chain.calls(),
        [
            json!({"settle": {"policy": "1", "claim": 1}}),
            json!({"settle": {"policy": "1", "claim": 3}}),
        ]
    );
}

#[test]
fn what_is_settled_or_not_yet_due_is_not_asked_for_again_and_what_is_new_is_found() {
    let chain = FakeChain::default();
    *chain.alerts.borrow_mut() = vec![
        alert(1, AlertState::Resolved, None),
        alert(2, AlertState::Acknowledged, None),
        alert(3, AlertState::Open, Some(NOW + 100)),
        alert(4, AlertState::Open, Some(NOW + 10)),
    ];
    *chain.policies.borrow_mut() = vec![policy(PolicyState::Exhausted, 0)];
    let mut watch = Watch::default();
    assert!(watch.look(&chain, &deployment()).unwrap().is_empty());
    let new = alert(5, AlertState::Open, Some(NOW));
    chain.alerts.borrow_mut().push(new);
    chain.later.set(10);
    *chain.queries.borrow_mut() = 0;
    let due = watch.due(&chain, &deployment()).unwrap();
    assert_eq!(due, [4, 5].map(|alert| Task::Escalate { alert }));
    assert_eq!(*chain.queries.borrow(), 4, "alerts 4, 5 and 6, policy 2");
}

#[test]
fn a_start_with_what_was_remembered_walks_on_instead_of_from_one() {
    let chain = FakeChain::default();
    open_alerts(&chain, 30);
    chain.alerts.borrow_mut()[..29].fill(alert(1, AlertState::Resolved, None));
    let mut first = Watch::default();
    first.due(&chain, &deployment()).unwrap();
    let kept = serde_json::to_string(first.memory()).unwrap();
    let memory = serde_json::from_str(&kept).unwrap();
    *chain.queries.borrow_mut() = 0;
    let mut again = Watch::new(memory, Manner::default());
    let due = again.due(&chain, &deployment()).unwrap();
    assert_eq!(due, [Task::Escalate { alert: 30 }]);
    assert_eq!(*chain.queries.borrow(), 3, "alerts 30 and 31, policy 1");
}

#[test]
fn an_emergency_told_by_an_alert_or_an_event_is_ended_once_it_is_over() {
    let chain = FakeChain::default();
    let mut told = alert(1, AlertState::Acknowledged, None);
    told.emergency = Some(1u64.into());
    *chain.alerts.borrow_mut() = vec![told];
    let over = emergency(NOW, None, false);
    chain.emergencies.borrow_mut().insert((1, 1), over.clone());
    chain.emergencies.borrow_mut().insert((9, 1), over);
    let lasting = emergency(NOW + 1, None, false);
    chain.emergencies.borrow_mut().insert((8, 1), lasting);
    let opened = |patient| {
        let attributes = [("patient", patient), ("emergency", "1")];
        heard("consent", "emergency_opened", &attributes)
    };
    hearing(&[opened("9"), opened("8")])
        .look(&chain, &deployment())
        .unwrap();
    let end = |p: &str| json!({"end_emergency": {"patient": p, "emergency": "1"}});
    assert_eq!(chain.calls(), [end("1"), end("9")]);
}

#[test]
fn a_review_is_asked_for_from_the_end_of_an_emergency_until_it_is_given() {
    let chain = FakeChain::default();
    let set = |info| chain.emergencies.borrow_mut().insert((9, 1), info);
    set(emergency(NOW + 50, None, false));
    let attributes = [("patient", "9"), ("emergency", "1")];
    let mut watch = hearing(&[heard("consent", "emergency_opened", &attributes)]);
    let mut stage_at = |later| {
        chain.later.set(later);
        watch.look(&chain, &deployment()).unwrap();
        watch.missing_reviews().first().map(|review| review.stage)
    };
    assert_eq!(stage_at(0), None, "it lasts");
    set(emergency(NOW + 50, Some(NOW + 50), false));
    assert_eq!(stage_at(50), Some(ReviewStage::Due));
    assert_eq!(stage_at(150), Some(ReviewStage::Overdue));
    set(emergency(NOW + 50, Some(NOW + 50), true));
    assert_eq!(stage_at(300), None);
}

#[test]
fn a_recovery_is_completed_at_the_end_of_its_delay_and_not_where_it_was_vetoed() {
    let chain = FakeChain::default();
    let waiting = |ready_at| RecoveryStage::Waiting {
        account: "wasm1new".into(),
        ready_at,
    };
    chain.recoveries.borrow_mut().insert(1, waiting(NOW));
    chain.recoveries.borrow_mut().insert(2, waiting(NOW + 1));
    let vetoed = RecoveryStage::Vetoed { at: 1 };
    chain.recoveries.borrow_mut().insert(3, vetoed);
    let events = ["1", "2", "3", "4"]
        .map(|patient| heard("consent", "recovery_decided", &[("patient", patient)]));
    hearing(&events).look(&chain, &deployment()).unwrap();
    let complete = json!({"complete_recovery": {"patient": "1"}});
    assert_eq!(chain.calls(), [complete]);
}

#[test]
fn money_nobody_collected_is_reclaimed_from_the_second_the_contract_names() {
    let chain = FakeChain::default();
    let owed = |from| chain.owed.borrow_mut().insert((3, "wasm1a".into()), from);
    owed(NOW + 5);
    let attributes = [("product", "3"), ("account", "wasm1a")];
    let mut watch = hearing(&[heard("claims", "payment_failed", &attributes)]);
    watch.look(&chain, &deployment()).unwrap();
    assert!(chain.calls().is_empty());
    chain.later.set(5);
    watch.look(&chain, &deployment()).unwrap();
    let reclaim = json!({"reclaim_unclaimed": {"product": "3", "account": "wasm1a"}});
    assert_eq!(chain.calls(), [reclaim]);
}

#[test]
fn another_contract_s_event_of_the_same_name_tells_nothing() {
    let told = [("patient", "9"), ("emergency", "1")];
    let foreign = heard("wasm1stranger", "emergency_opened", &told);
    let torn = heard("consent", "emergency_opened", &[("patient", "x")]);
    let watch = hearing(&[foreign, torn]);
    let mut nothing = Memory::new(&deployment());
    nothing.hear(&deployment(), &[], 50);
    assert_eq!(*watch.memory(), nothing);
    assert_eq!(
        nothing.heard_through(),
        30,
        "the last blocks are read again"
    );
}

#[test]
fn a_keeper_waits_its_turn_and_finds_done_what_another_did_meanwhile() {
    let chain = FakeChain::default();
    open_alerts(&chain, 40);
    let manner = Manner {
        turns: Turns::of(4),
        ..Manner::default()
    };
    let mut watch = Watch::new(Memory::new(&deployment()), manner);
    let first = watch.due(&chain, &deployment()).unwrap().len();
    assert!((1..40).contains(&first), "{first} of 40 at once");
    *chain.refuses.borrow_mut() = vec![escalate(1)];
    let raced = Task::Escalate { alert: 1 };
    chain.alerts.borrow_mut()[0] = alert(1, AlertState::Acknowledged, None);
    let done = watch.call(&chain, &deployment(), std::slice::from_ref(&raced));
    assert_eq!(done[0].outcome, Ok(Outcome::Elsewhere));
}
