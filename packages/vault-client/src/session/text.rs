//! A delegation as the text that its account reads and signs.

use super::{Delegation, SessionError, MAX_SESSION_S, MAX_SESSION_VAULTS};
use crate::calendar::date;

/// Names what is signed, and its version. No request and no transaction begins so.
const TITLE: &str = "cw-vitals vault session, version 1";

/// For the person who is asked to sign.
const MEANING: &str = "By signing this you let one app read from the vaults below in your name, \
without asking you each time. It can read only what you may read. It can store, change or erase \
nothing. Sign it only in an app that you trust.";

/// Longest chain id, account, and name of a vault.
const MAX_NAME: usize = 90;

/// The last second of the year 9999, the last one that has four digits.
const LAST_SECOND: u64 = 253_402_300_799;

impl Delegation {
    /// Fails on what no delegation may say: a name that a wallet might show as something else, no
    /// vault, a time that is too long.
    pub fn text(&self) -> Result<String, SessionError> {
        self.check_form()?;
        let vaults: String = self
            .vaults
            .iter()
            .map(|v| format!("Vault: {v}\n"))
            .collect();
        Ok(format!(
            "{TITLE}\n\n{MEANING}\n\nChain: {}\nAccount: {}\n{vaults}Session key: {}\nFrom: {}\nUntil: {}",
            self.chain_id,
            self.account,
            hex::encode(self.key),
            shown(self.from),
            shown(self.until),
        ))
    }

    /// Takes what [`Delegation::text`] makes, to the byte.
    pub fn parse(text: &[u8]) -> Result<Self, SessionError> {
        let form = |cause: &str| SessionError::Form(cause.into());
        let text = str::from_utf8(text).map_err(|_| form("not UTF-8"))?;
        let read =
            Self::fields(text).ok_or_else(|| form("a line is missing or of another form"))?;
        match read.text()? == text {
            true => Ok(read),
            false => Err(form(
                "the text is not the one that this version makes of it",
            )),
        }
    }

    fn fields(text: &str) -> Option<Self> {
        let all = |name: &str| -> Vec<&str> {
            let values = text.lines().filter_map(|line| line.strip_prefix(name));
            values.collect()
        };
        let one = |name: &str| all(name).first().copied();
        let mut key = [0; 32];
        hex::decode_to_slice(one("Session key: ")?, &mut key).ok()?;
        Some(Self {
            chain_id: one("Chain: ")?.into(),
            account: one("Account: ")?.into(),
            vaults: all("Vault: ").into_iter().map(String::from).collect(),
            key,
            from: second(one("From: ")?)?,
            until: second(one("Until: ")?)?,
        })
    }

    fn check_form(&self) -> Result<(), SessionError> {
        let refused = |cause: String| Err(SessionError::Form(cause));
        for name in [&self.chain_id, &self.account]
            .into_iter()
            .chain(&self.vaults)
        {
            if !(1..=MAX_NAME).contains(&name.len()) || !name.bytes().all(|b| b.is_ascii_graphic())
            {
                return refused(format!(
                    "{name:?} is not 1 to {MAX_NAME} visible ASCII characters"
                ));
            }
        }
        if !(1..=MAX_SESSION_VAULTS).contains(&self.vaults.len()) {
            let got = self.vaults.len();
            return refused(format!(
                "1 to {MAX_SESSION_VAULTS} vaults are named, not {got}"
            ));
        }
        let lasts = self.until.checked_sub(self.from);
        if self.until > LAST_SECOND || !lasts.is_some_and(|s| (1..=MAX_SESSION_S).contains(&s)) {
            return refused(format!(
                "a session lasts 1 to {MAX_SESSION_S} s, not from {} until {}",
                self.from, self.until
            ));
        }
        self.public_key().map(drop)
    }
}

/// `2026-11-23 14:00:00 UTC (1795442400)`: for the person, and for the vault.
fn shown(seconds: u64) -> String {
    let (year, month, day) = date(seconds / 86_400);
    let [hour, minute, second] = [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60];
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC ({seconds})")
}

fn second(shown: &str) -> Option<u64> {
    let (_, number) = shown.strip_suffix(')')?.rsplit_once('(')?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        // as `date -u -d @SECONDS` shows them
        for (seconds, expected) in [
            (0, "1970-01-01 00:00:00 UTC (0)"),
            (951_782_399, "2000-02-28 23:59:59 UTC (951782399)"),
            (951_782_400, "2000-02-29 00:00:00 UTC (951782400)"),
            (1_709_251_199, "2024-02-29 23:59:59 UTC (1709251199)"),
            (1_795_442_000, "2026-11-23 13:53:20 UTC (1795442000)"),
            (4_107_542_400, "2100-03-01 00:00:00 UTC (4107542400)"),
            (LAST_SECOND, "9999-12-31 23:59:59 UTC (253402300799)"),
        ] {
            assert_eq!(shown(seconds), expected);
        }
    }
}
