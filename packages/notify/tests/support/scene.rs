//! A chain, people, and a notifier that follows the one for the others.

use std::sync::Arc;

use vitals_notify::{Follower, People, Receipt, State, Store};

use super::chain::{deployment, event, FakeChain};
use super::{Home, NOON_MS};

const DOWN: &str = "http://127.0.0.1:9/hook";

/// Ada the patient, Bob the guardian, two responders, the insurer, the operator.
fn people(home: &Home) -> Arc<People> {
    let route = home.webhook(DOWN);
    let one = |id: &str| {
        format!("[[people]]\nid = \"{id}\"\naccounts = [\"{id}\"]\nroutes = [{route}]\n")
    };
    let all = ["ada", "bob", "nurse", "doctor", "insurer", "office"].map(one);
    home.people(&format!("operators = [\"office\"]\n{}", all.concat()))
}

pub struct Scene {
    pub home: Home,
    pub chain: FakeChain,
    pub people: Arc<People>,
    pub store: Store,
    pub follower: Follower<FakeChain>,
}

/// A notifier that begins at block 1.
pub fn scene() -> Scene {
    let home = Home::new();
    let chain = FakeChain::default().with_patient();
    let people = people(&home);
    let store = home.store();
    chain.block(&[]);
    let mut follower = follower(&chain, &people, &store);
    assert!(!follower.step(NOON_MS).unwrap());
    Scene {
        home,
        chain,
        people,
        store,
        follower,
    }
}

pub fn follower(chain: &FakeChain, people: &Arc<People>, store: &Store) -> Follower<FakeChain> {
    Follower::new(
        chain.clone(),
        deployment(),
        people.clone(),
        store.beside().unwrap(),
    )
    .with_account(Box::new(chain.clone()))
}

impl Scene {
    pub fn step(&mut self) {
        while self.follower.step(NOON_MS).unwrap() {}
    }

    /// Person, message, state, oldest first.
    pub fn told(&self) -> Vec<(String, String, State)> {
        let all = self.store.receipts(None, None, 100).unwrap();
        let short = |r: Receipt| (r.person, r.message, r.state);
        all.into_iter().rev().map(short).collect()
    }

    pub fn told_whom(&self, message: &str) -> Vec<String> {
        let mut whom: Vec<_> = self
            .told()
            .into_iter()
            .filter(|(_, told, _)| told == message)
            .map(|(person, ..)| person)
            .collect();
        whom.sort();
        whom
    }

    pub fn raise(&self) {
        let about = [
            ("alert", "1"),
            ("patient", "7"),
            ("device", "4711"),
            ("tier", "0"),
        ];
        self.chain.block(&[event("care", "alert_raised", &about)]);
    }
}
