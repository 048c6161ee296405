//! AnchorReceipts, and the queries Receipts and VerifyReceipt.

use cosmwasm_std::{Binary, Uint64};
use vitals_api::consent::receipt::{LogMsg, LogsPage, ReceiptInfo};
use vitals_api::consent::{ExecuteMsg, QueryMsg};
use vitals_core::decision::{Action, GroundRef, Purpose, Role};
use vitals_core::measure::Category;
use vitals_core::receipt::proof::{Consistency, Head, Inclusion};
use vitals_core::receipt::Receipt;
use vitals_core::tree::Hash;

use crate::common::*;

fn receipt(patient: u64, n: u8) -> Receipt {
    Receipt {
        patient,
        at: 1_800_000_000 + u64::from(n),
        salt: [n; 16],
        digest: [n; 32],
        purpose: Some(Purpose::Treatment),
        category: Some(Category::Cardiac),
        action: Action::Read,
        ground: GroundRef::Grant { id: 1 },
        who: "cosmos1clinician".into(),
    }
}

fn log(patient: u64, count: u8) -> Vec<Hash> {
    (0..count)
        .map(|n| receipt(patient, n).leaf().unwrap())
        .collect()
}

/// From the first `from` of these leaves to all.
fn entry(patient: u64, leaves: &[Hash], from: u32) -> LogMsg {
    let head = Head::of(leaves).unwrap();
    LogMsg {
        patient: Uint64::new(patient),
        count: head.count,
        root: Binary::new(head.root.to_vec()),
        proof: Binary::new(Consistency::build(leaves, from).unwrap().to_bytes()),
    }
}

fn anchor(contract: &mut Contract, vault: &str, entries: Vec<LogMsg>) -> Acted {
    contract.act(vault, ExecuteMsg::AnchorReceipts { entries })
}

fn with_vaults() -> (Contract, u64) {
    let (mut contract, patient) = Contract::with_patient();
    contract.credential("vault", Role::VaultOperator);
    contract.credential("second", Role::VaultOperator);
    (contract, patient)
}

fn logs(contract: &Contract, patient: u64, after: Option<String>) -> LogsPage {
    let ask = QueryMsg::Receipts {
        patient: Uint64::new(patient),
        start_after: after,
        limit: Some(1),
    };
    contract.ask(ask).unwrap()
}

fn verify(
    contract: &Contract,
    patient: u64,
    index: u32,
    receipt: &[u8],
    proof: &Inclusion,
) -> Result<ReceiptInfo, consent::ContractError> {
    contract.ask(QueryMsg::VerifyReceipt {
        patient: Uint64::new(patient),
        vault: contract.addr("vault").into(),
        index,
        receipt: Binary::new(receipt.to_vec()),
        proof: Binary::new(proof.to_bytes()),
    })
}

#[test]
fn a_log_grows_head_by_head_and_each_vault_has_its_own() {
    let (mut contract, patient) = with_vaults();
    let leaves = log(patient, 9);
    let mut from = 0;
    for to in [1u32, 2, 5, 8, 9] {
        let entries = vec![entry(patient, &leaves[..to as usize], from)];
        let events = anchor(&mut contract, "vault", entries).unwrap();
        assert_eq!(names(&events), ["receipts_anchored"]);
        from = to;
    }
    let other = vec![entry(patient, &leaves[..3], 0)];
    anchor(&mut contract, "second", other).unwrap();
    let mut counts = Vec::new();
    let mut after = None;
    while let [log] = &logs(&contract, patient, after.clone()).logs[..] {
        counts.push((log.vault.clone(), log.count, log.at));
        after = Some(log.vault.clone());
    }
    let now = contract.now();
    let mut expected = vec![
        (contract.addr("vault").to_string(), 9, now),
        (contract.addr("second").to_string(), 3, now),
    ];
    expected.sort();
    assert_eq!(counts, expected);
}

#[test]
fn receipts_neither_shrink_nor_fork_nor_replay() {
    let (mut contract, patient) = with_vaults();
    let leaves = log(patient, 12);
    let five = entry(patient, &leaves[..5], 0);
    anchor(&mut contract, "vault", vec![five.clone()]).unwrap();
    let mut forked = leaves.clone();
    forked[2] = [9; 32];
    for (lie, expected) in [
        (five, "receipt/count"),
        (entry(patient, &leaves[..4], 0), "receipt/count"),
        (entry(patient, &leaves[..4], 2), "receipt/count"),
        (entry(patient, &leaves, 0), "receipt/nodes"),
        (entry(patient, &leaves, 4), "receipt/nodes"),
        (entry(patient, &leaves, 7), "receipt/root"),
        (entry(patient, &forked, 5), "receipt/root"),
    ] {
        let refused = anchor(&mut contract, "vault", vec![lie]);
        assert_code(refused, expected);
    }
    let good = entry(patient, &leaves, 5);
    anchor(&mut contract, "vault", vec![good.clone()]).unwrap();
    assert_code(anchor(&mut contract, "vault", vec![good]), "receipt/count");
}

#[test]
fn entries_are_1_to_30_of_patients_that_exist_with_roots_and_proofs_of_their_sizes() {
    let (mut contract, patient) = with_vaults();
    let leaves = log(patient, 31);
    let good = entry(patient, &leaves[..1], 0);
    let with = |change: fn(&mut LogMsg)| {
        let mut entry = good.clone();
        change(&mut entry);
        vec![entry]
    };
    let steps = |n: u32| -> Vec<LogMsg> {
        let step = |to: u32| entry(patient, &leaves[..to as usize], to - 1);
        (1..=n).map(step).collect()
    };
    for (entries, expected) in [
        (vec![], "input/length"),
        (steps(31), "input/length"),
        (with(|e| e.root = Binary::new(vec![0; 31])), "input/length"),
        (with(|e| e.proof = Binary::new(vec![])), "input/length"),
        (
            with(|e| e.proof = Binary::new(vec![1; 1_058])),
            "input/length",
        ),
        (with(|e| e.proof = Binary::new(vec![2])), "receipt/proof"),
        (
            with(|e| e.proof = Binary::new(vec![1; 33])),
            "receipt/nodes",
        ),
        (with(|e| e.count = 0), "receipt/count"),
        (with(|e| e.patient = Uint64::new(1)), "state/not_found"),
    ] {
        assert_code(anchor(&mut contract, "vault", entries), expected);
    }
    anchor(&mut contract, "vault", steps(30)).unwrap();
}

#[test]
fn only_a_live_vault_operator_anchors() {
    let (mut contract, patient) = with_vaults();
    let entries = vec![entry(patient, &log(patient, 1), 0)];
    for sender in ["patient", "owner", "stranger"] {
        let refused = anchor(&mut contract, sender, entries.clone());
        assert_code(refused, "consent/not_a_holder");
    }
    contract.advance(DAY_S);
    let refused = anchor(&mut contract, "vault", entries);
    assert_code(refused, "consent/not_a_holder");
}

#[test]
fn a_receipt_is_shown_where_it_is_in_the_log_and_only_there() {
    let (mut contract, patient) = with_vaults();
    let other = contract.enrol("other");
    let leaves = log(patient, 7);
    anchor(&mut contract, "vault", vec![entry(patient, &leaves, 0)]).unwrap();
    let bytes = receipt(patient, 4).to_bytes().unwrap();
    let proof = Inclusion::build(&leaves, 4).unwrap();
    let shown = verify(&contract, patient, 4, &bytes, &proof).unwrap();
    assert_eq!(shown.who, "cosmos1clinician");
    assert_eq!(
        (shown.at, shown.digest),
        (1_800_000_004, vec![4; 32].into())
    );

    let elsewhere = verify(&contract, patient, 5, &bytes, &proof);
    assert_code(elsewhere, "receipt/root");
    assert_code(
        verify(&contract, patient, 7, &bytes, &proof),
        "receipt/index",
    );
    let forged = receipt(patient, 9).to_bytes().unwrap();
    assert_code(
        verify(&contract, patient, 4, &forged, &proof),
        "receipt/root",
    );
    let foreign = verify(&contract, other, 4, &bytes, &proof);
    assert_code(foreign, "consent/receipt_of_another");
    let none = receipt(other, 4).to_bytes().unwrap();
    assert_code(
        verify(&contract, other, 4, &none, &proof),
        "state/not_found",
    );
    let long = verify(&contract, patient, 4, &[1; 337], &proof);
    assert_code(long, "input/length");
    assert_code(
        verify(&contract, patient, 4, &bytes[..9], &proof),
        "format/length",
    );
}
