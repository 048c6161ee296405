//! A responder before custodians that answer, refuse, lie, are slow or are not there.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use vitals_chain_client::Wallet;
use vitals_core::emergency::EmergencyShare;
use vitals_core::shares::IdentitySecret;
use vitals_core::time::Window;
use vitals_vault_client::{gather, Expected, VaultClient};

const EXPECTED: Expected = Expected {
    patient: 5,
    generation: 2,
    window: Window { from: 10, to: 20 },
    threshold: 2,
};

enum Custodian {
    Gives(EmergencyShare),
    Refuses,
    Sleeps,
    Away,
}

fn secret(byte: u8) -> IdentitySecret {
    IdentitySecret::from_bytes([byte; 32])
}

fn responder() -> IdentitySecret {
    secret(77)
}

fn shares(byte: u8) -> Vec<EmergencyShare> {
    let split = secret(byte).split(2, 3, [byte; 32].into()).unwrap();
    let share = |share| EmergencyShare {
        patient: EXPECTED.patient,
        generation: EXPECTED.generation,
        window: EXPECTED.window,
        share,
        package: [byte; 32],
    };
    split.into_iter().map(share).collect()
}

/// One request is answered, or none.
fn serve(listener: TcpListener, custodian: Custodian) {
    let (mut stream, _) = listener.accept().unwrap();
    let mut request = [0; 4_096];
    let read = stream.read(&mut request).unwrap();
    let line = String::from_utf8_lossy(&request[..read]).into_owned();
    assert!(
        line.starts_with("GET /v1/emergency/5/9/share HTTP/1.1"),
        "{line}"
    );
    let (status, body) = match custodian {
        Custodian::Gives(share) => {
            let to = responder().recipient().unwrap();
            ("200 OK", share.seal(&to).unwrap())
        }
        Custodian::Refuses => {
            let refusal = br#"{"code":"consent/emergency_over","reason":"it ended"}"#;
            ("403 Forbidden", refusal.to_vec())
        }
        Custodian::Sleeps => return thread::sleep(Duration::from_secs(20)),
        Custodian::Away => return,
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body).unwrap();
}

fn ask(custodians: Vec<Custodian>) -> Result<[u8; 32], String> {
    let wallet = Arc::new(Wallet::generate("wasm").unwrap().0);
    let clients: Vec<_> = custodians
        .into_iter()
        .enumerate()
        .map(|(number, custodian)| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("http://{}", listener.local_addr().unwrap());
            thread::spawn(move || serve(listener, custodian));
            VaultClient::new(&url, &format!("c{number}"), wallet.clone()).unwrap()
        })
        .collect();
    let identity = responder().identity().unwrap();
    match gather(&clients, &EXPECTED, 9, &identity) {
        Ok(key) => {
            let byte = key.package[0];
            assert_eq!(key.identity, secret(byte).identity().unwrap());
            Ok(key.package)
        }
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn two_shares_are_enough_and_whoever_is_slow_or_away_is_not_waited_for() {
    let [one, other, _]: [_; 3] = shares(1).try_into().ok().unwrap();
    let begun = Instant::now();
    for third in [Custodian::Sleeps, Custodian::Away] {
        let custodians = vec![
            third,
            Custodian::Gives(one.clone()),
            Custodian::Gives(other.clone()),
        ];
        assert_eq!(ask(custodians), Ok([1; 32]));
    }
    assert!(begun.elapsed() < Duration::from_secs(15));
}

#[test]
fn fewer_shares_open_nothing_and_the_text_says_who_refused() {
    let one = shares(1).remove(0);
    let error = ask(vec![
        Custodian::Gives(one),
        Custodian::Refuses,
        Custodian::Away,
    ]);
    let error = error.unwrap_err();
    assert!(
        error.starts_with("emergency/shares_missing: emergency/too_few: 1 shares"),
        "{error}"
    );
    assert!(error.contains("c1: consent/emergency_over"), "{error}");
    assert!(error.contains("c2: vault/unreachable"), "{error}");
}

#[test]
fn shares_that_the_chain_does_not_name_are_left_out() {
    let mut others = shares(2);
    others[0].generation = 1;
    others[1].patient = 6;
    others[2].window = Window { from: 10, to: 21 };
    for lie in others {
        let [one, other, _]: [_; 3] = shares(1).try_into().ok().unwrap();
        let alone = ask(vec![
            Custodian::Gives(lie.clone()),
            Custodian::Gives(one.clone()),
        ]);
        let error = alone.unwrap_err();
        assert!(error.contains("c0: emergency/other_package"), "{error}");
        let enough = [lie, one, other].map(Custodian::Gives);
        assert_eq!(ask(enough.into()), Ok([1; 32]));
    }
}

#[test]
fn a_custodian_that_makes_up_a_whole_set_of_its_own_opens_nothing_with_it() {
    let made_up = secret(9).split(1, 1, [9; 32].into()).unwrap().remove(0);
    let lie = EmergencyShare {
        share: made_up,
        ..shares(9).remove(0)
    };
    let error = ask(vec![Custodian::Gives(lie)]).unwrap_err();
    assert!(error.contains("emergency/other_package"), "{error}");
}
