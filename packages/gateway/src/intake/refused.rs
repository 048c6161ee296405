//! Why a message is not taken: what the device is told, and what the operator finds.

use vitals_core::link::{GatewayMessage, Refusal};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub reason: Refusal,
    pub code: String,
    /// Readings stored, where the device can go on from there at once.
    pub stored: Option<u16>,
}

impl Refused {
    pub(crate) fn new(reason: Refusal, code: &str) -> Self {
        Self {
            reason,
            code: code.into(),
            stored: None,
        }
    }

    pub(crate) fn go_on_from(stored: u16, code: &str) -> Self {
        Self {
            stored: Some(stored),
            ..Self::new(Refusal::Order, code)
        }
    }

    pub(crate) fn answers(&self, sequence: u64) -> Vec<GatewayMessage> {
        let reason = self.reason;
        let mut answers = vec![GatewayMessage::Refused { sequence, reason }];
        answers.extend(
            self.stored
                .map(|count| GatewayMessage::Stored { sequence, count }),
        );
        answers
    }
}

/// What a message came to. None: to come again, for its device is not known yet.
pub(crate) type Taken = Result<Option<Vec<GatewayMessage>>, Refused>;

pub(crate) fn refuse(reason: Refusal, code: &str) -> Taken {
    Err(Refused::new(reason, code))
}

/// The stable code of an error's text.
pub(crate) fn code_of(text: &str) -> &str {
    text.split(':').next().unwrap_or(text)
}
