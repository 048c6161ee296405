//! Batches on their way to the chain, and everything a chain, a node or an account can do to them.

mod support;

use support::bench::{device_key, heart_rates, values, DEVICE, START};
use support::chain::DEPLOYMENT;
use support::Bench;
use vitals_core::key::{Ed25519Signer, Signer};
use vitals_core::measure::Category;
use vitals_device_sim::{DeviceSim, Identity, Sample};

const NOW: u64 = START + 60_000;
const OTHER: u64 = 7;

fn samples() -> Vec<Sample> {
    heart_rates(START, 60).into_iter().take(300).collect()
}

/// Two devices, each with several batches that vaults hold, while the chain is out of reach.
fn loaded() -> Bench {
    let mut bench = Bench::new(samples());
    bench.max_readings = 60;
    let key = Ed25519Signer::from_seed(&[3; 32]);
    let categories = vec![Category::Cardiac, Category::Respiratory];
    let public = key.public_key();
    bench
        .chain
        .state()
        .devices
        .insert(OTHER, (public, categories));
    bench.open();
    let mut other = second(key);
    bench.chain.state().reject = Some("chain/refused: mempool is full".into());
    for second in 0..70 {
        bench.step(START + second * 1_000);
        drive(&mut bench, &mut other, START + second * 1_000);
    }
    bench.gateway().close_all().unwrap();
    bench.step(NOW + 11_000);
    drive(&mut bench, &mut other, NOW + 12_000);
    bench.chain.state().reject = None;
    bench.chain.state().transactions = 0;
    bench
}

fn second(key: Ed25519Signer) -> DeviceSim {
    let identity = Identity {
        device: OTHER,
        pairing: 1,
        deployment: DEPLOYMENT,
        next_sequence: 1,
    };
    let mut device = DeviceSim::new(key, identity, 32).unwrap();
    device.load(samples());
    device
}

/// The bench carries lines of its own device only.
fn drive(bench: &mut Bench, device: &mut DeviceSim, now_ms: u64) {
    let mut lines = device.play_until(now_ms).unwrap();
    lines.extend(device.resend().unwrap());
    for told in bench.gateway().greet(OTHER, now_ms).unwrap() {
        lines.extend(device.on_line(&told).unwrap());
    }
    for sequence in 1..10 {
        let close = vitals_core::link::GatewayMessage::Close { sequence };
        lines.extend(device.on_line(&close.to_line()).unwrap());
    }
    while let Some(line) = lines.pop() {
        for answer in bench.gateway().handle_line(&line, now_ms) {
            lines.extend(device.on_line(&answer).unwrap());
        }
    }
}

fn of(bench: &Bench, device: u64) -> Vec<u64> {
    let state = bench.chain.state();
    let own = state
        .anchored
        .iter()
        .filter(|b| b.measured.device == device);
    own.map(|b| b.measured.sequence).collect()
}

fn tick(bench: &mut Bench, after_s: u64) -> u32 {
    let now_ms = NOW + after_s * 1_000;
    bench.chain.state().now_ms = now_ms;
    bench.gateway().tick(now_ms).unwrap().anchored
}

/// Numbers without a hole or a double, from 1.
fn in_order(numbers: &[u64]) -> bool {
    numbers
        .iter()
        .zip(1..)
        .all(|(got, expected)| *got == expected)
}

#[test]
fn batches_of_several_devices_share_a_transaction() {
    let mut bench = loaded();
    let anchored = tick(&mut bench, 200);
    assert!(anchored >= 4, "{anchored}");
    assert_eq!(bench.chain.state().sizes, [anchored as usize]);
    let (own, other) = (of(&bench, DEVICE), of(&bench, OTHER));
    assert!(own.len() > 1 && other.len() > 1, "{own:?} {other:?}");
    assert!(in_order(&own) && in_order(&other));
}

#[test]
fn a_refused_batch_stops_those_after_it_of_its_device_and_nobody_else() {
    let mut bench = loaded();
    bench.chain.state().refuse_of = Some((OTHER, 2));
    tick(&mut bench, 200);
    let own = of(&bench, DEVICE);
    assert!(own.len() > 3 && in_order(&own));
    assert_eq!(of(&bench, OTHER), [1]);
    let status = bench.gateway().status().unwrap();
    assert_eq!(status.waiting_for("refused").unwrap().batches, 1);
    let sent = bench.chain.state().transactions;
    tick(&mut bench, 201);
    assert_eq!(
        bench.chain.state().transactions,
        sent,
        "nor is it asked again at once"
    );
    bench.chain.state().refuse_of = None;
    tick(&mut bench, 4_000);
    tick(&mut bench, 4_001);
    assert!(of(&bench, OTHER).len() > 1, "it is, an hour later");
    assert!(in_order(&of(&bench, OTHER)));
}

#[test]
fn what_is_too_much_for_a_transaction_goes_in_several() {
    let mut bench = loaded();
    bench.chain.state().most_batches = Some(3);
    let anchored = tick(&mut bench, 200) as usize;
    let state = bench.chain.state();
    assert!(anchored > 3);
    assert_eq!(state.sizes.iter().sum::<usize>(), anchored);
    assert!(state.sizes.iter().all(|size| *size <= 3));
}

#[test]
fn an_account_without_money_is_named_and_no_batch_is_blamed() {
    let mut bench = loaded();
    let empty = "chain/refused: transaction AB was rejected (sdk 5): spendable balance 0stake is \
                 smaller than 300stake: insufficient funds";
    bench.chain.state().reject = Some(empty.into());
    assert_eq!(tick(&mut bench, 200), 0);
    let status = bench.gateway().status().unwrap();
    let waiting = status.waiting_for("money").unwrap();
    assert!(waiting.batches >= 4 && waiting.detail.contains("insufficient funds"));
    let account = status.account.as_ref().unwrap();
    assert!(account.reason.contains("insufficient funds"));
    assert!(status.waiting_for("refused").is_none());
    bench.chain.state().reject = None;
    assert!(tick(&mut bench, 300) >= 4);
    assert_eq!(bench.gateway().status().unwrap().account, None);
}

#[test]
fn a_node_that_rejects_is_asked_ever_more_seldom() {
    let mut bench = loaded();
    bench.open();
    bench.chain.state().reject = Some("chain/refused: mempool is full".into());
    for second in 200..320 {
        tick(&mut bench, second);
    }
    let asked = bench.chain.state().transactions;
    assert!((4..12).contains(&asked), "{asked}");
}

#[test]
fn a_transaction_that_happened_and_is_answered_twice_or_not_at_all_is_sent_once() {
    let mut bench = loaded();
    bench.chain.state().lose_answer = true;
    assert_eq!(tick(&mut bench, 200), 0);
    let happened = bench.chain.state().anchored.len();
    assert!(happened >= 4);
    // what a node says of a transaction that it has seen before
    let seen = "chain/refused: broadcast_tx_sync was refused: tx already exists in cache";
    bench.chain.state().reject = Some(seen.into());
    assert_eq!(tick(&mut bench, 210) as usize, happened);
    assert_eq!(bench.chain.state().anchored.len(), happened);
    assert_eq!(bench.chain.state().transactions, 1);
}

#[test]
fn a_node_that_comes_back_with_an_older_state_gets_nothing_a_second_time() {
    let mut bench = loaded();
    bench.chain.state().most_batches = Some(1);
    bench.chain.state().refuse_of = Some((DEVICE, 3));
    tick(&mut bench, 200);
    assert_eq!(of(&bench, DEVICE), [1, 2]);
    bench.chain.state().refuse_of = None;
    bench.chain.state().known = Some(1);
    bench.gateway().retry_refused(NOW + 201_000).unwrap();
    bench.chain.state().transactions = 0;
    tick(&mut bench, 201);
    assert_eq!(bench.chain.state().transactions, 0);
    let status = bench.gateway().status().unwrap();
    assert!(
        status.waiting_for("chain_behind").is_some(),
        "{:?}",
        status.waiting
    );
    bench.chain.state().known = None;
    tick(&mut bench, 202);
    assert!(of(&bench, DEVICE).len() > 3 && in_order(&of(&bench, DEVICE)));
}

#[test]
fn another_batch_under_a_number_is_reported_and_the_device_s_later_ones_are_not_sent() {
    let mut bench = loaded();
    let foreign = {
        let key = device_key();
        let measured = vitals_core::measured::Measured {
            device: DEVICE,
            pairing: 1,
            sequence: 1,
            category: Category::Cardiac,
            epoch: support::bench::EPOCH,
            first_ms: 0,
            last_ms: 1,
            count: 1,
            root: [9; 32],
            private_root: None,
            flags: 0,
        };
        vitals_core::measured::SealedBatch {
            signature: key.sign(&measured.digest(&DEPLOYMENT)),
            measured,
            seal: vitals_core::measured::Seal {
                generation: 1,
                digest: [9; 32],
                length: 64,
            },
        }
    };
    bench.chain.state().anchored.push(foreign);
    tick(&mut bench, 200);
    let status = bench.gateway().status().unwrap();
    let refused = status.waiting_for("refused").unwrap();
    assert!(
        refused.detail.starts_with("gateway/number_used"),
        "{}",
        refused.detail
    );
    assert_eq!(of(&bench, DEVICE), [1]);
    assert!(values(&samples()).len() > bench.chain.state().anchored.len());
}
