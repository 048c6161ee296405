//! Delays and deadlines at their floors and ceilings.

use consent::contract::instantiate;
use consent::ContractError;
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use vitals_api::consent::recovery::Timing;
use vitals_api::consent::InstantiateMsg;

use crate::common::*;

fn create(timing: Timing) -> Result<(), ContractError> {
    let mut deps = mock_dependencies();
    let owner = deps.api.addr_make("owner");
    let msg = InstantiateMsg {
        owner: owner.to_string(),
        timing,
    };
    let info = message_info(&owner, &[]);
    instantiate(deps.as_mut(), mock_env(), info, msg).map(|_| ())
}

type Set = fn(&mut Timing, u64);

#[test]
fn every_delay_keeps_to_its_floor_and_ceiling() {
    let fields: [(Set, u64, u64); 4] = [
        (|t, s| t.recovery_delay_s = s, 3_600, 7_776_000),
        (|t, s| t.override_delay_s = s, 3_600, 7_776_000),
        (|t, s| t.review_within_s = s, 60, 7_776_000),
        (|t, s| t.max_emergency_s = s, 60, 86_400),
    ];
    for (set, least, most) in fields {
        for (seconds, good) in [
            (0, false),
            (least - 1, false),
            (least, true),
            (most, true),
            (most + 1, false),
            (u64::MAX, false),
        ] {
            let mut timing = Timing::default();
            set(&mut timing, seconds);
            let created = create(timing.clone());
            match good {
                true => assert_eq!(created, Ok(()), "{timing:?}"),
                false => assert_code(created, "consent/out_of_bounds"),
            }
        }
    }
}
