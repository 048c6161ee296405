//! What is refused at the edge, of every message: coins, and addresses in a second spelling.

use consent::contract::instantiate;
use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use vitals_api::consent::recovery::Timing;
use vitals_api::consent::{ExecuteMsg, InstantiateMsg, Party};

use crate::common::*;
use crate::table::{scene, scene_for, table};

#[test]
fn stray_coins_are_refused_with_every_message_by_whoever_may_send_it() {
    let (contract, patient) = scene();
    let coins = cosmwasm_std::coins(1, "uvital");
    for (row, (_, may)) in table(&contract, patient).into_iter().enumerate() {
        let (mut contract, patient) = scene_for(row);
        let (msg, _) = table(&contract, patient).swap_remove(row);
        let refused = contract.act_with(may[0], msg.clone(), &coins);
        assert_code(refused, "input/funds");
        contract.act(may[0], msg).unwrap();
    }
}

#[test]
fn an_address_in_upper_case_is_refused_wherever_a_message_carries_one() {
    let (contract, patient) = scene();
    let upper = |name: &str| contract.addr(name).as_str().to_uppercase();
    let mut seen = 0;
    for (msg, may) in table(&contract, patient) {
        let Some(msg) = with_address(msg, upper("other")) else {
            continue;
        };
        let (mut contract, _) = scene();
        assert_code(contract.act(may[0], msg), "input/address");
        seen += 1;
    }
    assert_eq!(seen, 12, "messages that carry an address");
}

/// The message with another address in it, where it carries one.
fn with_address(msg: ExecuteMsg, address: String) -> Option<ExecuteMsg> {
    let mut msg = msg;
    match &mut msg {
        ExecuteMsg::AdmitIssuer { issuer: field, .. }
        | ExecuteMsg::RemoveIssuer { issuer: field }
        | ExecuteMsg::IssueCredential { account: field, .. }
        | ExecuteMsg::WithdrawCredential { account: field, .. }
        | ExecuteMsg::AppointGuardian {
            guardian: field, ..
        }
        | ExecuteMsg::DismissGuardian {
            guardian: field, ..
        }
        | ExecuteMsg::InviteMember { account: field, .. }
        | ExecuteMsg::RemoveMember { account: field, .. }
        | ExecuteMsg::ProposeTeamAdmin { admin: field, .. } => *field = address,
        ExecuteMsg::Deny { whom: field, .. } | ExecuteMsg::Allow { whom: field, .. } => {
            *field = Party::Account(address);
        }
        ExecuteMsg::Grant { grant, .. } => grant.grantee = Party::Account(address),
        _ => return None,
    }
    Some(msg)
}

#[test]
fn an_owner_is_an_address_and_instantiating_takes_no_coins() {
    let mut deps = mock_dependencies();
    let owner = deps.api.addr_make("owner");
    let mut create = |owner_text: String, funds: &[cosmwasm_std::Coin]| {
        let msg = InstantiateMsg {
            owner: owner_text,
            timing: Timing::default(),
        };
        let info = message_info(&owner, funds);
        instantiate(deps.as_mut(), mock_env(), info, msg).map(|_| ())
    };
    assert_code(create(owner.as_str().to_uppercase(), &[]), "input/address");
    let coins = cosmwasm_std::coins(1, "uvital");
    assert_code(create(owner.to_string(), &coins), "input/funds");
    assert_eq!(create(owner.to_string(), &[]), Ok(()));
}
