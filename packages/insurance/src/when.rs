//! Times as people write and read them.

use time::format_description::well_known::Rfc3339;
use time::OffsetDateTime;
use vitals_core::decision::Seconds;

use crate::InsuranceError;

/// `2026-11-23T00:00:00Z`, with any offset, or seconds since 1970. Parts of a second are cut off.
pub fn parse_time(text: &str) -> Result<Seconds, InsuranceError> {
    if let Ok(seconds) = text.parse() {
        return Ok(seconds);
    }
    OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .and_then(|time| Seconds::try_from(time.unix_timestamp()).ok())
        .ok_or_else(|| InsuranceError::Time { text: text.into() })
}

/// As RFC 3339 in UTC; beyond the year 9999 the plain number.
pub fn show_time(seconds: Seconds) -> String {
    show(seconds.into(), 1_000_000_000).unwrap_or_else(|| seconds.to_string())
}

/// The same, of milliseconds.
pub fn show_ms(ms: u64) -> String {
    show(ms.into(), 1_000_000).unwrap_or_else(|| format!("{ms} ms"))
}

fn show(count: i128, nanos: i128) -> Option<String> {
    let time = OffsetDateTime::from_unix_timestamp_nanos(count * nanos).ok()?;
    time.format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_seconds_or_rfc_3339_in_any_offset() {
        for text in [
            "1795392000",
            "2026-11-23T00:00:00Z",
            "2026-11-23T02:00:00+02:00",
            "2026-11-23T00:00:00.9Z",
        ] {
            assert_eq!(parse_time(text), Ok(1_795_392_000), "{text}");
        }
        assert_eq!(show_time(1_795_392_000), "2026-11-23T00:00:00Z");
        assert_eq!(show_ms(1_795_392_000_250), "2026-11-23T00:00:00.25Z");
    }

    #[test]
    fn other_texts_and_times_before_1970_are_refused() {
        for text in ["", "now", "2026-11-23", "-5", "1969-12-31T23:59:59Z", "1.5"] {
            assert!(parse_time(text).is_err(), "{text:?} was taken");
        }
        assert_eq!(show_time(u64::MAX), u64::MAX.to_string());
        assert_eq!(show_ms(u64::MAX), format!("{} ms", u64::MAX));
    }
}
