//! MQTT 3.1.1 and 5 on the wire, read and written by rumqttc's codecs; here, what of both this
//! endpoint speaks. Downwards everything goes at QoS 0: a session that is gone takes nothing.

mod v4;
mod v5;

use bytes::{Bytes, BytesMut};

/// A packet of a client.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Connect(Connect),
    Publish(Publish),
    Subscribe {
        id: u16,
        filters: Vec<String>,
    },
    Unsubscribe {
        id: u16,
        filters: Vec<String>,
    },
    Ping,
    Disconnect,
    /// One that a server never gets, or not of this endpoint.
    Unexpected,
}

#[derive(PartialEq, Eq)]
pub(crate) struct Connect {
    pub client: String,
    /// Nothing is left of an earlier session, and nothing to be kept of this.
    pub clean: bool,
    pub keep: bool,
    /// Seconds; 0 is none.
    pub keep_alive: u16,
    pub will: bool,
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for Connect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connect").finish_non_exhaustive()
    }
}

#[derive(PartialEq, Eq)]
pub(crate) struct Publish {
    pub topic: String,
    pub qos: u8,
    /// 0 at QoS 0.
    pub id: u16,
    /// DUP: it may have come before.
    pub again: bool,
    pub payload: Bytes,
}

impl std::fmt::Debug for Publish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Publish").finish_non_exhaustive()
    }
}

/// A packet to a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    Welcome(Welcome),
    Refused(Refusal),
    Stored {
        id: u16,
    },
    Subscribed {
        id: u16,
        granted: Vec<bool>,
    },
    Unsubscribed {
        id: u16,
        filters: usize,
    },
    Pong,
    Down {
        topic: String,
        line: String,
    },
    /// Only MQTT 5 has a word for it.
    Bye(Reason),
}

/// What a client is told when it is let in; all but the first is said in MQTT 5 only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Welcome {
    pub session_present: bool,
    pub keep: bool,
    pub in_flight: u16,
    pub packet_bytes: u32,
    /// Seconds.
    pub keep_alive: u16,
    /// To one that gave none.
    pub client: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Password,
    /// No will, and no empty client identifier for a session that is kept.
    Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    Malformed,
    Protocol,
    NotAuthorized,
    Qos,
    TakenOver,
    Silent,
    Again,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    V4,
    V5,
}

/// Bytes that are no packet, or one that is too large.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

impl Version {
    /// Takes the next packet off the front; none while it is not whole.
    pub fn read(self, bytes: &mut BytesMut, most: usize) -> Result<Option<Request>, Malformed> {
        match self {
            Self::V4 => v4::read(bytes, most),
            Self::V5 => v5::read(bytes, most),
        }
    }

    pub fn write(self, reply: Reply, bytes: &mut BytesMut) -> Result<(), Malformed> {
        match self {
            Self::V4 => v4::write(reply, bytes),
            Self::V5 => v5::write(reply, bytes),
        }
    }

    /// Which protocol a connection speaks, by its first packet, of which so much has come. A CONNECT
    /// is its type, one to four bytes of length, the name "MQTT" after its length, the level (MQTT
    /// 3.1.1, 3.1).
    pub fn of(bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        let Some((kind, rest)) = bytes.split_first() else {
            return Ok(None);
        };
        if *kind != 0x10 {
            return Err(Malformed);
        }
        let Some(last) = rest.iter().take(4).position(|byte| byte & 0x80 == 0) else {
            return (rest.len() < 4).then_some(None).ok_or(Malformed);
        };
        let head = &rest[last + 1..];
        if !head
            .iter()
            .zip(b"\x00\x04MQTT")
            .all(|(got, name)| got == name)
        {
            return Err(Malformed);
        }
        match head.get(6) {
            None => Ok(None),
            Some(4) => Ok(Some(Self::V4)),
            Some(5) => Ok(Some(Self::V5)),
            Some(_) => Err(Malformed),
        }
    }
}

#[cfg(test)]
mod tests;
