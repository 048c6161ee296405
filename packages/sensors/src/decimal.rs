//! Decimal numbers as sensors and files write them, and their way into a measure's fixed point
//! without binary floats: what is rounded is rounded once.

use crate::unit::Conversion;

/// Below this a number of 64 bits is nothing at any measure's scale.
const LEAST_EXPONENT: i32 = -25;
/// Above this a number other than 0 is beyond every measure.
const MOST_EXPONENT: i32 = 12;

/// `mantissa` × 10^`exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub mantissa: i64,
    pub exponent: i32,
}

impl Decimal {
    pub const fn new(mantissa: i64, exponent: i32) -> Self {
        Self { mantissa, exponent }
    }

    /// `-12.50`, `+3`, `.5`, `1.2e-3`: up to 18 digits, a dot, an exponent. Nothing else: no
    /// thousands, no comma, no `NaN`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i16>().ok()?),
            None => (text, 0),
        };
        let (negative, number) = match number.as_bytes().first()? {
            b'-' => (true, &number[1..]),
            b'+' => (false, &number[1..]),
            _ => (false, number),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || digits.len() > 18 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let magnitude: i64 = digits.parse().ok()?;
        let mantissa = if negative { -magnitude } else { magnitude };
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Self::new(mantissa, i32::from(exponent) - places))
    }

    /// In the unit `conversion` leads to, times 10^`scale`, rounded half away from zero; `None`
    /// where that passes 64 bits.
    pub fn to_fixed(self, conversion: &Conversion, scale: u8) -> Option<i64> {
        let (numerator, denominator) = self.fraction()?;
        let before = i128::from(conversion.before_hundredths).checked_mul(denominator)?;
        let shifted = numerator.checked_mul(100)?.checked_add(before)?;
        let numerator = shifted
            .checked_mul(conversion.times.0.into())?
            .checked_mul(10i128.checked_pow(scale.into())?)?;
        let denominator = denominator
            .checked_mul(100)?
            .checked_mul(conversion.times.1.into())?;
        i64::try_from(rounded(numerator, denominator)?).ok()
    }

    /// As a fraction of whole numbers, the lower one above 0.
    fn fraction(self) -> Option<(i128, i128)> {
        let (mut mantissa, mut exponent) = (i128::from(self.mantissa), self.exponent);
        while exponent < LEAST_EXPONENT && mantissa != 0 {
            mantissa /= 10;
            exponent += 1;
        }
        match u32::try_from(exponent) {
            _ if mantissa == 0 => Some((0, 1)),
            Ok(_) if exponent > MOST_EXPONENT => None,
            Ok(power) => Some((mantissa.checked_mul(10i128.checked_pow(power)?)?, 1)),
            Err(_) => Some((mantissa, 10i128.checked_pow(exponent.unsigned_abs())?)),
        }
    }
}

fn rounded(numerator: i128, denominator: i128) -> Option<i128> {
    let half = denominator / 2;
    let away = if numerator < 0 { -half } else { half };
    numerator.checked_add(away)?.checked_div(denominator)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same(text: &str, scale: u8) -> Option<i64> {
        Decimal::parse(text)?.to_fixed(&Conversion::SAME, scale)
    }

    #[test]
    fn decimal_text_is_read_exactly_and_rounded_half_away_from_zero() {
        let cases = [
            ("36.4", 2, 3_640),
            ("-0.05", 1, -1),
            ("0.049", 1, 0),
            ("7.25", 1, 73),
            (".5", 0, 1),
            ("1.2e-3", 4, 12),
            ("1e2", 1, 1_000),
            ("+98", 1, 980),
        ];
        for (text, scale, expected) in cases {
            assert_eq!(same(text, scale), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_decimal_number_is_none() {
        for text in [
            "",
            "-",
            ".",
            "1,5",
            "1 000",
            "NaN",
            "inf",
            "0x10",
            "1e",
            "e5",
            "--1",
            "1.2.3",
            "1234567890123456789",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn numbers_far_too_large_are_none_and_far_too_small_are_nothing() {
        assert_eq!(same("9e99", 1), None);
        assert_eq!(same("9e-99", 1), Some(0));
        assert_eq!(same("0e99", 1), Some(0));
        assert_eq!(
            Decimal::new(i64::MAX, 0).to_fixed(&Conversion::SAME, 1),
            None
        );
    }

    proptest! {
        #[test]
        fn no_decimal_and_no_text_panics(m: i64, e: i32, scale in 0u8..4, text in ".{0,24}") {
            let _ = Decimal::new(m, e).to_fixed(&Conversion::SAME, scale);
            let _ = Decimal::parse(&text);
        }
    }
}
