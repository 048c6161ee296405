//! All that is ever said. A text is made of what kind of thing it is, how urgent, and a language;
//! it takes no value, name or number, so none can get into it.

use serde::{Deserialize, Serialize};

/// What kind of thing happened. Its name is what programs that are told read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// Somebody's alert waits for an answer.
    Alert,
    /// Nobody answered it before: it climbed to whom this is told.
    Escalated,
    /// A responder opened an emergency.
    Emergency,
    EmergencyOver,
    /// An emergency waits for its review.
    Review,
    /// Of the recovery of an account.
    Recovery,
    /// A claim waits for whom this is told.
    ClaimWaits,
    ClaimNews,
    /// An instalment is due, or cover ends.
    PolicyDue,
    /// For operators: somebody could not be told.
    Undelivered,
    Test,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Waits for the end of quiet hours.
    Routine,
    Urgent,
    Emergency,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    De,
}

impl Message {
    pub const ALL: [Self; 11] = [
        Self::Alert,
        Self::Escalated,
        Self::Emergency,
        Self::EmergencyOver,
        Self::Review,
        Self::Recovery,
        Self::ClaimWaits,
        Self::ClaimNews,
        Self::PolicyDue,
        Self::Undelivered,
        Self::Test,
    ];

    /// As in stores and to programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Escalated => "escalated",
            Self::Emergency => "emergency",
            Self::EmergencyOver => "emergency_over",
            Self::Review => "review",
            Self::Recovery => "recovery",
            Self::ClaimWaits => "claim_waits",
            Self::ClaimNews => "claim_news",
            Self::PolicyDue => "policy_due",
            Self::Undelivered => "undelivered",
            Self::Test => "test",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    pub fn text(self, language: Language) -> &'static str {
        let [english, german] = self.texts();
        match language {
            Language::En => english,
            Language::De => german,
        }
    }

    fn texts(self) -> [&'static str; 2] {
        match self {
            Self::Alert => [
                "An alert waits for an answer. Please open the app.",
                "Ein Alarm wartet auf Antwort. Bitte öffnen Sie die App.",
            ],
            Self::Escalated => [
                "An alert that nobody answered has come to you. Please open the app.",
                "Ein Alarm, auf den niemand geantwortet hat, ist jetzt bei Ihnen. Bitte öffnen Sie die App.",
            ],
            Self::Emergency => [
                "Somebody opened emergency access. Please open the app.",
                "Jemand hat einen Notfallzugriff geöffnet. Bitte öffnen Sie die App.",
            ],
            Self::EmergencyOver => [
                "An emergency access has ended.",
                "Ein Notfallzugriff ist beendet.",
            ],
            Self::Review => [
                "An emergency access waits for your review. Please open the app.",
                "Ein Notfallzugriff wartet auf Ihre Prüfung. Bitte öffnen Sie die App.",
            ],
            Self::Recovery => [
                "Somebody asked to recover an account, or it was recovered. Please open the app.",
                "Jemand will ein Konto wiederherstellen, oder es wurde wiederhergestellt. Bitte öffnen Sie die App.",
            ],
            Self::ClaimWaits => [
                "A claim waits for you. Please open the app.",
                "Ein Antrag wartet auf Sie. Bitte öffnen Sie die App.",
            ],
            Self::ClaimNews => [
                "There is news of a claim. Please open the app.",
                "Es gibt Neues zu einem Antrag. Bitte öffnen Sie die App.",
            ],
            Self::PolicyDue => [
                "A policy needs your attention. Please open the app.",
                "Eine Police braucht Ihre Aufmerksamkeit. Bitte öffnen Sie die App.",
            ],
            Self::Undelivered => [
                "Somebody could not be told in time. `vitals notify receipts --undelivered` lists it.",
                "Jemand war nicht rechtzeitig zu erreichen. `vitals notify receipts --undelivered` zeigt es.",
            ],
            Self::Test => [
                "This is a test. Nothing happened.",
                "Das ist ein Test. Es ist nichts passiert.",
            ],
        }
    }
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Routine, Self::Urgent, Self::Emergency];

    pub fn name(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Urgent => "urgent",
            Self::Emergency => "emergency",
        }
    }

    pub(crate) fn level(self) -> i64 {
        match self {
            Self::Routine => 0,
            Self::Urgent => 1,
            Self::Emergency => 2,
        }
    }

    pub(crate) fn of_level(level: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.level() == level)
    }

    /// Of a mail's subject and a notification's head.
    pub fn title(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Routine, Language::En) => "Notification",
            (Self::Routine, Language::De) => "Nachricht",
            (Self::Urgent, Language::En) => "Urgent notification",
            (Self::Urgent, Language::De) => "Dringende Nachricht",
            (Self::Emergency, Language::En) => "EMERGENCY",
            (Self::Emergency, Language::De) => "NOTFALL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_a_text_of_its_own_in_each_language() {
        let mut texts: Vec<_> = Message::ALL.iter().flat_map(|m| m.texts()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), 2 * Message::ALL.len());
        assert!(texts.iter().all(|text| text.len() > 20));
    }

    #[test]
    fn names_and_levels_lead_back_to_what_they_are_of() {
        for message in Message::ALL {
            assert_eq!(Message::named(message.name()), Some(message));
            assert_eq!(serde_json::to_value(message).unwrap(), message.name());
        }
        for urgency in Urgency::ALL {
            assert_eq!(Urgency::of_level(urgency.level()), Some(urgency));
        }
        assert_eq!(Message::named("reading"), None);
    }
}
