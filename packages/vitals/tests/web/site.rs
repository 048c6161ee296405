//! A built app, and `vitals web` before it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

const PAGE: &str =
    "<!doctype html><html><head><meta charset=\"utf-8\"><script src=\"/assets/a-1.js\">\
                    </script></head><body></body></html>";
pub const CONTRACT: &str = "wasm1c0nsent";

/// A built app beside a file that is none of its own.
pub struct App(tempfile::TempDir);

impl App {
    pub fn new() -> Self {
        let app = Self(tempfile::tempdir().unwrap());
        let deployment = format!(
            r#"{{"chain_id": "c-1", "consent": "{CONTRACT}", "device_registry": "{CONTRACT}",
                "vitals_anchor": "{CONTRACT}", "care": "{CONTRACT}", "claims": "{CONTRACT}",
                "deployment_id": "{}"}}"#,
            "04".repeat(32)
        );
        app.write("deployment.json", deployment.as_bytes());
        app.write("secret", b"the machine's own");
        app.write("dist/index.html", PAGE.as_bytes());
        app.write("dist/index.html.gz", b"old");
        app.write("dist/config.json", b"{\"of\": \"another network\"}");
        app.write("dist/sw.js", b"worker");
        app.write("dist/app.webmanifest", b"{}");
        app.write("dist/assets/a-1.js", b"script");
        app.write("dist/assets/a-1.js.br", b"brotli");
        app.write("dist/assets/a-1.js.gz", b"gzip");
        app.write("dist/assets/core-2.wasm", b"\0asm");
        app
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vitals"));
        command
            .args(["web", "--app"])
            .arg(self.path("dist"))
            .arg("--deployment")
            .arg(self.path("deployment.json"))
            .args(["--node", "http://127.0.0.1:26657"])
            .args(["--vault", "ward=http://127.0.0.1:8080"])
            .args(["--vault", "home=https://vault.example"])
            .args(more);
        command
    }

    pub fn output(&self, more: &[&str]) -> Output {
        self.command(more).output().unwrap()
    }

    pub fn serve(&self, more: &[&str]) -> Served {
        let mut command = self.command(more);
        command.args(["--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let (_, address) = line.trim().rsplit_once("http://").expect(&line);
        let address = address.trim_end_matches('/').to_owned();
        Served { child, address }
    }
}

pub struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Served {
    /// The path goes as it is: no client tidies it.
    pub fn ask(&self, method: &str, path: &str, more: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        };
        Answer {
            status: status.parse().unwrap(),
            headers: lines.map(header).collect(),
            body: all[end + 4..].to_vec(),
        }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }
}

impl App {
    /// With its files for as long as they are served.
    pub fn serve_owned(self) -> (Self, Served) {
        let served = self.serve(&[]);
        (self, served)
    }
}
