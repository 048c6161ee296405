//! Amounts of native coins.

use vitals_api::claims::DenomMsg;
use vitals_chain_client::Coin;
use vitals_insurance::Money;

/// `500000uvital`, more than nothing.
pub fn coin(text: &str) -> Result<Coin, String> {
    let money: Money = text.parse().map_err(|cause| format!("{cause}"))?;
    let DenomMsg::Native(denom) = money.denom else {
        return Err("fees are paid in native coins".into());
    };
    if money.amount == 0 {
        return Err("expected more than 0".into());
    }
    Ok(Coin {
        denom: denom.parse().map_err(|cause| format!("{cause:#}"))?,
        amount: money.amount,
    })
}

pub fn shown(coins: &[Coin]) -> String {
    match coins {
        [] => "no limit".into(),
        coins => coins
            .iter()
            .map(|coin| format!("{}{}", coin.amount, coin.denom))
            .collect::<Vec<_>>()
            .join(","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cap_is_native_coins_and_more_than_nothing() {
        let coin = coin("500000uvital").unwrap();
        assert_eq!(shown(&[coin]), "500000uvital");
        for bad in [
            "",
            "uvital",
            "0uvital",
            "-1uvital",
            "5cw20:wasm1token",
            "1.5uvital",
        ] {
            assert!(super::coin(bad).is_err(), "{bad:?} was taken");
        }
    }
}
