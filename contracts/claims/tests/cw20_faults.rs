//! Tokens that misbehave. What they say of their own tokens nobody can check; what they make of
//! this contract's books is checked here.

use crate::common::{refused, TokenWorld, BENEFIT, DEPOSIT, PREMIUM, WAITING_S};
use cosmwasm_std::{to_json_binary, Binary, Uint128, Uint64};
use vitals_api::claims::cw20::{Cw20ReceiveMsg, ReceiveMsg};
use vitals_api::claims::{EvidenceMsg, ExecuteMsg, OwedInfo, QueryMsg};
use vitals_testing::token::{Fault, FEE, SUPPLY};

/// With a policy whose next claim is due.
fn claimable() -> (TokenWorld, u64, EvidenceMsg) {
    let mut sold = TokenWorld::new();
    let policy = sold.bind().unwrap();
    sold.world.suite.advance(WAITING_S);
    let evidence = sold.world.episode();
    (sold, policy, evidence)
}

/// What the product's payee is owed.
fn owed(sold: &TokenWorld) -> u128 {
    let asked = QueryMsg::Owed {
        product: Uint64::new(sold.world.product),
        account: sold.world.suite.actor("other").into(),
    };
    sold.world.query::<OwedInfo>(&asked).unwrap().amount.u128()
}

/// Says that tokens came with a deposit of this sum; none did.
fn false_deposit(sold: &TokenWorld, amount: u128) -> Binary {
    let product = Uint64::new(sold.world.product);
    let msg = ExecuteMsg::Receive(Cw20ReceiveMsg {
        sender: sold.world.suite.actor("insurer").into(),
        amount: Uint128::new(amount),
        msg: to_json_binary(&ReceiveMsg::Deposit { product }).unwrap(),
    });
    to_json_binary(&msg).unwrap()
}

#[test]
fn a_token_that_keeps_a_fee_brings_nothing_in() {
    let mut sold = TokenWorld::new();
    sold.set_fault(Fault::TakesFee);
    refused(sold.deposit(100), "claims/tokens_not_arrived");
    refused(sold.bind(), "claims/tokens_not_arrived");
    assert_eq!(sold.balance("insurer"), SUPPLY - DEPOSIT, "it came back");
    sold.assert_whole();
}

#[test]
fn a_token_that_says_more_than_it_moved_or_moved_nothing_brings_nothing_in() {
    for fault in [Fault::LiesAboutAmount, Fault::MovesNothing] {
        let mut sold = TokenWorld::new();
        sold.set_fault(fault);
        refused(sold.deposit(100), "claims/tokens_not_arrived");
        sold.assert_whole();
    }
}

/// Tokens sent past the contract are nobody's: at most they cover a lie of the token about itself,
/// never another product's.
#[test]
fn a_fee_that_strays_paid_for_leaves_every_book_covered() {
    let mut sold = TokenWorld::new();
    let claims = sold.world.suite.at.claims.clone();
    let stray = vitals_testing::token::ExecuteMsg::Transfer {
        recipient: claims.to_string(),
        amount: Uint128::new(FEE),
    };
    let token = sold.token.at.clone();
    sold.world.suite.execute("board", &token, &stray).unwrap();
    sold.set_fault(Fault::TakesFee);
    sold.deposit(100).unwrap();
    sold.assert_whole();
    refused(sold.deposit(100), "claims/tokens_not_arrived");
}

#[test]
fn a_token_that_is_mute_brings_nothing_in() {
    let mut sold = TokenWorld::new();
    sold.set_fault(Fault::Mute);
    refused(sold.deposit(100), "claims/not_a_token");
    sold.set_fault(Fault::None);
    sold.assert_whole();
}

/// An all-upper-case address names the same account in other letters, and is refused.
#[test]
fn a_sender_that_is_no_address_is_refused() {
    let mut sold = TokenWorld::new();
    let upper = sold.world.suite.actor("patient").as_str().to_uppercase();
    for sender in [upper, "patient".into(), String::new()] {
        sold.set_fault(Fault::LiesAboutSender { sender });
        refused(sold.bind(), "input/address");
    }
    sold.assert_whole();
}

#[test]
fn a_claim_is_decided_though_the_token_fails_and_its_payment_is_owed() {
    let (mut sold, policy, evidence) = claimable();
    sold.set_fault(Fault::FailsOnTransfer);
    let done = sold.world.claim(policy, &evidence).unwrap();
    assert!(done.events.iter().any(|e| e.ty == "wasm-claim_paid"));
    assert!(done.events.iter().any(|e| e.ty == "wasm-payment_failed"));
    assert_eq!(sold.world.policy(policy).claims_paid, 1);
    assert_eq!(owed(&sold), BENEFIT);
    assert_eq!(sold.balance("other"), SUPPLY);
    sold.assert_whole();
    // the same readings pay nothing twice
    let again = sold.world.claim(policy, &evidence);
    refused(again, "claims/time_used_up");
}

/// While it transfers the benefit, the token says that the same tokens came in as a deposit.
#[test]
fn a_token_that_re_enters_finds_the_books_as_they_will_be() {
    let (mut sold, policy, evidence) = claimable();
    let contract = sold.world.suite.at.claims.to_string();
    let msg = false_deposit(&sold, BENEFIT);
    sold.set_fault(Fault::Reenters { contract, msg });
    sold.world.claim(policy, &evidence).unwrap();
    // what it called failed, and its transfer with it
    assert_eq!(owed(&sold), BENEFIT);
    assert_eq!(sold.world.pool().deposits.u128(), DEPOSIT);
    sold.assert_whole();
}

#[test]
fn a_token_that_re_enters_and_hides_the_refusal_pays_once_and_deposits_nothing() {
    let (mut sold, policy, evidence) = claimable();
    let contract = sold.world.suite.at.claims.to_string();
    let msg = false_deposit(&sold, BENEFIT);
    sold.set_fault(Fault::ReentersQuietly { contract, msg });
    sold.world.claim(policy, &evidence).unwrap();
    assert_eq!(owed(&sold), 0);
    assert_eq!(sold.balance("other"), SUPPLY + BENEFIT);
    assert_eq!(sold.world.pool().deposits.u128(), DEPOSIT);
    sold.assert_whole();
}

/// The same claim, sent again from inside its own payment.
#[test]
fn a_claim_is_not_paid_again_from_inside_its_payment() {
    let (mut sold, policy, evidence) = claimable();
    let contract = sold.world.suite.at.claims.to_string();
    let again = ExecuteMsg::Claim {
        policy: Uint64::new(policy),
        ground: crate::common::PATIENT,
        evidence: vec![evidence.clone()],
    };
    let msg = to_json_binary(&again).unwrap();
    sold.set_fault(Fault::ReentersQuietly { contract, msg });
    sold.world.claim(policy, &evidence).unwrap();
    assert_eq!(sold.world.policy(policy).claims_paid, 1);
    assert_eq!(sold.balance("other"), SUPPLY + BENEFIT);
    sold.assert_whole();
}

/// A transfer that says it was made and was not: the book cannot know, and owes nothing. It is
/// what an admitted token is trusted with.
#[test]
fn a_token_that_pays_nobody_harms_its_own_products_only() {
    let (mut sold, policy, evidence) = claimable();
    let in_tokens = sold.world.product;
    sold.world.product = sold.world.create(&crate::common::terms()).unwrap();
    sold.world.deposit(DEPOSIT).unwrap();
    sold.set_fault(Fault::MovesNothing);
    sold.world.claim(policy, &evidence).unwrap();
    sold.world.bind().unwrap();
    sold.world.assert_whole();
    sold.world.product = in_tokens;
    assert_eq!(sold.balance("other"), SUPPLY);
    assert_eq!(sold.held(), DEPOSIT + PREMIUM);
    assert_eq!(owed(&sold), 0);
}

#[test]
fn a_withdrawal_that_fails_is_owed_to_the_insurer() {
    let mut sold = TokenWorld::new();
    sold.set_fault(Fault::FailsOnTransfer);
    sold.world.withdraw(100).unwrap();
    let pool = sold.world.pool();
    assert_eq!((pool.withdrawn.u128(), pool.owed.u128()), (100, 100));
    sold.assert_whole();
    sold.set_fault(Fault::None);
    let product = Uint64::new(sold.world.product);
    let collect = ExecuteMsg::Collect { product, to: None };
    sold.world.tell("insurer", &collect).unwrap();
    assert_eq!(sold.balance("insurer"), SUPPLY - DEPOSIT + 100);
    sold.assert_whole();
}
