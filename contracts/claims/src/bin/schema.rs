//! Writes the contract's JSON schema to `./schema`.

use cosmwasm_schema::write_api;
use vitals_api::claims::{ExecuteMsg, InstantiateMsg, QueryMsg};

fn main() {
    write_api! {
        name: "claims",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
    }
}
