//! The thread that takes in: it drains what is in the queue into one group, has it stored by one
//! write to disk, answers, and acknowledges. It never waits for a chain or a vault.

mod aside;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use vitals_gateway::{Inbound, Intake, GROUP};
use vitals_ops::Health;
use vitals_transport::{Ack, Outbox, Payload, Received};

use crate::orders::Stopper;
use crate::sensors::{Sensors, Value};
use crate::stdin::{named, Say, CLOSE};
use crate::{counts, Clock, Links};

/// An idle thread looks round so often.
const ROUND: Duration = Duration::from_millis(100);
/// After a store that took nothing, before it is tried again: whoever sends waits as well.
const RETRY: Duration = Duration::from_millis(500);
/// Between greetings of all devices: as long a device that came back in the middle of an hour may
/// wait to be asked for readings.
const GREETING: Duration = Duration::from_secs(5);
/// It is not well when it has not come round for so long.
const ALIVE: Duration = Duration::from_secs(60);

/// Ways back to devices.
#[derive(Clone)]
pub(crate) struct Voices {
    mqtt: Option<Outbox>,
    stdin: Option<Say>,
    sensors: Sender<(u64, String)>,
}

impl Voices {
    pub fn of(links: &Links, sensors: Sender<(u64, String)>) -> Self {
        Self {
            mqtt: links.mqtt.clone(),
            stdin: links.stdin.clone(),
            sensors,
        }
    }

    /// From the other thread, to wherever the device may be.
    pub fn pass_on(&self, device: u64, line: &str) {
        let _ended = self.sensors.send((device, line.to_owned()));
        self.tell(device, line);
    }

    fn tell(&self, device: u64, line: &str) {
        if let Some(mqtt) = &self.mqtt {
            mqtt.send(device, line);
        }
        if let Some(say) = &self.stdin {
            say(Some(device), line);
        }
    }

    fn answer(&self, entry: &Entry, line: &str) {
        match (entry.inbound.from, &self.mqtt, &self.stdin) {
            (Some(device), Some(mqtt), _) => mqtt.send(device, line),
            (None, _, Some(say)) => say(entry.named, line),
            _ => (),
        }
    }
}

pub(crate) struct Taking {
    pub intake: Intake,
    pub received: Receiver<Received>,
    pub said: Voices,
    pub sensors: Option<Sensors>,
    /// Lines of the other thread, some of them for sensors.
    pub passed_on: Receiver<(u64, String)>,
    pub devices: BTreeSet<u64>,
    pub health: Health,
    pub stopper: Stopper,
    pub stop: Arc<AtomicBool>,
    pub clock: Clock,
    /// The store did not take what was noticed without a line.
    pub ill: bool,
}

/// What came at once.
#[derive(Default)]
struct Group {
    lines: Vec<Entry>,
    values: Vec<Value>,
    retained: Vec<Received>,
}

struct Entry {
    inbound: Inbound,
    /// Of stdin, as the line names it.
    named: Option<u64>,
    ack: Ack,
}

impl Taking {
    pub fn run(mut self) {
        let mut greeted: Option<Instant> = None;
        while !self.stop.load(Ordering::Relaxed) {
            self.health.alive_within("intake", ALIVE);
            if greeted.is_none_or(|at| at.elapsed() >= GREETING) {
                self.greet();
                greeted = Some(Instant::now());
            }
            self.tell_sensors();
            self.watch();
            match self.received.recv_timeout(ROUND) {
                Ok(first) => self.take(first),
                Err(RecvTimeoutError::Timeout) => (),
                // Nothing more will come; what was taken goes on being sealed and anchored.
                Err(RecvTimeoutError::Disconnected) => sleep(ROUND),
            }
        }
    }

    /// What does not come is noticed too.
    fn watch(&mut self) {
        let ticked = self.intake.tick((self.clock)());
        if ticked.is_err() || self.ill {
            self.health.of("store", &ticked);
        }
        self.ill = ticked.is_err();
    }

    fn take(&mut self, first: Received) {
        let Group {
            lines,
            values,
            retained,
        } = self.group(first);
        if !retained.is_empty() {
            self.put_aside_retained(retained);
        }
        if !lines.is_empty() {
            self.take_lines(lines);
        }
        if !values.is_empty() {
            self.take_values(values);
        }
    }

    fn take_values(&mut self, values: Vec<Value>) {
        let signed = |value: &Value| self.sensors.as_ref().is_some_and(|s| s.are(value.device));
        let (values, strays): (Vec<_>, Vec<_>) = values.into_iter().partition(signed);
        if !strays.is_empty() {
            self.put_aside_strays(strays);
        }
        if let Some(sensors) = self.sensors.as_mut().filter(|_| !values.is_empty()) {
            sensors.take(values, &mut self.intake, (self.clock)());
        }
    }

    fn take_lines(&mut self, lines: Vec<Entry>) {
        let inbound: Vec<_> = lines.iter().map(|entry| entry.inbound.clone()).collect();
        let began = Instant::now();
        let taken = self.intake.take(&inbound, (self.clock)());
        counts::group(&taken, lines.len(), began.elapsed());
        self.health.of("store", &taken);
        match taken {
            Ok(answers) => {
                let unanswered = self.answer(lines, answers);
                self.put_off(unanswered);
            }
            Err(error) => {
                let text = error.to_string();
                let code = text.split(':').next().unwrap_or_default();
                tracing::error!(code, lines = lines.len(), "lines could not be stored");
                drop(lines);
                sleep(RETRY);
            }
        }
    }

    /// What came, up to a group: whatever waits already, without waiting for more.
    fn group(&self, first: Received) -> Group {
        let mut group = Group::default();
        let all = std::iter::once(first).chain(self.received.try_iter());
        all.take(GROUP)
            .for_each(|received| self.sort(received, &mut group));
        group
    }

    fn sort(&self, received: Received, group: &mut Group) {
        if received.retained {
            return group.retained.push(received);
        }
        let Received {
            from,
            payload,
            delivery,
            ack,
            ..
        } = received;
        match (payload, from) {
            (Payload::Line(line), Some(_)) => {
                let (inbound, named) = (Inbound { from, line }, None);
                group.lines.push(Entry {
                    inbound,
                    named,
                    ack,
                });
            }
            (Payload::Line(line), None) if line == CLOSE => self.stopper.close(),
            (Payload::Line(line), None) => {
                let (named, line) = named(&line);
                let line = line.to_owned();
                let inbound = Inbound { from, line };
                group.lines.push(Entry {
                    inbound,
                    named,
                    ack,
                });
            }
            (
                Payload::Gatt {
                    characteristic,
                    value,
                },
                Some(device),
            ) => {
                let bytes = value;
                group.values.push(Value {
                    device,
                    characteristic,
                    bytes,
                    delivery,
                    ack,
                });
            }
            // Nobody's: no transport that authenticates nobody brings one.
            (Payload::Gatt { .. }, None) => {
                counts::unsigned();
                ack.done();
            }
        }
    }

    /// Acknowledges what was taken; the rest is given back.
    fn answer(&self, group: Vec<Entry>, answers: Vec<vitals_gateway::Answer>) -> Vec<Entry> {
        let mut answers = answers.into_iter().peekable();
        let mut unanswered = Vec::new();
        for (index, entry) in group.into_iter().enumerate() {
            let Some(answer) = answers.next_if(|answer| answer.to == index) else {
                unanswered.push(entry);
                continue;
            };
            for line in &answer.lines {
                self.said.answer(&entry, line);
            }
            entry.ack.done();
        }
        unanswered
    }

    fn greet(&mut self) {
        let sensors = self.sensors.as_ref().map_or(Vec::new(), Sensors::devices);
        let all: BTreeSet<_> = self.devices.iter().copied().chain(sensors).collect();
        for device in all {
            match self.intake.greet(device, (self.clock)()) {
                Ok(lines) => self.greet_with(device, &lines),
                Err(error) => self.health.of::<(), _>("store", &Err(error)),
            }
        }
        if let Some(sensors) = &mut self.sensors {
            sensors.resend(&mut self.intake, (self.clock)());
        }
    }

    fn greet_with(&mut self, device: u64, lines: &[String]) {
        match self.sensors.as_mut().filter(|sensors| sensors.are(device)) {
            Some(sensors) => sensors.tell(device, lines, &mut self.intake, (self.clock)()),
            None => lines.iter().for_each(|line| self.said.tell(device, line)),
        }
    }

    fn tell_sensors(&mut self) {
        let passed_on: Vec<_> = self.passed_on.try_iter().collect();
        let Some(sensors) = &mut self.sensors else {
            return;
        };
        for (device, line) in passed_on {
            if sensors.are(device) {
                sensors.tell(device, &[line], &mut self.intake, (self.clock)());
            }
        }
    }
}
