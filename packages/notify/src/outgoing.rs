//! One notification on its way to one person.

use serde_json::{json, Value};

use crate::text::{Language, Message, Urgency};

/// What a sink is given. The id is random: it tells a repeat from a second notification, and
/// leads nobody to a patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// 32 hex digits; the same at every attempt.
    pub id: String,
    pub message: Message,
    pub urgency: Urgency,
    pub language: Language,
    /// Seconds after which nobody needs it any more.
    pub ttl_s: u64,
}

impl Outgoing {
    pub fn title(&self) -> &'static str {
        self.urgency.title(self.language)
    }

    pub fn text(&self) -> &'static str {
        self.message.text(self.language)
    }

    /// What programs read.
    pub fn body(&self) -> Value {
        json!({
            "id": self.id, "message": self.message, "urgency": self.urgency,
            "title": self.title(), "text": self.text(),
        })
    }
}
