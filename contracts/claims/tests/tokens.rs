//! Policies and disputes paid in a cw20 token.

use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::SilenceMsg;
use vitals_core::insurance::PolicyState;
use vitals_testing::suite::number;

use crate::common::{
    instalments, invoices, refused, TokenWorld, APPEAL_S, BENEFIT, EVERY_S, FEE, FILE_WITHIN_S,
    PATIENT, PREMIUM, TERM_S, WAITING_S,
};

fn arbitrated() -> TokenWorld {
    let arbiter = vitals_testing::Suite::chain().api().addr_make("arbiter");
    TokenWorld::selling(&invoices(SilenceMsg::Approves, arbiter.as_str()))
}

#[test]
fn a_claim_on_readings_is_paid_in_tokens() {
    let mut sold = TokenWorld::new();
    let policy = sold.bind().unwrap();
    sold.world.suite.advance(WAITING_S);
    let before = sold.balance("other");
    let shown = sold.world.episode();
    sold.world.claim(policy, &shown).unwrap();
    assert_eq!(sold.balance("other"), before + BENEFIT);
    sold.assert_whole();
}

#[test]
fn an_offer_of_tokens_is_given_back_in_tokens() {
    let mut sold = TokenWorld::new();
    let before = sold.balance("stranger");
    let offer = ReceiveMsg::Offer {
        product: sold.world.product.into(),
        version: 1,
        patient: sold.world.patient.into(),
        payee: sold.world.suite.actor("other").into(),
        until: sold.world.suite.now_s() + 60,
    };
    let done = sold.pay("stranger", PREMIUM, &offer).unwrap();
    let policy = number(&done.events, "policy_offered", "policy");
    sold.assert_whole();
    sold.world.withdraw_offer("stranger", policy).unwrap();
    assert_eq!(sold.balance("stranger"), before);
    sold.assert_whole();
}

#[test]
fn instalments_and_refunds_are_paid_in_tokens() {
    let mut sold = TokenWorld::selling(&instalments());
    let policy = sold.bind().unwrap();
    let premium = ReceiveMsg::PayPremium {
        policy: policy.into(),
    };
    refused(
        sold.pay("stranger", PREMIUM - 1, &premium),
        "claims/wrong_premium",
    );
    sold.pay("stranger", PREMIUM, &premium).unwrap();
    sold.world.suite.advance(EVERY_S);
    let before = sold.balance("stranger");
    sold.world.cancel("patient", policy).unwrap();
    sold.world.suite.advance(FILE_WITHIN_S);
    sold.world.expire(policy).unwrap();
    assert_eq!(sold.balance("stranger"), before + PREMIUM);
    sold.assert_whole();
}

#[test]
fn coins_pay_no_premium_that_is_due_in_tokens() {
    let mut sold = TokenWorld::selling(&instalments());
    let policy = sold.bind().unwrap();
    refused(sold.world.pay_premium(policy, PREMIUM), "input/funds");
    refused(sold.world.bind(), "input/funds");
}

#[test]
fn deposit_award_and_bond_of_a_dispute_are_paid_in_tokens() {
    let mut sold = arbitrated();
    let policy = sold.bind().unwrap();
    sold.world.suite.advance(3_600);
    let file = |sold: &TokenWorld, digest| ReceiveMsg::FileInvoice {
        policy: policy.into(),
        ground: PATIENT,
        invoice: sold.world.invoice(digest, 600),
    };
    let (patient, payee) = (sold.balance("patient"), sold.balance("other"));
    let first = file(&sold, 1);
    refused(sold.pay("patient", FEE + 1, &first), "claims/wrong_deposit");
    sold.pay("patient", FEE, &first).unwrap();
    sold.assert_whole();
    let at = (policy, 1);
    sold.world.assess("insurer", at, 0).unwrap();
    sold.world.appeal(at).unwrap();
    sold.world.arbitrate("arbiter", at, 600).unwrap();
    assert_eq!(sold.balance("arbiter"), FEE, "the insurer's bond");
    assert_eq!(sold.balance("patient"), patient, "the deposit back");

    let second = file(&sold, 2);
    sold.pay("patient", FEE, &second).unwrap();
    sold.world.assess("insurer", (policy, 2), 0).unwrap();
    sold.world.suite.advance(APPEAL_S);
    sold.world.settle((policy, 2)).unwrap();
    assert_eq!(sold.balance("patient"), patient - FEE, "forfeited");
    assert_eq!(sold.balance("other"), payee + 600);
    sold.world.suite.advance(TERM_S + FILE_WITHIN_S);
    sold.world.expire(policy).unwrap();
    assert_eq!(sold.world.policy(policy).state, PolicyState::Expired);
    assert_eq!(sold.world.pool().locked.u128(), 0);
    sold.assert_whole();
}
