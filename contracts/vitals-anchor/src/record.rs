//! The contract's own records, which no other contract reads.

use cosmwasm_std::{Addr, CanonicalAddr};
use vitals_api::store::Record;
use vitals_api::ApiError;
use vitals_core::bytes::{Reader, Writer};
use vitals_core::measure::Category;
use vitals_core::measured::{GapNotice, Measured};
use vitals_core::signing::DeploymentId;
use vitals_core::time::Millis;
use vitals_core::FormatError;

const VERSION: u8 = 1;
const CONFIG_LAYOUT: u8 = 2;
const HEAD_LAYOUT: u8 = 2;

/// What every message needs: the deployment id is the registry's, copied when the contract was
/// made and never changed there; the pause is a copy of the administration's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub paused: bool,
    pub deployment: DeploymentId,
    pub consent: Addr,
    pub registry: Addr,
}

impl Config {
    pub fn ensure_running(&self) -> Result<(), ApiError> {
        if self.paused {
            return Err(ApiError::Paused);
        }
        Ok(())
    }
}

/// The same, as it is stored: an address takes half the bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredConfig {
    pub paused: bool,
    pub deployment: DeploymentId,
    pub consent: CanonicalAddr,
    pub registry: CanonicalAddr,
}

impl Record for StoredConfig {
    const NAME: &'static str = "configuration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(CONFIG_LAYOUT)
            .u8(self.paused.into())
            .raw(&self.deployment)
            .short("consent", self.consent.as_slice())?
            .short("registry", self.registry.as_slice())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, CONFIG_LAYOUT, bytes)?;
        let config = Self {
            paused: r.flag("paused")?,
            deployment: r.array()?,
            consent: r.short()?.into(),
            registry: r.short()?.into(),
        };
        r.end()?;
        Ok(config)
    }
}

/// Layout 1, which only a migration meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstConfig(pub Config);

impl Record for FirstConfig {
    const NAME: &'static str = "configuration";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .raw(&self.0.deployment)
            .short("consent", self.0.consent.as_bytes())?
            .short("registry", self.0.registry.as_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let config = Config {
            paused: false,
            deployment: r.array()?,
            // validated before they were stored
            consent: Addr::unchecked(r.short_str()?),
            registry: Addr::unchecked(r.short_str()?),
        };
        r.end()?;
        Ok(Self(config))
    }
}

/// How far a device's batches have come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Number of the last batch, anchored or given up by a gap notice; 0 where there is none.
    pub sequence: u64,
    /// Per category met, the time of the last reading anchored.
    pub last: Vec<(Category, Millis)>,
}

impl Head {
    pub fn last_at(&self, category: Category) -> Option<Millis> {
        self.last
            .iter()
            .find(|(of, _)| *of == category)
            .map(|(_, at)| *at)
    }

    /// The last time of any category.
    pub fn last_of_all(&self) -> Option<Millis> {
        self.last.iter().map(|(_, at)| *at).max()
    }

    /// Over a batch that was found to follow.
    pub fn advance(&mut self, measured: &Measured) {
        self.sequence = measured.sequence;
        let (category, at) = (measured.category, measured.last_at());
        match self.last.iter_mut().find(|(of, _)| *of == category) {
            Some((_, last)) => *last = at,
            None => self.last.push((category, at)),
        }
    }
}

/// version ‖ sequence u64 ‖ for each category met: code u8 ‖ last u48. In layout 1 the times took
/// eight bytes.
impl Record for Head {
    const NAME: &'static str = "device head";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        let head = Writer::versioned(HEAD_LAYOUT).u64(self.sequence);
        let whole = self.last.iter().try_fold(head, |w, (category, at)| {
            w.u8(category.code()).narrow::<6>("last time", *at)
        });
        Ok(whole?.done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let (layout, mut r) = Reader::versioned_up_to(Self::NAME, HEAD_LAYOUT, bytes)?;
        let mut head = Self {
            sequence: r.u64()?,
            last: Vec::new(),
        };
        while r.remaining() > 0 {
            let category = Category::from_code(r.u8()?)?;
            let at = match layout {
                1 => r.u64()?,
                _ => r.narrow::<6>()?,
            };
            head.last.push((category, at));
        }
        Ok(head)
    }
}

/// A hole the device signed for: the body it signed, and when the chain heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub notice: GapNotice,
    pub noted_at_ms: Millis,
}

impl Record for Gap {
    const NAME: &'static str = "gap";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION)
            .u64(self.noted_at_ms)
            .short("gap notice", &self.notice.to_bytes())?
            .done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let noted_at_ms = r.u64()?;
        let notice = GapNotice::from_bytes(r.short()?)?;
        r.end()?;
        Ok(Self {
            notice,
            noted_at_ms,
        })
    }
}

/// How many numbers a device gave up in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing(pub u64);

impl Record for Missing {
    const NAME: &'static str = "count of missing batches";

    fn to_bytes(&self) -> Result<Vec<u8>, FormatError> {
        Ok(Writer::versioned(VERSION).u64(self.0).done())
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut r = Reader::versioned(Self::NAME, VERSION, bytes)?;
        let count = Self(r.u64()?);
        r.end()?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vitals_core::measured::GapReason;

    fn comes_back<R: Record + PartialEq + std::fmt::Debug>(record: R) {
        let bytes = record.to_bytes().unwrap();
        assert_eq!(R::from_bytes(&bytes).unwrap(), record);
        let mut newer = bytes.clone();
        newer[0] += 1;
        assert!(R::from_bytes(&newer).is_err(), "another version");
        assert!(R::from_bytes(&bytes[..bytes.len() - 1]).is_err(), "cut");
    }

    fn measured(sequence: u64, category: Category, epoch: u32) -> Measured {
        Measured {
            device: 1,
            pairing: 1,
            sequence,
            category,
            epoch,
            first_ms: 0,
            last_ms: 7,
            count: 1,
            root: [0; 32],
            private_root: None,
            flags: 0,
        }
    }

    #[test]
    fn records_come_back_whole_and_another_version_or_a_cut_is_refused() {
        comes_back(StoredConfig {
            paused: true,
            deployment: [6; 32],
            consent: vec![1; 32].into(),
            registry: vec![2; 32].into(),
        });
        comes_back(FirstConfig(Config {
            paused: false,
            deployment: [6; 32],
            consent: Addr::unchecked("cosmos1consent"),
            registry: Addr::unchecked("cosmos1registry"),
        }));
        comes_back(Missing(7));
        let mut head = Head::default();
        comes_back(head.clone());
        head.advance(&measured(1, Category::Cardiac, 5));
        head.advance(&measured(2, Category::Activity, 5));
        comes_back(head);
        comes_back(Gap {
            notice: GapNotice {
                device: 1,
                pairing: 2,
                from: 3,
                next: 5,
                last_at: 6,
                reason: GapReason::ClockSet,
            },
            noted_at_ms: 9,
        });
    }

    #[test]
    fn a_head_keeps_one_number_and_a_time_for_each_category() {
        let mut head = Head::default();
        head.advance(&measured(1, Category::Cardiac, 0));
        head.advance(&measured(2, Category::Activity, 0));
        head.advance(&measured(3, Category::Cardiac, 1));
        assert_eq!(head.sequence, 3);
        assert_eq!(head.last_at(Category::Cardiac), Some(3_600_007));
        assert_eq!(head.last_at(Category::Activity), Some(7));
        assert_eq!(head.last_at(Category::Metabolic), None);
    }

    /// As version 0.1.0 wrote it.
    #[test]
    fn a_head_of_layout_1_is_read() {
        let bytes = [
            &[1, 0, 0, 0, 0, 0, 0, 0, 9][..],
            &[1, 0, 0, 0x01, 0xa3, 0x18, 0x5c, 0x50, 0x7b],
            &[5, 0, 0, 0, 0, 0, 0, 0, 7],
        ]
        .concat();
        let expected = Head {
            sequence: 9,
            last: vec![
                (Category::Cardiac, 1_800_000_000_123),
                (Category::Activity, 7),
            ],
        };
        assert_eq!(expected.last_of_all(), Some(1_800_000_000_123));
        assert_eq!(Head::from_bytes(&bytes), Ok(expected));
    }
}
