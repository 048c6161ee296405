//! The owner's pause: it stops new patients and new grants, and nothing else.

use cosmwasm_std::Uint64;
use vitals_api::admin::{AdminInfo, AdminMsg};
use vitals_api::consent::{ExecuteMsg, PackageMsg, QueryMsg};
use vitals_core::decision::{Power, Role};

use crate::common::*;

fn admin(contract: &mut Contract, sender: &str, msg: AdminMsg) -> Acted {
    contract.act(sender, ExecuteMsg::Admin(msg))
}

#[test]
fn a_pause_stops_enrolment_and_grants_until_it_is_lifted() {
    let (mut contract, patient) = Contract::with_patient();
    admin(&mut contract, "owner", AdminMsg::Pause {}).unwrap();
    let grant = contract.grant_msg("clinician");
    assert_code(contract.act("other", ExecuteMsg::Enrol {}), "admin/paused");
    let refused = contract.act("patient", grant_of(patient, grant.clone()));
    assert_code(refused, "admin/paused");
    admin(&mut contract, "owner", AdminMsg::Resume {}).unwrap();
    contract.enrol("other");
    contract.give(patient, grant);
}

#[test]
fn a_pause_stops_nothing_else() {
    let (mut contract, patient) = Contract::with_patient();
    let grants = [contract.grant_msg("clinician"), contract.grant_msg("other")];
    let [first, _] = grants.map(|grant| contract.give(patient, grant));
    admin(&mut contract, "owner", AdminMsg::Pause {}).unwrap();

    contract.credential("clinician", Role::Clinician);
    contract.appoint(patient, "guardian", &[Power::Read]);
    let package = PackageMsg {
        grant: Uint64::new(first),
        package: package(1),
    };
    let msgs = [
        ExecuteMsg::SetRecipient {
            recipient: RECIPIENT.into(),
        },
        ExecuteMsg::PutPackages {
            patient: Uint64::new(patient),
            packages: vec![package],
        },
        revoke_msg(patient, first),
        open_msg(patient, 2),
        contract.deny_msg(patient, "other"),
        contract.allow_msg(patient, "other"),
        ExecuteMsg::DismissGuardian {
            patient: Uint64::new(patient),
            guardian: contract.addr("guardian").into(),
        },
    ];
    for msg in msgs {
        contract.act("patient", msg).unwrap();
    }
    let withdraw = ExecuteMsg::WithdrawCredential {
        account: contract.addr("clinician").into(),
        role: Role::Clinician,
    };
    contract.act("board", withdraw).unwrap();
    let remove = ExecuteMsg::RemoveIssuer {
        issuer: contract.addr("board").into(),
    };
    contract.act("owner", remove).unwrap();
}

#[test]
fn the_owner_changes_in_two_steps() {
    let mut contract = Contract::new();
    let propose = AdminMsg::ProposeOwner {
        owner: contract.addr("other").into(),
    };
    admin(&mut contract, "owner", propose).unwrap();
    let info: AdminInfo = contract.ask(QueryMsg::Admin {}).unwrap();
    assert_eq!(info.owner, contract.addr("owner").as_str());
    assert_eq!(info.pending_owner, Some(contract.addr("other").into()));
    admin(&mut contract, "other", AdminMsg::AcceptOwner {}).unwrap();
    assert_code(
        admin(&mut contract, "owner", AdminMsg::Pause {}),
        "admin/not_owner",
    );
}
