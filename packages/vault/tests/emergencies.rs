//! Shares to custodians, and to responders while their emergency holds.

mod fixture;

use age::secrecy::ExposeSecret;
use cosmwasm_std::Binary;
use fixture::chain::{now_s, PATIENT};
use fixture::{refused, Running, Setup};
use vitals_api::consent::emergency::{CustodiansInfo, EmergencyPackageMsg, EmergencyPackages};
use vitals_core::decision::GroundRef;
use vitals_core::emergency::EmergencyShare;
use vitals_core::receipt::Receipt;
use vitals_core::shares::IdentitySecret;
use vitals_core::time::Window;
use vitals_vault::Rates;

const CUSTODIAN: &str = "wasm1custodian";
const WINDOW: Window = Window { from: 90, to: 110 };

struct Identity {
    secret: String,
    recipient: String,
}

fn identity() -> Identity {
    let identity = age::x25519::Identity::generate();
    Identity {
        secret: identity.to_string().expose_secret().to_string(),
        recipient: identity.to_public().to_string(),
    }
}

fn share(patient: u64) -> EmergencyShare {
    let secret = IdentitySecret::from_bytes([9; 32]);
    let shares = secret.split(2, 3, [1; 32].into()).unwrap();
    EmergencyShare {
        patient,
        generation: 1,
        window: WINDOW,
        share: shares.into_iter().next().unwrap(),
        package: [5; 32],
    }
}

fn custodians(named: &str, digest: [u8; 32]) -> CustodiansInfo {
    CustodiansInfo {
        custodians: vec![named.into()],
        threshold: 1,
        packages: Some(EmergencyPackages {
            window: WINDOW,
            generation: 1,
            packages: vec![EmergencyPackageMsg {
                custodian: named.into(),
                digest: Binary::new(digest.to_vec()),
            }],
        }),
    }
}

/// A custodian's vault in which the clinician has an open emergency, the identity that the
/// clinician published, and the share's digest.
fn open(of: u64) -> (Running, Identity, [u8; 32]) {
    let (custodian, responder) = (identity(), identity());
    let vault = Running::with(Setup {
        custodian: Some((CUSTODIAN.into(), custodian.secret)),
        ..Setup::with(|config| {
            config.rates = Rates {
                share_burst: 3,
                ..Rates::default()
            }
        })
    });
    let file = share(of).seal(&custodian.recipient).unwrap();
    let digest = vault.client(&vault.patient).put_share(PATIENT, &file);
    let digest = digest.unwrap();
    let who = vault.clinician.address().to_string();
    let mut state = vault.state();
    state.custodians = Some(custodians(CUSTODIAN, digest));
    state.emergencies = vec![(who.clone(), WINDOW, u64::MAX)];
    state.recipients = vec![(who, responder.recipient.clone())];
    drop(state);
    (vault, responder, digest)
}

/// The guardian is an attested custodian, and the chain names the share its own; its account.
fn name_the_guardian(vault: &Running, digest: [u8; 32]) -> String {
    let named = vault.guardian.address().to_string();
    let mut state = vault.state();
    state.custodians = Some(custodians(&named, digest));
    state.attested.insert(named.clone(), u64::MAX);
    named
}

fn receipts(vault: &Running) -> Vec<Receipt> {
    let patient = vault.client(&vault.patient);
    let page = patient.receipts(PATIENT, &GroundRef::Patient {}, None);
    let told = page.unwrap().receipts;
    told.iter()
        .map(|r| Receipt::from_bytes(&r.receipt).unwrap())
        .collect()
}

#[test]
fn a_responder_gets_the_share_sealed_to_itself_and_the_patient_a_receipt() {
    let (vault, responder, digest) = open(PATIENT);
    let file = vault.client(&vault.clinician).emergency_share(PATIENT, 1);
    let opened = EmergencyShare::open(&file.unwrap(), &responder.secret).unwrap();
    assert_eq!((opened.patient, opened.package), (PATIENT, [5; 32]));
    let [receipt] = &receipts(&vault)[..] else {
        panic!("one receipt is due");
    };
    assert_eq!(receipt.ground, GroundRef::Emergency { id: 1 });
    assert_eq!(receipt.digest, digest);
    assert_eq!(receipt.who, vault.clinician.address());
}

#[test]
fn nobody_but_the_responder_is_given_a_share_and_nobody_once_the_emergency_is_over() {
    let (vault, _, _) = open(PATIENT);
    for other in [&vault.sealer, &vault.guardian] {
        let got = vault.client(other).emergency_share(PATIENT, 1);
        assert_eq!(refused(got), (403, "consent/not_the_responder".into()));
    }
    let clinician = vault.client(&vault.clinician);
    let none = clinician.emergency_share(PATIENT, 2);
    assert_eq!(refused(none), (404, "state/not_found".into()));
    vault.state().emergencies[0].2 = now_s() - 1;
    let late = clinician.emergency_share(PATIENT, 1);
    assert_eq!(refused(late), (403, "consent/emergency_over".into()));
    assert!(receipts(&vault).is_empty());
}

#[test]
fn a_share_of_another_patient_put_under_this_one_is_not_opened() {
    let (vault, _, _) = open(PATIENT + 1);
    let got = vault.client(&vault.clinician).emergency_share(PATIENT, 1);
    assert_eq!(refused(got), (403, "vault/share_of_another".into()));
    assert!(receipts(&vault).is_empty());
}

#[test]
fn a_responder_without_a_recipient_and_a_custodian_without_a_share_are_told_so() {
    let (vault, _, _) = open(PATIENT);
    let clinician = vault.client(&vault.clinician);
    vault.state().recipients.clear();
    let got = clinician.emergency_share(PATIENT, 1);
    assert_eq!(refused(got), (409, "vault/no_recipient".into()));
    vault.state().custodians = None;
    let got = clinician.emergency_share(PATIENT, 1);
    assert_eq!(refused(got), (404, "vault/not_found".into()));
}

#[test]
fn a_responder_is_given_few_shares_at_once() {
    let (vault, _, _) = open(PATIENT);
    let clinician = vault.client(&vault.clinician);
    for _ in 0..3 {
        clinician.emergency_share(PATIENT, 1).unwrap();
    }
    let got = clinician.emergency_share(PATIENT, 1);
    assert_eq!(refused(got), (429, "vault/rate".into()));
}

#[test]
fn a_vault_that_is_no_custodian_opens_no_share() {
    let vault = Running::start();
    let got = vault.client(&vault.clinician).emergency_share(PATIENT, 1);
    assert_eq!(refused(got), (404, "vault/not_found".into()));
}

#[test]
fn the_emergency_package_is_the_responder_s_while_the_emergency_holds() {
    let (vault, _, _) = open(PATIENT);
    let digest = vault
        .client(&vault.patient)
        .put_package(PATIENT, b"emergency package")
        .unwrap();
    let read = |who| vault.client(who).emergency_package(PATIENT, 1, &digest);
    assert_eq!(read(&vault.clinician).unwrap(), b"emergency package");
    let other = read(&vault.sealer);
    assert_eq!(refused(other), (403, "consent/not_the_responder".into()));
    vault.state().emergencies[0].2 = now_s() - 1;
    let late = read(&vault.clinician);
    assert_eq!(refused(late), (403, "consent/emergency_over".into()));
}

#[test]
fn a_share_is_for_the_custodian_that_the_chain_names_and_for_the_patient() {
    let (vault, _, digest) = open(PATIENT);
    let read = |who| vault.client(who).read_share(PATIENT, &digest);
    read(&vault.patient).unwrap();
    let stranger = read(&vault.guardian);
    assert_eq!(refused(stranger), (403, "consent/not_the_patient".into()));
    let named = name_the_guardian(&vault, digest);
    read(&vault.guardian).unwrap();
    vault.state().custodians = Some(custodians(&named, [1; 32]));
    let old = read(&vault.guardian);
    assert_eq!(refused(old), (403, "consent/not_the_patient".into()));
    let put = vault.client(&vault.guardian).put_share(PATIENT, b"share");
    assert_eq!(refused(put), (403, "consent/not_the_patient".into()));
    let who: Vec<String> = receipts(&vault).into_iter().map(|r| r.who).collect();
    assert_eq!(who, [vault.patient.address(), &named]);
}

/// A denial of the account beats everything, the patient's own naming of it too.
#[test]
fn a_custodian_whom_the_patient_denied_is_given_its_share_no_more() {
    let (vault, _, digest) = open(PATIENT);
    let named = name_the_guardian(&vault, digest);
    let read = |who| vault.client(who).read_share(PATIENT, &digest);
    read(&vault.guardian).unwrap();
    vault.state().denied = vec![named];
    let denied = read(&vault.guardian);
    assert_eq!(refused(denied), (403, "consent/account_denied".into()));
    read(&vault.patient).unwrap();
    assert_eq!(receipts(&vault).len(), 2);
}

/// The chain names it until the patient names others: a custodian is an account with the credential.
#[test]
fn a_custodian_whose_credential_is_over_is_given_its_share_no_more() {
    let (vault, _, digest) = open(PATIENT);
    let named = name_the_guardian(&vault, digest);
    let read = |who| vault.client(who).read_share(PATIENT, &digest);
    read(&vault.guardian).unwrap();
    vault.state().attested.insert(named.clone(), now_s() - 1);
    let expired = read(&vault.guardian);
    assert_eq!(refused(expired), (403, "vault/not_a_custodian".into()));
    vault.state().attested.clear();
    let withdrawn = read(&vault.guardian);
    assert_eq!(refused(withdrawn), (403, "vault/not_a_custodian".into()));
    read(&vault.patient).unwrap();
    assert_eq!(receipts(&vault).len(), 2);
}

/// Whether its own credential was renewed in time is no matter of somebody in an emergency.
#[test]
fn a_custodian_whose_credential_is_over_opens_its_share_to_a_responder() {
    let (vault, responder, _) = open(PATIENT);
    assert!(vault.state().attested.is_empty());
    let file = vault.client(&vault.clinician).emergency_share(PATIENT, 1);
    EmergencyShare::open(&file.unwrap(), &responder.secret).unwrap();
}
