//! Hours in which a person is told only what cannot wait.

use std::fmt;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::Timestamp;

use crate::NotifyError;

/// By the clock on the person's wall: from the first minute, up to but not including the second,
/// over midnight where the first is later.
#[derive(Clone)]
pub struct QuietHours {
    zone: TimeZone,
    from: Time,
    until: Time,
}

impl QuietHours {
    /// `zone` as in the IANA time zone database, times as `22:00`.
    pub fn new(zone: &str, from: &str, until: &str) -> Result<Self, NotifyError> {
        let hours = Self {
            zone: TimeZone::get(zone)
                .map_err(|_| refused(zone, "is no time zone, as in Europe/Berlin"))?,
            from: minute(from)?,
            until: minute(until)?,
        };
        match hours.from == hours.until {
            true => Err(refused(
                from,
                "quiet hours begin and end at different times",
            )),
            false => Ok(hours),
        }
    }

    /// Each moment is looked at by itself, so that a change to or from summer time, or a clock
    /// that jumps, leaves nobody waiting for an hour that does not come.
    pub fn hold(&self, now_ms: u64) -> bool {
        let now = i64::try_from(now_ms)
            .ok()
            .and_then(|ms| Timestamp::from_millisecond(ms).ok());
        // A clock beyond all calendars keeps nothing back.
        let Some(now) = now else {
            return false;
        };
        let clock = now.to_zoned(self.zone.clone()).time();
        match self.from < self.until {
            true => self.from <= clock && clock < self.until,
            false => self.from <= clock || clock < self.until,
        }
    }
}

fn minute(text: &str) -> Result<Time, NotifyError> {
    let rule = "is no time of day, as in 22:00";
    let digits = |part: &str| -> Option<i8> {
        let two = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        two.then(|| part.parse().ok()).flatten()
    };
    text.split_once(':')
        .and_then(|(hour, minute)| Time::new(digits(hour)?, digits(minute)?, 0, 0).ok())
        .ok_or_else(|| refused(text, rule))
}

fn refused(got: &str, rule: &'static str) -> NotifyError {
    NotifyError::Quiet {
        got: got.into(),
        rule,
    }
}

impl fmt::Debug for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> u64 {
        let time: Timestamp = text.parse().unwrap();
        u64::try_from(time.as_millisecond()).unwrap()
    }

    fn berlin(from: &str, until: &str) -> QuietHours {
        QuietHours::new("Europe/Berlin", from, until).unwrap()
    }

    #[test]
    fn hours_over_midnight_hold_from_the_first_minute_to_the_last() {
        let night = berlin("22:00", "07:00");
        for (time, quiet) in [
            ("2027-01-15T20:59:59Z", false),
            ("2027-01-15T21:00:00Z", true),
            ("2027-01-16T05:59:59Z", true),
            ("2027-01-16T06:00:00Z", false),
        ] {
            assert_eq!(night.hold(at(time)), quiet, "{time}");
        }
    }

    #[test]
    fn they_end_by_the_clock_on_the_wall_on_the_night_summer_time_begins_and_ends() {
        let night = berlin("22:00", "07:00");
        // Begins 2027-03-28: 07:00 is 05:00 UTC, a day before it was 06:00 UTC.
        assert!(!night.hold(at("2027-03-28T05:00:00Z")));
        assert!(night.hold(at("2027-03-28T04:59:59Z")));
        // Ends 2027-10-31.
        assert!(night.hold(at("2027-10-31T05:59:59Z")));
        assert!(!night.hold(at("2027-10-31T06:00:00Z")));
    }

    #[test]
    fn an_end_in_the_hour_that_is_left_out_comes_when_the_clock_passes_it() {
        // 02:30 does not exist on 2027-03-28: at 01:00 UTC the clock goes from 02:00 to 03:00.
        let hours = berlin("00:00", "02:30");
        assert!(hours.hold(at("2027-03-28T00:59:59Z")));
        assert!(!hours.hold(at("2027-03-28T01:00:00Z")));
    }

    #[test]
    fn an_end_in_the_hour_that_comes_twice_comes_twice() {
        // 02:00 to 03:00 comes twice on 2027-10-31: from 00:00 and from 01:00 UTC.
        let hours = berlin("22:00", "02:30");
        for (time, quiet) in [
            ("2027-10-31T00:29:59Z", true),
            ("2027-10-31T00:30:00Z", false),
            ("2027-10-31T01:00:00Z", true),
            ("2027-10-31T01:30:00Z", false),
        ] {
            assert_eq!(hours.hold(at(time)), quiet, "{time}");
        }
    }

    #[test]
    fn what_is_no_zone_or_no_time_is_refused_by_name() {
        for (zone, from, until) in [
            ("Mars/Olympus", "22:00", "07:00"),
            ("UTC", "24:00", "07:00"),
            ("UTC", "2:00", "07:00"),
            ("UTC", "+2:00", "07:00"),
            ("UTC", "07:00", "07:00"),
            ("UTC", "07:00", "07:60"),
        ] {
            let refused = QuietHours::new(zone, from, until).unwrap_err().to_string();
            assert!(refused.starts_with("notify/quiet: "), "{refused}");
        }
    }
}
