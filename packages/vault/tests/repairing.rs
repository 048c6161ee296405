//! A vault is lost for good, another damaged, and the third brings all of it back.

mod fixture;

use fixture::chain::care::{alert_info, plan_info};
use fixture::chain::PATIENT;
use fixture::{deployment, ground, place, Running, Setup, GRANTED, READING, ROOM, SEALED};
use vitals_api::consent::emergency::{CustodiansInfo, EmergencyPackageMsg, EmergencyPackages};
use vitals_chain_client::Wallet;
use vitals_core::decision::{GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::{epoch_start, Window};
use vitals_vault_client::{repair, Copy, Found, Item, Period, Scope, VaultClient, VaultError};

const PATIENTS: GroundRef = GroundRef::Patient {};

fn named(name: &str) -> Setup {
    Setup {
        name: Some(name.into()),
        ..Setup::with(|config| config.max_patient_bytes = 4 * ROOM * 4_096)
    }
}

fn run(vaults: &[&Running], who: &Wallet, ground: GroundRef) -> Vec<Found> {
    let clients: Vec<VaultClient<&Wallet>> = vaults.iter().map(|v| v.client(who)).collect();
    let at = deployment();
    let scope = Scope {
        deployment: &at,
        patient: PATIENT,
        ground,
        purpose: Purpose::Treatment,
    };
    let mut found = Vec::new();
    let chain = vaults[0].chain.clone();
    repair(&clients, chain.as_ref(), &scope, |one| {
        found.push(one.clone())
    })
    .unwrap();
    found
}

/// One of everything that the chain points to, at this vault.
fn fill(vault: &Running) {
    let patient = vault.client(&vault.patient);
    vault.anchored(GRANTED.from, &SEALED);
    let package = patient.put_package(PATIENT, b"keys").unwrap();
    let share = patient.put_share(PATIENT, b"share").unwrap();
    let plan = patient.put_plan(PATIENT, Category::Cardiac, &PATIENTS, &[3; 200]);
    let detail = patient.put_blob(place(101), &PATIENTS, &[9; 64]).unwrap();
    let mut state = vault.state();
    state.grants[0].2 = Some(package);
    state.plans = vec![plan_info(1, "wasm1c", plan.unwrap(), &[Category::Cardiac])];
    state.alerts = vec![alert_info(9, epoch_start(101), detail)];
    state.custodians = Some(CustodiansInfo {
        custodians: vec!["wasm1custodian".into()],
        threshold: 1,
        packages: Some(EmergencyPackages {
            window: Window::one(1),
            generation: 1,
            packages: vec![EmergencyPackageMsg {
                custodian: "wasm1custodian".into(),
                digest: share.to_vec().into(),
            }],
        }),
    });
}

fn copies(found: &[Found]) -> Vec<Vec<&Copy>> {
    let of = |one: &'_ Found| -> usize { one.copies.len() };
    assert!(found.iter().all(|one| of(one) == of(&found[0])));
    found
        .iter()
        .map(|one| one.copies.iter().map(|(_, copy)| copy).collect())
        .collect()
}

#[test]
fn everything_a_lost_vault_had_is_brought_back_and_a_second_run_finds_it_whole() {
    let whole = Running::with(named("whole"));
    fill(&whole);
    let new = whole.beside(named("new"));
    let found = run(&[&new, &whole], &whole.patient, PATIENTS);
    assert_eq!(found.len(), 5, "{found:?}");
    let from = || Copy::Restored {
        from: "whole".into(),
    };
    for pair in copies(&found) {
        assert_eq!(pair, [&from(), &Copy::Whole]);
    }
    drop(whole);
    let again = run(&[&new], &new.patient, PATIENTS);
    assert!(copies(&again).iter().all(|one| *one == [&Copy::Whole]));
}

#[test]
fn a_damaged_copy_is_replaced_and_served_again() {
    let [one, two] = [named("one"), named("two")];
    let one = Running::with(one);
    let (id, digest) = one.anchored(GRANTED.from, &SEALED);
    let two = one.beside(two);
    two.client(&two.patient)
        .put_blob(place(GRANTED.from), &PATIENTS, &SEALED)
        .unwrap();
    let file = format!("objects/blobs/5/cardiac/100/{}", hex::encode(digest));
    std::fs::write(one.dir.path().join(file), [0; 64]).unwrap();
    let found = run(&[&one, &two], &one.patient, PATIENTS);
    let restored = Copy::Restored { from: "two".into() };
    assert_eq!(copies(&found), [[&restored, &Copy::Whole]]);
    let clinician = one.client(&one.clinician);
    let read = clinician.read_batch(&id, &digest, Purpose::Treatment, &ground(READING));
    assert_eq!(read.unwrap(), SEALED);
}

#[test]
fn what_the_patient_erased_at_a_vault_is_not_brought_back_to_it() {
    let one = Running::with(named("one"));
    one.anchored(GRANTED.from, &SEALED);
    let two = one.beside(named("two"));
    run(&[&one, &two], &one.patient, PATIENTS);
    let patient = one.client(&one.patient);
    patient.erase(PATIENT, &Period::default()).unwrap();
    let found = run(&[&one, &two], &one.patient, PATIENTS);
    assert_eq!(copies(&found), [[&Copy::Erased, &Copy::Whole]]);
}

#[test]
fn what_no_vault_has_and_what_a_reader_may_not_put_is_told() {
    let one = Running::with(named("one"));
    let (_, digest) = one.anchored(GRANTED.from, &SEALED);
    let two = one.beside(named("two"));
    let by_reader = run(&[&one, &two], &one.clinician, ground(READING));
    let code = |copy: &Copy| match copy {
        Copy::Missing(VaultError::Refused { code, .. }) => code.clone(),
        other => panic!("{other:?}"),
    };
    let pair = &copies(&by_reader)[0];
    assert_eq!(pair[0], &Copy::Whole);
    assert_eq!(code(pair[1]), "consent/action_not_granted");
    let file = format!("objects/blobs/5/cardiac/100/{}", hex::encode(digest));
    std::fs::remove_file(one.dir.path().join(file)).unwrap();
    let lost = run(&[&one, &two], &one.patient, PATIENTS);
    assert!(matches!(lost[0].item, Item::Batch(_)));
    assert!(copies(&lost)[0]
        .iter()
        .all(|copy| code(copy) == "vault/not_found"));
}
