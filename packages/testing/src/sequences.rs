//! How many random sequences of messages a property is tried with.

use proptest::test_runner::{Config, RngSeed};

const IN_CI: u64 = 2_026;

/// Some in CI, the same in every run: a change is judged by what it changes. The long run sets
/// proptest's own variables, `PROPTEST_CASES` and `PROPTEST_RNG_SEED`, and goes through many seeds.
pub fn config(in_ci: u32) -> Config {
    let set = std::env::var_os("PROPTEST_CASES").is_some();
    let from_environment = Config::default();
    Config {
        cases: if set { from_environment.cases } else { in_ci },
        rng_seed: match from_environment.rng_seed {
            RngSeed::Random => RngSeed::Fixed(IN_CI),
            fixed => fixed,
        },
        // what fails is found again by its seed; no file of failures is kept
        failure_persistence: None,
        ..from_environment
    }
}
