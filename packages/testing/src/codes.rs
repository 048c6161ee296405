//! Where the suite takes the contracts' codes from.

use cosmwasm_std::Empty;
use cw_multi_test::{Contract, ContractWrapper};

/// A contract's code as cw-multi-test takes it.
pub type Code = Box<dyn Contract<Empty>>;

/// The five contracts' codes, in the order in which they are instantiated.
pub struct Codes {
    pub consent: Code,
    pub registry: Code,
    pub anchor: Code,
    pub care: Code,
    pub claims: Code,
}

/// A contract crate's entry points in this process.
macro_rules! native {
    ($contract:ident) => {
        ContractWrapper::new(
            ::$contract::contract::execute,
            ::$contract::contract::instantiate,
            ::$contract::contract::query,
        )
        .with_migrate(::$contract::contract::migrate)
    };
}

impl Codes {
    /// The contracts of this workspace as they are compiled into the test.
    pub fn native() -> Self {
        Self {
            consent: Box::new(native!(consent).with_reply(::consent::contract::reply)),
            registry: Box::new(native!(device_registry)),
            anchor: Box::new(native!(vitals_anchor)),
            care: Box::new(native!(care)),
            claims: Box::new(native!(claims).with_reply(::claims::contract::reply)),
        }
    }
}
