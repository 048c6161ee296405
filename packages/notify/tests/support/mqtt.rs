//! A broker of MQTT 3.1.1 that knows CONNECT, PUBLISH and how to acknowledge them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Topic and payload.
type Published = (String, Vec<u8>);

#[derive(Clone)]
pub struct MqttSink {
    pub port: u16,
    got: Arc<Mutex<Vec<Published>>>,
}

impl MqttSink {
    /// Breaks off instead of acknowledging the first so many messages, and acknowledges every
    /// other twice.
    pub fn start(unanswered: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let got = Arc::new(Mutex::new(Vec::new()));
        let shared = got.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = serve(stream, &shared, unanswered);
            }
        });
        Self { port, got }
    }

    pub fn got(&self) -> Vec<Published> {
        self.got.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    got: &Mutex<Vec<Published>>,
    unanswered: usize,
) -> std::io::Result<()> {
    loop {
        let (kind, body) = packet(&mut stream)?;
        match kind >> 4 {
            1 => stream.write_all(&[0x20, 2, 0, 0])?,
            3 => {
                assert_eq!((kind >> 1) & 3, 1, "QoS 1");
                let end = 2 + usize::from(u16::from_be_bytes([body[0], body[1]]));
                let topic = String::from_utf8(body[2..end].to_vec()).unwrap();
                let ack = [0x40, 2, body[end], body[end + 1]];
                let number = {
                    let mut got = got.lock().unwrap();
                    got.push((topic, body[end + 2..].to_vec()));
                    got.len()
                };
                if number <= unanswered {
                    return Ok(());
                }
                stream.write_all(&ack)?;
                stream.write_all(&ack)?;
            }
            _ => return Ok(()),
        }
    }
}

fn packet(stream: &mut impl Read) -> std::io::Result<(u8, Vec<u8>)> {
    let mut one = [0];
    stream.read_exact(&mut one)?;
    let kind = one[0];
    let (mut length, mut shift) = (0usize, 0);
    loop {
        stream.read_exact(&mut one)?;
        length |= usize::from(one[0] & 0x7f) << shift;
        shift += 7;
        if one[0] & 0x80 == 0 {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok((kind, body))
}
