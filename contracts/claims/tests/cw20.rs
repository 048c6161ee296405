//! Money as tokens: Receive, and payments in tokens.

use crate::common::{refused, terms, TokenWorld, BENEFIT, DEPOSIT, PREMIUM, TERM_S, WAITING_S};
use cosmwasm_std::{to_json_binary, Binary, Uint128, Uint64};
use vitals_api::admin::AdminMsg;
use vitals_api::claims::cw20::{Cw20ReceiveMsg, ReceiveMsg};
use vitals_api::claims::{DenomMsg, ExecuteMsg, ProductMsg, TermsMsg};
use vitals_testing::token::SUPPLY;
use vitals_testing::Token;

#[test]
fn a_policy_in_tokens_is_bound_claimed_and_expired_to_the_last_token() {
    let mut sold = TokenWorld::new();
    let policy = sold.bind().unwrap();
    let lock = 2 * BENEFIT + PREMIUM;
    assert_eq!(sold.world.money(), [DEPOSIT - 2 * BENEFIT, lock, 0, 0]);
    assert_eq!(sold.balance("patient"), SUPPLY - PREMIUM);
    sold.world.suite.advance(WAITING_S);
    let evidence = sold.world.episode();
    sold.world.claim(policy, &evidence).unwrap();
    assert_eq!(sold.balance("other"), SUPPLY + BENEFIT);
    sold.assert_whole();
    sold.world.suite.advance(2 * TERM_S);
    sold.world.expire(policy).unwrap();
    sold.world.withdraw(DEPOSIT - BENEFIT + PREMIUM).unwrap();
    assert_eq!(sold.balance("insurer"), SUPPLY - BENEFIT + PREMIUM);
    assert_eq!(sold.held(), 0);
    sold.assert_whole();
}

#[test]
fn who_sent_the_tokens_acts_and_not_the_token() {
    let mut sold = TokenWorld::new();
    let binding = sold.binding();
    let by_another = sold.pay("stranger", PREMIUM, &binding);
    refused(by_another, "consent/not_the_patient");
    let policy = sold.bind().unwrap();
    let info = sold.world.policy(policy);
    let patient = sold.world.suite.actor("patient").to_string();
    assert_eq!(info.policyholder, Some(patient));
}

#[test]
fn a_premium_in_tokens_is_exact_too() {
    let mut sold = TokenWorld::new();
    let binding = sold.binding();
    for amount in [PREMIUM - 1, PREMIUM + 1] {
        let paid = sold.pay("patient", amount, &binding);
        refused(paid, "claims/wrong_premium");
    }
    refused(sold.pay("patient", 0, &binding), "claims/zero_amount");
    assert_eq!(sold.balance("patient"), SUPPLY);
    sold.assert_whole();
}

#[test]
fn coins_do_not_buy_what_is_sold_in_tokens_nor_tokens_what_is_sold_in_coins() {
    let mut sold = TokenWorld::new();
    refused(sold.world.bind(), "input/funds");
    refused(sold.world.deposit(5), "input/funds");
    let in_tokens = sold.world.product;
    sold.world.product = sold.world.create(&terms()).unwrap();
    refused(sold.deposit(5), "input/funds");
    sold.world.deposit(DEPOSIT).unwrap();
    refused(sold.bind(), "input/funds");
    sold.world.bind().unwrap();
    sold.world.product = in_tokens;
    sold.assert_whole();
}

#[test]
fn the_tokens_of_another_contract_do_not_count() {
    let mut sold = TokenWorld::new();
    let other = Token::new(&mut sold.world.suite);
    let deposit = ReceiveMsg::Deposit {
        product: Uint64::new(sold.world.product),
    };
    let claims = sold.world.suite.at.claims.clone();
    let paid = other.send(&mut sold.world.suite, "insurer", &claims, 5, &deposit);
    refused(paid, "claims/token_not_admitted");
    // admitted, but not what the product is sold in
    let denom = DenomMsg::Cw20(other.at.to_string());
    let admit = ExecuteMsg::AdmitDenom { denom };
    sold.world.tell("owner", &admit).unwrap();
    let paid = other.send(&mut sold.world.suite, "insurer", &claims, 5, &deposit);
    refused(paid, "input/funds");
    assert_eq!(other.balance(&sold.world.suite, &claims), 0);
    sold.assert_whole();
}

#[test]
fn an_account_that_says_it_is_a_token_is_none() {
    let mut sold = TokenWorld::new();
    let msg = Cw20ReceiveMsg {
        sender: sold.world.suite.actor("patient").into(),
        amount: Uint128::new(PREMIUM),
        msg: to_json_binary(&sold.binding()).unwrap(),
    };
    for sender in ["patient", "owner", "insurer"] {
        let sent = sold.world.tell(sender, &ExecuteMsg::Receive(msg.clone()));
        refused(sent, "claims/token_not_admitted");
    }
}

#[test]
fn tokens_bring_a_message_that_takes_funds() {
    let mut sold = TokenWorld::new();
    let product = Uint64::new(sold.world.product);
    let amount = Uint128::new(1);
    let withdraw = ExecuteMsg::Withdraw { product, amount };
    let claims = sold.world.suite.at.claims.clone();
    let suite = &mut sold.world.suite;
    let sent = sold.token.send(suite, "insurer", &claims, 5, &withdraw);
    refused(sent, "claims/receive_message");
    let nothing = Binary::default();
    let sent = sold.token.send(suite, "insurer", &claims, 5, &nothing);
    refused(sent, "claims/receive_message");
    sold.assert_whole();
}

#[test]
fn a_pause_stops_new_cover_in_tokens_too_and_no_deposit() {
    let mut sold = TokenWorld::new();
    let pause = ExecuteMsg::Admin(AdminMsg::Pause {});
    sold.world.tell("owner", &pause).unwrap();
    refused(sold.bind(), "admin/paused");
    sold.deposit(5).unwrap();
    sold.assert_whole();
}

#[test]
fn nothing_comes_in_tokens_for_a_policy_that_costs_nothing() {
    let free = TermsMsg {
        premium: vitals_api::claims::PremiumMsg::Once {
            amount: Uint128::zero(),
        },
        ..terms()
    };
    let mut sold = TokenWorld::selling(&free);
    let binding = sold.binding();
    refused(sold.pay("patient", 1, &binding), "input/funds");
    let policy = sold.world.bind_as("patient", crate::common::PATIENT, &[]);
    let policy = policy.unwrap();
    assert_eq!(sold.world.policy(policy).locked.u128(), 2 * BENEFIT);
    sold.assert_whole();
}

/// The token counts all that is here, the book what is each product's.
#[test]
fn two_products_in_one_token_do_not_pay_for_each_other() {
    let mut sold = TokenWorld::new();
    let first = sold.world.product;
    let denom = DenomMsg::Cw20(sold.token.at.to_string());
    let terms = terms();
    let made = ProductMsg { denom, terms };
    sold.world.product = sold.world.create_as("insurer", None, made).unwrap();
    refused(sold.world.withdraw(1), "claims/pool_too_small");
    refused(sold.bind(), "claims/pool_too_small");
    sold.deposit(7).unwrap();
    sold.world.withdraw(7).unwrap();
    sold.world.product = first;
    sold.assert_whole();
}

#[test]
fn a_token_is_never_paid_nor_is_this_contract() {
    let mut sold = TokenWorld::new();
    let token = sold.token.at.to_string();
    let claims = sold.world.suite.at.claims.to_string();
    for (payee, code) in [
        (token, "claims/payee_is_a_token"),
        (claims, "claims/payee_is_the_contract"),
    ] {
        let mut msg = sold.binding();
        if let ReceiveMsg::Bind { payee: to, .. } = &mut msg {
            *to = payee;
        }
        refused(sold.pay("patient", PREMIUM, &msg), code);
    }
}
