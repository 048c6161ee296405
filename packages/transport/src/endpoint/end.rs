//! How a connection ends.

use super::codec::Reason;
use crate::counts;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The client said goodbye.
    Left,
    /// The connection broke, or was closed.
    Broken,
    /// Nothing came within its keep-alive, or no greeting in time.
    Silent,
    /// It does not read what it is sent.
    Unread,
    /// No MQTT, or a packet that is too large.
    Malformed,
    /// A packet that has no place here, a will among them.
    Protocol,
    /// Published on a topic that is not the device's own.
    Foreign,
    /// Published at QoS 2.
    Qos,
    /// More lines in a message than are taken.
    Lines,
    /// No such device, or not its password.
    Password,
    /// No TLS where TLS is spoken.
    Tls,
    /// Others wait to be let in.
    Crowded,
    /// The device connected anew.
    TakenOver,
    /// The device's password was changed or taken away.
    Withdrawn,
    /// The gateway could not store what it sent: it is to send again.
    NotStored,
    /// The gateway ends.
    Closing,
}

impl End {
    pub fn count(self) {
        counts::ended(counts::Reason(self.label()));
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Broken => "broken",
            Self::Silent => "silent",
            Self::Unread => "unread",
            Self::Malformed => "malformed",
            Self::Protocol => "protocol",
            Self::Foreign => "foreign_topic",
            Self::Qos => "qos",
            Self::Lines => "lines",
            Self::Password => "password",
            Self::Tls => "tls",
            Self::Crowded => "crowded",
            Self::TakenOver => "taken_over",
            Self::Withdrawn => "withdrawn",
            Self::NotStored => "not_stored",
            Self::Closing => "closing",
        }
    }

    /// What the client is told, where there is still somebody to tell.
    pub fn farewell(self) -> Option<Reason> {
        match self {
            Self::Left | Self::Broken | Self::Unread | Self::Tls => None,
            Self::Silent => Some(Reason::Silent),
            Self::Malformed | Self::Lines => Some(Reason::Malformed),
            Self::Protocol => Some(Reason::Protocol),
            Self::Foreign | Self::Password | Self::Withdrawn => Some(Reason::NotAuthorized),
            Self::Qos => Some(Reason::Qos),
            Self::TakenOver => Some(Reason::TakenOver),
            Self::Crowded | Self::NotStored | Self::Closing => Some(Reason::Again),
        }
    }
}
