//! The program as an operator meets it, without a chain: what waits, waits.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use age::secrecy::ExposeSecret;
use age::x25519::Identity;

const DEVICE: u64 = 7;
/// Appears in a line a device sends, and in the secrets: nowhere else may it.
const CANARY: &str = "canary";

const CONTRACT: &str = "wasm1c0nsentqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqkqsuny";

/// The 24 words of all zeros (BIP 39).
fn words() -> String {
    format!("{} art", ["abandon"; 23].join(" "))
}

struct Site {
    dir: tempfile::TempDir,
    /// `AGE-SECRET-KEY-1…`
    identity: String,
}

impl Site {
    fn new() -> Self {
        let site = Self {
            dir: tempfile::tempdir().unwrap(),
            identity: Identity::generate().to_string().expose_secret().to_owned(),
        };
        let deployment = format!(
            r#"{{"chain_id": "c", "consent": "{at}", "device_registry": "{at}",
                "vitals_anchor": "{at}", "care": "{at}", "claims": "{at}",
                "deployment_id": "{id}"}}"#,
            at = CONTRACT,
            id = "04".repeat(32)
        );
        site.write("deployment.json", &deployment);
        site.write("account.words", &words());
        site.write("identity", &site.identity);
        // Nothing listens there: the node and the vault are away.
        let away = TcpListener::bind("127.0.0.1:0").unwrap();
        let away = format!("http://{}", away.local_addr().unwrap());
        let at = site.dir.path().display();
        site.write(
            "vitals.toml",
            &format!(
                r#"
                [chain]
                node = "{away}"
                deployment = "{at}/deployment.json"
                key_file = "{at}/account.words"
                [gateway]
                patient = "1234567890123456789"
                ground = "grant:2"
                dir = "{at}/gateway"
                devices = [{DEVICE}]
                identity_file = "{at}/identity"
                ops_listen = "127.0.0.1:0"
                [[gateway.vaults]]
                name = "ward"
                url = "{away}"
                [gateway.mqtt]
                listen = "127.0.0.1:0"
                "#
            ),
        );
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        use std::os::unix::fs::OpenOptionsExt;
        let mut options = std::fs::OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = file.open(self.path(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn command(&self, line: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_vitals"));
        program
            .args(line.split_whitespace())
            .arg("--config")
            .arg(self.path("vitals.toml"))
            .env_remove("RUST_LOG");
        program
    }

    fn output(&self, line: &str) -> (bool, String) {
        said(&self.command(line).output().unwrap())
    }

    /// Runs until it is dropped; stderr goes to a file.
    fn run(&self, change: impl FnOnce(&mut Command)) -> Running {
        let log = std::fs::File::create(self.path("log")).unwrap();
        let mut program = self.command("gateway run");
        program
            .stdout(Stdio::piped())
            .stderr(log)
            .stdin(Stdio::piped());
        change(&mut program);
        Running(program.spawn().unwrap())
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap()
    }
}

fn said(output: &Output) -> (bool, String) {
    let text = [&output.stdout[..], &output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

struct Running(Child);

impl Running {
    fn first_line(&mut self) -> String {
        let mut line = String::new();
        let stdout = self.0.stdout.as_mut().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        line
    }

    fn signal(&self, name: &str) {
        let id = self.0.id().to_string();
        assert!(Command::new("kill")
            .args([name, &id])
            .status()
            .unwrap()
            .success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}: not so");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The address and token of the gateway that runs.
fn control(site: &Site) -> (String, String) {
    let text = std::fs::read_to_string(site.path("gateway/control.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let field = |name: &str| file[name].as_str().unwrap().to_owned();
    (field("address"), field("token"))
}

fn get(address: &str, path: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let asked = format!("GET {path} HTTP/1.1\r\nhost: ops\r\nconnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_gateway_whose_chain_is_away_says_so_and_ends_when_it_is_told_to() {
    let site = Site::new();
    let mut running = site.run(|_| ());
    assert!(running
        .first_line()
        .starts_with("gateway listens on mqtt://127.0.0.1:"));
    let (address, token) = control(&site);
    until("the chain is named", || {
        let health = get(&address, "/healthz");
        health.starts_with("HTTP/1.1 503") && health.contains("chain/unreachable")
    });
    let metrics = get(&address, "/metrics");
    assert!(metrics.contains("vitals_gateway_tick_ms"), "{metrics}");
    let (done, status) = site.output("status");
    assert!(
        done && status.contains("the chain does not say"),
        "{status}"
    );
    let (done, refused) = site.output("gateway parked export --device 7 --sequence 1 --out x");
    assert!(!done && refused.contains("gateway/not_parked"), "{refused}");
    assert!(!site.log().contains(&token));
    running.signal("-TERM");
    assert!(running.0.wait().unwrap().success());
}

#[test]
fn a_second_gateway_on_a_store_is_refused_and_a_stopped_one_s_status_is_read() {
    let site = Site::new();
    let mut running = site.run(|_| ());
    running.first_line();
    let (done, refused) = site.output("gateway run");
    assert!(
        !done && refused.contains("gateway/store_in_use"),
        "{refused}"
    );
    drop(running);
    let (done, status) = site.output("status --json");
    assert!(done && status.contains("\"counts\""), "{status}");
}

#[test]
fn nothing_of_a_line_or_a_secret_is_in_the_logs_at_any_level() {
    let site = Site::new();
    let mut running = site.run(|program| {
        program
            .arg("--stdin")
            .args(["--log-format", "json"])
            .env("RUST_LOG", "trace");
    });
    let mut stdin = running.0.stdin.take().unwrap();
    writeln!(stdin, "{DEVICE}\t{CANARY}").unwrap();
    writeln!(stdin, "{CANARY}").unwrap();
    until("the lines are taken", || site.log().contains("quarantine"));
    until("a tick is done", || {
        site.log().contains("not to be had") || site.log().contains("not well")
    });
    let (_, token) = control(&site);
    for secret in [CANARY, &token, &site.identity, "abandon"] {
        assert!(
            !site.log().contains(secret),
            "{secret} is in {}",
            site.log()
        );
    }
    for line in site.log().lines() {
        let _: serde_json::Value = serde_json::from_str(line).expect(line);
    }
}

#[test]
fn a_device_s_password_is_printed_once_and_kept_hashed() {
    let site = Site::new();
    let (done, password) = site.output("gateway device-password --device 7");
    let password = password.trim();
    assert!(done && password.len() >= 20, "{password}");
    let kept = std::fs::read_to_string(site.path("gateway/mqtt-passwords")).unwrap();
    assert!(kept.starts_with("7 ") && !kept.contains(password), "{kept}");
    assert!(site.output("gateway device-password --device 7 --remove").0);
    let (done, refused) = site.output("gateway device-password --device 7 --remove");
    assert!(
        !done && refused.contains("gateway/device_password"),
        "{refused}"
    );
}

#[test]
fn a_backup_of_a_gateway_makes_a_directory_that_runs() {
    let site = Site::new();
    let mut running = site.run(|_| ());
    running.first_line();
    site.write("passphrase", "correct horse battery staple\n");
    let key = format!(
        "--backup-passphrase-file {}",
        site.path("passphrase").display()
    );
    let out = site.path("backup.age");
    let (done, told) = site.output(&format!("backup --out {} {key}", out.display()));
    assert!(done, "{told}");
    drop(running);
    let dir = site.path("restored");
    let restore = format!(
        "restore --from {} --dir {} {key}",
        out.display(),
        dir.display()
    );
    let restored = Command::new(env!("CARGO_BIN_EXE_vitals"))
        .args(restore.split_whitespace())
        .output()
        .unwrap();
    assert!(said(&restored).0, "{}", said(&restored).1);
    assert!(is_there(&dir, "gateway.db") && is_there(&dir, "store.key"));
    let (done, status) = site.output(&format!("status --dir {}", dir.display()));
    assert!(done, "{status}");
}

fn is_there(dir: &Path, name: &str) -> bool {
    dir.join(name).exists()
}

#[test]
fn a_configuration_is_checked_whole() {
    let site = Site::new();
    let (done, told) = site.output("config check");
    assert!(done && told.contains("sound: chain, gateway"), "{told}");
    let output = site
        .command("config check")
        .env("VITALS_GATEWAY__MAX_READINGS", "0")
        .env("VITALS_CHAIN__GAS_PRICE", "free")
        .output();
    let (done, told) = said(&output.unwrap());
    assert!(!done, "{told}");
    for key in ["gateway.max_readings: ", "chain.gas_price: "] {
        assert!(told.contains(key), "{key} is not in {told}");
    }
}
