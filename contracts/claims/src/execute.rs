//! What messages do: one file for each thing they are about.

use cosmwasm_std::{DepsMut, Env, Response};
use vitals_api::claims::ExecuteMsg;
use vitals_api::{admin, parse};

use crate::error::ContractError;
use crate::funds::Funds;

mod claims;
pub(crate) mod cw20;
mod denoms;
mod evidence;
mod invoices;
mod offers;
mod owed;
mod policies;
mod pools;
mod premiums;
mod products;
mod rewards;
mod staff;
mod two_people;

pub(crate) use owed::reclaimable_from;

/// A message whose sender may send it, and the funds that came with it, which only those that take
/// funds look at: where another brings any, it was refused before.
pub(crate) fn dispatch(
    deps: DepsMut,
    env: &Env,
    funds: Funds,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    let sender = &funds.from;
    match msg {
        ExecuteMsg::Admin(msg) => {
            let event = admin::execute(deps.storage, deps.api, sender, &msg)?;
            Ok(Response::new().add_event(event))
        }
        ExecuteMsg::AdmitDenom { denom } => denoms::admit(deps, env, denom),
        ExecuteMsg::DismissDenom { denom } => denoms::dismiss(deps, denom),
        ExecuteMsg::SetStaff { account, parts } => staff::set(deps, sender, &account, &parts),
        ExecuteMsg::SetTwoPeopleAbove { product, amount } => {
            products::set_two_people_above(deps, sender, product.u64(), amount)
        }
        ExecuteMsg::CreateProduct { insurer, product } => {
            products::create(deps, env, sender, insurer, &product)
        }
        ExecuteMsg::AmendProduct { product, terms } => {
            products::amend(deps, env, sender, product.u64(), &terms)
        }
        ExecuteMsg::SetOnSale { product, on_sale } => {
            products::set_on_sale(deps, sender, product.u64(), on_sale)
        }
        ExecuteMsg::Deposit { product } => pools::deposit(deps, &funds, product.u64()),
        ExecuteMsg::Withdraw { product, amount } => {
            pools::withdraw(deps, env, sender, product.u64(), amount)
        }
        ExecuteMsg::Collect { product, to } => owed::collect(deps, env, sender, product.u64(), to),
        ExecuteMsg::ReclaimUnclaimed { product, account } => {
            owed::reclaim(deps, env, product.u64(), &account)
        }
        ExecuteMsg::Offer {
            product,
            version,
            patient,
            payee,
            until,
        } => {
            let asked = offers::Offering {
                product: product.u64(),
                version,
                patient: patient.u64(),
                payee: parse::address(deps.api, &payee)?,
                until,
            };
            offers::offer(deps, env, funds, asked)
        }
        ExecuteMsg::WithdrawOffer { policy } => offers::withdraw(deps, env, sender, policy.u64()),
        ExecuteMsg::Accept { policy, ground } => {
            offers::accept(deps, env, sender, policy.u64(), ground)
        }
        ExecuteMsg::Bind {
            product,
            version,
            patient,
            ground,
            payee,
        } => {
            let asked = policies::Binding {
                product: product.u64(),
                version,
                patient: patient.u64(),
                ground,
                payee: parse::address(deps.api, &payee)?,
            };
            policies::bind(deps, env, funds, asked)
        }
        ExecuteMsg::PayPremium { policy } => premiums::pay(deps, env, funds, policy.u64()),
        ExecuteMsg::Cancel { policy, ground } => {
            policies::cancel(deps, env, sender, policy.u64(), ground)
        }
        ExecuteMsg::Lapse { policy } => policies::lapse(deps, env, policy.u64()),
        ExecuteMsg::Expire { policy } => policies::expire(deps, env, policy.u64()),
        ExecuteMsg::Claim {
            policy,
            ground,
            evidence,
        } => claims::claim(deps, env, sender, policy.u64(), ground, &evidence),
        ExecuteMsg::ClaimReward {
            policy,
            ground,
            evidence,
        } => rewards::claim(deps, env, sender, policy.u64(), ground, &evidence),
        ExecuteMsg::FileInvoice {
            policy,
            ground,
            invoice,
        } => invoices::file(deps, env, funds, policy.u64(), ground, &invoice),
        ExecuteMsg::Assess {
            policy,
            claim,
            award,
            reason,
        } => invoices::assess(deps, env, sender, policy.u64(), claim, award, reason),
        ExecuteMsg::Appeal {
            policy,
            claim,
            ground,
            reason,
        } => invoices::appeal(deps, env, sender, policy.u64(), claim, ground, &reason),
        ExecuteMsg::Arbitrate {
            policy,
            claim,
            award,
            reason,
        } => invoices::arbitrate(deps, env, sender, policy.u64(), claim, award, &reason),
        ExecuteMsg::Settle { policy, claim } => invoices::settle(deps, env, policy.u64(), claim),
        // what it carries was taken out of it before it came here
        ExecuteMsg::Receive(_) => Err(ContractError::NestedReceive),
    }
}
