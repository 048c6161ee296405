//! Which devices have a session. A device may forget what was not acknowledged when it is told
//! that its session is gone (MQTT 5, 3.2.2.1.1), so sessions outlast the process. There is little
//! to one: whose it is, and whether the device listens.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;

use crate::topic;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Session {
    client: String,
    listens: bool,
}

type Kept = BTreeMap<u64, Session>;

pub(super) struct Sessions {
    path: Option<PathBuf>,
    kept: Mutex<Kept>,
}

impl Sessions {
    /// A file that is not there, or was cut off with the power, is of no session.
    pub fn open(path: Option<PathBuf>) -> Self {
        let kept = Mutex::new(path.as_deref().map(read).unwrap_or_default());
        Self { path, kept }
    }

    /// Whether the device listens already, where its session goes on; none where it has none.
    pub fn resume(&self, device: u64, client: &str, clean: bool, keep: bool) -> Option<bool> {
        self.change(|kept| {
            let before = kept
                .remove(&device)
                .filter(|s| s.client == client && !clean);
            let listens = before.map(|session| session.listens);
            if keep {
                let session = Session {
                    client: client.to_string(),
                    listens: listens.unwrap_or(false),
                };
                kept.insert(device, session);
            }
            listens
        })
    }

    pub fn listens(&self, device: u64, listens: bool) {
        self.change(|kept| {
            if let Some(session) = kept.get_mut(&device) {
                session.listens = listens;
            }
        });
    }

    pub fn retain(&self, devices: &BTreeSet<u64>) {
        self.change(|kept| kept.retain(|device, _| devices.contains(device)));
    }

    fn change<T>(&self, change: impl FnOnce(&mut Kept) -> T) -> T {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.clone();
        let given = change(&mut kept);
        if let Some(path) = self.path.as_deref().filter(|_| *kept != before) {
            if let Err(cause) = write(path, &kept) {
                tracing::warn!(%cause, "sessions of devices will not outlast the process");
            }
        }
        given
    }
}

/// `<device number> <1 where it listens> <client identifier, base64url>` a line.
fn read(path: &Path) -> Kept {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter_map(parse).collect()
}

fn parse(line: &str) -> Option<(u64, Session)> {
    let mut fields = line.split(' ');
    let device = topic::number(fields.next()?)?;
    let listens = fields.next()? == "1";
    let client = URL_SAFE_NO_PAD.decode(fields.next()?).ok()?;
    let client = String::from_utf8(client).ok()?;
    Some((device, Session { client, listens }))
}

fn write(path: &Path, kept: &Kept) -> std::io::Result<()> {
    let line = |(device, session): (&u64, &Session)| {
        let client = URL_SAFE_NO_PAD.encode(&session.client);
        format!("{device} {} {client}\n", u8::from(session.listens))
    };
    let beside = path.with_extension("new");
    std::fs::write(&beside, kept.iter().map(line).collect::<String>())?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_goes_on_for_the_same_client_until_it_asks_for_a_clean_one() {
        let sessions = Sessions::open(None);
        assert_eq!(sessions.resume(7, "a", false, true), None);
        assert_eq!(sessions.resume(7, "a", false, true), Some(false));
        sessions.listens(7, true);
        assert_eq!(sessions.resume(7, "a", false, true), Some(true));
        assert_eq!(
            sessions.resume(7, "b", false, true),
            None,
            "of another client"
        );
        assert_eq!(sessions.resume(7, "b", true, false), None);
        assert_eq!(
            sessions.resume(7, "b", false, true),
            None,
            "nothing was kept"
        );
    }

    #[test]
    fn sessions_outlast_the_process() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sessions");
        let sessions = Sessions::open(Some(path.clone()));
        sessions.resume(7, "a b\nc", false, true);
        sessions.listens(7, true);
        sessions.resume(8, "", false, true);
        let again = Sessions::open(Some(path.clone()));
        assert_eq!(again.resume(7, "a b\nc", false, true), Some(true));
        again.retain(&BTreeSet::from([8]));
        let again = Sessions::open(Some(path.clone()));
        assert_eq!(again.resume(7, "a b\nc", false, true), None);
        assert_eq!(again.resume(8, "", false, true), Some(false));

        std::fs::write(&path, "7 1\n\u{0}\nx y z\n").unwrap();
        assert!(Sessions::open(Some(path)).kept.lock().unwrap().is_empty());
    }
}
