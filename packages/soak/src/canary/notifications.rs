//! Where notifications go: a webhook of ours that keeps all that reaches it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Result;

/// A notification is some hundred bytes; whoever sends it waits for the answer.
const QUIET: Duration = Duration::from_millis(300);

pub struct Hook {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Hook {
    pub fn listen() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let hook = Self {
            address: listener.local_addr()?,
            heard: Arc::default(),
        };
        let heard = hook.heard.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if keep(stream, &heard).is_err() {
                    // whoever sent it sends again
                    continue;
                }
            }
        });
        Ok(hook)
    }

    /// Requests as they came, head and body.
    pub fn heard(&self) -> Vec<u8> {
        self.heard
            .lock()
            .map(|heard| heard.clone())
            .unwrap_or_default()
    }
}

fn keep(mut stream: TcpStream, heard: &Mutex<Vec<u8>>) -> Result<()> {
    stream.set_read_timeout(Some(QUIET))?;
    let mut request = Vec::new();
    // ends with the quiet after the request
    let _quiet = stream.read_to_end(&mut request);
    heard
        .lock()
        .map_err(|_| anyhow::anyhow!("a thread panicked"))?
        .extend(request);
    stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")?;
    Ok(())
}
