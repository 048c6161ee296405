//! Writes the contract's JSON schema to `./schema`.

use cosmwasm_schema::write_api;
use vitals_api::anchor::{ExecuteMsg, InstantiateMsg, QueryMsg};

fn main() {
    write_api! {
        name: "vitals-anchor",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
    }
}
