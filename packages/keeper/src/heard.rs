//! What contracts announce and do not list: it is heard of by events, once, and remembered.

use vitals_ledger::{Deployment, LedgerEvent};

use crate::memory::{Emergency, Owed};
use crate::Memory;

/// Events are read again for so many blocks: a node indexes them a little after their block.
const OVERLAP: u64 = 20;

/// An event to search for.
#[derive(Debug, Clone, Copy)]
pub struct Announcement {
    of: Contract,
    /// Its name, without the `wasm-` before it.
    pub event: &'static str,
    read: fn(&LedgerEvent, &mut Memory) -> Option<()>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contract {
    Consent,
    Claims,
}

/// Every event that tells of something to watch.
pub const ANNOUNCEMENTS: [Announcement; 3] = [
    Announcement {
        of: Contract::Consent,
        event: "emergency_opened",
        read: emergency,
    },
    Announcement {
        of: Contract::Consent,
        event: "recovery_decided",
        read: recovery,
    },
    Announcement {
        of: Contract::Claims,
        event: "payment_failed",
        read: owed,
    },
];

impl Announcement {
    /// The contract whose word it is.
    pub fn contract<'a>(&self, at: &'a Deployment) -> &'a str {
        match self.of {
            Contract::Consent => &at.consent,
            Contract::Claims => &at.claims,
        }
    }

    /// Only the runtime writes `_contract_address`.
    fn is(&self, event: &LedgerEvent, at: &Deployment) -> bool {
        event.ty.strip_prefix("wasm-") == Some(self.event)
            && event.attribute("_contract_address") == Some(self.contract(at))
    }
}

impl Memory {
    /// The height after which events are to be read now.
    pub fn heard_through(&self) -> u64 {
        self.heard.saturating_sub(OVERLAP)
    }

    /// Remembers what events of blocks up to a height told; of other contracts they tell nothing.
    pub fn hear(&mut self, at: &Deployment, events: &[LedgerEvent], through: u64) {
        for event in events {
            for told in ANNOUNCEMENTS.iter().filter(|told| told.is(event, at)) {
                // an event without its attributes is none of these contracts' versions
                let _ = (told.read)(event, self);
            }
        }
        self.heard = self.heard.max(through);
    }
}

fn emergency(event: &LedgerEvent, memory: &mut Memory) -> Option<()> {
    let (patient, emergency) = (number(event, "patient")?, number(event, "emergency")?);
    memory.emergencies.insert(Emergency { patient, emergency });
    Some(())
}

fn recovery(event: &LedgerEvent, memory: &mut Memory) -> Option<()> {
    let patient = number(event, "patient")?;
    memory.recoveries.insert(patient);
    Some(())
}

fn owed(event: &LedgerEvent, memory: &mut Memory) -> Option<()> {
    let (product, account) = (
        number(event, "product")?,
        event.attribute("account")?.into(),
    );
    memory.owed.insert(Owed { product, account });
    Some(())
}

fn number(event: &LedgerEvent, key: &str) -> Option<u64> {
    event.attribute(key)?.parse().ok()
}
