//! How many random sequences of messages a property is tried with.

use proptest::test_runner::Config;

/// Some in CI. The long run sets proptest's own variables, `PROPTEST_CASES` and
/// `PROPTEST_RNG_SEED`, and goes through many seeds.
pub fn config(in_ci: u32) -> Config {
    let set = std::env::var_os("PROPTEST_CASES").is_some();
    let from_environment = Config::default();
    Config {
        cases: if set { from_environment.cases } else { in_ci },
        // what fails is found again by its seed; no file of failures is kept
        failure_persistence: None,
        ..from_environment
    }
}
