//! Between two migrations one contract reads another's records as other code writes them. It reads
//! them rightly, or says that it cannot: it never takes a default for what it did not understand.

use serde_json::{json, Value};
use vitals_core::measure::Measure;
use vitals_testing::suite::Refused;

use crate::cover::{insure, Words};
use crate::past::{anchor, CodeIds, Past};
use crate::upgrade::{migrate, Engine};

/// Consent's and claims' places in an order.
const CONSENT: usize = 0;
const CLAIMS: usize = 4;

/// After each step the patient's and the device's records are written anew, so that code that was
/// not migrated yet meets new layouts, and then anchor, care and claims are asked to read them.
pub fn step_by_step(engine: Engine, order: [usize; 5]) {
    let mut past = Past::new();
    let code = CodeIds::store(&mut past.suite, engine.codes());
    for (done, place) in order.into_iter().enumerate() {
        migrate(&mut past.suite, place, code.0[place]).unwrap();
        let is_new = |place| order[..=done].contains(&place);
        write_anew(&mut past, is_new(CONSENT));
        let words = if is_new(CLAIMS) {
            Words::Now
        } else {
            Words::Past
        };
        let read = [
            anchors(&mut past),
            alerts(&mut past),
            // reads the insurer's credential and the patient
            insure(&mut past.suite, past.patient, words),
        ];
        for answer in read {
            match answer {
                Err(reason) if done + 1 < order.len() => says_it_cannot_read(&reason),
                answer => answer.expect("all are migrated"),
            }
        }
    }
}

#[track_caller]
fn says_it_cannot_read(reason: &str) {
    assert!(reason.starts_with("state/unreadable: "), "{reason}");
}

/// Consent of 0.1.0 knew no teams to deny.
fn write_anew(past: &mut Past, consent_is_new: bool) {
    let other = past.suite.actor("other");
    let mut denial = json!({ "patient": past.patient.to_string() });
    match consent_is_new {
        true => denial["whom"] = json!({ "account": other }),
        false => denial["account"] = json!(other),
    }
    let (consent, registry) = (
        past.suite.at.consent.clone(),
        past.suite.at.registry.clone(),
    );
    for message in ["deny", "allow"] {
        past.send("patient", &consent, json!({ message: denial }))
            .unwrap();
    }
    let until = past.suite.now_s() + 86_400;
    let calibrate = json!({ "calibrate": { "device": "1", "until": until } });
    past.send("maker", &registry, calibrate).unwrap();
}

/// Reads the patient, the gateway's grant, the device and its pairing.
fn anchors(past: &mut Past) -> Result<(), Refused> {
    let now = past.suite.now_ms();
    let sequence = past.device.sequence;
    let batch = past.device.measure(Measure::HeartRate, now, &[700]);
    past.suite.advance(1);
    if let Err(reason) = anchor(&mut past.suite, &batch) {
        past.device.sequence = sequence;
        return Err(reason);
    }
    let question = json!({ "batches": { "patient": past.patient.to_string(),
        "category": "cardiac", "from_epoch": null, "start_after": null, "limit": 30 } });
    let page: Value = past.suite.query(&past.suite.at.anchor, &question)?;
    let last = page["batches"].as_array().and_then(|all| all.last());
    let last = last.expect("what was anchored is listed");
    let number = batch.measured().sequence.to_string();
    assert_eq!(last["id"]["sequence"], number);
    assert_eq!(last["assurance"], "maker");
    assert_eq!(last["calibrated"], true);
    assert_eq!(last["generation"], 1);
    Ok(())
}

/// Reads the patient, the device and its pairing. Each alert is of a rule of its own.
fn alerts(past: &mut Past) -> Result<(), Refused> {
    let number = past.device.alert;
    let rule = u16::try_from(number).expect("a test raises few alerts");
    let (body, signature) = past.device.alert(past.suite.now_ms(), 100 + rule, 1);
    let ground = json!({ "patient": {} });
    let raise = json!({ "body": body, "signature": signature, "ground": ground });
    let care = past.suite.at.care.clone();
    match past.send("patient", &care, json!({ "raise_alert": raise })) {
        Ok(raised) => {
            let is_new = |event: &cosmwasm_std::Event| event.ty == "wasm-alert_raised";
            assert!(raised.events.iter().any(is_new), "{:?}", raised.events);
            Ok(())
        }
        Err(reason) => {
            past.device.alert = number;
            Err(reason)
        }
    }
}
