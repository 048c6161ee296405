//! What the outcome of a transaction says: about what was in it, or about the account and the
//! node, which is no fault of what was in it.

use vitals_ledger::LedgerError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Done,
    /// Something in it, or the ground it was sent under, is refused.
    Refused(String),
    /// More than one transaction may hold.
    TooMuch(String),
    /// Nothing happened and nothing in it is at fault: the same goes again later.
    Later(Hindrance, String),
    /// It may have happened, or may happen still.
    Unknown(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// The account cannot pay the fee.
    Money,
    /// The contract takes no new business for now.
    Paused,
    Chain,
}

impl Hindrance {
    /// The reason that a status names.
    pub(crate) fn waiting(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Paused => "paused",
            Self::Chain => "chain",
        }
    }
}

/// What the chain itself says (not a contract) where fees are not paid: bank, ante handler and
/// fee grants of the Cosmos SDK; an account that never held a coin is not known at all.
const NO_MONEY: [&str; 6] = [
    "insufficient funds",
    "insufficient fee",
    "fee limit exceeded",
    "fee allowance",
    "fee-grant not found",
    "does not exist on chain",
];

/// More than a transaction or a block takes.
const TOO_MUCH: [&str; 3] = ["out of gas", "tx too large", "exceeds block gas limit"];

impl Verdict {
    pub(crate) fn of<T>(outcome: &Result<T, LedgerError>) -> Self {
        match outcome {
            Ok(_) => Self::Done,
            Err(error @ LedgerError::Refused { reason }) => refused(error.code(), reason),
            Err(error) => Self::Unknown(error.to_string()),
        }
    }
}

fn refused(code: &str, reason: &str) -> Verdict {
    let says = |texts: &[&str]| texts.iter().any(|text| reason.contains(text));
    match code {
        "admin/paused" => Verdict::Later(Hindrance::Paused, reason.into()),
        // The node that was asked and the one that executes do not agree yet on what is there.
        "anchor/sequence_replayed" | "anchor/sequence_skipped" => {
            Verdict::Later(Hindrance::Chain, reason.into())
        }
        _ if !code.starts_with("chain/") => Verdict::Refused(reason.into()),
        _ if says(&NO_MONEY) || no_account(reason) => {
            Verdict::Later(Hindrance::Money, reason.into())
        }
        _ if says(&TOO_MUCH) => Verdict::TooMuch(reason.into()),
        _ => Verdict::Later(Hindrance::Chain, reason.into()),
    }
}

fn no_account(reason: &str) -> bool {
    reason.contains("account") && reason.contains("not found")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(reason: &str) -> Verdict {
        Verdict::of::<()>(&Err(LedgerError::Refused {
            reason: reason.into(),
        }))
    }

    fn hindrance(reason: &str) -> Option<Hindrance> {
        match verdict(reason) {
            Verdict::Later(hindrance, _) => Some(hindrance),
            _ => None,
        }
    }

    #[test]
    fn a_contract_s_refusal_is_about_what_was_sent_and_the_chain_s_own_is_not() {
        assert!(matches!(
            verdict("anchor/device_lost: lost"),
            Verdict::Refused(_)
        ));
        assert!(matches!(
            verdict("consent/grant_expired: grant 1"),
            Verdict::Refused(_)
        ));
        assert_eq!(
            hindrance("chain/refused: mempool is full"),
            Some(Hindrance::Chain)
        );
        assert_eq!(
            hindrance("admin/paused: new business is paused"),
            Some(Hindrance::Paused)
        );
        assert_eq!(
            hindrance("anchor/sequence_replayed: device 1 is at 4"),
            Some(Hindrance::Chain)
        );
    }

    #[test]
    fn an_account_without_money_is_told_from_everything_else() {
        for text in [
            "chain/refused: transaction AB was rejected (sdk 5): spendable balance 0stake is \
             smaller than 300stake: insufficient funds",
            "chain/refused: query failed (sdk 22): account wasm1x not found",
            "chain/refused: rejected (feegrant 2): fee limit exceeded: basic allowance",
        ] {
            assert_eq!(hindrance(text), Some(Hindrance::Money), "{text}");
        }
    }

    #[test]
    fn more_than_a_transaction_holds_is_told_from_a_refusal() {
        let text = "chain/refused: execution failed (sdk 11): out of gas in location: wasm";
        assert!(matches!(verdict(text), Verdict::TooMuch(_)));
    }

    #[test]
    fn without_an_answer_it_may_have_happened() {
        let cause = "timed out".into();
        let outcome: Result<(), _> = Err(LedgerError::Unreachable { cause });
        assert!(matches!(Verdict::of(&outcome), Verdict::Unknown(_)));
    }
}
