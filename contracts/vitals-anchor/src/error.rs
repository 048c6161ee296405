//! What can go wrong.

use cosmwasm_std::StdError;
use vitals_api::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    #[error(transparent)]
    Api(#[from] ApiError),
    #[error(transparent)]
    Std(#[from] StdError),
}
