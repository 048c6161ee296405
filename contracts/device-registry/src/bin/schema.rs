//! Writes the contract's JSON schema to `./schema`.

use cosmwasm_schema::write_api;
use vitals_api::registry::{ExecuteMsg, InstantiateMsg, QueryMsg};

fn main() {
    write_api! {
        name: "device-registry",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
    }
}
