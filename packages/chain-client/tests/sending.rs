//! What the sender does when the node, the network or another user of the account misbehaves.

mod fake_chain;

use std::collections::BTreeSet;

use fake_chain::{FakeChain, OnBroadcast, State};
use serde_json::json;
use vitals_chain_client::{Coin, Error, Node, Result, Sender, TxResult, Wallet};

const CONTRACT: &str = "wasm14hj2tavq8fpesdwxxcu44rty3hh90vhujrvcmstl4zr3txmfvw9s0phg4d";

/// A chain at height 50 whose account has sequence 7.
fn chain(on_broadcast: impl IntoIterator<Item = OnBroadcast>) -> FakeChain {
    FakeChain::start(State {
        sequence: 7,
        height: 50,
        blocks_per_poll: 10,
        on_broadcast: on_broadcast.into_iter().collect(),
        ..State::default()
    })
}

fn sender(chain: &FakeChain) -> Sender {
    let words = format!("{}art", "abandon ".repeat(23));
    let wallet = Wallet::from_mnemonic(&words, "wasm").unwrap();
    let node = Node::new(&chain.url).unwrap();
    Sender::new(node, wallet, "0.025stake".parse().unwrap()).with_timeout_seconds(3)
}

fn execute(sender: &Sender) -> Result<TxResult> {
    sender.execute(CONTRACT, &json!({"touch": {}}), &[])
}

fn distinct(chain: &FakeChain) -> usize {
    let state = chain.state();
    state.broadcasts.iter().collect::<BTreeSet<_>>().len()
}

#[test]
fn sequence_is_counted_locally() {
    let chain = chain([]);
    let sender = sender(&chain);
    for _ in 0..3 {
        execute(&sender).unwrap();
    }
    assert_eq!(chain.state().included(), 3);
    assert_eq!(chain.state().account_queries, 1);
}

#[test]
fn spent_sequence_is_noticed_in_simulation_before_anything_is_sent() {
    let chain = chain([]);
    let sender = sender(&chain);
    execute(&sender).unwrap();
    chain.state().sequence = 20;
    execute(&sender).unwrap();
    assert_eq!(chain.state().broadcasts.len(), 2);
    assert_eq!(chain.state().included(), 2);
}

#[test]
fn rejected_transaction_with_a_spent_sequence_is_signed_again() {
    let chain = chain([OnBroadcast::Include]);
    let sender = sender(&chain).with_fixed_gas(200_000);
    execute(&sender).unwrap();
    chain.state().sequence = 20;
    execute(&sender).unwrap();
    assert_eq!(chain.state().broadcasts.len(), 3);
    assert_eq!(chain.state().included(), 2);
}

#[test]
fn rejected_transaction_with_a_future_sequence_is_not_replaced() {
    let chain = chain([OnBroadcast::Expect(5)]);
    let sender = sender(&chain).with_fixed_gas(200_000);
    assert!(matches!(
        execute(&sender),
        Err(Error::Rejected { code: 32, .. })
    ));
    assert_eq!(chain.state().broadcasts.len(), 1);

    execute(&sender).unwrap();
    assert_eq!(chain.state().account_queries, 2);
}

#[test]
fn endless_sequence_trouble_ends() {
    let chain = chain((8..).map(OnBroadcast::Expect).take(50));
    let sender = sender(&chain).with_fixed_gas(200_000);
    assert!(matches!(execute(&sender), Err(Error::Rejected { .. })));
    assert_eq!(chain.state().broadcasts.len(), 5);
}

#[test]
fn included_transaction_without_an_answer_is_found_and_not_sent_anew() {
    let chain = chain([OnBroadcast::IncludeWithoutAnswer]);
    let sender = sender(&chain);
    let result = execute(&sender).unwrap();
    assert_eq!(chain.state().included(), 1);
    assert_eq!(distinct(&chain), 1, "only the same bytes were repeated");
    assert_eq!(result.hash, chain.state().broadcasts[0]);

    execute(&sender).unwrap();
    assert_eq!(chain.state().included(), 2);
}

#[test]
fn lost_transaction_is_repeated_with_the_same_bytes() {
    let chain = chain([OnBroadcast::DropWithoutAnswer]);
    execute(&sender(&chain)).unwrap();
    assert_eq!(chain.state().broadcasts.len(), 2);
    assert_eq!(distinct(&chain), 1);
    assert_eq!(chain.state().included(), 1);
}

#[test]
fn transaction_known_to_the_mempool_from_an_unanswered_try_is_waited_for() {
    let cached = "tx already exists in cache";
    let chain = chain([
        OnBroadcast::IncludeWithoutAnswer,
        OnBroadcast::Refuse(cached),
    ]);
    execute(&sender(&chain)).unwrap();
    assert_eq!(chain.state().included(), 1);
}

#[test]
fn dropped_transaction_expires_and_the_intent_can_be_sent_again() {
    let chain = chain([OnBroadcast::Drop]);
    let sender = sender(&chain);
    let error = execute(&sender).unwrap_err();
    let hash = chain.state().broadcasts[0].clone();
    assert_eq!(
        error,
        Error::Expired {
            hash,
            expires_at_height: 80
        }
    );
    execute(&sender).unwrap();
    assert_eq!(chain.state().included(), 1);
}

#[test]
fn transaction_on_a_halted_chain_times_out_and_is_not_declared_expired() {
    let chain = chain([OnBroadcast::Drop]);
    chain.state().blocks_per_poll = 0;
    assert!(matches!(
        execute(&sender(&chain)),
        Err(Error::Timeout {
            expires_at_height: 80,
            ..
        })
    ));
    assert_eq!(distinct(&chain), 1);
}

#[test]
fn trouble_in_looking_up_is_waited_out_and_then_named() {
    let chain = chain([]);
    chain.state().index_broken = true;
    chain.state().blocks_per_poll = 0;
    let Err(Error::Timeout {
        trouble: Some(trouble),
        ..
    }) = execute(&sender(&chain))
    else {
        panic!("expected a timeout");
    };
    assert!(trouble.contains("indexing is disabled"));
}

#[test]
fn missing_transaction_whose_sequence_is_used_is_not_declared_expired() {
    let chain = chain([OnBroadcast::Drop]);
    let sender = sender(&chain);
    let message = json!({"touch": {}});
    let call = vitals_chain_client::Call::new(CONTRACT, &message, &[]).unwrap();
    let pending = sender
        .submit(vec![call.into_message(&sender).unwrap()])
        .unwrap();
    chain.state().sequence = 8;
    assert!(matches!(sender.wait(&pending), Err(Error::Timeout { .. })));
}

#[test]
fn full_mempool_is_reported_and_costs_no_sequence() {
    let chain = chain([OnBroadcast::Refuse("mempool is full: number of txs 5000")]);
    let sender = sender(&chain);
    assert!(matches!(execute(&sender), Err(Error::Rpc { .. })));
    assert_eq!(chain.state().broadcasts.len(), 1);
    execute(&sender).unwrap();
}

#[test]
fn unclear_refusal_is_repeated_with_the_same_bytes_only() {
    let unclear = "broadcast confirmation not received: context canceled";
    let chain = chain([OnBroadcast::Refuse(unclear)]);
    execute(&sender(&chain)).unwrap();
    assert_eq!(distinct(&chain), 1);
}

#[test]
fn failed_simulation_sends_nothing_and_shows_the_contracts_error() {
    let chain = chain([]);
    chain.state().contract_error = Some("consent/grant_expired: grant 7 ended at 1200");
    let sender = sender(&chain);
    let error = execute(&sender).unwrap_err();
    assert!(matches!(error, Error::Failed { hash: None, .. }));
    assert_eq!(
        error.contract_error(),
        Some("consent/grant_expired: grant 7 ended at 1200")
    );
    assert!(chain.state().broadcasts.is_empty());
}

#[test]
fn nothing_is_sent_through_a_node_that_is_catching_up() {
    let chain = chain([]);
    chain.state().catching_up = true;
    assert_eq!(
        execute(&sender(&chain)),
        Err(Error::CatchingUp { height: 50 })
    );
    assert!(chain.state().broadcasts.is_empty());
}

#[test]
fn threads_sharing_a_sender_use_one_sequence_each() {
    let chain = chain([]);
    let sender = sender(&chain);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| execute(&sender).unwrap());
        }
    });
    assert_eq!(chain.state().included(), 8);
    assert_eq!(chain.state().broadcasts.len(), 8);
}

#[test]
fn malformed_input_reaches_no_node() {
    let chain = chain([]);
    let sender = sender(&chain);
    let coin = Coin::new(1, "stake").unwrap();
    assert!(sender.execute("nobody", &json!({}), &[]).is_err());
    assert!(sender.execute_many(Vec::new()).is_err());
    assert!(sender.bank_send("", &[coin]).is_err());
    assert!(sender.update_admin(CONTRACT, "wasm1").is_err());
    assert!(sender.migrate("x", 1, &json!({})).is_err());
    assert!(sender
        .instantiate(1, &json!({}), "label", Some("x"), &[])
        .is_err());
    assert_eq!(chain.state().account_queries, 0);
}
