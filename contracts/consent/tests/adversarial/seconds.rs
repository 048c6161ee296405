//! Those who count on the second, or the order in a block, in which something ends.

use cosmwasm_std::Uint64;
use vitals_api::consent::{DecideMsg, Decision, ExecuteMsg, PackageMsg};
use vitals_core::decision::{GroundRef, Power, Purpose, Role};

use crate::common::*;
use crate::safety::*;

/// The default.
const RECOVERY_DELAY_S: u64 = 3 * DAY_S;

/// A grantee asks, and the patient's key agent writes it keys, in the block in which the grant
/// expires. A validity ends before its last second named: neither goes through, while revoking it
/// still does, since keys outlive it.
#[test]
fn a_grant_that_expires_in_this_block_opens_nothing_and_gets_no_keys() {
    let (mut contract, patient) = Contract::with_patient();
    let mut grant = contract.grant_msg("family");
    grant.valid_until = contract.now() + 60;
    let id = contract.give(patient, grant);
    let ground = GroundRef::Grant { id };
    let rekey = ExecuteMsg::PutPackages {
        patient: Uint64::new(patient),
        packages: vec![PackageMsg {
            grant: Uint64::new(id),
            package: package(1),
        }],
    };
    contract.advance(59);
    assert_eq!(
        contract.decide(patient, "family", Some(ground)),
        permit(ground)
    );
    contract.act("patient", rekey.clone()).unwrap();
    contract.advance(1);
    let asked = contract.decide(patient, "family", Some(ground));
    assert_eq!(refusal_code(&asked), "consent/grant_expired");
    assert_code(contract.act("patient", rekey), "consent/grant_expired");
    contract.act("patient", revoke_msg(patient, id)).unwrap();
    assert!(contract.pending(patient));
}

/// A grantee asks right behind the revocation in the same block: the time is the same, the grant
/// is not.
#[test]
fn nothing_is_permitted_in_the_second_of_the_revocation() {
    let (mut contract, patient) = Contract::with_patient();
    let grant = contract.grant_msg("family");
    let id = contract.give(patient, grant);
    contract.act("patient", revoke_msg(patient, id)).unwrap();
    let asked = contract.decide(patient, "family", Some(GroundRef::Grant { id }));
    assert_eq!(refusal_code(&asked), "consent/grant_revoked");
    assert_eq!(contract.info(patient).raised_at_ms, contract.now() * 1_000);
}

fn reads(contract: &Contract, patient: u64) -> Decision {
    let ground = Some(GroundRef::Emergency { id: 1 });
    contract.decide_on(DecideMsg {
        purpose: Purpose::Emergency,
        ..contract.decide_msg(patient, "responder", ground)
    })
}

/// A responder whose credential ends tomorrow opens an emergency in its last second, for as long as
/// there is, to go on reading without one. It reads for that second.
#[test]
fn an_emergency_opened_in_the_last_second_of_a_credential_ends_with_it() {
    let (mut contract, patient) = Contract::with_patient();
    contract.credential("responder", Role::EmergencyResponder);
    contract.advance(DAY_S - 1);
    let open = emergency_msg(patient, 0, DAY_S);
    contract.act("responder", open).unwrap();
    assert_eq!(
        reads(&contract, patient),
        permit(GroundRef::Emergency { id: 1 })
    );
    contract.advance(1);
    let over = reads(&contract, patient);
    assert_eq!(refusal_code(&over), "consent/credential_missing");
    let again = emergency_msg(patient, 0, 60);
    assert_code(contract.act("responder", again), "consent/not_a_holder");
}

/// In the second in which the delay is over, both the thief's veto and the completion are in the
/// block. Whichever comes first counts, and the other is refused: neither leaves half a recovery.
#[test]
fn of_a_veto_and_a_completion_in_one_block_the_first_counts() {
    for veto_first in [true, false] {
        let (mut contract, patient) = with_recoverers();
        agree(&mut contract, patient, &["b", "c"]);
        contract.advance(RECOVERY_DELAY_S);
        if veto_first {
            veto(&mut contract, patient).unwrap();
            assert_code(complete(&mut contract, patient), "consent/recovery_stage");
        } else {
            complete(&mut contract, patient).unwrap();
            let controller = contract.info(patient).controller;
            assert_eq!(controller, contract.addr("new").as_str());
            assert_code(veto(&mut contract, patient), "consent/not_the_patient");
        }
    }
}

/// A guardian who sides with the thief hurries to be the first to vote for the account all want, to
/// take everything back in the last second of the delay. Once the quorum stands, what the guardians
/// decided is nobody's to take back; the account alone objects.
#[test]
fn who_voted_first_does_not_take_back_what_the_guardians_decided() {
    let (mut contract, patient) = with_recoverers();
    quorum(&mut contract, patient, Power::Recover, 2).unwrap();
    contract.advance(notice_s());
    agree(&mut contract, patient, &["b"]);
    let cancel = ExecuteMsg::CancelRecovery {
        patient: Uint64::new(patient),
    };
    contract.advance(RECOVERY_DELAY_S - 1);
    assert_code(contract.act("a", cancel), "consent/recovery_stage");
    contract.advance(1);
    complete(&mut contract, patient).unwrap();
    assert_eq!(
        contract.info(patient).controller,
        contract.addr("new").as_str()
    );
}
