//! Writes the contract's JSON schema to `./schema`.

use cosmwasm_schema::write_api;
use vitals_api::consent::{ExecuteMsg, InstantiateMsg, MigrateMsg, QueryMsg};

fn main() {
    write_api! {
        name: "consent",
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
        migrate: MigrateMsg,
    }
}
