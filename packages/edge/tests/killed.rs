//! kill -9, again and again, while a device sends: what was acknowledged is stored, and once.

mod support;

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use support::gateway::bench::{heart_rates, values, START};
use support::gateway::Bench;
use support::link::Link;
use support::{clock, run};

/// The bench's directory, for the process that is killed.
const DIR: &str = "VITALS_EDGE_TEST_DIR";
const LISTEN: &str = "VITALS_EDGE_TEST_LISTEN";
const KILLS: u32 = 8;

/// What is killed: a gateway on the bench's files, which never reaches a chain.
#[test]
#[ignore = "started by the other test"]
fn a_gateway_process() {
    let dir = PathBuf::from(std::env::var(DIR).unwrap());
    let listen: SocketAddr = std::env::var(LISTEN).unwrap().parse().unwrap();
    let bench = Bench::new(Vec::new());
    bench.chain.state().unreachable = true;
    std::fs::copy(dir.join("store.key"), bench.dir.path().join("store.key")).unwrap();
    let gateway = bench.opened(&dir.join("gateway.db")).unwrap();
    let running = run(gateway, &dir, listen);
    println!("listens on {}", running.address);
    std::thread::sleep(Duration::from_secs(600));
}

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(dir: &std::path::Path, listen: &str) -> (Killed, SocketAddr) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["a_gateway_process", "--exact", "--ignored", "--nocapture"])
        .env(DIR, dir)
        .env(LISTEN, listen)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines
        .find_map(|line| Some(line.unwrap().split_once("listens on ")?.1.parse().unwrap()))
        .unwrap();
    // What it prints later has somewhere to go.
    std::thread::spawn(move || lines.for_each(drop));
    (Killed(child), address)
}

#[test]
fn killed_again_and_again_under_load_it_loses_and_doubles_nothing() {
    let samples: Vec<_> = heart_rates(START, 60).into_iter().take(1_000).collect();
    let expected = values(&samples);
    let mut bench = Bench::new(samples);
    bench.gateway = None;
    let dir = bench.dir.path().to_owned();
    let mut listen = "127.0.0.1:0".to_string();
    for kill in 0..KILLS {
        let (process, address) = start(&dir, &listen);
        listen = address.to_string();
        let mut link = Link::connect(&mut bench.device, address);
        let mut random = [0u8; 1];
        getrandom::fill(&mut random).unwrap();
        let time = Duration::from_millis(200 + u64::from(kill) * 50 + u64::from(random[0]));
        link.talk(time, |_| false);
        drop(process);
    }
    bench.chain.state().now_ms = clock();
    bench.open();
    let running = run(bench.gateway.take().unwrap(), &dir, listen.parse().unwrap());
    let chain = bench.chain.clone();
    let mut link = Link::connect(&mut bench.device, running.address);
    let done = link.talk(Duration::from_secs(90), |device| {
        chain.state().now_ms = clock();
        if device.next_at_ms().is_none() && !device.is_done() {
            running.command("close", "null").unwrap();
        }
        device.is_done()
    });
    assert!(done, "{:?}", running.command("status", "null"));
    drop(link);
    running.stop();
    assert_eq!(bench.anchored_samples(), expected);
}
