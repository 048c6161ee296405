//! One file a message.

use cosmwasm_std::{Addr, Api, QuerierWrapper, Timestamp};
use vitals_api::block::millis;
use vitals_core::decision::Seconds;
use vitals_core::time::Millis;

pub mod acknowledge;
pub mod acknowledge_plan;
pub mod consent_hook;
pub mod escalate;
pub mod raise_alert;
pub mod record_adherence;
pub mod resolve;
pub mod set_ladder;
pub mod withdraw_plan;
pub mod write_plan;

/// What a handler knows of the call.
pub struct Call<'a> {
    pub api: &'a dyn Api,
    pub querier: QuerierWrapper<'a>,
    pub sender: &'a Addr,
    pub time: Timestamp,
}

impl Call<'_> {
    pub fn now_s(&self) -> Seconds {
        self.time.seconds()
    }

    pub fn now_ms(&self) -> Millis {
        millis(self.time)
    }
}
