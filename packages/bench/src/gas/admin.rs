//! The housekeeping that all contracts share.

use anyhow::Result;
use serde_json::json;
use vitals_api::admin::AdminMsg;

use super::contract::Contract;
use super::stage::Stage;

/// In every contract; it ends with the owner and the state it began with.
pub fn measure(stage: &mut Stage<'_>) -> Result<()> {
    let owner = stage.address("deployer")?;
    let next = stage.address("responder")?;
    for contract in Contract::ALL {
        for (who, msg) in [
            ("deployer", AdminMsg::Pause {}),
            ("deployer", AdminMsg::Resume {}),
            (
                "deployer",
                AdminMsg::ProposeOwner {
                    owner: next.clone(),
                },
            ),
            ("responder", AdminMsg::AcceptOwner {}),
        ] {
            stage.measure(who, contract, &json!({ "admin": msg }))?;
        }
        for (who, msg) in [
            (
                "responder",
                AdminMsg::ProposeOwner {
                    owner: owner.clone(),
                },
            ),
            ("deployer", AdminMsg::AcceptOwner {}),
        ] {
            stage.act(who, contract, &json!({ "admin": msg }))?;
        }
    }
    Ok(())
}
