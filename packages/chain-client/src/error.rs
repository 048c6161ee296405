//! What can go wrong between this process and a contract.

/// Errors of the client. Text from the node is kept verbatim in `log`, and shown as [`printable`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value given by the caller is not usable; nothing was sent.
    #[error("{what} is not usable: {reason}")]
    Input { what: &'static str, reason: String },

    /// The signature does not belong to the key and the bytes.
    #[error("signature does not verify")]
    Signature,

    /// No answer from the node: refused, timed out, or broken off.
    #[error("node {url} is unreachable: {cause}")]
    Unreachable { url: String, cause: String },

    /// Something answered, but not with JSON-RPC (a proxy's error page, a size limit).
    #[error("{method} was answered with HTTP status {status}")]
    Http { method: &'static str, status: u16 },

    /// The answer is longer than this client reads.
    #[error("answer to {method} is longer than {limit} bytes")]
    TooLarge { method: &'static str, limit: u64 },

    /// The node refused the JSON-RPC call itself.
    #[error("{method} was refused by the node ({code}): {}", printable(.log))]
    Rpc {
        method: &'static str,
        code: i64,
        log: String,
    },

    /// The node is still replaying blocks: its state is old and it takes no transactions.
    #[error("node is catching up, at height {height}")]
    CatchingUp { height: u64 },

    /// The application refused a query, or the queried contract returned an error.
    #[error("query {path} failed ({codespace} {code}): {}", printable(.log))]
    Query {
        path: &'static str,
        code: u32,
        codespace: String,
        log: String,
    },

    /// Refused before it entered the mempool: the transaction had no effect and cost nothing.
    #[error("transaction {hash} was rejected ({codespace} {code}): {}", printable(.log))]
    Rejected {
        hash: String,
        code: u32,
        codespace: String,
        log: String,
    },

    /// Executed and failed, in a block (`hash` is given, the fee is spent) or in simulation
    /// (no hash, nothing was sent).
    #[error("execution failed ({codespace} {code}): {}", printable(.log))]
    Failed {
        hash: Option<String>,
        code: u32,
        codespace: String,
        log: String,
    },

    /// Not seen in a block in time, and it may still be included up to `expires_at_height`:
    /// look it up by hash before sending the same intent again.
    #[error("transaction {hash} was not seen in a block for {seconds} s; it can be included up to height {expires_at_height}")]
    Timeout {
        hash: String,
        seconds: u64,
        expires_at_height: u64,
        /// Why the last look-up failed, if it did.
        trouble: Option<String>,
    },

    /// Not included, and it never will be: sending the same intent again is safe.
    #[error("transaction {hash} was not included by height {expires_at_height} and never will be")]
    Expired {
        hash: String,
        expires_at_height: u64,
    },

    /// The node's answer is not of the expected form.
    #[error("cannot decode {what}: {reason}")]
    Decode { what: &'static str, reason: String },
}

/// How wasmd ends the text of an error that a contract returned.
const CONTRACT_FAILED: [&str; 4] = [
    ": execute wasm contract failed",
    ": instantiate wasm contract failed",
    ": migrate wasm contract failed",
    ": query wasm contract failed",
];

/// What wasmd puts before it when the error came from a contract called by another contract.
const DISPATCH: [&str; 2] = ["dispatch: ", "reply: "];

const MESSAGE_INDEX: &str = "failed to execute message; message index: ";

impl Error {
    pub(crate) fn input(what: &'static str, reason: impl ToString) -> Self {
        Self::Input {
            what,
            reason: reason.to_string(),
        }
    }

    pub(crate) fn decode(what: &'static str, reason: impl ToString) -> Self {
        Self::Decode {
            what,
            reason: reason.to_string(),
        }
    }

    /// The text of the node or the application, if the error has one.
    pub fn log(&self) -> Option<&str> {
        match self {
            Self::Rpc { log, .. }
            | Self::Query { log, .. }
            | Self::Rejected { log, .. }
            | Self::Failed { log, .. } => Some(log),
            _ => None,
        }
    }

    /// The contract's own error text, without what the SDK and wasmd wrap around it; `None` if
    /// no contract returned this error. The same for simulation, block and smart query.
    pub fn contract_error(&self) -> Option<&str> {
        match self {
            Self::Failed { log, .. } | Self::Query { log, .. } => contract_text(log),
            _ => None,
        }
    }

    /// The sequence the application wants, if that is what it complains about.
    pub(crate) fn expected_sequence(&self) -> Option<u64> {
        let (_, tail) = self
            .log()?
            .split_once("account sequence mismatch, expected ")?;
        tail.split_once(',')?.0.parse().ok()
    }
}

/// What a node says may hold bytes that are no text, as addresses in errors of its modules, and
/// such as a terminal would obey.
fn printable(log: &str) -> String {
    let shown = |c: char| match c.is_control() {
        true => '?',
        false => c,
    };
    let words = log.split(' ').map(|word| match word {
        word if !word.contains(char::REPLACEMENT_CHARACTER) => word.chars().map(shown).collect(),
        word if word.ends_with(':') => "<bytes>:".into(),
        _ => "<bytes>".into(),
    });
    words.collect::<Vec<String>>().join(" ")
}

fn contract_text(log: &str) -> Option<&str> {
    let end = CONTRACT_FAILED
        .iter()
        .filter_map(|marker| log.rfind(marker))
        .max()?;
    let mut text = log.get(..end)?;
    if let Some((_, rest)) = text
        .strip_prefix("rpc error: code = ")
        .and_then(|rest| rest.split_once(" desc = "))
    {
        text = rest;
    }
    if let Some((_, rest)) = text
        .strip_prefix(MESSAGE_INDEX)
        .and_then(|rest| rest.split_once(": "))
    {
        text = rest;
    }
    while let Some(rest) = DISPATCH.iter().find_map(|wrap| text.strip_prefix(wrap)) {
        text = rest;
    }
    Some(text)
}

#[cfg(test)]
#[path = "error_tests.rs"]
mod tests;
