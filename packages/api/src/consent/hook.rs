//! What consent tells its subscribers: contracts the owner lists, at most [`MAX_HOOKS`].
//!
//! A subscriber gives its `ExecuteMsg` one variant `ConsentHook(ConsentHookMsg)` and accepts it
//! from the consent contract of its deployment only. Whatever it answers, the caller of consent
//! is not held up: a failure, exhaustion of gas included, is an event `hook_failed` there.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{to_json_binary, Binary, StdResult, Uint64};
use vitals_core::decision::Seconds;

/// Subscribers at most.
pub const MAX_HOOKS: usize = 4;

/// What happened.
#[cw_serde]
pub enum ConsentHookMsg {
    /// A responder opened an emergency; the patient and its guardians are to be told.
    EmergencyOpened {
        patient: Uint64,
        /// Its number among the patient's.
        emergency: Uint64,
        responder: String,
        /// First second it no longer holds.
        until: Seconds,
    },
}

/// The message as a subscriber's `ExecuteMsg` reads it.
#[cw_serde]
enum Receiver {
    ConsentHook(ConsentHookMsg),
}

impl ConsentHookMsg {
    /// The JSON of the subscriber's variant `ConsentHook`.
    pub fn into_binary(self) -> StdResult<Binary> {
        to_json_binary(&Receiver::ConsentHook(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_reads_one_variant_of_its_own_message() {
        let told = ConsentHookMsg::EmergencyOpened {
            patient: Uint64::new(u64::MAX),
            emergency: Uint64::one(),
            responder: "cosmos1responder".into(),
            until: 5,
        };
        let expected = concat!(
            r#"{"consent_hook":{"emergency_opened":{"patient":"18446744073709551615","#,
            r#""emergency":"1","responder":"cosmos1responder","until":5}}}"#
        );
        let binary = told.into_binary().unwrap();
        assert_eq!(String::from_utf8(binary.to_vec()).unwrap(), expected);
    }
}
