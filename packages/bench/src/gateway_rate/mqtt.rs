//! Devices that speak MQTT 3.1.1 to the gateway's own endpoint: each over a connection of its own,
//! QoS 1, the packets written by hand so that the client costs little beside what it measures.

use std::io::{BufWriter, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use anyhow::{bail, ensure, Context, Result};
use vitals_gateway::Inbound;
use vitals_transport::{credentials, endpoint, Payload, Received};

use super::clients::{run, Acks, Out, Pace};
use super::edge::{check, open, serve, Arrival, QUEUE};
use super::load::Load;

const PASSWORD: &str = "correct horse battery staple";

const CONNECT: u8 = 0x10;
const CONNACK: [u8; 4] = [0x20, 2, 0, 0];
/// QoS 1.
const PUBLISH: u8 = 0x32;
const PUBACK: [u8; 2] = [0x40, 2];

impl Arrival for Received {
    fn inbound(&self) -> Inbound {
        let line = match &self.payload {
            Payload::Line(line) => line.clone(),
            Payload::Gatt { .. } => String::new(),
        };
        let from = self.from;
        Inbound { from, line }
    }

    fn stored(self) {
        self.ack.done();
    }
}

struct Writer {
    stream: BufWriter<TcpStream>,
    topic: String,
    packet: u16,
}

impl Out for Writer {
    fn send(&mut self, line: &str) -> Result<()> {
        // 1 to 65,535, as the standard has it.
        self.packet = self.packet % u16::MAX + 1;
        let mut body = Vec::with_capacity(self.topic.len() + line.len() + 4);
        put(&mut body, self.topic.as_bytes())?;
        body.extend_from_slice(&self.packet.to_be_bytes());
        body.extend_from_slice(line.as_bytes());
        write(&mut self.stream, PUBLISH, &body)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(self.stream.flush()?)
    }
}

struct Reader {
    stream: TcpStream,
    got: Vec<u8>,
}

impl Acks for Reader {
    fn next(&mut self) -> Result<usize> {
        let mut buffer = [0; 4_096];
        loop {
            let read = self.stream.read(&mut buffer)?;
            ensure!(read > 0, "the endpoint closed the connection");
            self.got.extend_from_slice(&buffer[..read]);
            let whole = self.got.len() / 4;
            for packet in self.got.chunks_exact(4) {
                ensure!(packet.starts_with(&PUBACK), "PUBACK, got {packet:?}");
            }
            self.got.drain(..whole * 4);
            if whole > 0 {
                return Ok(whole);
            }
        }
    }
}

fn write(to: &mut impl Write, kind: u8, body: &[u8]) -> Result<()> {
    let mut head = vec![kind];
    let mut left = body.len();
    loop {
        let more = if left > 127 { 0x80 } else { 0 };
        head.push((left % 128) as u8 | more);
        left /= 128;
        if left == 0 {
            break;
        }
    }
    to.write_all(&head)?;
    Ok(to.write_all(body)?)
}

fn put(body: &mut Vec<u8>, field: &[u8]) -> Result<()> {
    body.extend_from_slice(&u16::try_from(field.len())?.to_be_bytes());
    body.extend_from_slice(field);
    Ok(())
}

fn connect(at: SocketAddr, device: u64) -> Result<(Writer, Reader)> {
    let mut stream = TcpStream::connect(at)?;
    stream.set_nodelay(true)?;
    let user = device.to_string();
    let mut body = Vec::new();
    put(&mut body, b"MQTT")?;
    // 3.1.1; user name, password, clean session; no keep-alive.
    body.extend_from_slice(&[4, 0xc2, 0, 0]);
    for field in [user.as_str(), user.as_str(), PASSWORD] {
        put(&mut body, field.as_bytes())?;
    }
    write(&mut stream, CONNECT, &body)?;
    let mut answer = [0; 4];
    stream.read_exact(&mut answer)?;
    if answer != CONNACK {
        bail!("the endpoint did not let device {device} in: {answer:?}");
    }
    let reader = Reader {
        stream: stream.try_clone()?,
        got: Vec::new(),
    };
    let writer = Writer {
        stream: BufWriter::with_capacity(64 * 1024, stream),
        topic: format!("vitals/v1/{device}/up"),
        packet: 0,
    };
    Ok((writer, reader))
}

pub fn send(load: &Load, pace: Pace, dir: &Path) -> Result<(Duration, Vec<Duration>)> {
    let mut edge = open(load.known.clone(), dir)?;
    let mut intake = edge.take_intake().context("an intake")?;
    let devices = dir.join("devices.passwd");
    for sending in &load.sending {
        credentials::set(&devices, sending.device, PASSWORD)?;
    }
    let (to, arrivals) = sync_channel(QUEUE);
    let mut config = endpoint::Config::new(([127, 0, 0, 1], 0).into(), devices);
    // A device that sends readings of an hour in seconds would be held up by its own share.
    config.limits.queue = QUEUE;
    let outbox = endpoint::start(config, to)?;
    let at = outbox.address().context("the endpoint listens")?;
    let serving = thread::spawn(move || serve(&mut intake, &arrivals));
    let wires = load.sending.iter().map(|s| connect(at, s.device));
    let sent = run(load, pace, wires.collect::<Result<_>>()?);
    drop(outbox);
    let served = serving.join();
    served.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    check(&edge, load)?;
    sent
}
