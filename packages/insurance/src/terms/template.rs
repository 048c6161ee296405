//! Terms to start from.

use crate::InsuranceError;

/// A kind of product that a template is at hand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A sum for each episode of a fast heart, shown by readings.
    HeartEpisode,
    /// A sum for each day with low oxygen and fast breathing, shown by readings.
    HospitalDays,
    /// Bills for care, which an assessor decides on.
    Invoice,
}

/// What a template leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template<'a> {
    pub kind: Kind,
    /// Of native coins.
    pub denom: &'a str,
    /// Decides appeals; for invoices only.
    pub arbiter: Option<&'a str>,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::HeartEpisode, Kind::HospitalDays, Kind::Invoice];

    fn text(self) -> &'static str {
        match self {
            Kind::HeartEpisode => include_str!("heart-episode.toml"),
            Kind::HospitalDays => include_str!("hospital-days.toml"),
            Kind::Invoice => include_str!("invoice.toml"),
        }
    }
}

impl Template<'_> {
    pub fn fill(&self) -> Result<String, InsuranceError> {
        let text = self.kind.text().replace("{denom}", self.denom);
        match (self.kind, self.arbiter) {
            (Kind::Invoice, None) => Err(InsuranceError::Arbiter),
            (Kind::Invoice, Some(arbiter)) => Ok(text.replace("{arbiter}", arbiter)),
            _ => Ok(text),
        }
    }
}
