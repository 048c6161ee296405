//! A deployment of release 0.1.0, from its kept artifacts, with state in it. Messages are JSON as
//! 0.1.0 took it: the types have moved on since.

use cosmwasm_std::{Addr, Binary};
use cw_multi_test::{AppResponse, Executor};
use serde_json::{json, Value};
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Measure;
use vitals_core::measured::{GapNotice, GapReason};
use vitals_core::signing::{deployment_id, Domain};
use vitals_testing::device::TestBatch;
use vitals_testing::suite::{number, Contracts, Refused};
use vitals_testing::{Code, Codes, Suite, TestDevice};
use vitals_testing_vm::{artifacts, Meter};

use crate::common::released;
use crate::cover::{claim, insurance};

const YEAR_S: u64 = 31_536_000;
/// A heart rate of 130, above the product's threshold of 120.
const HIGH: i64 = 1_300;
const MAKER_SEED: [u8; 32] = [200; 32];

/// 0.1.0 with a patient, what the patient allowed, a device, its data, alerts and a policy.
pub struct Past {
    pub suite: Suite,
    pub patient: u64,
    pub device: TestDevice,
    /// An anchored episode that no claim was paid for yet.
    pub episode: TestBatch,
    /// 0.1.0's code numbers.
    pub code: CodeIds,
}

/// The first grant is the clinician's, to read and to receive alerts; the second the gateway's, to
/// seal.
pub const READING: u64 = 1;
pub const SEALING: u64 = 2;

/// Code numbers in the order consent, registry, anchor, care, claims.
#[derive(Clone, Copy)]
pub struct CodeIds(pub [u64; 5]);

impl CodeIds {
    pub fn store(suite: &mut Suite, codes: Codes) -> Self {
        let mut store = |code: Code| suite.app.store_code(code);
        Self([
            store(codes.consent),
            store(codes.registry),
            store(codes.anchor),
            store(codes.care),
            store(codes.claims),
        ])
    }
}

pub fn contracts(suite: &Suite) -> [Addr; 5] {
    let at = &suite.at;
    [&at.consent, &at.registry, &at.anchor, &at.care, &at.claims].map(Addr::clone)
}

impl Past {
    pub fn new() -> Self {
        let (mut suite, code) = instantiated();
        let patient = people(&mut suite);
        let mut device = paired(&mut suite, patient);
        alerts(&mut suite, patient, &mut device);
        insurance(&mut suite, patient);
        // the product's waiting period
        suite.advance(3_600);
        let first = episode(&mut suite, &mut device);
        let claim = claim(patient, &first);
        let at = suite.at.claims.clone();
        send(&mut suite, "patient", &at, claim).unwrap();
        gap(&mut suite, &mut device);
        let episode = episode(&mut suite, &mut device);
        Self {
            suite,
            patient,
            device,
            episode,
            code,
        }
    }

    pub fn send(&mut self, sender: &str, at: &Addr, msg: Value) -> Result<AppResponse, Refused> {
        send(&mut self.suite, sender, at, msg)
    }
}

pub fn send(suite: &mut Suite, who: &str, at: &Addr, msg: Value) -> Result<AppResponse, Refused> {
    suite.execute(who, at, &msg)
}

fn instantiated() -> (Suite, CodeIds) {
    let app = Suite::chain();
    let nowhere = app.api().addr_make("nowhere");
    let mut suite = Suite {
        app,
        at: Contracts {
            consent: nowhere.clone(),
            registry: nowhere.clone(),
            anchor: nowhere.clone(),
            care: nowhere.clone(),
            claims: nowhere,
        },
        deployment: [0; 32],
    };
    let codes = artifacts(&released("0.1.0"), &Meter::default()).unwrap();
    let code = CodeIds::store(&mut suite, codes);
    let owner = suite.actor("owner");
    let mut create = |place: usize, mut msg: Value| {
        msg["owner"] = owner.as_str().into();
        let (id, admin) = (code.0[place], Some(owner.to_string()));
        suite
            .app
            .instantiate_contract(id, owner.clone(), &msg, &[], "0.1.0", admin)
            .unwrap()
    };
    let consent = create(0, json!({}));
    let registry = create(1, json!({ "consent": consent }));
    let wired = json!({ "consent": consent, "registry": registry });
    let anchor = create(2, wired.clone());
    let mut terms = wired.clone();
    terms["cooldown_s"] = 60.into();
    terms["min_tier_s"] = 1.into();
    let care = create(3, terms);
    let mut wired = wired;
    wired["anchor"] = anchor.as_str().into();
    let claims = create(4, wired);
    suite.deployment = deployment_id(&suite.app.block_info().chain_id, registry.as_str());
    suite.at = Contracts {
        consent,
        registry,
        anchor,
        care,
        claims,
    };
    (suite, code)
}

fn people(suite: &mut Suite) -> u64 {
    let at = suite.at.consent.clone();
    let until = suite.now_s() + YEAR_S;
    let [board, clinician, insurer, guardian, gateway, stranger] = [
        "board",
        "clinician",
        "insurer",
        "guardian",
        "gateway",
        "stranger",
    ]
    .map(|name| suite.actor(name));
    let admit = json!({ "admit_issuer": { "issuer": board, "roles": ["clinician", "insurer"] } });
    send(suite, "owner", &at, admit).unwrap();
    for (account, role) in [(&clinician, "clinician"), (&insurer, "insurer")] {
        let issue = json!({ "account": account, "role": role, "until": until });
        send(suite, "board", &at, json!({ "issue_credential": issue })).unwrap();
    }
    let enrolled = send(suite, "patient", &at, json!({ "enrol": {} })).unwrap();
    let patient = number(&enrolled.events, "enrolled", "patient");
    let number = patient.to_string();
    let appoint = json!({ "patient": number, "guardian": guardian, "until": until,
        "powers": ["acknowledge", "revoke"] });
    let deny = json!({ "patient": number, "account": stranger });
    let reading = grant(suite, &number, &clinician, &["read", "receive_alerts"]);
    let sealing = grant(suite, &number, &gateway, &["seal"]);
    for msg in [
        json!({ "appoint_guardian": appoint }),
        reading,
        sealing,
        json!({ "deny": deny }),
    ] {
        send(suite, "patient", &at, msg).unwrap();
    }
    patient
}

fn grant(suite: &Suite, patient: &str, grantee: &Addr, actions: &[&str]) -> Value {
    let epoch = suite.epoch();
    let grant = json!({
        "grantee": grantee,
        "purposes": ["TREAT"],
        "categories": ["cardiac"],
        "actions": actions,
        "window": { "from": epoch, "to": epoch + 48 },
        "valid_from": null,
        "valid_until": suite.now_s() + 172_800,
        "package": null,
    });
    json!({ "grant": { "patient": patient, "grant": grant } })
}

fn paired(suite: &mut Suite, patient: u64) -> TestDevice {
    let at = suite.at.registry.clone();
    let (maker, key) = (suite.actor("maker"), Ed25519Signer::from_seed(&MAKER_SEED));
    let bytes = Binary::from(key.public_key().bytes());
    let admit = json!({ "admit_maker": { "maker": maker, "name": "Makers of the past",
        "key": { "scheme": "ed25519", "bytes": bytes } } });
    send(suite, "owner", &at, admit).unwrap();
    let list = json!({ "list_model":
        { "name": "H1", "measures": ["heart_rate"], "lowest_firmware": 1 } });
    send(suite, "maker", &at, list).unwrap();

    let mut device = TestDevice::new(1, suite.deployment);
    let registration = device.registration(1, maker.as_str());
    let attested = registration
        .digest(Domain::Attest, &device.deployment)
        .unwrap();
    let register = json!({ "register": {
        "body": Binary::from(registration.to_bytes().unwrap()),
        "possession": device.sign_registration(&registration),
        "attestation": Binary::from(key.sign(&attested).to_vec()),
    } });
    let registered = send(suite, "maker", &at, register).unwrap();
    device.device = number(&registered.events, "registered", "device");
    let calibrate = json!({ "device": device.device.to_string(), "until": suite.now_s() + YEAR_S });
    send(suite, "maker", &at, json!({ "calibrate": calibrate })).unwrap();
    let (body, signature) = device.pairing_action(patient);
    let pair = json!({ "pair": { "body": body, "signature": signature } });
    send(suite, "patient", &at, pair).unwrap();
    device.pairing = 1;
    device
}

/// One that is taken on, and one that nobody answered.
fn alerts(suite: &mut Suite, patient: u64, device: &mut TestDevice) {
    let at = suite.at.care.clone();
    let [clinician, guardian] = ["clinician", "guardian"].map(|name| suite.actor(name));
    let set = json!({ "patient": patient.to_string(), "ladder": 1, "tiers": [
        { "responders": [clinician], "within_s": 60 },
        { "responders": [guardian], "within_s": 60 },
    ] });
    send(suite, "patient", &at, json!({ "set_ladder": set })).unwrap();
    for rule in [1, 2] {
        let (body, signature) = device.alert(suite.now_ms(), rule, 1);
        let raise = json!({ "body": body, "signature": signature, "ground": { "patient": {} } });
        send(suite, "patient", &at, json!({ "raise_alert": raise })).unwrap();
    }
    send(suite, "clinician", &at, acknowledge(1)).unwrap();
}

pub fn acknowledge(alert: u64) -> Value {
    let ground = json!({ "grant": { "id": READING } });
    json!({ "acknowledge": { "alert": alert.to_string(), "ground": ground } })
}

/// Readings that a claim is due for, anchored by the gateway.
fn episode(suite: &mut Suite, device: &mut TestDevice) -> TestBatch {
    let from = suite.now_ms();
    let batch = device.measure(Measure::HeartRate, from, &[HIGH; 3]);
    suite.advance(120);
    anchor(suite, &batch).unwrap();
    batch
}

pub fn anchor(suite: &mut Suite, batch: &TestBatch) -> Result<AppResponse, Refused> {
    let at = suite.at.anchor.clone();
    let ground = json!({ "grant": { "id": SEALING } });
    let msg = json!({ "anchor": { "ground": ground, "batches": [batch.to_binary()] } });
    send(suite, "gateway", &at, msg)
}

/// One batch is lost with its storage.
fn gap(suite: &mut Suite, device: &mut TestDevice) {
    let at = suite.at.anchor.clone();
    let notice = GapNotice {
        device: device.device,
        pairing: device.pairing,
        from: device.sequence + 1,
        next: device.sequence + 2,
        last_at: suite.now_ms() - 1_000,
        reason: GapReason::StorageLost,
    };
    let signature = device.signer.sign(&notice.digest(&device.deployment));
    let note = json!({
        "notice": Binary::from(notice.to_bytes()),
        "signature": Binary::from(signature.to_vec()),
    });
    send(suite, "gateway", &at, json!({ "note_gap": note })).unwrap();
    device.sequence += 1;
}
