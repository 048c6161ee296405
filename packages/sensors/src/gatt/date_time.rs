//! Date Time (0x2A08): a year, month, day, hours, minutes and seconds, without a zone.

use super::fields::Fields;
use crate::{SensorError, Stamp};

impl Fields<'_> {
    /// A year, month or day of 0 is not known: then the time of arrival counts. What is no date at
    /// all is an error.
    pub fn date_time(&mut self) -> Result<Stamp, SensorError> {
        let year = self.u16("year")?;
        let [month, day, hours, minutes, seconds] = self.array("date and time")?;
        within(
            "year",
            "0 or 1582 to 9999",
            year,
            year == 0 || (1_582..=9_999).contains(&year),
        )?;
        within("month", "0 to 12", month.into(), month <= 12)?;
        within("day", "0 to 31", day.into(), day <= 31)?;
        within("hours", "0 to 23", hours.into(), hours <= 23)?;
        within("minutes", "0 to 59", minutes.into(), minutes <= 59)?;
        within("seconds", "0 to 59", seconds.into(), seconds <= 59)?;
        if year == 0 || month == 0 || day == 0 {
            return Ok(Stamp::Arrival);
        }
        let days = days_since_1970(year, month, day)?;
        let of_day = i64::from(hours) * 3_600 + i64::from(minutes) * 60 + i64::from(seconds);
        let ms = (days * 86_400 + of_day) * 1_000;
        Ok(Stamp::Local { ms })
    }
}

fn within(
    field: &'static str,
    rule: &'static str,
    got: u16,
    holds: bool,
) -> Result<(), SensorError> {
    match holds {
        true => Ok(()),
        false => Err(SensorError::Date { field, rule, got }),
    }
}

fn days_since_1970(year: u16, month: u8, day: u8) -> Result<i64, SensorError> {
    let refused = SensorError::Date {
        field: "day",
        rule: "one of its month",
        got: day.into(),
    };
    let date = ::time::Month::try_from(month)
        .and_then(|month| ::time::Date::from_calendar_date(year.into(), month, day));
    match date {
        Ok(date) => Ok(i64::from(date.to_julian_day()) - JULIAN_DAY_OF_1970),
        Err(_) => Err(refused),
    }
}

const JULIAN_DAY_OF_1970: i64 = 2_440_588;
