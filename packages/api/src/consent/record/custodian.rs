//! Custodians: accounts that keep shares of a patient's emergency packages.

use vitals_core::bytes::{Reader, Writer};
use vitals_core::time::{epoch_start, Epoch, Millis, Window};
use vitals_core::FormatError;

use super::{Patient, VERSION};
use crate::store::{Record, RecordMap};

/// By patient; absent where the patient named none.
pub const CUSTODIES: RecordMap<u64, Custody> = RecordMap::new("k");

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// Shares it takes to open a package.
    pub threshold: u8,
    /// At most 8.
    pub custodians: Vec<Custodian>,
    /// Where packages were put.
    pub packages: Option<Packages>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custodian {
    pub account: String,
    /// SHA-256 of its share; zeros before packages were put.
    pub share: [u8; 32],
}

/// What the shares open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packages {
    pub window: Window,
    /// Whose secret they open.
    pub generation: u32,
    /// First epoch that no package of this generation opened yet, those replaced included:
    /// shares handed out stay handed out.
    pub reach: Epoch,
}

impl Custody {
    /// Whether shares open anything measured from now on.
    pub fn opens_what_comes(&self, patient: &Patient, now_ms: Millis) -> bool {
        self.packages.is_some_and(|packages| {
            packages.generation == patient.generation
                && !patient.pending
                && now_ms < epoch_start(packages.reach)
        })
    }

    pub fn holds(&self, account: &str) -> bool {
        self.custodians.iter().any(|c| c.account == account)
    }
}

impl Record for Custody {
    const NAME: &'static str = "custody";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let mut out = Writer::versioned(VERSION)
            .u8(self.threshold)
            .u8(self.packages.is_some().into());
        if let Some(packages) = &self.packages {
            out = out
                .u32(packages.window.from)
                .u32(packages.window.to)
                .u32(packages.generation)
                .u32(packages.reach);
        }
        for custodian in &self.custodians {
            out = out
                .raw(&custodian.share)
                .short("custodian", custodian.account.as_bytes())?;
        }
        Ok(out.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let threshold = r.u8()?;
        let packages = match r.flag("packages")? {
            false => None,
            true => Some(Packages {
                window: Window::new(r.u32()?, r.u32()?)?,
                generation: r.u32()?,
                reach: r.u32()?,
            }),
        };
        let mut custodians = Vec::new();
        while r.remaining() > 0 {
            custodians.push(Custodian {
                share: r.array()?,
                account: r.short_str()?.into(),
            });
        }
        Ok(Self {
            threshold,
            custodians,
            packages,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_custody_comes_back_whole_with_packages_or_without() {
        let packages = Packages {
            window: Window { from: 1, to: 5 },
            generation: 2,
            reach: 9,
        };
        for packages in [None, Some(packages)] {
            let custody = Custody {
                threshold: 2,
                custodians: ["a", "b"]
                    .map(|account| Custodian {
                        account: account.into(),
                        share: [7; 32],
                    })
                    .to_vec(),
                packages,
            };
            let bytes = custody.to_bytes().unwrap();
            assert_eq!(Custody::from_bytes(&bytes), Ok(custody));
        }
    }
}
