use cosmwasm_std::testing::{MockApi, MockStorage};
use cosmwasm_std::{Addr, Empty};
use vitals_core::insurance::{Account, PolicyState};
use vitals_core::measure::Measure;
use vitals_core::rule::{Assurance, ClaimWindow, Comparison, Condition, Rule};

use super::*;

const BOUND_AT: u64 = 1_000;
const TERM_S: u32 = 100;

fn address(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

fn old_terms() -> layout::Terms {
    let rule = Rule {
        conditions: vec![Condition {
            measure: Measure::HeartRate,
            comparison: Comparison::AtLeast,
            threshold: 1_200,
        }],
        readings: 3,
        spaced_s: 1,
        within_s: 60,
        anchored_within_s: 60,
        min_assurance: Assurance::Maker,
        accept_questionable: false,
        paired_for_s: 0,
        calibrated: false,
        accept_simulated: false,
    };
    layout::Terms {
        denom: "uvital".into(),
        benefit: 100,
        premium: 7,
        term_s: TERM_S,
        waiting_s: 10,
        file_within_s: 50,
        max_claims: 2,
        separation_s: 5,
        terms_digest: [9; 32],
        rule,
    }
}

fn window(from_ms: u64) -> ClaimWindow {
    ClaimWindow {
        from_ms,
        to_ms: from_ms + 1,
    }
}

fn old_policy(patient: u64, locked: u128, paid: usize) -> layout::Policy {
    layout::Policy {
        product: 1,
        patient,
        payee: address("payee"),
        // the block's second, before the first whole one
        bound_at: BOUND_AT - 1,
        covered_from: BOUND_AT + 10,
        covered_until: BOUND_AT + u64::from(TERM_S),
        file_until: BOUND_AT + 150,
        locked,
        paid: [window(10), window(20)][..paid].to_vec(),
    }
}

/// Patients 1 to 3 have a live policy with a claim paid, one that is exhausted, one expired;
/// patient 3 then bound another.
fn filled() -> MockStorage {
    let mut storage = MockStorage::new();
    let s: &mut dyn Storage = &mut storage;
    let config = layout::Config {
        consent: address("consent"),
        registry: address("registry"),
        anchor: address("anchor"),
    };
    layout::CONFIG.save(s, &config).unwrap();
    layout::DENOMS.save(s, "uvital", &Empty {}).unwrap();
    layout::LAST_PRODUCT.save(s, &1).unwrap();
    let product = layout::Product {
        insurer: address("insurer"),
        terms: old_terms(),
    };
    layout::PRODUCTS.save(s, 1, &product).unwrap();
    let pool = Pool {
        deposits: 1_000,
        premiums: 28,
        free: 1_028 - 107 - 207 - 300 - 40,
        locked: 107 + 207,
        paid: 300,
        withdrawn: 40,
    };
    layout::POOLS.save(s, 1, &pool).unwrap();
    layout::LAST_POLICY.save(s, &4).unwrap();
    let policies = [
        old_policy(1, 107, 1),
        old_policy(2, 0, 2),
        old_policy(3, 0, 0),
        old_policy(3, 207, 0),
    ];
    for (policy, number) in policies.into_iter().zip(1u64..) {
        layout::POLICIES.save(s, number, &policy).unwrap();
        let of = (policy.patient, number);
        layout::POLICIES_OF.save(s, of, &Empty {}).unwrap();
        layout::LAST_BOUND
            .save(s, (policy.patient, 1), &number)
            .unwrap();
        for (paid, claim) in policy.paid.iter().zip(1u8..) {
            let claim_paid = layout::Claim {
                claimant: address("patient"),
                amount: 100,
                window: *paid,
                paid_at: BOUND_AT + u64::from(claim),
            };
            layout::CLAIMS
                .save(s, (number, claim), &claim_paid)
                .unwrap();
        }
    }
    storage
}

fn converted() -> (MockStorage, Vec<Event>) {
    let mut storage = filled();
    let events = convert(&mut storage).unwrap();
    (storage, events)
}

#[test]
fn a_product_keeps_its_terms_and_none_of_it_can_be_cancelled_for_money() {
    let (storage, _) = converted();
    let product = state::product(&storage, 1).unwrap();
    assert_eq!(product.insurer, address("insurer"));
    assert_eq!(product.denom, Denom::Native("uvital".into()));
    assert!(state::is_native_admitted(&storage, "uvital").unwrap());
    let terms = state::terms(&storage, 1, 1).unwrap();
    assert_eq!(terms, super::terms(old_terms()));
    assert_eq!(terms.check(), Ok(()), "as new ones are");
    assert_eq!(terms.lock(), Ok(200));
    let policy = state::policy(&storage, 1).unwrap();
    let refund = policy.life.refund(&terms, policy.premium_paid, BOUND_AT);
    assert_eq!((policy.premium_paid, refund), (7, 0));
    assert_eq!(state::config(&storage).unwrap().anchor, address("anchor"));
}

#[test]
fn policies_are_in_the_states_they_were_in() {
    let (storage, _) = converted();
    let terms = state::terms(&storage, 1, 1).unwrap();
    let states = [1, 2, 3, 4].map(|number| {
        let policy = state::policy(&storage, number).unwrap();
        policy.life.state(&terms, BOUND_AT + 10)
    });
    use PolicyState as S;
    assert_eq!(states, [S::Active, S::Exhausted, S::Expired, S::Active]);
    let first = state::policy(&storage, 1).unwrap();
    let cover = first.life.cover(&terms, BOUND_AT);
    let old = old_policy(1, 107, 1);
    assert_eq!(cover.from, old.covered_from);
    assert_eq!(cover.until, old.covered_until);
    assert_eq!(cover.file_until, old.file_until);
    assert_eq!((first.locked, &first.paid), (107, &old.paid));
    assert_eq!((first.slots, first.last_claim), (1, 1));
    assert_eq!(first.policyholder(), None);
}

#[test]
fn every_claim_is_there_and_no_other() {
    let (storage, _) = converted();
    for (policy, claims) in [(1, 1), (2, 2), (3, 0), (4, 0)] {
        let found = state::claims_of_policy(&storage, 1, policy, None, 30).unwrap();
        assert_eq!(found.len(), claims, "policy {policy}");
        for (number, claim) in found {
            assert_eq!(claim.filed_at, BOUND_AT + u64::from(number));
            assert_eq!(claim.claimant, address("patient"));
            let window = window(u64::from(number) * 10);
            let paid = ClaimEvidence::Disclosed { window, paid: 100 };
            assert_eq!(claim.evidence, paid);
        }
    }
    let all = state::claims_of_product(&storage, 1, None, 30).unwrap();
    assert_eq!(all.len(), 3);
}

#[test]
fn lists_have_the_same_policies_and_the_last_one_bound_is_the_last() {
    let (storage, _) = converted();
    let of = |patient| state::policies_of_patient(&storage, patient, None, 30).unwrap();
    assert_eq!([of(1), of(2), of(3)], [vec![1], vec![2], vec![3, 4]]);
    let all = state::policies_of_product(&storage, 1, None, 30).unwrap();
    assert_eq!(all, [1, 2, 3, 4]);
    assert_eq!(state::last_bound(&storage, 3, 1), Ok(Some(4)));
    let mut storage = storage;
    assert_eq!(state::next_policy(&mut storage), Ok(5));
}

#[test]
fn the_books_hold_what_the_pool_did_and_their_movements_are_announced() {
    let (storage, events) = converted();
    let books = state::books(&storage, 1).unwrap();
    let sum = |account| books.pool.sum(account);
    assert_eq!(
        (sum(Account::Deposits), sum(Account::Premiums)),
        (1_000, 28)
    );
    assert_eq!((sum(Account::Free), sum(Account::Locked)), (374, 314));
    assert_eq!((sum(Account::Paid), sum(Account::Withdrawn)), (300, 40));
    assert_eq!(books.pool.kept(), Ok(374 + 314));
    assert_eq!((books.policies_live, books.policies_bound), (2, 4));
    assert_eq!((books.claims_paid, books.claims_open), (3, 0));
    assert_eq!(books.most_payable, 100 + 200);
    assert_eq!(books.pool.movements(), 6);
    assert_eq!(events.len(), 6);
    let numbers = events.iter().map(|event| {
        let number = event.attributes.iter().find(|a| a.key == "movement");
        number.unwrap().value.clone()
    });
    assert_eq!(numbers.collect::<Vec<_>>(), ["1", "2", "3", "4", "5", "6"]);
}

#[test]
fn nothing_of_the_old_layout_stays_and_a_second_run_finds_nothing() {
    let (mut storage, _) = converted();
    let all =
        |storage: &MockStorage| -> Vec<_> { storage.range(None, None, Order::Ascending).collect() };
    let whole = all(&storage);
    for (key, value) in &whole {
        assert_eq!(
            value[0],
            1,
            "{:?} is {value:?}",
            String::from_utf8_lossy(key)
        );
    }
    assert_eq!(convert(&mut storage), Ok(vec![]));
    assert_eq!(all(&storage), whole);
}

#[test]
fn a_pool_that_nothing_ever_came_to_has_no_movements() {
    let mut storage = filled();
    let s: &mut dyn Storage = &mut storage;
    let nothing = Pool {
        deposits: 0,
        premiums: 0,
        free: 0,
        locked: 0,
        paid: 0,
        withdrawn: 0,
    };
    layout::POOLS.save(s, 1, &nothing).unwrap();
    layout::LAST_POLICY.save(s, &0).unwrap();
    assert_eq!(convert(s), Ok(vec![]));
    assert_eq!(state::books(s, 1), Ok(Books::default()));
}

#[test]
fn a_product_or_policy_that_is_missing_stops_the_migration() {
    for key in [
        layout::PRODUCTS.key(1).to_vec(),
        layout::POOLS.key(1).to_vec(),
        layout::POLICIES.key(2).to_vec(),
        layout::CLAIMS.key((2, 2)).to_vec(),
    ] {
        let mut storage = filled();
        storage.remove(&key);
        assert!(convert(&mut storage).is_err());
    }
}

/// Storage that adds up what the SDK would charge for it.
struct Charged(MockStorage, std::cell::Cell<u64>);

impl Charged {
    fn charge(&self, flat: u64, byte: u64, key: &[u8], value: usize) {
        let bytes = u64::try_from(33 + key.len() + value).unwrap();
        self.1.set(self.1.get() + flat + byte * bytes);
    }
}

impl Storage for Charged {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.0.get(key);
        self.charge(1_000, 3, key, value.as_ref().map_or(0, Vec::len));
        value
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.charge(2_000, 30, key, value.len());
        self.0.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        self.charge(1_000, 0, key, 0);
        self.0.remove(key);
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = cosmwasm_std::Record> + 'a> {
        self.0.range(start, end, order)
    }
}

/// The README says so.
#[test]
fn storage_costs_less_than_40_000_gas_for_a_policy_with_a_claim() {
    let cost = |policies: u64| {
        let mut storage = filled();
        let s: &mut dyn Storage = &mut storage;
        for number in 1..=policies {
            layout::POLICIES
                .save(s, number, &old_policy(1, 107, 1))
                .unwrap();
            let claim = layout::CLAIMS.load(s, (1, 1)).unwrap();
            layout::CLAIMS.save(s, (number, 1), &claim).unwrap();
        }
        layout::LAST_POLICY.save(s, &policies).unwrap();
        let mut charged = Charged(storage, std::cell::Cell::new(0));
        convert(&mut charged).unwrap();
        charged.1.get()
    };
    let a_policy = (cost(1_004) - cost(4)) / 1_000;
    assert!(a_policy < 40_000, "{a_policy}");
    assert!(a_policy > 30_000, "{a_policy}: say less in the README");
}
