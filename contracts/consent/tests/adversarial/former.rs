//! Those who had something and lost it.

use cosmwasm_std::Uint64;
use vitals_api::admin::{AdminInfo, AdminMsg};
use vitals_api::consent::{DecideMsg, Decision, ExecuteMsg, Party, QueryMsg};
use vitals_core::decision::{Action, GroundRef, Power, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::set::Member;

use crate::common::*;

/// A clinician who held a grant, was in a team that held one, and was a guardian.
fn with_clinician() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    contract.credential("clinician", Role::Clinician);
    contract.team("admin", &["clinician"]);
    let mut own = contract.grant_msg("clinician");
    own.purposes = Purpose::ALL.to_vec();
    own.actions = Action::ALL.to_vec();
    own.categories = Category::ALL.to_vec();
    let mut of_team = own.clone();
    of_team.grantee = Party::Team(Uint64::one());
    contract.give(patient, own);
    contract.give(patient, of_team);
    contract.appoint(patient, "clinician", Power::ALL);
    (contract, patient)
}

fn take_everything(contract: &mut Contract, patient: u64) {
    let clinician = contract.addr("clinician").to_string();
    contract.act("patient", revoke_msg(patient, 1)).unwrap();
    let dismiss = ExecuteMsg::DismissGuardian {
        patient: Uint64::new(patient),
        guardian: clinician.clone(),
    };
    contract.act("patient", dismiss).unwrap();
    let remove = ExecuteMsg::RemoveMember {
        team: Uint64::one(),
        account: clinician.clone(),
    };
    contract.act("admin", remove).unwrap();
    let withdraw = ExecuteMsg::WithdrawCredential {
        account: clinician,
        role: Role::Clinician,
    };
    contract.act("board", withdraw).unwrap();
}

/// Of all requests there are, how many each of the grounds it once had permits.
fn permitted(contract: &Contract, patient: u64) -> usize {
    let grounds = [
        None,
        Some(GroundRef::Patient {}),
        Some(GroundRef::Guardian {}),
        Some(GroundRef::Grant { id: 1 }),
        Some(GroundRef::Grant { id: 2 }),
    ];
    let mut permitted = 0;
    for ground in grounds {
        for (purpose, category, action) in every_request() {
            let decided = contract.decide_on(DecideMsg {
                purpose,
                category,
                action,
                ..contract.decide_msg(patient, "clinician", ground)
            });
            permitted += usize::from(matches!(decided, Decision::Permit { .. }));
        }
    }
    permitted
}

fn every_request() -> impl Iterator<Item = (Purpose, Category, Action)> {
    Purpose::ALL.iter().flat_map(|purpose| {
        let of = move |category: &Category| {
            let category = *category;
            Action::ALL
                .iter()
                .map(move |action| (*purpose, category, *action))
        };
        Category::ALL.iter().flat_map(of)
    })
}

/// A clinician who is let go tries every ground it ever had, and none, for every purpose, kind of
/// data and action. Nothing is left, in the very second in which the last was taken.
#[test]
fn a_former_clinician_has_nothing_left_on_any_ground() {
    let (mut contract, patient) = with_clinician();
    assert!(permitted(&contract, patient) > 0);
    take_everything(&mut contract, patient);
    assert_eq!(permitted(&contract, patient), 0);
}

/// Somebody was proposed as a team's next admin, and then another in its place. The first accepts
/// late, to have a team that patients granted to.
#[test]
fn who_was_passed_over_as_a_teams_admin_takes_nothing_over() {
    let mut contract = Contract::new();
    contract.team("admin", &["member"]);
    for next in ["first", "second"] {
        let next = contract.addr(next).to_string();
        contract.act("admin", propose_msg(1, next)).unwrap();
    }
    let accept = ExecuteMsg::AcceptTeamAdmin {
        team: Uint64::one(),
    };
    let late = contract.act("first", accept.clone());
    assert_code(late, "consent/not_the_proposed_admin");
    contract.act("second", accept.clone()).unwrap();
    let again = contract.act("second", accept);
    assert_code(again, "consent/not_the_proposed_admin");
    let invite = invite_msg(&contract, 1, "accomplice");
    let former = contract.act("admin", invite);
    assert_code(former, "consent/not_the_team_admin");
}

/// An admin invites an accomplice and hands the team over before it accepts. The invitation is the
/// team's, and the next admin withdraws it.
#[test]
fn an_invitation_of_the_admin_before_is_withdrawn_by_the_next() {
    let mut contract = Contract::new();
    contract.team("admin", &[]);
    let invite = invite_msg(&contract, 1, "accomplice");
    contract.act("admin", invite).unwrap();
    let next = contract.addr("next").to_string();
    contract.act("admin", propose_msg(1, next)).unwrap();
    let accept = ExecuteMsg::AcceptTeamAdmin {
        team: Uint64::one(),
    };
    contract.act("next", accept).unwrap();
    let withdraw = ExecuteMsg::RemoveMember {
        team: Uint64::one(),
        account: contract.addr("accomplice").into(),
    };
    contract.act("next", withdraw).unwrap();
    let joins = contract.act("accomplice", join_msg(1));
    assert_code(joins, "consent/not_invited");
}

/// The same of the contract's owner, who admits those that attest. Who was proposed and passed
/// over does not become it, and who handed it over proposes nobody any more.
#[test]
fn who_was_passed_over_or_handed_over_is_not_the_owner() {
    let mut contract = Contract::new();
    let propose = |contract: &mut Contract, sender: &str, owner: &str| {
        let owner = contract.addr(owner).to_string();
        contract.act(sender, ExecuteMsg::Admin(AdminMsg::ProposeOwner { owner }))
    };
    propose(&mut contract, "owner", "first").unwrap();
    propose(&mut contract, "owner", "second").unwrap();
    let accept = ExecuteMsg::Admin(AdminMsg::AcceptOwner {});
    let late = contract.act("first", accept.clone());
    assert_code(late, "admin/not_pending_owner");
    contract.act("second", accept.clone()).unwrap();
    let again = propose(&mut contract, "owner", "owner");
    assert_code(again, "admin/not_owner");
    let info: AdminInfo = contract.ask(QueryMsg::Admin {}).unwrap();
    assert_eq!(info.owner, contract.addr("second").as_str());
    assert_eq!(info.pending_owner, None);
}
