//! Each message of claims, in a state in which it is taken.

use cosmwasm_std::{Uint128, Uint64};
use serde::Serialize;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{DenomMsg, ExecuteMsg, ProductMsg, StaffPart, UNCLAIMED_AFTER_S};
use vitals_testing::access::{World, OFFERED_S};
use vitals_testing::products::{
    episodes, ASSESS_S, BENEFIT, EVERY_S, FEE, FILE_WITHIN_S, GRACE_S, PREMIUM, TERM_S,
};
use vitals_testing::suite::DENOM;

use super::{Sent, PATIENT};

type Message = fn(&mut World) -> Sent;

pub const MESSAGES: [(&str, Message); 27] = [
    ("admit_denom", |w| {
        let denom = DenomMsg::Native("uother".into());
        by(w, "owner", &ExecuteMsg::AdmitDenom { denom })
    }),
    ("dismiss_denom", |w| {
        let denom = w.tokens();
        by(w, "owner", &ExecuteMsg::DismissDenom { denom })
    }),
    ("set_staff", |w| {
        let msg = w.staff_msg("stranger", &[StaffPart::Assessor]);
        by(w, "insurer", &msg)
    }),
    ("set_two_people_above", |w| {
        let product = Uint64::new(w.product);
        let amount = Some(Uint128::new(500));
        by(
            w,
            "insurer",
            &ExecuteMsg::SetTwoPeopleAbove { product, amount },
        )
    }),
    ("create_product", |w| by(w, "insurer", &creation())),
    ("amend_product", |w| {
        let product = Uint64::new(w.product);
        let terms = episodes();
        by(w, "insurer", &ExecuteMsg::AmendProduct { product, terms })
    }),
    ("set_on_sale", |w| {
        let product = Uint64::new(w.product);
        let on_sale = false;
        by(w, "insurer", &ExecuteMsg::SetOnSale { product, on_sale })
    }),
    ("deposit", |w| {
        let product = Uint64::new(w.product);
        paid(w, "insurer", &ExecuteMsg::Deposit { product }, 1)
    }),
    ("withdraw", |w| {
        let product = Uint64::new(w.product);
        let amount = Uint128::one();
        by(w, "treasurer", &ExecuteMsg::Withdraw { product, amount })
    }),
    ("offer", |w| {
        let msg = w.offer_msg(w.other_product);
        paid(w, "employer", &msg, PREMIUM)
    }),
    ("withdraw_offer", |w| {
        let policy = Uint64::new(w.offer());
        w.suite.advance(OFFERED_S);
        by(w, "stranger", &ExecuteMsg::WithdrawOffer { policy })
    }),
    ("accept", |w| {
        let policy = Uint64::new(w.offer());
        let ground = PATIENT;
        by(w, "patient", &ExecuteMsg::Accept { policy, ground })
    }),
    ("bind", |w| {
        let msg = w.bind_msg(w.other_product, PATIENT);
        paid(w, "patient", &msg, PREMIUM)
    }),
    ("pay_premium", |w| {
        let policy = w.by_instalments();
        paid(w, "patient", &ExecuteMsg::PayPremium { policy }, PREMIUM)
    }),
    ("cancel", |w| {
        let policy = Uint64::new(w.accepted());
        let ground = None;
        by(w, "employer", &ExecuteMsg::Cancel { policy, ground })
    }),
    ("lapse", |w| {
        let policy = w.by_instalments();
        w.suite.advance(u64::from(EVERY_S) + u64::from(GRACE_S));
        by(w, "stranger", &ExecuteMsg::Lapse { policy })
    }),
    ("expire", |w| {
        let policy = Uint64::new(w.bind(w.other_product));
        w.suite
            .advance(u64::from(TERM_S) + u64::from(FILE_WITHIN_S));
        by(w, "stranger", &ExecuteMsg::Expire { policy })
    }),
    ("claim", |w| {
        let msg = w.episode_msg();
        by(w, "patient", &msg)
    }),
    ("claim_reward", |w| {
        let msg = w.reward_msg(PATIENT);
        by(w, "patient", &msg)
    }),
    ("file_invoice", |w| {
        let policy = w.cared_for();
        let msg = w.file_msg(policy, PATIENT);
        paid(w, "patient", &msg, FEE)
    }),
    ("assess", |w| {
        let msg = w.filed().assess(BENEFIT);
        by(w, "assessor", &msg)
    }),
    ("appeal", |w| {
        let msg = w.assessed().appeal(PATIENT);
        by(w, "patient", &msg)
    }),
    ("arbitrate", |w| {
        let msg = w.appealed().arbitrate(BENEFIT);
        by(w, "arbiter", &msg)
    }),
    ("settle", |w| {
        let msg = w.filed().settle();
        w.suite.advance(ASSESS_S.into());
        by(w, "stranger", &msg)
    }),
    ("collect", |w| {
        w.owe();
        let product = Uint64::new(w.token_product);
        let to = None;
        by(w, "creditor", &ExecuteMsg::Collect { product, to })
    }),
    ("reclaim_unclaimed", |w| {
        w.owe();
        w.suite.advance(UNCLAIMED_AFTER_S.into());
        let product = Uint64::new(w.token_product);
        let account = w.address("creditor").into();
        by(
            w,
            "stranger",
            &ExecuteMsg::ReclaimUnclaimed { product, account },
        )
    }),
    ("receive", |w| {
        let bind = ReceiveMsg::Bind {
            product: Uint64::new(w.token_product),
            version: 1,
            patient: Uint64::new(w.patient),
            ground: PATIENT,
            payee: w.address("patient").into(),
        };
        let send = w.send_msg(PREMIUM, &bind);
        Sent {
            to: w.token.at.clone(),
            ..by(w, "patient", &send)
        }
    }),
];

pub fn creation() -> ExecuteMsg {
    ExecuteMsg::CreateProduct {
        insurer: None,
        product: ProductMsg {
            denom: DenomMsg::Native(DENOM.into()),
            terms: episodes(),
        },
    }
}

fn by(world: &World, by: &'static str, msg: &impl Serialize) -> Sent {
    Sent {
        by,
        to: world.suite.at.claims.clone(),
        msg: serde_json::to_value(msg).unwrap(),
        funds: Vec::new(),
    }
}

fn paid(world: &World, by: &'static str, msg: &impl Serialize, amount: u128) -> Sent {
    Sent {
        funds: world.suite.coins(amount),
        ..self::by(world, by, msg)
    }
}
