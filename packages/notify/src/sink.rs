//! Where notifications go: one sink for each way to a person.

use std::time::Duration;

use crate::Outgoing;

pub(crate) mod http;
pub(crate) mod mail;
pub(crate) mod mqtt;
pub(crate) mod push;
pub(crate) mod tls;
pub mod vapid;
pub(crate) mod webhook;

/// One attempt takes no longer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    WebPush,
    Mail,
    Webhook,
    Mqtt,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::WebPush => "web_push",
            Self::Mail => "mail",
            Self::Webhook => "webhook",
            Self::Mqtt => "mqtt",
        }
    }
}

/// What became of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it and answers for it.
    Delivered,
    /// Whether it was taken is not known, or it was not. `why` is a code.
    Failed {
        why: &'static str,
        /// The other side wants to be left alone for so long.
        after: Option<Duration>,
    },
    /// Nobody is there any more, for good.
    Gone,
}

impl Outcome {
    pub(crate) fn failed(why: &'static str) -> Self {
        Self::Failed { why, after: None }
    }

    /// As receipts tell it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed { why, .. } => why,
            Self::Gone => "gone",
        }
    }
}

/// Blocks, for [`PATIENCE`] or a little longer.
pub trait Sink: Send + Sync {
    /// `now_ms` is milliseconds since 1970, for what is signed with a time.
    fn send(&self, outgoing: &Outgoing, now_ms: u64) -> Outcome;
}
