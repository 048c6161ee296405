//! A node that takes connections and answers none.

mod home;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use home::home;

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}

fn vitals(dir: &Path, line: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_vitals"));
    program.current_dir(dir).args(line.split_whitespace());
    program
}

/// Started while the node is away, until commands reach it.
fn gateway(dir: &Path) -> Running {
    let mut run = vitals(dir, "gateway run --stdin --config vitals.toml");
    run.stdin(Stdio::piped());
    run.stdout(Stdio::null()).stderr(Stdio::null());
    let running = Running(run.spawn().unwrap());
    let began = Instant::now();
    while !dir.join("gateway/control.json").exists() {
        let passed = began.elapsed();
        assert!(passed < Duration::from_secs(30), "it did not start");
        std::thread::sleep(Duration::from_millis(50));
    }
    running
}

/// Who asks for the status wants to know why nothing goes on.
#[test]
fn the_status_of_a_gateway_that_waits_for_its_node_is_told_within_seconds() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = free.local_addr().unwrap();
    drop(free);
    let home = home(&format!("http://{at}"), "url = 'http://127.0.0.1:9'");
    let _running = gateway(home.path());
    let hung = TcpListener::bind(at).unwrap();
    let _waits = hung.accept().unwrap();
    let asked = Instant::now();
    let status = vitals(home.path(), "status --config vitals.toml").output();
    let status = status.unwrap();
    let said = String::from_utf8([status.stdout, status.stderr].concat()).unwrap();
    assert!(said.starts_with("as of  "), "{said}");
    assert!(said.contains("\ngeneration  not known"), "{said}");
    assert!(asked.elapsed() < Duration::from_secs(10));
}
