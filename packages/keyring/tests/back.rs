//! How far back a sealer's package reaches, on plain data.

use serde_json::json;
use vitals_api::consent::{GrantInfo, PatientInfo};
use vitals_core::package::KeyPackage;
use vitals_core::time::{Window, EPOCH_MS};
use vitals_keyring::{draw_identity, Back, Keys, Roll, SEALER_BACK_HOURS, SEALER_HOURS};

const NOW: u32 = 1_000;
const BACK: u32 = SEALER_BACK_HOURS;

/// Raised in an hour, or never.
fn patient(generation: u32, raised: Option<u32>) -> PatientInfo {
    let raised_at_ms = raised.map_or(0, |hour| u64::from(hour) * EPOCH_MS);
    serde_json::from_value(json!({
        "patient": "5", "controller": "wasm1patient", "generation": generation, "pending": false,
        "raised_at_ms": raised_at_ms, "commitment": null,
    }))
    .unwrap()
}

fn sealing(from: u32) -> GrantInfo {
    serde_json::from_value(json!({
        "grant": "7", "grantee": { "account": "wasm1gateway" }, "by": null,
        "purposes": ["TREAT"], "categories": ["cardiac"], "actions": ["seal"],
        "window": { "from": from, "to": 9_000 }, "valid_from": 0, "valid_until": 9_999_999,
        "revoked": false, "package": null,
    }))
    .unwrap()
}

struct Agent {
    keys: Keys,
    known: Option<Roll>,
}

impl Agent {
    fn new() -> Self {
        let keys = Keys::create(5, 0).unwrap();
        Self { keys, known: None }
    }

    /// What the package sealed now reaches, after the one that was sealed before.
    fn seal(&mut self, patient: &PatientInfo, now: u32) -> Window {
        let owed = Back::owed(patient, self.known.as_ref(), now);
        self.seal_with(patient, &sealing(0), owed, now)
    }

    fn seal_with(
        &mut self,
        patient: &PatientInfo,
        grant: &GrantInfo,
        back: Option<Back>,
        now: u32,
    ) -> Window {
        let gateway = draw_identity().unwrap();
        let readers = [gateway.recipient().unwrap()];
        let sealed = self.keys.seal_for(patient, grant, &readers, back, now);
        let (file, roll) = sealed.unwrap();
        self.known = Some(roll);
        let package = KeyPackage::open(&file, &gateway.identity().unwrap()).unwrap();
        package.entries()[0].cover.windows()[0]
    }
}

#[test]
fn a_sealer_gets_the_hours_of_two_days_past_for_devices_that_close_later() {
    let mut agent = Agent::new();
    let never = patient(0, None);
    for now in [NOW, NOW + 24, NOW + 48] {
        let window = agent.seal(&never, now);
        assert_eq!((window.from, window.to), (now - BACK, now + SEALER_HOURS));
    }
}

#[test]
fn no_more_than_the_grant_lets_it_seal() {
    let mut agent = Agent::new();
    let window = agent.seal_with(&patient(0, None), &sealing(NOW - 3), None, NOW);
    assert_eq!(window.from, NOW - 3);
}

#[test]
fn a_raise_of_the_last_two_days_is_where_the_new_generation_begins() {
    let mut agent = Agent::new();
    assert_eq!(agent.seal(&patient(0, Some(NOW - 5)), NOW).from, NOW - 5);
}

#[test]
fn a_raise_of_long_ago_opens_no_hour_further_back() {
    let mut agent = Agent::new();
    let raised = patient(0, Some(NOW - 900));
    assert_eq!(agent.seal(&raised, NOW).from, NOW - BACK);
    assert_eq!(agent.seal(&raised, NOW + 24).from, NOW + 24 - BACK);
}

#[test]
fn what_was_measured_while_the_agent_was_away_is_owed_for_two_days_and_no_longer() {
    let mut agent = Agent::new();
    let never = patient(0, None);
    let missed = agent.seal(&never, NOW).to;
    let back = NOW + 200;
    assert_eq!(agent.seal(&never, back).from, missed);
    assert_eq!(agent.seal(&never, back + 24).from, missed);
    assert_eq!(agent.seal(&never, back + BACK).from, back);
}

#[test]
fn what_was_kept_since_a_raise_is_owed_once_there_are_keys_and_for_two_days() {
    let mut agent = Agent::new();
    agent.seal(&patient(0, None), NOW);
    let (raised, opened) = (NOW + 10, NOW + 200);
    agent.keys.add_generation(raised + 1).unwrap();
    let second = patient(1, Some(raised));
    assert_eq!(agent.seal(&second, opened).from, raised);
    assert_eq!(agent.seal(&second, opened + 24).from, raised);
    assert_eq!(agent.seal(&second, opened + BACK).from, opened);
}

#[test]
fn hours_missed_before_a_raise_are_owed_with_those_since() {
    let mut agent = Agent::new();
    let missed = agent.seal(&patient(0, None), NOW).to;
    let (raised, opened) = (NOW + 100, NOW + 200);
    agent.keys.add_generation(raised + 1).unwrap();
    assert_eq!(agent.seal(&patient(1, Some(raised)), opened).from, missed);
}

#[test]
fn an_hour_that_somebody_names_is_reached_for_two_days() {
    let mut agent = Agent::new();
    let never = patient(0, None);
    let named = Back::since(NOW - 500, NOW);
    let window = agent.seal_with(&never, &sealing(0), Some(named), NOW);
    assert_eq!(window.from, NOW - 500);
    assert_eq!(agent.seal(&never, NOW + 24).from, NOW - 500);
    assert_eq!(agent.seal(&never, NOW + BACK).from, NOW);
}

#[test]
fn a_reader_s_package_is_what_it_is() {
    let mut agent = Agent::new();
    let mut grant = sealing(NOW - 3);
    grant.actions = vec![vitals_core::decision::Action::Read];
    let named = Back::since(1, NOW);
    let window = agent.seal_with(&patient(0, None), &grant, Some(named), NOW);
    assert_eq!(window.from, NOW - 3);
    assert_eq!(agent.known.unwrap().back, None);
}
