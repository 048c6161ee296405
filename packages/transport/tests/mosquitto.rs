//! Debian's mosquitto, which nobody here wrote: its clients as devices of our endpoint, and its broker
//! between devices and gateway, set up as docs/mqtt.md says. `MOSQUITTO` names the directory that
//! `scripts/setup mosquitto` prints.

mod support;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{sync_channel, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use support::certify::certify;
use support::*;
use tempfile::TempDir;
use vitals_transport::{broker, Delivery, Outbox, Received};

fn tool(name: &str) -> Command {
    let root = PathBuf::from(std::env::var("MOSQUITTO").expect("MOSQUITTO is not set"));
    let mut command = Command::new(root.join("bin").join(name));
    command.env("LD_LIBRARY_PATH", root.join("lib"));
    command
}

/// One of mosquitto's clients as a device, with what it takes to reach the server.
fn client(name: &str, server: &[String], user: &str, password: &str) -> Command {
    let mut command = tool(name);
    command.args(server).args(["-u", user, "-P", password]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn plain(edge: &Edge) -> Vec<String> {
    ["-h", "127.0.0.1", "-p", &edge.port().to_string()]
        .map(String::from)
        .to_vec()
}

/// The lines that a running client prints.
struct Listening(Child, BufReader<std::process::ChildStdout>);

impl Listening {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self(child, out)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.1.read_line(&mut line).unwrap();
        line.trim_end().to_string()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _gone = self.0.wait();
    }
}

#[test]
#[ignore = "wants mosquitto: scripts/test --long"]
fn mosquittos_clients_are_devices_of_the_endpoint_in_both_versions() {
    let edge = Edge::start();
    let server = plain(&edge);
    for version in ["mqttv311", "mqttv5"] {
        let mut publish = client("mosquitto_pub", &server, "1", &password(1));
        publish.args(["-V", version, "-q", "1", "-t", &up(1), "-m", "AQEx"]);
        let mut child = publish.spawn().unwrap();
        let received = edge.next();
        assert_eq!(line(&received), (Some(1), "AQEx"));
        thread::sleep(SOON);
        assert!(
            child.try_wait().unwrap().is_none(),
            "it waits for its PUBACK"
        );
        received.ack.done();
        assert!(child.wait().unwrap().success(), "{version}");

        let mut listen = client("mosquitto_sub", &server, "2", &password(2));
        listen.args([
            "-V",
            version,
            "-q",
            "1",
            "-v",
            "-t",
            &down(2),
            "-t",
            "vitals/#",
        ]);
        let outbox = edge.outbox.clone();
        let telling = thread::spawn(move || {
            for _ in 0..100 {
                outbox.send(1, "not for two");
                outbox.send(2, "AQMx");
                thread::sleep(Duration::from_millis(50));
            }
        });
        let heard = Listening::start(listen).line();
        assert_eq!(heard, "vitals/v1/2/down AQMx", "{version}");
        telling.join().unwrap();

        let mut wrong = client("mosquitto_pub", &server, "1", "not the password");
        wrong.args(["-V", version, "-q", "1", "-t", &up(1), "-m", "x"]);
        assert!(!wrong.status().unwrap().success());
        let mut foreign = client("mosquitto_pub", &server, "1", &password(1));
        foreign.args(["-V", version, "-q", "1", "-t", &up(2), "-m", "x"]);
        let mut foreign = foreign.spawn().unwrap();
        edge.nothing_comes();
        let _gone = foreign.kill();
        foreign.wait().unwrap();
    }
}

/// mosquitto as docs/mqtt.md sets it up.
struct Broker {
    dir: TempDir,
    port: u16,
    process: Child,
}

/// The example of that kind on the page, with a directory for those of the system.
fn example(kind: &str, dir: &Path, port: u16) -> String {
    let page = include_str!("../../../docs/mqtt.md");
    let (_, rest) = page.split_once(&format!("```{kind}\n")).unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let dir = format!("{}/", dir.display());
    text.replace("/etc/mosquitto/", &dir)
        .replace("/var/lib/mosquitto/", &dir)
        .replace("8883", &port.to_string())
}

impl Broker {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path().to_path_buf();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let files = certify(&at, "a");
        std::fs::rename(files.certificate, at.join("server.pem")).unwrap();
        std::fs::rename(files.key, at.join("server.key")).unwrap();
        std::fs::write(at.join("acl"), example("acl", &at, port)).unwrap();
        let conf = format!("{}user root\n", example("conf", &at, port));
        std::fs::write(at.join("mosquitto.conf"), conf).unwrap();
        std::fs::write(at.join("passwd"), "").unwrap();
        for user in ["1", "2", "gateway"] {
            let made = tool("mosquitto_passwd")
                .args(["-b", &at.join("passwd").display().to_string(), user, user])
                .stderr(Stdio::null())
                .status();
            assert!(made.unwrap().success());
        }
        let process = Self::run(&at);
        Self { dir, port, process }
    }

    fn run(at: &Path) -> Child {
        let conf = at.join("mosquitto.conf");
        let mut command = tool("mosquitto");
        command
            .arg("-c")
            .arg(conf)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().unwrap()
    }

    fn stop(&mut self) {
        // SIGTERM: it writes its store.
        let id = self.process.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        self.process.wait().unwrap();
    }

    fn begin_again(&mut self) {
        self.process = Self::run(self.dir.path());
    }

    fn server(&self) -> Vec<String> {
        let authority = self.dir.path().join("a.pem").display().to_string();
        let port = self.port.to_string();
        ["-h", "localhost", "-p", &port, "--cafile", &authority]
            .map(String::from)
            .to_vec()
    }

    fn gateway(&self) -> (Outbox, Receiver<Received>) {
        let url = format!("mqtts://localhost:{}", self.port);
        let mut config = broker::Config::new(&url, "gateway-1");
        config.login = Some(("gateway".into(), "gateway".into()));
        config.authority = Some(self.dir.path().join("a.pem"));
        let (tx, received) = sync_channel(16);
        (broker::start(config, tx).unwrap(), received)
    }

    /// Sends until the broker takes it: it may not listen yet.
    fn publish(&self, device: &str, topic: &str, text: &str) {
        let due = Instant::now() + LONG;
        loop {
            let mut publish = client("mosquitto_pub", &self.server(), device, device);
            publish.args(["-q", "1", "-t", topic, "-m", text]);
            if publish.status().unwrap().success() {
                return;
            }
            assert!(Instant::now() < due, "the broker did not take it");
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

fn next(received: &Receiver<Received>) -> Received {
    received.recv_timeout(LONG).expect("nothing came")
}

/// Once the gateway's session is there: until then a broker keeps nothing for it.
fn joined(broker: &Broker, received: &Receiver<Received>) {
    let due = Instant::now() + LONG;
    while Instant::now() < due {
        broker.publish("1", &up(1), "first");
        if let Ok(first) = received.recv_timeout(SOON) {
            return first.ack.done();
        }
    }
    panic!("the gateway never joined");
}

#[test]
#[ignore = "wants mosquitto: scripts/test --long"]
fn what_is_not_stored_comes_again_whichever_of_gateway_and_broker_began_anew() {
    let mut broker = Broker::start();
    let (outbox, received) = broker.gateway();
    joined(&broker, &received);
    broker.publish("1", &up(1), "a");
    broker.publish("2", "vitals/v1/2/gatt/2a37", "b");
    let a = next(&received);
    assert_eq!(line(&a), (Some(1), "a"));
    let first = a.delivery.unwrap();
    assert!(!first.again);
    // The gateway ends without having stored either.
    drop((outbox, received, a));
    broker.publish("1", &up(1), "c");
    let (_outbox, received) = broker.gateway();
    let [a, b, c] = [next(&received), next(&received), next(&received)];
    assert_eq!(
        (line(&a), b.from, line(&c)),
        ((Some(1), "a"), Some(2), (Some(1), "c"))
    );
    let again = true;
    assert_eq!(a.delivery, Some(Delivery { again, ..first }));
    assert!(!c.delivery.unwrap().again);
    a.ack.done();
    b.ack.done();
    thread::sleep(SOON);
    broker.stop();
    c.ack.done();
    broker.begin_again();
    let again = next(&received);
    assert_eq!(
        line(&again),
        (Some(1), "c"),
        "its ack was of another connection"
    );
    again.ack.done();
    broker.publish("1", &up(1), "d");
    let d = next(&received);
    assert_eq!(line(&d), (Some(1), "d"));
    d.ack.done();
}

#[test]
#[ignore = "wants mosquitto: scripts/test --long"]
fn the_access_list_of_the_page_keeps_devices_apart() {
    let broker = Broker::start();
    let (outbox, received) = broker.gateway();
    joined(&broker, &received);
    let mut spy = client("mosquitto_sub", &broker.server(), "2", "2");
    spy.args([
        "-v",
        "-t",
        "#",
        "-t",
        "vitals/v1/1/up",
        "-t",
        "vitals/v1/1/down",
    ]);
    let mut spy = Listening::start(spy);
    thread::sleep(SOON);
    broker.publish("1", &up(1), "secret");
    next(&received).ack.done();
    broker.publish("2", &up(1), "forged");
    broker.publish("2", &down(1), "forged");
    assert!(received.recv_timeout(SOON).is_err());
    outbox.send(1, "for one");
    outbox.send(2, "for two");
    // All that the second device ever hears, though it asked for everything.
    assert_eq!(spy.line(), "vitals/v1/2/down for two");
}
