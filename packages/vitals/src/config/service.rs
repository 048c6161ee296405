//! A service's own section, and `[chain]` beside it.

use super::{Chain, Settings, Source};
use crate::failure::Failure;

/// A section beside which `[chain]` is read.
pub trait Service: Settings {
    /// What is wrong with both together, each with section and key.
    fn with_chain(&self, _chain: &Chain) -> Vec<String> {
        Vec::new()
    }

    /// What is sound and seldom meant, each with section and key.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// Both. Fails where `vitals config check` faults them.
    fn read(source: &Source, name: &str) -> Result<(Self, Chain), Failure> {
        let own: Self = source.section(name)?;
        let chain: Chain = source.section("chain")?;
        match own.with_chain(&chain) {
            faults if faults.is_empty() => {
                for note in own.notes() {
                    eprintln!("note: {note}");
                }
                Ok((own, chain))
            }
            faults => Err(invalid(&faults)),
        }
    }
}

pub(super) fn invalid(faults: &[String]) -> Failure {
    Failure::new("config/invalid", faults.join("\n  "))
}
