//! Sealers who mean harm: gateways that seal rubbish, go on after they were let go, or hold back; and
//! those who ask for more than a page.

use serde_json::Value;
use vitals_api::anchor::{QueryMsg, VerifiedReadings};
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::measured::Seal;
use vitals_testing::Suite;

use crate::support::{
    batch_info, beat, consent, gap, id, notice, refused, run, send, setup, take_back, with_seal,
    PATIENT,
};

/// The gateway may seal cardiac data.
fn sealer(suite: &mut Suite, patient: u64) -> u64 {
    let (cardiac, seals) = ([Category::Cardiac], [Action::Seal]);
    let purpose = Purpose::Treatment;
    suite.grant("patient", patient, "gateway", purpose, &cardiac, &seals)
}

fn verified(suite: &Suite, ask: QueryMsg) -> Result<VerifiedReadings, String> {
    suite.query(&suite.at.anchor, &ask)
}

/// A gateway seals a batch with the digest of nothing and a length that is a lie, so that no vault
/// ever has it. The ciphertext is lost, and everybody sees it; what the device signed is not: root,
/// count and times stand, readings are proven against them, and no other batch takes the number.
#[test]
fn a_seal_over_rubbish_loses_the_ciphertext_and_forges_nothing() {
    let (mut suite, mut device, patient) = setup();
    let grant = sealer(&mut suite, patient);
    let honest = beat(&mut device, suite.now_ms());
    let rubbish = Seal {
        generation: 1,
        digest: [0xee; 32],
        length: 4_096,
    };
    let bad = with_seal(&honest, rubbish);
    let ground = GroundRef::Grant { id: grant };
    send(&mut suite, "gateway", ground, &[&bad]).unwrap();
    let info = batch_info(&suite, &honest, patient).unwrap();
    assert_eq!(info.root.as_slice(), honest.measured().root);
    let ask = QueryMsg::VerifyReading {
        id: id(&honest, patient),
        proof: honest.prove(&[0]),
    };
    assert_eq!(verified(&suite, ask).unwrap().readings[0].value, 720);
    let again = send(&mut suite, "patient", PATIENT, &[&honest]);
    refused(again, "anchor/sequence_replayed");
}

/// A gateway is let go, and in the same block anchors what it measured for the patient before. It is
/// refused whatever the times say, and the patient sends the very bytes: nothing is lost by its going.
#[test]
fn a_former_sealer_anchors_nothing_in_the_block_of_its_revocation() {
    let (mut suite, mut device, patient) = setup();
    let grant = sealer(&mut suite, patient);
    suite.advance(60);
    let measured = beat(&mut device, suite.now_ms() - 2);
    let revoke = ExecuteMsg::Revoke {
        patient: patient.into(),
        grant: grant.into(),
    };
    consent(&mut suite, "patient", &revoke);
    let ground = GroundRef::Grant { id: grant };
    let late = send(&mut suite, "gateway", ground, &[&measured]);
    refused(late, "consent/grant_revoked");
    send(&mut suite, "patient", PATIENT, &[&measured]).unwrap();
}

/// A gateway holds back a batch that shows what it would rather not, and sends those after it. The
/// next is refused until the one held back is there, or the device itself says why it never comes:
/// a gateway's word is not enough.
#[test]
fn a_sealer_who_holds_a_batch_back_sends_no_other() {
    let (mut suite, mut device, patient) = setup();
    let ground = GroundRef::Grant {
        id: sealer(&mut suite, patient),
    };
    let start = suite.now_ms();
    let held_back = beat(&mut device, start);
    let next = beat(&mut device, start + 1_000);
    let skipped = send(&mut suite, "gateway", ground, &[&next]);
    refused(skipped, "anchor/sequence_skipped");
    let mut forged = vitals_testing::TestDevice::new(9, suite.deployment);
    (forged.device, forged.pairing) = (device.device, device.pairing);
    let excuse = notice(&suite, &forged, 1, 2);
    refused(
        run(&mut suite, "gateway", &gap(&forged, &excuse)),
        "anchor/signature",
    );
    send(&mut suite, "gateway", ground, &[&held_back, &next]).unwrap();
}

/// A gateway passes the batch of one hour off as sealed under a generation that is not open yet,
/// whose secret it chose itself. Only what the patient opened is sealed under.
#[test]
fn nobody_seals_under_a_generation_of_their_own() {
    let (mut suite, mut device, patient) = setup();
    let ground = GroundRef::Grant {
        id: sealer(&mut suite, patient),
    };
    let measured = beat(&mut device, suite.now_ms());
    for generation in [0, 2, u32::MAX] {
        let own = Seal {
            generation,
            digest: [1; 32],
            length: 4_096,
        };
        let sealed = with_seal(&measured, own);
        let sent = send(&mut suite, "gateway", ground, &[&sealed]);
        refused(sent, "anchor/generation_stale");
    }
    take_back(&mut device);
}

/// Whoever asks a public node for a list asks for all of it at once. No list is longer than 30,
/// whatever is asked.
#[test]
fn no_list_is_longer_than_a_page() {
    let (mut suite, mut device, patient) = setup();
    for n in 0..31u64 {
        let measured = beat(&mut device, suite.now_ms() + n);
        send(&mut suite, "patient", PATIENT, &[&measured]).unwrap();
        let mut hole = notice(&suite, &device, device.sequence + 1, device.sequence + 2);
        hole.last_at += n;
        run(&mut suite, "stranger", &gap(&device, &hole)).unwrap();
        device.sequence += 1;
    }
    for (limit, size) in [
        (None, 10),
        (Some(0), 1),
        (Some(30), 30),
        (Some(31), 30),
        (Some(u32::MAX), 30),
    ] {
        for (ask, name) in lists(patient, limit) {
            let answer: Value = suite.query(&suite.at.anchor, &ask).unwrap();
            let got = answer[name].as_array().unwrap().len();
            assert_eq!(got, size, "{name}, {limit:?}");
        }
    }
}

fn lists(patient: u64, limit: Option<u32>) -> [(QueryMsg, &'static str); 2] {
    let batches = QueryMsg::Batches {
        patient: patient.into(),
        category: Category::Cardiac,
        from_epoch: None,
        to_epoch: None,
        start_after: None,
        limit,
    };
    let gaps = QueryMsg::Gaps {
        device: 1u64.into(),
        start_after: None,
        limit,
    };
    [(batches, "batches"), (gaps, "gaps")]
}
