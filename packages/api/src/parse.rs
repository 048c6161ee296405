//! From what messages carry to domain types, at the edge and nowhere else.

use cosmwasm_std::{Addr, Api, Binary, Coin, Uint128};
use vitals_core::decision::Seconds;
use vitals_core::set::{Member, Set};

use crate::ApiError;

/// An address in its one normal form. The all-upper-case form of bech32 names the same account in
/// other letters, so it is refused rather than compared.
pub fn address(api: &dyn Api, text: &str) -> Result<Addr, ApiError> {
    api.addr_validate(text).map_err(|cause| ApiError::Address {
        address: clipped(text),
        cause: innermost(&cause.to_string()),
    })
}

/// What the host or another contract says, without the kinds of error it is wrapped in; no more of
/// it than an error should carry.
pub fn innermost(cause: &str) -> String {
    clipped(cause.rsplit("error: ").next().unwrap_or(cause))
}

/// Hostile input is not echoed whole into errors.
fn clipped(text: &str) -> String {
    text.chars().take(100).collect()
}

/// A list as a set: one or more members, none twice.
pub fn set<T: Member>(field: &'static str, list: &[T]) -> Result<Set<T>, ApiError> {
    length(field, list.len(), 1, T::ALL.len())?;
    let mut set = Set::EMPTY;
    for member in list {
        if set.contains(*member) {
            return Err(ApiError::Duplicate {
                field,
                value: format!("{member:?}"),
            });
        }
        set = set.with(*member);
    }
    Ok(set)
}

/// Bytes or characters or items within bounds.
pub fn length(field: &'static str, got: usize, least: usize, most: usize) -> Result<(), ApiError> {
    if least <= got && got <= most {
        return Ok(());
    }
    Err(ApiError::Length {
        field,
        least,
        most,
        got,
    })
}

/// The last second of the year 9999: what a date may say at most, so that every reader of JSON
/// holds it exactly.
pub const LAST_DATE: Seconds = 253_402_300_799;

/// A date (block seconds) after a bound, and one that calendars have.
pub fn date(field: &'static str, value: Seconds, after: Seconds) -> Result<Seconds, ApiError> {
    if value <= after {
        return Err(ApiError::Time {
            field,
            value,
            bound: after,
        });
    }
    if value > LAST_DATE {
        return Err(ApiError::Date {
            field,
            value,
            last: LAST_DATE,
        });
    }
    Ok(value)
}

/// Exactly N bytes.
pub fn bytes<const N: usize>(field: &'static str, value: &Binary) -> Result<[u8; N], ApiError> {
    value.as_slice().try_into().map_err(|_| ApiError::Length {
        field,
        least: N,
        most: N,
        got: value.len(),
    })
}

/// Funds that a message does not ask for are an error: they would be lost.
pub fn no_funds(funds: &[Coin]) -> Result<(), ApiError> {
    if funds.is_empty() {
        return Ok(());
    }
    Err(ApiError::Funds {
        expected: "no funds".into(),
        got: listed(funds),
    })
}

/// Exactly this denomination, above zero; what amount is right is the caller's rule.
pub fn one_coin(funds: &[Coin], denom: &str) -> Result<Uint128, ApiError> {
    match funds {
        [coin] if coin.denom == denom && !coin.amount.is_zero() => Uint128::try_from(coin.amount)
            .map_err(|_| ApiError::Funds {
                expected: format!("an amount of {denom} below 2^128"),
                got: listed(funds),
            }),
        _ => Err(ApiError::Funds {
            expected: format!("one amount of {denom}"),
            got: listed(funds),
        }),
    }
}

/// Coins as an error shows them, the first five.
pub fn listed(funds: &[Coin]) -> String {
    if funds.is_empty() {
        return "nothing".into();
    }
    let coins: Vec<String> = funds.iter().take(5).map(ToString::to_string).collect();
    coins.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use cosmwasm_std::coin;
    use cosmwasm_std::testing::MockApi;
    use vitals_core::measure::Category;

    #[test]
    fn an_upper_case_or_foreign_address_is_refused() {
        let api = MockApi::default();
        let good = api.addr_make("someone");
        assert_eq!(address(&api, good.as_str()), Ok(good.clone()));
        assert!(address(&api, &good.as_str().to_uppercase()).is_err());
        assert!(address(&api, "osmo1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqmcn030").is_err());
        assert!(address(&api, "").is_err());
    }

    #[test]
    fn a_set_is_neither_empty_nor_repeats() {
        assert!(set::<Category>("categories", &[]).is_err());
        assert!(set("categories", &[Category::Cardiac, Category::Cardiac]).is_err());
        assert!(set("categories", &Category::ALL).is_ok());
    }

    #[test]
    fn stray_and_foreign_coins_are_refused() {
        assert!(no_funds(&[]).is_ok());
        assert!(no_funds(&[coin(1, "uvital")]).is_err());
        assert_eq!(
            one_coin(&[coin(5, "uvital")], "uvital"),
            Ok(Uint128::new(5))
        );
        assert!(one_coin(&[coin(5, "other")], "uvital").is_err());
        assert!(one_coin(&[coin(5, "uvital"), coin(1, "other")], "uvital").is_err());
        assert!(one_coin(&[], "uvital").is_err());
    }
}
