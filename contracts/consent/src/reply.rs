//! What comes back from subscribers: only failures, which stop nothing.

use cosmwasm_std::{Reply, Response, SubMsgResult};
use vitals_api::consent::event::EmergencyEvent;

use crate::error::ContractError;
use crate::execute::HOOK_FAILED;

pub fn reply(reply: &Reply) -> Result<Response, ContractError> {
    match (reply.id, &reply.result) {
        (HOOK_FAILED, SubMsgResult::Err(_)) => {
            // the payload is the address this contract sent the message to
            let contract = String::from_utf8_lossy(&reply.payload);
            let failed = EmergencyEvent::HookFailed {
                contract: &contract,
            };
            Ok(Response::new().add_event(failed))
        }
        _ => Err(ContractError::UnknownReply { id: reply.id }),
    }
}
