use bytes::BytesMut;
use proptest::prelude::*;

use super::*;

const CONNECT: &[u8] = b"\x10\x18\x00\x04MQTT\x04\xc2\x00\x0a\x00\x03abc\x00\x017\x00\x04pass";
const MOST: usize = 64 * 1024;

fn read(version: Version, bytes: &[u8]) -> Result<Option<Request>, Malformed> {
    version.read(&mut BytesMut::from(bytes), MOST)
}

#[test]
fn the_first_packet_says_which_protocol_a_connection_speaks() {
    for end in 0..9 {
        assert_eq!(Version::of(&CONNECT[..end.min(8)]), Ok(None), "{end}");
    }
    assert_eq!(Version::of(CONNECT), Ok(Some(Version::V4)));
    let mut five = CONNECT.to_vec();
    five[8] = 5;
    assert_eq!(Version::of(&five), Ok(Some(Version::V5)));
    five[8] = 3;
    assert_eq!(Version::of(&five), Err(Malformed));
    for bytes in [
        &b"GET / HTTP/1.1\r\n"[..],
        b"\x16\x03\x01\x02\x00",
        b"\x10\xff\xff\xff\xff",
        b"\x10\x18\x00\x06MQIsdp\x03",
        b"\x30\x05",
    ] {
        assert_eq!(Version::of(bytes), Err(Malformed));
    }
}

#[test]
fn a_connect_is_read_once_it_is_whole() {
    for end in 0..CONNECT.len() {
        assert_eq!(read(Version::V4, &CONNECT[..end]), Ok(None), "{end}");
    }
    let Ok(Some(Request::Connect(connect))) = read(Version::V4, CONNECT) else {
        panic!("not read");
    };
    assert_eq!(
        (&*connect.client, &*connect.user, &*connect.password),
        ("abc", "7", "pass")
    );
    assert_eq!(
        (connect.keep_alive, connect.clean, connect.keep),
        (10, true, false)
    );
    assert!(!format!("{connect:?}").contains("pass"));
}

#[test]
fn a_packet_is_refused_for_its_size_before_it_has_come() {
    let head = b"\x30\xff\xff\x7f";
    assert_eq!(read(Version::V4, head), Err(Malformed));
    assert_eq!(read(Version::V5, head), Err(Malformed));
}

#[test]
fn both_ways_to_say_goodbye_in_mqtt_5_are_understood() {
    for bytes in [&b"\xe0\x00"[..], b"\xe0\x01\x00", b"\xe0\x02\x00\x00"] {
        assert_eq!(
            read(Version::V5, bytes),
            Ok(Some(Request::Disconnect)),
            "{bytes:?}"
        );
    }
}

#[test]
fn a_packet_that_holds_less_than_it_promises_is_refused() {
    // A PUBLISH whose properties' length is not all there.
    let bytes = b"\x30\x04\x00\x01a\x80";
    assert_eq!(read(Version::V5, bytes), Err(Malformed));
    assert_eq!(read(Version::V5, &bytes[..5]), Ok(None));
}

#[test]
fn every_reply_is_written_and_only_mqtt_5_says_goodbye() {
    let replies = [
        Reply::Refused(Refusal::Password),
        Reply::Stored { id: 7 },
        Reply::Subscribed {
            id: 7,
            granted: vec![true, false],
        },
        Reply::Unsubscribed { id: 7, filters: 2 },
        Reply::Pong,
        Reply::Bye(Reason::NotAuthorized),
    ];
    let written = |version: Version| -> Vec<Vec<u8>> {
        let write = |reply: &Reply| {
            let mut bytes = BytesMut::new();
            version.write(reply.clone(), &mut bytes).unwrap();
            bytes.to_vec()
        };
        replies.iter().map(write).collect()
    };
    let four: [&[u8]; 6] = [
        b"\x20\x02\x00\x04",
        b"\x40\x02\x00\x07",
        b"\x90\x04\x00\x07\x00\x80",
        b"\xb0\x02\x00\x07",
        b"\xd0\x00",
        b"",
    ];
    assert_eq!(written(Version::V4), four);
    let five: [&[u8]; 6] = [
        b"\x20\x03\x00\x86\x00",
        b"\x40\x02\x00\x07",
        b"\x90\x05\x00\x07\x00\x00\x87",
        b"\xb0\x05\x00\x07\x00\x00\x00",
        b"\xd0\x00",
        b"\xe0\x02\x87\x00",
    ];
    assert_eq!(written(Version::V5), five);
}

/// Packets of the right form with anything in them, and anything at all.
fn wire() -> impl Strategy<Value = Vec<u8>> {
    let framed =
        (any::<u8>(), prop::collection::vec(any::<u8>(), 0..96)).prop_map(|(kind, body)| {
            let mut bytes = vec![kind, u8::try_from(body.len()).unwrap()];
            bytes.extend(body);
            bytes
        });
    let cut = (0..CONNECT.len(), any::<u8>()).prop_map(|(at, byte)| {
        let mut bytes = CONNECT.to_vec();
        bytes[at] = byte;
        bytes
    });
    prop_oneof![framed, cut, prop::collection::vec(any::<u8>(), 0..64)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]
    #[test]
    fn no_bytes_crash_a_decoder(bytes in wire()) {
        let _any = Version::of(&bytes);
        for version in [Version::V4, Version::V5] {
            let mut rest = BytesMut::from(&bytes[..]);
            while let Ok(Some(request)) = version.read(&mut rest, MOST) {
                // The last that is read: what follows it stays.
                if request == Request::Disconnect {
                    break;
                }
            }
        }
    }
}
