//! Who may send what: one row a message, and what is checked of it before anything else.

use cosmwasm_std::{Addr, QuerierWrapper, Storage};
use vitals_api::access::{Paused, Row, Who, ADMIN_ROWS};
use vitals_api::admin::{self, AdminMsg};
use vitals_api::claims::ExecuteMsg;
use vitals_api::consent::read::has_role;
use vitals_core::decision::{Action, GroundRef, Power, Role, Seconds};

use crate::error::ContractError;
use crate::state::{self, Product};

const ADMIT_DENOM: Row = Row::goes_on("admit_denom", &[Who::Owner]);
const CREATE_PRODUCT: Row = Row::stops("create_product", &[Who::Holder(Role::Insurer)]);
const DEPOSIT: Row = Row::goes_on("deposit", &[Who::Anybody]);
const WITHDRAW: Row = Row::goes_on("withdraw", &[Who::ProductInsurer]);
const BIND: Row = Row::stops("bind", &[Who::Patient, Who::Guardian(Power::Claim)]);
const CLAIM: Row = Row::goes_on(
    "claim",
    &[
        Who::Patient,
        Who::Guardian(Power::Claim),
        Who::Permitted(Action::Disclose),
    ],
);
const EXPIRE: Row = Row::goes_on("expire", &[Who::Anybody]);

/// Every message, once.
pub const TABLE: &[Row] = &[
    ADMIN_ROWS[0],
    ADMIN_ROWS[1],
    ADMIN_ROWS[2],
    ADMIN_ROWS[3],
    ADMIT_DENOM,
    CREATE_PRODUCT,
    DEPOSIT,
    WITHDRAW,
    BIND,
    CLAIM,
    EXPIRE,
];

fn row(msg: &ExecuteMsg) -> &'static Row {
    match msg {
        ExecuteMsg::Admin(AdminMsg::ProposeOwner { .. }) => &ADMIN_ROWS[0],
        ExecuteMsg::Admin(AdminMsg::AcceptOwner {}) => &ADMIN_ROWS[1],
        ExecuteMsg::Admin(AdminMsg::Pause {}) => &ADMIN_ROWS[2],
        ExecuteMsg::Admin(AdminMsg::Resume {}) => &ADMIN_ROWS[3],
        ExecuteMsg::AdmitDenom { .. } => &ADMIT_DENOM,
        ExecuteMsg::CreateProduct { .. } => &CREATE_PRODUCT,
        ExecuteMsg::Deposit { .. } => &DEPOSIT,
        ExecuteMsg::Withdraw { .. } => &WITHDRAW,
        ExecuteMsg::Bind { .. } => &BIND,
        ExecuteMsg::Claim { .. } => &CLAIM,
        ExecuteMsg::Expire { .. } => &EXPIRE,
    }
}

/// Refuses what a pause stops, and a sender whose right the message itself tells. Whether a ground
/// holds, and whose a product is, the handler asks of records that it loads anyway.
pub fn check(
    storage: &dyn Storage,
    querier: QuerierWrapper<'_>,
    sender: &Addr,
    now: Seconds,
    msg: &ExecuteMsg,
) -> Result<(), ContractError> {
    if row(msg).paused == Paused::Stops {
        admin::ensure_running(storage)?;
    }
    match msg {
        ExecuteMsg::AdmitDenom { .. } => Ok(admin::ensure_owner(storage, sender)?),
        ExecuteMsg::CreateProduct { .. } => ensure_insurer(storage, querier, sender, now),
        ExecuteMsg::Bind { ground, .. } => ensure_holders(*ground),
        ExecuteMsg::Admin(_)
        | ExecuteMsg::Deposit { .. }
        | ExecuteMsg::Withdraw { .. }
        | ExecuteMsg::Claim { .. }
        | ExecuteMsg::Expire { .. } => Ok(()),
    }
}

fn ensure_insurer(
    storage: &dyn Storage,
    querier: QuerierWrapper<'_>,
    sender: &Addr,
    now: Seconds,
) -> Result<(), ContractError> {
    let config = state::config(storage)?;
    if has_role(
        &config.consent(querier),
        sender.as_str(),
        Role::Insurer,
        now,
    )? {
        return Ok(());
    }
    Err(ContractError::NotAnInsurer {
        sender: sender.to_string(),
    })
}

/// A ground of a kind that the row of `bind` names.
fn ensure_holders(ground: GroundRef) -> Result<(), ContractError> {
    match ground {
        GroundRef::Patient {} | GroundRef::Guardian {} => Ok(()),
        GroundRef::Grant { .. } | GroundRef::Emergency { .. } => Err(ContractError::NotTheHolder),
    }
}

/// The insurer who created the product.
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

#[cfg(test)]
mod tests {
    use cosmwasm_schema::schema_for;

    use super::*;

    /// The names of an enumeration's variants in JSON.
    fn variants(schema: serde_json::Value) -> Vec<String> {
        let one_of = schema["oneOf"].as_array().unwrap();
        let name = |v: &serde_json::Value| v["required"][0].as_str().unwrap().to_string();
        one_of.iter().map(name).collect()
    }

    #[test]
    fn the_table_has_one_row_for_each_message_and_no_other() {
        let own = variants(serde_json::to_value(schema_for!(ExecuteMsg)).unwrap());
        let admin = variants(serde_json::to_value(schema_for!(AdminMsg)).unwrap());
        let mut expected: Vec<String> = own.into_iter().filter(|name| name != "admin").collect();
        expected.extend(admin.iter().map(|name| format!("admin.{name}")));
        let mut rows: Vec<&str> = TABLE.iter().map(|row| row.message).collect();
        expected.sort_unstable();
        rows.sort_unstable();
        assert_eq!(rows, expected);
    }
}
