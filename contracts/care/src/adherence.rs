//! A signed-off adherence report: which encrypted file it is, over what, and by whom.

use cosmwasm_std::Binary;
use vitals_api::care::AdherenceInfo;
use vitals_api::store::Record;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::time::Window;
use vitals_core::FormatError;

const LAYOUT: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adherence {
    /// Version of the plan.
    pub plan: u32,
    pub period: Window,
    /// SHA-256 of the encrypted report.
    pub digest: [u8; 32],
    pub by: String,
    pub at: Seconds,
}

impl Adherence {
    pub fn info(self, report: u32) -> AdherenceInfo {
        AdherenceInfo {
            report,
            plan: self.plan,
            period: self.period,
            digest: Binary::new(self.digest.to_vec()),
            by: self.by,
            recorded_at: self.at,
        }
    }
}

impl Record for Adherence {
    const NAME: &'static str = "adherence report";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(LAYOUT)
            .u32(self.plan)
            .u32(self.period.from)
            .u32(self.period.to)
            .raw(&self.digest)
            .short("account", self.by.as_bytes())?
            .u64(self.at)
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, LAYOUT, bytes)?;
        let report = Self {
            plan: r.u32()?,
            period: Window::new(r.u32()?, r.u32()?)?,
            digest: r.array()?,
            by: r.short_str()?.into(),
            at: r.u64()?,
        };
        r.end()?;
        Ok(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_back_whole_and_cut_is_refused() {
        let report = Adherence {
            plan: 2,
            period: Window { from: 3, to: 4 },
            digest: [5; 32],
            by: "cosmos1clinician".into(),
            at: 6,
        };
        let bytes = report.to_bytes().unwrap();
        assert_eq!(Adherence::from_bytes(&bytes), Ok(report));
        for cut in 0..bytes.len() {
            assert!(Adherence::from_bytes(&bytes[..cut]).is_err(), "{cut}");
        }
    }
}
