//! Messages between device and gateway, against a second implementation's lines
//! (`testdata/vectors/frame.json`) and against hostile ones.
#![cfg(feature = "frame")]

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use proptest::prelude::*;
use serde_json::Value;
use vitals_core::device::{BatchHead, DeviceError};
use vitals_core::frame::SignedFrame;
use vitals_core::link::{
    ClosedBatch, DeviceMessage, GatewayMessage, LinkError, Refusal, MAX_LINE_BYTES,
};
use vitals_core::measure::Category;
use vitals_core::measured::Measured;
use vitals_core::FormatError;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/frame.json")).unwrap()
}

fn line(name: &str) -> String {
    vectors()["lines"][name].as_str().unwrap().into()
}

const HEAD: BatchHead = BatchHead {
    device: 7,
    pairing: 1,
    sequence: 42,
    category: Category::Cardiac,
    epoch: 490_000,
};

fn frame() -> SignedFrame {
    let encoded = vectors()["frames"][0]["encoded"].take();
    SignedFrame::decode(&hex::decode(encoded.as_str().unwrap()).unwrap()).unwrap()
}

fn closed() -> ClosedBatch {
    ClosedBatch {
        measured: Measured {
            device: 7,
            pairing: 1,
            sequence: 42,
            category: Category::Cardiac,
            epoch: 490_000,
            first_ms: 0,
            last_ms: 1_000,
            count: 3,
            root: [0x11; 32],
            private_root: None,
            flags: 0,
        },
        signature: [0x33; 64],
        seed: [0x22; 32],
    }
}

fn device_messages() -> Vec<(&'static str, DeviceMessage)> {
    vec![
        ("opened", DeviceMessage::Opened(HEAD)),
        ("frame", DeviceMessage::Frame(frame())),
        ("closed", DeviceMessage::Closed(closed())),
        (
            "battery",
            DeviceMessage::Battery {
                device: 7,
                percent: 80,
            },
        ),
    ]
}

fn gateway_messages() -> Vec<(&'static str, GatewayMessage)> {
    let (sequence, category, epoch) = (42, Category::Cardiac, 490_000);
    let reason = Refusal::Order;
    vec![
        ("open", GatewayMessage::Open { category, epoch }),
        ("stored", GatewayMessage::Stored { sequence, count: 3 }),
        ("close", GatewayMessage::Close { sequence }),
        ("anchored", GatewayMessage::Anchored { sequence }),
        (
            "refused_order",
            GatewayMessage::Refused { sequence, reason },
        ),
    ]
}

fn raw(line: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(line).unwrap()
}

#[test]
fn lines_are_those_of_a_second_implementation() {
    for (name, message) in device_messages() {
        assert_eq!(message.to_line(), Ok(line(name)));
        assert_eq!(DeviceMessage::from_line(&line(name)), Ok(message));
    }
    for (name, message) in gateway_messages() {
        assert_eq!(message.to_line(), line(name));
        assert_eq!(GatewayMessage::from_line(&line(name)), Ok(message));
    }
}

#[test]
fn every_refusal_comes_back() {
    for reason in Refusal::ALL {
        let sequence = 1;
        let message = GatewayMessage::Refused { sequence, reason };
        assert_eq!(GatewayMessage::from_line(&message.to_line()), Ok(message));
    }
}

#[test]
fn an_echo_is_no_message() {
    for (name, message) in device_messages() {
        let got = raw(&message.to_line().unwrap())[1];
        let refused = GatewayMessage::from_line(&line(name));
        let from = "a gateway";
        assert_eq!(refused, Err(LinkError::Kind { from, got }));
    }
    for (name, message) in gateway_messages() {
        let got = raw(&message.to_line())[1];
        let refused = DeviceMessage::from_line(&line(name));
        let from = "a device";
        assert_eq!(refused, Err(LinkError::Kind { from, got }));
    }
}

#[test]
fn a_byte_more_or_less_and_another_version_are_refused() {
    for name in [
        "opened", "frame", "closed", "battery", "open", "stored", "close", "anchored",
    ] {
        let bytes = raw(&line(name));
        let refused = |bytes: &[u8]| {
            let line = URL_SAFE_NO_PAD.encode(bytes);
            DeviceMessage::from_line(&line).is_err() && GatewayMessage::from_line(&line).is_err()
        };
        assert!(refused(&bytes[..bytes.len() - 1]), "{name}");
        assert!(refused(&[&bytes[..], &[0]].concat()), "{name}");
        assert!(refused(&[&[2], &bytes[1..]].concat()), "{name}");
    }
}

#[test]
fn padding_spaces_and_the_other_alphabet_are_refused() {
    for bad in ["", "AQ==", " AQ", "AQ\n", "+/8", "AR"] {
        assert!(DeviceMessage::from_line(bad).is_err(), "{bad:?}");
        assert!(GatewayMessage::from_line(bad).is_err(), "{bad:?}");
    }
    let refused = GatewayMessage::from_line(&format!("{}\n", line("close")));
    assert_eq!(refused, Err(LinkError::Base64));
}

#[test]
fn a_line_is_bounded_before_it_is_decoded() {
    let got = MAX_LINE_BYTES + 1;
    let refused = DeviceMessage::from_line(&"A".repeat(got));
    assert_eq!(refused, Err(LinkError::Size { got }));
}

#[test]
fn an_opened_batch_has_a_number_and_a_known_category() {
    let zeroth = BatchHead {
        sequence: 0,
        ..HEAD
    };
    let line = DeviceMessage::Opened(zeroth).to_line().unwrap();
    let refused = DeviceMessage::from_line(&line);
    assert_eq!(refused, Err(LinkError::Batch(DeviceError::Sequence)));

    let mut bytes = raw(&DeviceMessage::Opened(HEAD).to_line().unwrap());
    bytes[22] = 9;
    let refused = DeviceMessage::from_line(&URL_SAFE_NO_PAD.encode(bytes));
    assert!(matches!(
        refused,
        Err(LinkError::Value(FormatError::Value { got: 9, .. }))
    ));
}

#[test]
fn a_battery_is_0_to_100_per_cent_full() {
    let battery = |percent| DeviceMessage::Battery { device: 7, percent };
    for percent in [0, 100] {
        let line = battery(percent).to_line().unwrap();
        assert_eq!(DeviceMessage::from_line(&line), Ok(battery(percent)));
    }
    let fuller = URL_SAFE_NO_PAD.encode([&[1, 4][..], &7u64.to_be_bytes(), &[101]].concat());
    for refused in [
        battery(101).to_line().map(|_| ()),
        DeviceMessage::from_line(&fuller).map(|_| ()),
    ] {
        let value = LinkError::Value(FormatError::Value {
            what: "battery",
            got: 101,
            rule: "0 to 100 per cent",
        });
        assert_eq!(refused, Err(value));
    }
}

#[test]
fn the_seed_is_not_shown() {
    let shown = format!("{:?}", DeviceMessage::Closed(closed()));
    assert!(
        !shown.contains("34, 34") && !shown.contains("2222"),
        "{shown}"
    );
}

proptest! {
    #[test]
    fn hostile_lines_are_refused_without_a_panic(kind in any::<u8>(), tail in prop::collection::vec(any::<u8>(), 0..120)) {
        let line = URL_SAFE_NO_PAD.encode([&[1, kind], &tail[..]].concat());
        // whatever is taken is taken in its one encoding
        if let Ok(message) = DeviceMessage::from_line(&line) {
            prop_assert_eq!(message.to_line().unwrap(), line.clone());
        }
        if let Ok(message) = GatewayMessage::from_line(&line) {
            prop_assert_eq!(message.to_line(), line);
        }
    }
}

#[test]
fn a_gap_comes_back_whole_and_cut_or_longer_it_is_no_message() {
    let notice = vitals_core::measured::GapNotice {
        device: 7,
        pairing: 1,
        from: 42,
        next: 44,
        last_at: 1_800_000_000_000,
        reason: vitals_core::measured::GapReason::StorageLost,
    };
    let signature = [0x33; 64];
    let gap = vitals_core::link::SignedGap { notice, signature };
    let message = DeviceMessage::Gap(gap);
    let line = message.to_line().unwrap();
    assert_eq!(DeviceMessage::from_line(&line), Ok(message));
    let bytes = raw(&line);
    let longer = [&bytes[..], &[0]].concat();
    for wrong in [&bytes[..bytes.len() - 1], &longer] {
        let line = URL_SAFE_NO_PAD.encode(wrong);
        assert!(DeviceMessage::from_line(&line).is_err());
    }
}
