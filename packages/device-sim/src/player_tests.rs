use std::collections::BTreeMap;

use vitals_core::key::{HostVerifier, Signer, Verifier};
use vitals_core::link::DeviceMessage;
use vitals_core::measure::Category;
use vitals_core::time::epoch_of;
use vitals_device_sim::{Kind, Pace, Recording};

use super::*;

const START: Millis = 1_800_000_000_000;

/// What a gateway stored: how many readings of each batch, and which are closed.
#[derive(Default)]
struct Gateway {
    stored: BTreeMap<u64, u16>,
    closed: BTreeMap<u64, u16>,
}

impl Gateway {
    /// Answers until nothing is said any more.
    fn hear(&mut self, player: &mut Player, mut lines: Vec<String>) {
        while let Some(line) = lines.pop() {
            let answer = match DeviceMessage::from_line(&line).unwrap() {
                DeviceMessage::Opened(head) => {
                    let count = *self.stored.entry(head.sequence).or_default();
                    (head.sequence, count)
                }
                DeviceMessage::Frame(frame) => {
                    let frame = frame.unverified();
                    let sequence = frame.head().sequence;
                    let count = self.stored.entry(sequence).or_default();
                    assert_eq!(frame.first_index(), *count, "a reading twice or left out");
                    *count += frame.readings().len() as u16;
                    (sequence, *count)
                }
                DeviceMessage::Closed(batch) => {
                    let measured = &batch.measured;
                    self.closed.insert(measured.sequence, measured.count);
                    (measured.sequence, measured.count)
                }
                other => panic!("a simulated device does not send {other:?}"),
            };
            let (sequence, count) = answer;
            let line = GatewayMessage::Stored { sequence, count }.to_line();
            lines.extend(player.on_line(&line).unwrap());
        }
    }

    fn ask(&mut self, player: &mut Player) {
        let epoch = epoch_of(START).unwrap();
        let category = Category::Respiratory;
        let line = GatewayMessage::Open { category, epoch }.to_line();
        let lines = player.on_line(&line).unwrap();
        self.hear(player, lines);
    }
}

fn registered(dir: &Path) -> DeviceFile {
    let mut device = DeviceFile::make(dir, Kind::PulseOximeter).unwrap();
    device.deployment = Some("04".repeat(32));
    device.number = Some(7);
    device
}

/// One reading in 4 s.
fn player(dir: &Path, device: &DeviceFile, start_ms: Millis) -> Player {
    let pace = Pace {
        speed: 1,
        every_s: None,
    };
    let recording = Recording::parse("rr_ms\n").unwrap();
    let source = Source::new(device.kind, &recording, pace, 1, start_ms);
    Player::open(dir, device, source).unwrap()
}

#[test]
fn a_device_that_was_killed_at_any_time_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let device = registered(dir.path());
    let mut gateway = Gateway::default();
    let mut first = player(dir.path(), &device, START);
    gateway.ask(&mut first);
    let lines = first.play_until(START + 8_000).unwrap();
    gateway.hear(&mut first, lines);
    // killed with a line on its way that nobody heard
    let unheard = first.play_until(START + 12_000).unwrap();
    assert_eq!(unheard.len(), 1);
    drop(first);

    let mut second = player(dir.path(), &device, START + 20_000);
    let lines = second.resend().unwrap();
    gateway.hear(&mut second, lines);
    let lines = second.play_until(START + 24_000).unwrap();
    gateway.hear(&mut second, lines);
    let lines = second.close().unwrap();
    gateway.hear(&mut second, lines);
    assert_eq!(gateway.closed, BTreeMap::from([(1, 6)]));
}

#[test]
fn a_number_is_never_used_twice_though_its_batch_is_on_the_chain_and_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let device = registered(dir.path());
    let mut gateway = Gateway::default();
    let mut first = player(dir.path(), &device, START);
    gateway.ask(&mut first);
    let lines = first.play_until(START).unwrap();
    gateway.hear(&mut first, lines);
    let lines = first.close().unwrap();
    gateway.hear(&mut first, lines);
    let anchored = GatewayMessage::Anchored { sequence: 1 };
    first.on_line(&anchored.to_line()).unwrap();
    assert!(!first.waits());
    drop(first);

    let mut second = player(dir.path(), &device, START + 4_000);
    gateway.ask(&mut second);
    let lines = second.play_until(START + 4_000).unwrap();
    gateway.hear(&mut second, lines);
    assert_eq!(gateway.stored.get(&2), Some(&1));
}

#[test]
fn a_reading_of_before_the_last_one_is_not_put_into_a_batch() {
    let dir = tempfile::tempdir().unwrap();
    let device = registered(dir.path());
    let mut gateway = Gateway::default();
    let mut first = player(dir.path(), &device, START + 8_000);
    gateway.ask(&mut first);
    let lines = first.play_until(START + 8_000).unwrap();
    gateway.hear(&mut first, lines);
    drop(first);
    // the clock was set back
    let mut second = player(dir.path(), &device, START + 1_000);
    let lines = second.resend().unwrap();
    gateway.hear(&mut second, lines);
    let lines = second.play_until(START + 12_000).unwrap();
    gateway.hear(&mut second, lines);
    assert_eq!(gateway.stored.get(&1), Some(&2));
}

#[test]
fn a_line_cut_short_by_the_end_is_left_out_and_the_rest_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let device = registered(dir.path());
    let mut gateway = Gateway::default();
    let mut first = player(dir.path(), &device, START);
    gateway.ask(&mut first);
    first.play_until(START + 4_000).unwrap();
    drop(first);
    let path = dir.path().join("journal.jsonl");
    let mut text = std::fs::read(&path).unwrap();
    text.extend_from_slice(b"{\"measured\":{\"id\":9,\"at_");
    std::fs::write(&path, text).unwrap();

    let mut second = player(dir.path(), &device, START + 8_000);
    let lines = second.resend().unwrap();
    gateway.hear(&mut second, lines);
    assert_eq!(gateway.stored.get(&1), Some(&2));
}

#[test]
fn what_it_signs_to_be_registered_and_paired_is_what_the_registry_checks() {
    use vitals_core::registration::{PairingAction, Registration};
    use vitals_core::signing::Domain;

    let dir = tempfile::tempdir().unwrap();
    let mut device = registered(dir.path());
    let key_file = dir.path().join("maker.key");
    let maker = crate::file::MakerKey::read_or_make(&key_file).unwrap();
    let paper = crate::papers::registration(&device, 3, "wasm1maker", Some(&maker)).unwrap();
    let bytes = |value: &serde_json::Value| {
        let binary: cosmwasm_std::Binary = serde_json::from_value(value.clone()).unwrap();
        binary.to_vec()
    };
    let body = Registration::from_bytes(&bytes(&paper["register"]["body"])).unwrap();
    assert_eq!((body.model, body.registrant.as_str()), (3, "wasm1maker"));
    let id = device.deployment().unwrap();
    let signed = |key, domain, signature: &serde_json::Value| {
        let digest = body.digest(domain, &id).unwrap();
        HostVerifier.verify(key, &digest, &bytes(signature).try_into().unwrap())
    };
    let possession = &paper["register"]["possession"];
    let attestation = &paper["register"]["attestation"];
    let attesting = maker.0.public_key();
    assert!(signed(&body.key, Domain::Register, possession));
    assert!(signed(&attesting, Domain::Attest, attestation));
    assert!(!signed(&body.key, Domain::Attest, attestation));

    device.action = 4;
    let paper = crate::papers::pairing(&device, 9).unwrap();
    let action = PairingAction::from_bytes(&bytes(&paper["pair"]["body"])).unwrap();
    assert_eq!((action.device, action.action, action.patient), (7, 4, 9));
    let digest = action.digest(Domain::Pair, &id);
    let signature = bytes(&paper["pair"]["signature"]).try_into().unwrap();
    assert!(HostVerifier.verify(&body.key, &digest, &signature));
    assert_eq!(paper["device"]["kind"], "pulse-oximeter");
    assert_eq!(paper["cw_vitals"], "device_pairing");
}
