//! Who may send what: one row a message, and what is checked of it before anything else.

use cosmwasm_std::{Addr, Api, QuerierWrapper, Storage};
use vitals_api::access::{self, Row, Who};
use vitals_api::claims::{ExecuteMsg, StaffPart};
use vitals_api::consent::read::has_role;
use vitals_api::store::Remote;
use vitals_api::{admin, parse};
use vitals_core::decision::{Action, GroundRef, Power, Role, Seconds};

use crate::error::ContractError;
use crate::funds;
use crate::state::{self, Product};

const ANYBODY: &[Who] = &[Who::Anybody];
const ONCE_OVER: &[Who] = &[Who::AnybodyOnceOver];
const OWNER: &[Who] = &[Who::Owner];
const UNDERWRITING: &[Who] = &[Who::ProductInsurer, Who::Underwriter];
const HOLDER: &[Who] = &[Who::Patient, Who::Guardian(Power::Claim)];
const CLAIMANT: &[Who] = &[
    Who::Patient,
    Who::Guardian(Power::Claim),
    Who::Permitted(Action::Disclose),
];

/// One row a message; `vitals_api::access::ADMIN_ROWS` has those of `Admin`. A pause stops what
/// begins cover, by whichever way its premium comes, and nothing that is owed under it.
pub const TABLE: &[Row] = &[
    Row::goes_on("admit_denom", OWNER),
    Row::goes_on("dismiss_denom", OWNER),
    Row::goes_on("set_staff", &[Who::InsurerItself]),
    Row::goes_on("set_two_people_above", &[Who::ProductInsurer]),
    Row::stops(
        "create_product",
        &[Who::Holder(Role::Insurer), Who::Underwriter],
    ),
    Row::stops("amend_product", UNDERWRITING),
    Row::goes_on("set_on_sale", UNDERWRITING),
    Row::goes_on("deposit", ANYBODY),
    Row::goes_on("withdraw", &[Who::ProductInsurer, Who::Treasurer]),
    Row::stops("offer", ANYBODY),
    Row::goes_on("withdraw_offer", &[Who::Offerer, Who::AnybodyOnceOver]),
    Row::stops("accept", HOLDER),
    Row::stops("bind", HOLDER),
    Row::goes_on("pay_premium", ANYBODY),
    Row::goes_on(
        "cancel",
        &[Who::Policyholder, Who::Patient, Who::Guardian(Power::Claim)],
    ),
    Row::goes_on("lapse", ONCE_OVER),
    Row::goes_on("expire", ONCE_OVER),
    Row::goes_on("claim", CLAIMANT),
    Row::goes_on("claim_reward", CLAIMANT),
    Row::goes_on("file_invoice", CLAIMANT),
    Row::goes_on("assess", &[Who::ProductInsurer, Who::Assessor]),
    Row::goes_on("appeal", CLAIMANT),
    Row::goes_on("arbitrate", &[Who::PolicyArbiter]),
    Row::goes_on("settle", ONCE_OVER),
    Row::goes_on("collect", &[Who::Creditor]),
    Row::goes_on("reclaim_unclaimed", ONCE_OVER),
    Row::goes_on("receive", &[Who::AdmittedToken]),
];

fn name(msg: &ExecuteMsg) -> &'static str {
    match msg {
        ExecuteMsg::Admin(msg) => access::admin_name(msg),
        ExecuteMsg::AdmitDenom { .. } => "admit_denom",
        ExecuteMsg::DismissDenom { .. } => "dismiss_denom",
        ExecuteMsg::SetStaff { .. } => "set_staff",
        ExecuteMsg::SetTwoPeopleAbove { .. } => "set_two_people_above",
        ExecuteMsg::CreateProduct { .. } => "create_product",
        ExecuteMsg::AmendProduct { .. } => "amend_product",
        ExecuteMsg::SetOnSale { .. } => "set_on_sale",
        ExecuteMsg::Deposit { .. } => "deposit",
        ExecuteMsg::Withdraw { .. } => "withdraw",
        ExecuteMsg::Offer { .. } => "offer",
        ExecuteMsg::WithdrawOffer { .. } => "withdraw_offer",
        ExecuteMsg::Accept { .. } => "accept",
        ExecuteMsg::Bind { .. } => "bind",
        ExecuteMsg::PayPremium { .. } => "pay_premium",
        ExecuteMsg::Cancel { .. } => "cancel",
        ExecuteMsg::Lapse { .. } => "lapse",
        ExecuteMsg::Expire { .. } => "expire",
        ExecuteMsg::Claim { .. } => "claim",
        ExecuteMsg::ClaimReward { .. } => "claim_reward",
        ExecuteMsg::FileInvoice { .. } => "file_invoice",
        ExecuteMsg::Assess { .. } => "assess",
        ExecuteMsg::Appeal { .. } => "appeal",
        ExecuteMsg::Arbitrate { .. } => "arbitrate",
        ExecuteMsg::Settle { .. } => "settle",
        ExecuteMsg::Collect { .. } => "collect",
        ExecuteMsg::ReclaimUnclaimed { .. } => "reclaim_unclaimed",
        ExecuteMsg::Receive(_) => "receive",
    }
}

/// Funds that come with any other message are refused.
pub(crate) fn takes_funds(msg: &ExecuteMsg) -> bool {
    matches!(
        msg,
        ExecuteMsg::Deposit { .. }
            | ExecuteMsg::Offer { .. }
            | ExecuteMsg::Bind { .. }
            | ExecuteMsg::PayPremium { .. }
            | ExecuteMsg::FileInvoice { .. }
    )
}

/// Whoever acts, and over what it is checked: the sender, or who sent tokens.
pub(crate) struct Caller<'a> {
    pub storage: &'a dyn Storage,
    pub api: &'a dyn Api,
    pub querier: QuerierWrapper<'a>,
    pub sender: &'a Addr,
    pub now: Seconds,
}

/// Refuses what a pause stops, and a sender whose right the message itself tells. Whether a ground
/// holds, whose a product is and who works for its insurer, the handler asks of records that it
/// loads anyway.
pub(crate) fn check(caller: &Caller<'_>, msg: &ExecuteMsg) -> Result<(), ContractError> {
    let Caller {
        storage, sender, ..
    } = *caller;
    access::unpaused(TABLE, name(msg), || admin::ensure_running(storage))?;
    match msg {
        ExecuteMsg::AdmitDenom { .. } | ExecuteMsg::DismissDenom { .. } => {
            Ok(admin::ensure_owner(storage, sender)?)
        }
        ExecuteMsg::SetStaff { .. } => caller.ensure_insurer_itself(),
        ExecuteMsg::CreateProduct { insurer, .. } => caller.ensure_underwrites(insurer.as_deref()),
        ExecuteMsg::Bind { ground, .. }
        | ExecuteMsg::Accept { ground, .. }
        | ExecuteMsg::Cancel {
            ground: Some(ground),
            ..
        } => ensure_holders(*ground),
        ExecuteMsg::Receive(_) => funds::known_token(storage, sender).map(drop),
        ExecuteMsg::Admin(_)
        | ExecuteMsg::SetTwoPeopleAbove { .. }
        | ExecuteMsg::AmendProduct { .. }
        | ExecuteMsg::SetOnSale { .. }
        | ExecuteMsg::Deposit { .. }
        | ExecuteMsg::Withdraw { .. }
        | ExecuteMsg::Offer { .. }
        | ExecuteMsg::WithdrawOffer { .. }
        | ExecuteMsg::PayPremium { .. }
        | ExecuteMsg::Cancel { .. }
        | ExecuteMsg::Lapse { .. }
        | ExecuteMsg::Expire { .. }
        | ExecuteMsg::Claim { .. }
        | ExecuteMsg::ClaimReward { .. }
        | ExecuteMsg::FileInvoice { .. }
        | ExecuteMsg::Assess { .. }
        | ExecuteMsg::Appeal { .. }
        | ExecuteMsg::Arbitrate { .. }
        | ExecuteMsg::Settle { .. }
        | ExecuteMsg::Collect { .. }
        | ExecuteMsg::ReclaimUnclaimed { .. } => Ok(()),
    }
}

impl Caller<'_> {
    /// An insurer whose credential ran out still has people to dismiss.
    fn ensure_insurer_itself(&self) -> Result<(), ContractError> {
        if state::has_products(self.storage, self.sender.as_str())? {
            return Ok(());
        }
        ensure_credential(self.storage, self.querier, self.sender, self.now)
    }

    fn ensure_underwrites(&self, insurer: Option<&str>) -> Result<(), ContractError> {
        let insurer = match insurer {
            Some(insurer) => parse::address(self.api, insurer)?,
            None => self.sender.clone(),
        };
        ensure_works_for(self.storage, self.sender, &insurer, StaffPart::Underwriter)?;
        ensure_credential(self.storage, self.querier, &insurer, self.now)
    }
}

/// What an insurer needs to promise anything anew.
pub(crate) fn ensure_credential(
    storage: &dyn Storage,
    querier: QuerierWrapper<'_>,
    insurer: &Addr,
    now: Seconds,
) -> Result<(), ContractError> {
    let config = state::config(storage)?;
    ensure_insurer(&config.consent(querier), insurer, now)
}

pub(crate) fn ensure_insurer(
    consent: &Remote<'_>,
    insurer: &Addr,
    now: Seconds,
) -> Result<(), ContractError> {
    if has_role(consent, insurer.as_str(), Role::Insurer, now)? {
        return Ok(());
    }
    Err(ContractError::NotAnInsurer {
        sender: insurer.to_string(),
    })
}

/// A ground of a kind that the rows of `bind`, `accept` and `cancel` name.
fn ensure_holders(ground: GroundRef) -> Result<(), ContractError> {
    match ground {
        GroundRef::Patient {} | GroundRef::Guardian {} => Ok(()),
        GroundRef::Grant { .. } | GroundRef::Emergency { .. } => Err(ContractError::NotTheHolder),
    }
}

/// The insurer whose product it is, by its own account.
pub(crate) fn ensure_created(
    sender: &Addr,
    number: u64,
    product: &Product,
) -> Result<(), ContractError> {
    if product.insurer == *sender {
        return Ok(());
    }
    Err(ContractError::NotTheInsurer {
        sender: sender.to_string(),
        product: number,
    })
}

/// The insurer's own account, or one that it gave the part.
pub(crate) fn ensure_works_for(
    storage: &dyn Storage,
    sender: &Addr,
    insurer: &Addr,
    part: StaffPart,
) -> Result<(), ContractError> {
    if works_for(storage, sender, insurer, part)? {
        return Ok(());
    }
    Err(ContractError::NotStaff {
        sender: sender.to_string(),
        insurer: insurer.to_string(),
        part,
    })
}

pub(crate) fn works_for(
    storage: &dyn Storage,
    account: &Addr,
    insurer: &Addr,
    part: StaffPart,
) -> Result<bool, ContractError> {
    let parts = || state::parts(storage, insurer.as_str(), account.as_str());
    Ok(account == insurer || parts()?.contains(part))
}

/// The insurer's own account, or one that it gave any part.
pub(crate) fn is_of_insurer(
    storage: &dyn Storage,
    sender: &Addr,
    insurer: &Addr,
) -> Result<bool, ContractError> {
    let parts = || state::parts(storage, insurer.as_str(), sender.as_str());
    Ok(sender == insurer || !parts()?.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_one_row_for_each_message_and_no_other() {
        vitals_testing::schema::assert_rows::<ExecuteMsg>(TABLE);
    }
}
