//! kill -9 at random instants, of a process that keeps and signs. Whoever sends repeats what was
//! not acknowledged, under the same number, as MQTT does.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::*;
use vitals_core::measure::Category;
use vitals_sensors::gatt::HEART_RATE;
use vitals_sensors::Taken;

const DIR: &str = "VITALS_SENSORS_CRASH_DIR";

/// The process that is killed; does nothing unless it was started as one.
#[test]
fn crash_child() {
    let Ok(dir) = std::env::var(DIR) else {
        return;
    };
    let mut sensors = open(Path::new(&dir));
    for command in std::io::stdin().lines().map_while(Result::ok) {
        let words: Vec<&str> = command.split(' ').collect();
        let lines = match words[..] {
            ["take", number, again] => {
                let number: u16 = number.parse().unwrap();
                let (value, at_ms) = payload(number);
                let mut arrival = arrival(HEART_RATE, &value, at_ms);
                arrival.delivery = Some(number);
                arrival.again = again == "true";
                // delivered later than it was measured: by how much, nobody knows
                arrival.at_ms += if arrival.again { 300 } else { 0 };
                assert!(!matches!(
                    take(&mut sensors, arrival),
                    Taken::Refused { .. }
                ));
                sensors.lines(DEVICE).unwrap()
            }
            ["line", line] => sensors.on_line(DEVICE, line).unwrap(),
            _ => sensors.resend(DEVICE).unwrap(),
        };
        println!("\nsaid {}", lines.join(" "));
    }
}

/// One heart rate a second, each unlike the one before.
fn payload(number: u16) -> ([u8; 2], u64) {
    let value = 50 + u8::try_from(number % 100).unwrap();
    ([0, value], HOUR + u64::from(number) * 1_000)
}

struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Process {
    fn start(dir: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["crash::crash_child", "--exact", "--nocapture"])
            .env(DIR, dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            stdin,
            stdout,
        }
    }

    /// What it says to a command; none where it died.
    fn tell(&mut self, command: &str) -> Option<Vec<String>> {
        writeln!(self.stdin, "{command}").ok()?;
        let mut line = String::new();
        while !line.starts_with("said") {
            line.clear();
            if self.stdout.read_line(&mut line).ok()? == 0 {
                return None;
            }
        }
        Some(line.split_whitespace().skip(1).map(String::from).collect())
    }
}

/// The clock decides where in its work the process dies.
struct Killer {
    seed: u64,
    due: Instant,
}

impl Killer {
    fn arm(&mut self) {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let us = 20_000 + (self.seed >> 33) % 120_000;
        self.due = Instant::now() + Duration::from_micros(us);
    }
}

/// Sends a command; kills the process once it is due, mostly while it works on that command.
fn step(process: &mut Process, killer: &Killer, command: &str) -> Option<Vec<String>> {
    if Instant::now() >= killer.due {
        writeln!(process.stdin, "{command}").ok()?;
        std::thread::sleep(Duration::from_micros(killer.seed % 2_000));
        process.child.kill().unwrap();
        process.child.wait().unwrap();
        return None;
    }
    process.tell(command)
}

/// Carries lines until both sides are silent; none where the process died.
fn talk(
    process: &mut Process,
    killer: &Killer,
    edge: &mut Edge,
    mut lines: Vec<String>,
) -> Option<()> {
    while let Some(line) = lines.pop() {
        let answer = edge.answer(&line);
        lines.extend(step(process, killer, &format!("line {answer}"))?);
    }
    Some(())
}

/// Sends from `next` on until the process dies or all is sent; where it came.
fn run(process: &mut Process, killer: &Killer, edge: &mut Edge, mut next: u16, all: u16) -> u16 {
    let mut again = true;
    let Some(lines) = step(process, killer, "resend") else {
        return next;
    };
    if talk(process, killer, edge, lines).is_none() {
        return next;
    }
    while next < all {
        let Some(lines) = step(process, killer, &format!("take {next} {again}")) else {
            return next;
        };
        (next, again) = (next + 1, false);
        let ask = Edge::ask(Category::Cardiac, HOUR);
        let asked = match next % 50 {
            1 => step(process, killer, &format!("line {ask}")),
            _ => Some(Vec::new()),
        };
        let Some(asked) = asked else { return next };
        if talk(process, killer, edge, [lines, asked].concat()).is_none() {
            return next;
        }
    }
    next
}

#[test]
fn killed_at_any_instant_nothing_acknowledged_is_lost_and_nothing_comes_twice() {
    const ALL: u16 = 600;
    let dir = tempfile::tempdir().unwrap();
    let mut edge = Edge::new(add(dir.path(), &everything()));
    let mut killer = Killer {
        seed: 7,
        due: Instant::now(),
    };
    let (mut next, mut kills) = (0, 0);
    while next < ALL {
        let mut process = Process::start(dir.path());
        // it is up, and the lock is its own
        process.tell("resend");
        killer.arm();
        next = run(&mut process, &killer, &mut edge, next, ALL);
        let _ = process.child.kill();
        let _ = process.child.wait();
        kills += 1;
    }
    let mut sensors = open(dir.path());
    let lines = sensors.resend(DEVICE).unwrap();
    edge.talk(&mut sensors, lines);
    let lines = sensors
        .on_line(DEVICE, &Edge::ask(Category::Cardiac, HOUR))
        .unwrap();
    edge.talk(&mut sensors, lines);
    edge.close_all(&mut sensors);
    let got: Vec<i64> = edge
        .readings()
        .into_iter()
        .map(|(_, value)| value)
        .collect();
    let expected: Vec<i64> = (0..ALL).map(|n| i64::from(payload(n).0[1]) * 10).collect();
    assert_eq!(got, expected, "after {kills} kills");
    assert!(kills > 3, "only {kills} kills");
    println!("{kills} kills");
}
