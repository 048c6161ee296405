//! Money as cw20 tokens.

use cosmwasm_std::{from_json, Addr, Binary, DepsMut, Env};
use vitals_api::claims::cw20::Cw20ReceiveMsg;
use vitals_api::claims::ExecuteMsg;
use vitals_api::parse;

use crate::access;
use crate::error::ContractError;
use crate::funds::{self, Funds};

/// Takes tokens in: what came, from whom, and the message it came with. Only the sender is believed
/// to be the token.
pub(crate) fn receive(
    deps: DepsMut,
    env: &Env,
    token: &Addr,
    msg: &Cw20ReceiveMsg,
) -> Result<(Funds, ExecuteMsg), ContractError> {
    let from = parse::address(deps.api, &msg.sender)?;
    let carried = carried(&msg.msg)?;
    let own = &env.contract.address;
    funds::receive(deps.storage, deps.querier, own, token, msg.amount)?;
    let funds = Funds::tokens(from, token.clone(), msg.amount);
    Ok((funds, carried))
}

/// A `ReceiveMsg`, read as the message whose namesake it is: a second reader of the same fields
/// would be a 40th of the contract.
fn carried(msg: &Binary) -> Result<ExecuteMsg, ContractError> {
    let refused = |cause: &str| ContractError::ReceiveMessage {
        cause: parse::innermost(cause),
    };
    let carried = from_json(msg).map_err(|cause| refused(&cause.to_string()))?;
    if access::takes_funds(&carried) {
        return Ok(carried);
    }
    Err(refused("it takes none"))
}
