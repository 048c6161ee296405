//! What the sequences got to: a property that never pays proves little.

use std::collections::BTreeSet;

use vitals_core::insurance::{ClaimState, MoveKind, PolicyState};

#[derive(Debug, Default)]
pub struct Reached {
    pub policies: BTreeSet<String>,
    pub claims: BTreeSet<String>,
    pub moved: BTreeSet<String>,
}

impl Reached {
    pub fn add(&mut self, other: Self) {
        self.policies.extend(other.policies);
        self.claims.extend(other.claims);
        self.moved.extend(other.moved);
    }

    /// What no sequence got to.
    pub fn missed(&self) -> Vec<String> {
        let policies = PolicyState::ALL.map(|state| format!("{state:?}"));
        let claims = ClaimState::ALL.map(|state| format!("{state:?}"));
        let moved = MoveKind::ALL.map(|kind| kind.name().to_string());
        let missed = |all: &[String], reached: &BTreeSet<String>| -> Vec<String> {
            let new = |it: &&String| !reached.contains(*it);
            all.iter().filter(new).cloned().collect()
        };
        [
            missed(&policies, &self.policies),
            missed(&claims, &self.claims),
            missed(&moved, &self.moved),
        ]
        .concat()
    }
}
