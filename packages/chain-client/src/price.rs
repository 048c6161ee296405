//! Gas prices, in whole numbers: no floating point decides a fee.

use std::str::FromStr;

use cosmrs::{Coin, Denom};

use crate::{Error, Result};

/// Most digits of a price, before and after the point together.
const MAX_DIGITS: usize = 18;

/// A price for one unit of gas, written as validators write `minimum-gas-prices`: `0.025stake`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GasPrice {
    /// The digits without the point.
    units: u64,
    /// How many of the digits are after the point.
    decimals: u32,
    denom: Denom,
}

impl GasPrice {
    /// The fee for a gas limit, rounded up; none if the price is zero.
    pub(crate) fn fee(&self, gas: u64) -> Result<Option<Coin>> {
        let scale = 10u128
            .checked_pow(self.decimals)
            .ok_or_else(|| Error::input("gas price", "too many decimals"))?;
        // Two factors below 2^64 cannot exceed u128.
        let amount = (u128::from(gas) * u128::from(self.units)).div_ceil(scale);
        Ok((amount > 0).then(|| Coin {
            denom: self.denom.clone(),
            amount,
        }))
    }
}

impl FromStr for GasPrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let split = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (number, denom) = text.split_at(split);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = format!("{whole}{fraction}");
        if whole.is_empty() || number.ends_with('.') || digits.len() > MAX_DIGITS {
            return Err(Error::input(
                "gas price",
                "expected a decimal number of at most 18 digits and a denomination, such as 0.025stake",
            ));
        }
        let units = digits
            .parse()
            .map_err(|cause| Error::input("gas price", cause))?;
        let decimals =
            u32::try_from(fraction.len()).map_err(|cause| Error::input("gas price", cause))?;
        let denom = denom
            .parse()
            .map_err(|cause| Error::input("gas price", format!("{cause:#}")))?;
        Ok(Self {
            units,
            decimals,
            denom,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::GasPrice;

    fn fee(price: &str, gas: u64) -> Option<String> {
        let price: GasPrice = price.parse().unwrap();
        price.fee(gas).unwrap().map(|coin| coin.to_string())
    }

    #[test]
    fn fee_is_rounded_up() {
        assert_eq!(fee("0.025stake", 100_000).unwrap(), "2500stake");
        assert_eq!(fee("0.025stake", 100_001).unwrap(), "2501stake");
        assert_eq!(fee("2stake", 3).unwrap(), "6stake");
        assert_eq!(fee("0.00000000000000001stake", 1).unwrap(), "1stake");
    }

    #[test]
    fn zero_price_pays_no_fee() {
        assert_eq!(fee("0stake", 100_000), None);
        assert_eq!(fee("0.000stake", u64::MAX), None);
    }

    #[test]
    fn largest_price_and_gas_do_not_overflow() {
        let most = u128::from(u64::MAX) * 999_999_999_999_999_999;
        assert_eq!(
            fee("999999999999999999stake", u64::MAX).unwrap(),
            format!("{most}stake")
        );
    }

    #[test]
    fn malformed_prices_are_refused() {
        for text in [
            "",
            "stake",
            ".5stake",
            "1.stake",
            "1.2.3stake",
            "-1stake",
            "1",
            "0.025",
            "1 stake",
            "1e3",
            "9999999999999999999stake",
            "0.0000000000000000001stake",
        ] {
            assert!(text.parse::<GasPrice>().is_err(), "{text:?} was taken");
        }
    }
}
