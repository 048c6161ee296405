//! A process that can be killed with -9 and started again as it was.

use std::fs::OpenOptions;
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{bail, ensure, Context, Result};
use vitals_chain_client::Node;

const START: Duration = Duration::from_secs(60);
/// Of a log that are looked at for its last line.
const LAST_BYTES: usize = 4_096;
const LOOK: Duration = Duration::from_millis(50);

/// How it is told that a service does what it is for.
pub enum Ready {
    /// It takes connections.
    Listens(SocketAddr),
    /// A node at this RPC has made a block since it was started.
    Block(String),
}

pub struct Service {
    pub name: String,
    command: Command,
    log: PathBuf,
    ready: Ready,
    child: Option<Child>,
    pub kills: u32,
}

impl Service {
    pub fn new(name: &str, command: Command, log: PathBuf, ready: Ready) -> Self {
        Self {
            name: name.into(),
            command,
            log,
            ready,
            child: None,
            kills: 0,
        }
    }

    /// Returns once it is ready; what it says goes to the end of its log.
    pub fn start(&mut self) -> Result<()> {
        self.spawn()?;
        self.wait_ready()
    }

    /// Returns at once.
    pub fn spawn(&mut self) -> Result<()> {
        ensure!(self.child.is_none(), "{} runs", self.name);
        let open = || OpenOptions::new().create(true).append(true).open(&self.log);
        let log = open().with_context(|| format!("writing {}", self.log.display()))?;
        let command = self.command.stdin(Stdio::null());
        command.stdout(log.try_clone()?).stderr(log);
        let child = command.spawn();
        self.child = Some(child.with_context(|| format!("starting {}", self.name))?);
        Ok(())
    }

    pub fn wait_ready(&mut self) -> Result<()> {
        let begun = Instant::now();
        let mut height = None;
        while begun.elapsed() < START {
            self.ensure_alive()?;
            if self.ready.look(&mut height) {
                return Ok(());
            }
            sleep(LOOK);
        }
        bail!("{} is not ready; see {}", self.name, self.log.display());
    }

    /// Fails where it ended by itself.
    pub fn ensure_alive(&mut self) -> Result<()> {
        let child = self.child.as_mut();
        let child = child.with_context(|| format!("{} was not started", self.name))?;
        match child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!(
                "{} ended by itself: {status}; see {}",
                self.name,
                self.log.display()
            ),
        }
    }

    /// Starts it again where it ended by itself.
    pub fn restart_ended(&mut self) -> Result<()> {
        self.child = None;
        self.spawn()
    }

    /// The last line of its log that says anything.
    pub fn last_words(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let end = log.len().saturating_sub(LAST_BYTES);
        let text = String::from_utf8_lossy(&log[end..]).into_owned();
        text.lines()
            .rfind(|line| !line.is_empty())
            .unwrap_or_default()
            .into()
    }

    pub fn is_up(&self) -> bool {
        self.child.is_some()
    }

    /// SIGKILL: it writes nothing more.
    pub fn kill(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else {
            return Ok(());
        };
        child.kill()?;
        child.wait()?;
        self.kills += 1;
        Ok(())
    }

    /// SIGQUIT: a program in Go, such as the node, writes what each of its threads does, and ends.
    pub fn quit(&self) {
        if let Some(child) = &self.child {
            let pid = child.id().to_string();
            let _told = Command::new("kill").args(["-QUIT", &pid]).status();
        }
    }

    /// SIGTERM, and until it has ended.
    pub fn stop(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else {
            return Ok(());
        };
        let pid = child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        let begun = Instant::now();
        while begun.elapsed() < START {
            if child.try_wait()?.is_some() {
                return Ok(());
            }
            sleep(LOOK);
        }
        child.kill()?;
        child.wait()?;
        bail!("{} did not end on SIGTERM within a minute", self.name);
    }
}

impl Ready {
    fn look(&self, height: &mut Option<u64>) -> bool {
        match self {
            Self::Listens(address) => TcpStream::connect_timeout(address, LOOK).is_ok(),
            Self::Block(rpc) => {
                let status = Node::new(rpc).and_then(|node| node.status());
                let Ok(now) = status.map(|status| status.height) else {
                    return false;
                };
                now > 0 && *height.get_or_insert(now) < now
            }
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _gone = child.kill();
            let _gone = child.wait();
        }
    }
}
