//! A version of a patient's care plan: which encrypted file it is, and what became of it.

use cosmwasm_std::Binary;
use vitals_api::care::PlanInfo;
use vitals_api::store::Record;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::decision::Seconds;
use vitals_core::measure::Category;
use vitals_core::set::Set;
use vitals_core::FormatError;

use crate::error::ContractError;

mod life;

pub use life::{PlanAct, PlanLife, Signed};

const LAYOUT: u8 = 1;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// SHA-256 of the encrypted file.
    pub digest: [u8; 32],
    /// Its bytes, padding included.
    pub length: u32,
    pub categories: Set<Category>,
    pub author: String,
    pub written_at: Seconds,
    pub life: PlanLife,
}

impl Plan {
    pub fn after(self, act: PlanAct) -> Result<Self, ContractError> {
        Ok(Self {
            life: self.life.after(act)?,
            ..self
        })
    }

    pub fn info(self, version: u32) -> PlanInfo {
        let (acknowledged, withdrawn) = (self.life.acknowledged(), self.life.withdrawn());
        let by = |signed: Option<&Signed>| signed.map(|s| s.by.clone());
        let at = |signed: Option<&Signed>| signed.map(|s| s.at);
        PlanInfo {
            version,
            digest: Binary::new(self.digest.to_vec()),
            length: self.length,
            categories: self.categories.members(),
            state: self.life.state(),
            acknowledged_by: by(acknowledged),
            acknowledged_at: at(acknowledged),
            withdrawn_by: by(withdrawn),
            withdrawn_at: at(withdrawn),
            author: self.author,
            written_at: self.written_at,
        }
    }
}

impl Record for Plan {
    const NAME: &'static str = "plan";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let head = Writer::versioned(LAYOUT)
            .raw(&self.digest)
            .u32(self.length)
            .u16(self.categories.bits())
            .short("author", self.author.as_bytes())?
            .u64(self.written_at);
        Ok(self.life.write(head)?.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, LAYOUT, bytes)?;
        let plan = Self {
            digest: r.array()?,
            length: r.u32()?,
            categories: Set::from_bits(r.u16()?)?,
            author: r.short_str()?.into(),
            written_at: r.u64()?,
            life: PlanLife::read(&mut r)?,
        };
        r.end()?;
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_comes_back_whole_in_every_state_and_cut_is_refused() {
        let signed = |at| Signed {
            by: "cosmos1patient".into(),
            at,
        };
        for life in [
            PlanLife::Proposed,
            PlanLife::Acknowledged(signed(6)),
            PlanLife::Withdrawn {
                acknowledged: None,
                withdrawn: signed(8),
            },
            PlanLife::Withdrawn {
                acknowledged: Some(signed(6)),
                withdrawn: signed(8),
            },
        ] {
            let plan = Plan {
                digest: [3; 32],
                length: 4_096,
                categories: Set::of(&[Category::Cardiac, Category::Medication]),
                author: "cosmos1clinician".into(),
                written_at: 5,
                life,
            };
            let bytes = plan.to_bytes().unwrap();
            assert_eq!(Plan::from_bytes(&bytes), Ok(plan));
            for cut in 0..bytes.len() {
                assert!(Plan::from_bytes(&bytes[..cut]).is_err(), "{cut}");
            }
            assert!(Plan::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
        }
    }
}
