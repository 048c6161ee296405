//! What the contracts are set up with.

use std::ops::RangeInclusive;
use std::path::Path;

use serde::Deserialize;
use vitals_api::care::{
    DEFAULT_REOPENS_S, MAX_COOLDOWN_S, MAX_REOPENS_S, MAX_TIER_S, MIN_REOPENS_S,
};
use vitals_api::claims::{DEFAULT_LEAST_DEADLINE_S, MAX_LEAST_DEADLINE_S};
use vitals_api::consent::recovery::Timing;

use crate::failure::Failure;

/// All times in seconds; those left out have the value of [`Settings::default`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Admits makers, issuers and denominations; the account that deploys where absent.
    pub owner: Option<String>,
    /// In which a patient can veto a recovery.
    pub recovery_delay_s: u64,
    /// After all guardians overrode a veto.
    pub override_delay_s: u64,
    /// From an emergency's end to the deadline of its review.
    pub review_within_s: u64,
    /// An emergency lasts at most this.
    pub max_emergency_s: u64,
    /// After an alert in which the same device and rule only count on it.
    pub cooldown_s: u32,
    /// The least a ladder's tier may wait.
    pub min_tier_s: u32,
    /// After an alert was acknowledged, from which a new notice raises a new one.
    pub reopens_after_s: u32,
    /// The least that deadlines of products' invoices are.
    pub least_deadline_s: u32,
}

impl Default for Settings {
    fn default() -> Self {
        let timing = Timing::default();
        Self {
            owner: None,
            recovery_delay_s: timing.recovery_delay_s,
            override_delay_s: timing.override_delay_s,
            review_within_s: timing.review_within_s,
            max_emergency_s: timing.max_emergency_s,
            cooldown_s: 300,
            min_tier_s: 30,
            reopens_after_s: DEFAULT_REOPENS_S,
            least_deadline_s: DEFAULT_LEAST_DEADLINE_S,
        }
    }
}

impl Settings {
    /// From a file of JSON. Fails before anything is sent on what the contracts would refuse.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|cause| Failure::file(path, cause))?;
        let settings: Self =
            serde_json::from_str(&text).map_err(|cause| Failure::file(path, cause))?;
        settings.check()?;
        Ok(settings)
    }

    pub fn timing(&self) -> Timing {
        Timing {
            recovery_delay_s: self.recovery_delay_s,
            override_delay_s: self.override_delay_s,
            review_within_s: self.review_within_s,
            max_emergency_s: self.max_emergency_s,
        }
    }

    fn check(&self) -> Result<(), Failure> {
        let of_care_and_claims = [
            ("cooldown_s", self.cooldown_s, 0..=MAX_COOLDOWN_S),
            ("min_tier_s", self.min_tier_s, 1..=MAX_TIER_S),
            (
                "reopens_after_s",
                self.reopens_after_s,
                MIN_REOPENS_S..=MAX_REOPENS_S,
            ),
            (
                "least_deadline_s",
                self.least_deadline_s,
                1..=MAX_LEAST_DEADLINE_S,
            ),
        ];
        self.timing()
            .bounded()
            .into_iter()
            .try_for_each(|(field, value, bounds)| within(field, value, &bounds))?;
        of_care_and_claims
            .into_iter()
            .try_for_each(|(field, value, bounds)| within(field, value, &bounds))
    }
}

fn within<T: PartialOrd + std::fmt::Display>(
    field: &str,
    value: T,
    bounds: &RangeInclusive<T>,
) -> Result<(), Failure> {
    if bounds.contains(&value) {
        return Ok(());
    }
    Err(Failure::new(
        "deploy/setting",
        format!(
            "{field} is {value}, it takes {} to {} seconds",
            bounds.start(),
            bounds.end()
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(settings: &serde_json::Value) -> Result<Settings, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), settings.to_string()).unwrap();
        Settings::read(file.path()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn what_is_left_out_has_a_default_that_the_contracts_take() {
        assert_eq!(read(&json!({})), Ok(Settings::default()));
        let one = read(&json!({ "max_emergency_s": 600 })).unwrap();
        let rest = Settings::default();
        assert_eq!(
            one,
            Settings {
                max_emergency_s: 600,
                ..rest
            }
        );
    }

    #[test]
    fn a_setting_outside_its_bounds_is_refused_with_its_name_its_value_and_the_bounds() {
        let bounds = [
            ("recovery_delay_s", 3_600, 7_776_000),
            ("override_delay_s", 3_600, 7_776_000),
            ("review_within_s", 60, 7_776_000),
            ("max_emergency_s", 60, 86_400),
            ("min_tier_s", 1, 86_400),
            ("reopens_after_s", 60, 86_400),
            ("least_deadline_s", 1, 2_592_000),
        ];
        for (field, least, most) in bounds {
            for good in [least, most] {
                read(&json!({ field: good })).unwrap();
            }
            for bad in [least - 1, most + 1] {
                let expected =
                    format!("deploy/setting: {field} is {bad}, it takes {least} to {most} seconds");
                assert_eq!(read(&json!({ field: bad })), Err(expected));
            }
        }
        assert!(read(&json!({ "cooldown_s": 86_401 })).is_err());
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused() {
        let refused = read(&json!({ "cooldown": 5 })).unwrap_err();
        assert!(refused.starts_with("cli/file: "), "{refused}");
        assert!(refused.contains("unknown field `cooldown`"), "{refused}");
    }
}
