//! An HTTP server that answers as it is told to.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Request {
    pub path: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

#[derive(Clone)]
pub enum Answer {
    Status(u16),
    With(u16, &'static str),
    Slow(Duration),
    /// After so long.
    SlowStatus(Duration, u16),
    /// Takes it, and breaks off before the answer.
    BreakOff,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    got: Vec<Request>,
}

#[derive(Clone)]
pub struct HttpSink {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl HttpSink {
    /// These answers, then 204 for ever.
    pub fn start(answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            answers: answers.iter().cloned().collect(),
            got: Vec::new(),
        }));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = shared.clone();
                std::thread::spawn(move || drop(serve(stream, &shared)));
            }
        });
        Self { url, state }
    }

    pub fn got(&self) -> Vec<Request> {
        self.state.lock().unwrap().got.clone()
    }

    pub fn ids(&self) -> Vec<String> {
        self.got()
            .iter()
            .map(|request| request.headers["webhook-id"].clone())
            .collect()
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    loop {
        let Some(request) = read(&mut reader)? else {
            return Ok(());
        };
        let answer = {
            let mut state = state.lock().unwrap();
            state.got.push(request);
            state.answers.pop_front().unwrap_or(Answer::Status(204))
        };
        let (status, header) = match answer {
            Answer::Status(status) => (status, ""),
            Answer::With(status, header) => (status, header),
            Answer::Slow(time) => {
                std::thread::sleep(time);
                (204, "")
            }
            Answer::SlowStatus(time, status) => {
                std::thread::sleep(time);
                (status, "")
            }
            Answer::BreakOff => return Ok(()),
        };
        let length = if status == 204 {
            ""
        } else {
            "content-length: 0\r\n"
        };
        write!(stream, "HTTP/1.1 {status} x\r\n{length}{header}\r\n")?;
    }
}

fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_string();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.to_string());
    }
    let length = headers
        .get("content-length")
        .and_then(|n: &String| n.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some(Request {
        path,
        headers,
        body,
    }))
}
