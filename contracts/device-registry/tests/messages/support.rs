//! What the files share.

use std::fmt::Debug;

use cosmwasm_std::{Binary, Uint64};
use cw_multi_test::AppResponse;
use vitals_api::consent;
use vitals_api::registry::{
    DeviceInfo, ExecuteMsg, KeyMsg, PairingInfo, QueryMsg, Unusable, UsableInfo,
};
use vitals_core::decision::Power;
use vitals_core::key::{Ed25519Signer, PublicKey, Signer};
use vitals_core::measure::Measure;
use vitals_core::registration::{PairingAction, Registration};
use vitals_core::signing::Domain;
use vitals_testing::suite::{number, Refused};
use vitals_testing::{Suite, TestDevice};

pub type Answer = Result<AppResponse, Refused>;

pub fn run(suite: &mut Suite, sender: &str, msg: &ExecuteMsg) -> Answer {
    let registry = suite.at.registry.clone();
    suite.execute(sender, &registry, msg)
}

/// The contract's own text comes last in what the chain wraps around it, or stands alone.
pub fn refused<T: Debug>(answer: Result<T, Refused>, code: &str) {
    let text = answer.expect_err(code);
    let own = format!("{code}: ");
    let stands = text.starts_with(&own) || text.contains(&format!("error: {own}"));
    assert!(stands, "{code}, got {text}");
}

pub fn maker_signer() -> Ed25519Signer {
    Ed25519Signer::from_seed(&[200; 32])
}

pub fn key_msg(key: &PublicKey) -> KeyMsg {
    KeyMsg {
        scheme: key.scheme(),
        bytes: key.bytes().to_vec().into(),
    }
}

pub fn admit(suite: &mut Suite, maker: &str, key: &PublicKey) -> Answer {
    let msg = ExecuteMsg::AdmitMaker {
        maker: suite.actor(maker).into(),
        name: "Suite Devices".into(),
        key: key_msg(key),
    };
    run(suite, "owner", &msg)
}

pub fn suspend(suite: &mut Suite, maker: &str) -> Answer {
    let maker = suite.actor(maker).into();
    run(suite, "owner", &ExecuteMsg::SuspendMaker { maker })
}

pub fn list(measures: &[Measure], lowest_firmware: u32) -> ExecuteMsg {
    ExecuteMsg::ListModel {
        name: "Model".into(),
        measures: measures.to_vec(),
        lowest_firmware,
    }
}

/// A heart rate model of the maker `maker`, admitted for it.
pub fn model(suite: &mut Suite, lowest_firmware: u32) -> u32 {
    admit(suite, "maker", &maker_signer().public_key()).unwrap();
    let listed = run(
        suite,
        "maker",
        &list(&[Measure::HeartRate], lowest_firmware),
    )
    .unwrap();
    u32::try_from(number(&listed.events, "model_listed", "model")).unwrap()
}

pub fn attest(suite: &Suite, signer: &Ed25519Signer, body: &Registration) -> Binary {
    let digest = body.digest(Domain::Attest, &suite.deployment).unwrap();
    signer.sign(&digest).to_vec().into()
}

/// A registration signed by its device, attested or not.
pub fn register(
    device: &TestDevice,
    body: &Registration,
    attestation: Option<Binary>,
) -> ExecuteMsg {
    ExecuteMsg::Register {
        body: body.to_bytes().unwrap().into(),
        possession: device.sign_registration(body),
        attestation,
        holder: None,
    }
}

pub fn device_info(suite: &Suite, device: u64) -> DeviceInfo {
    let device = Uint64::new(device);
    suite
        .query(&suite.at.registry, &QueryMsg::Device { device })
        .unwrap()
}

pub fn pairing_info(suite: &Suite, device: u64, pairing: u32) -> Result<PairingInfo, Refused> {
    let device = Uint64::new(device);
    suite.query(&suite.at.registry, &QueryMsg::Pairing { device, pairing })
}

/// The device's next action, signed for a domain.
pub fn signed_pair(device: &TestDevice, body: &PairingAction, domain: Domain) -> ExecuteMsg {
    let digest = body.digest(domain, &device.deployment);
    ExecuteMsg::Pair {
        body: body.to_bytes().into(),
        signature: device.signer.sign(&digest).to_vec().into(),
    }
}

pub fn pair_next(device: &mut TestDevice, patient: u64) -> ExecuteMsg {
    let (body, signature) = device.pairing_action(patient);
    ExecuteMsg::Pair { body, signature }
}

/// Not counted by the device: for what is refused.
pub fn unpair(device: &TestDevice) -> ExecuteMsg {
    ExecuteMsg::Unpair {
        device: Uint64::new(device.device),
        signed: None,
    }
}

pub fn lost(device: &TestDevice, lost_from_ms: u64) -> ExecuteMsg {
    ExecuteMsg::ReportLost {
        device: Uint64::new(device.device),
        lost_from_ms,
    }
}

/// `guardian` gets powers over the patient of `patient` for an hour.
pub fn appoint(suite: &mut Suite, patient: u64, powers: &[Power]) {
    let msg = consent::ExecuteMsg::AppointGuardian {
        patient: Uint64::new(patient),
        guardian: suite.actor("guardian").into(),
        powers: powers.to_vec(),
        until: suite.now_s() + 3_600,
    };
    let consent = suite.at.consent.clone();
    suite.execute("patient", &consent, &msg).unwrap();
}

/// A device paired with the patient of `patient`, of model 1.
pub fn paired() -> (Suite, TestDevice, u64) {
    let mut suite = Suite::new();
    let patient = suite.enrol("patient");
    let device = suite.paired_device(1, &[Measure::HeartRate], "patient", patient);
    (suite, device, patient)
}

/// What a device or a device's number is in most messages.
pub fn of(device: &TestDevice) -> Uint64 {
    Uint64::new(device.device)
}

pub fn usable(suite: &Suite, device: &TestDevice, at_ms: u64) -> UsableInfo {
    let device = of(device);
    suite
        .query(&suite.at.registry, &QueryMsg::Usable { device, at_ms })
        .unwrap()
}

pub fn reason(suite: &Suite, device: &TestDevice, at_ms: u64) -> Option<Unusable> {
    usable(suite, device, at_ms).reason
}

pub const IMAGE: [u8; 32] = [8; 32];

/// `maker` approves a version of model 1.
pub fn approve(suite: &mut Suite, version: u32) -> Answer {
    let msg = ExecuteMsg::ApproveFirmware {
        model: 1,
        version,
        digest: IMAGE.into(),
    };
    run(suite, "maker", &msg)
}

/// Of model 1, both ends included.
pub fn recall(from_firmware: u32, to_firmware: u32) -> ExecuteMsg {
    ExecuteMsg::Recall {
        model: 1,
        from_firmware,
        to_firmware,
        reason: [6; 32].into(),
    }
}

pub fn mark(device: &TestDevice) -> ExecuteMsg {
    ExecuteMsg::MarkRecalled {
        devices: vec![of(device)],
    }
}
