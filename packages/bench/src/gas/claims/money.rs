//! Who works for the insurer, what becomes of a product, and money that leaves.

use anyhow::Result;
use cosmwasm_std::Uint64;
use vitals_api::claims::cw20::ReceiveMsg;
use vitals_api::claims::{ExecuteMsg, StaffPart};

use super::super::stage::{number, Stage};
use super::terms::{readings, DEPOSIT};
use super::tokens::{Answer, Token};
use super::{amount, coins, creation, CLAIMS};

/// Of a product that has no policy any more.
pub fn measure(stage: &mut Stage<'_>, product: u64, token: &Token) -> Result<()> {
    let product = Uint64::new(product);
    let staff = ExecuteMsg::SetStaff {
        account: stage.address("clinician")?,
        parts: vec![StaffPart::Treasurer],
    };
    let amend = ExecuteMsg::AmendProduct {
        product,
        terms: readings(10),
    };
    let on_sale = false;
    let above = Some(amount(DEPOSIT));
    for msg in [
        staff,
        amend,
        ExecuteMsg::SetOnSale { product, on_sale },
        ExecuteMsg::SetTwoPeopleAbove {
            product,
            amount: above,
        },
        withdrawal(product),
    ] {
        stage.measure("insurer", CLAIMS, &msg)?;
    }
    collection(stage, token)?;
    let denom = coins(stage);
    stage.measure("deployer", CLAIMS, &ExecuteMsg::DismissDenom { denom })?;
    Ok(())
}

fn withdrawal(product: Uint64) -> ExecuteMsg {
    ExecuteMsg::Withdraw {
        product,
        amount: amount(DEPOSIT),
    }
}

/// What the token refused to pay, once it takes a payment. The last that is done with it.
fn collection(stage: &mut Stage<'_>, token: &Token) -> Result<()> {
    let create = creation(token.denom(), readings(1));
    let created = stage.act("insurer", CLAIMS, &create)?;
    let product = Uint64::new(number(&created, "product_created", "product")?);
    let deposit = token.sending(stage, DEPOSIT, &ReceiveMsg::Deposit { product })?;
    stage.sender("insurer")?.execute(&token.at, &deposit, &[])?;
    let withdraw = withdrawal(product);
    token.answers_all(stage, Answer::Refuses)?;
    let failed = stage.measure_as("withdraw_cw20_failed", "insurer", CLAIMS, &withdraw)?;
    number(&failed, "payment_failed", "amount")?;
    token.answers_all(stage, Answer::Takes)?;
    let to = None;
    stage.measure("insurer", CLAIMS, &ExecuteMsg::Collect { product, to })?;
    Ok(())
}
