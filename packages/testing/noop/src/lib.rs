//! A contract that does nothing. What a transaction with it costs is the floor of every gas
//! figure: signature, account, one contract instance, and no work of the contract's own.
//!
//! Built by `scripts/build` to `testdata/noop.wasm`; it is never deployed as part of the product.

use cosmwasm_schema::cw_serde;
#[cfg(not(feature = "library"))]
use cosmwasm_std::entry_point;
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response, StdError};

/// No parameters: `{}`.
#[cw_serde]
pub struct InstantiateMsg {}

/// `{"noop":{}}`, for anyone; no effect; never fails.
#[cw_serde]
pub enum ExecuteMsg {
    Noop {},
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn instantiate(
    _deps: DepsMut,
    _env: Env,
    _info: MessageInfo,
    _msg: InstantiateMsg,
) -> Result<Response, StdError> {
    Ok(Response::new())
}

#[cfg_attr(not(feature = "library"), entry_point)]
pub fn execute(
    _deps: DepsMut,
    _env: Env,
    _info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, StdError> {
    match msg {
        ExecuteMsg::Noop {} => Ok(Response::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};

    #[test]
    fn executing_returns_an_empty_response() {
        let mut deps = mock_dependencies();
        let sender = deps.api.addr_make("anyone");
        let response = execute(
            deps.as_mut(),
            mock_env(),
            message_info(&sender, &[]),
            ExecuteMsg::Noop {},
        );
        assert_eq!(
            response.map_err(|error| error.to_string()),
            Ok(Response::new())
        );
    }
}
