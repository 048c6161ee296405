//! What a guardian keeps for the patient: a share of the identity that opens the backup of the
//! patient's keys, as one line of text that can be printed and typed in again.
//!
//! ```text
//! bech32m("vitals-share", version ‖ patient u64 ‖ share (66))
//! ```
//!
//! BIP 350's checksum tells a mistyped line; the share's set tells which lines go together.

use alloc::string::String;
use alloc::vec::Vec;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32m, Hrp};
use zeroize::Zeroizing;

use crate::bytes::Reader;
use crate::shares::{combine as combine_shares, IdentitySecret, Share, SharesError, SHARE_BYTES};
use crate::FormatError;

const VERSION: u8 = 1;
const HRP: Hrp = Hrp::parse_unchecked("vitals-share");

/// Why text is not a share, or shares do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    #[error("recovery/text: not a line vitals-share1… with a good checksum: it may be mistyped")]
    Text,
    #[error("recovery/patient: share {index} is of patient {got}, not of patient {expected}")]
    Patient { index: u8, got: u64, expected: u64 },
    #[error("recovery/format: {0}")]
    Format(#[from] FormatError),
    #[error(transparent)]
    Shares(#[from] SharesError),
}

/// One guardian's share.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryShare {
    pub patient: u64,
    pub share: Share,
}

impl RecoveryShare {
    /// The line, in lower case.
    pub fn to_text(&self) -> Result<Zeroizing<String>, RecoveryError> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(1 + 8 + SHARE_BYTES));
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.patient.to_be_bytes());
        bytes.extend_from_slice(&self.share.to_bytes());
        bech32::encode_lower::<Bech32m>(HRP, &bytes)
            .map(Zeroizing::new)
            .map_err(|_| RecoveryError::Text)
    }

    /// In either case, with spaces and line breaks anywhere, as paper and people give it.
    pub fn from_text(text: &str) -> Result<Self, RecoveryError> {
        let joined: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect());
        let parsed = CheckedHrpstring::new::<Bech32m>(&joined).map_err(|_| RecoveryError::Text)?;
        if parsed.hrp() != HRP {
            return Err(RecoveryError::Text);
        }
        let bytes: Zeroizing<Vec<u8>> = Zeroizing::new(parsed.byte_iter().collect());
        let mut reader = Reader::versioned("recovery share", VERSION, &bytes)?;
        let share = Self {
            patient: reader.u64()?,
            share: Share::read(&mut reader)?,
        };
        reader.end()?;
        Ok(share)
    }
}

/// The recovery identity, once enough shares of one set and one patient are there.
pub fn combine(shares: &[RecoveryShare]) -> Result<IdentitySecret, RecoveryError> {
    if let Some(first) = shares.first() {
        if let Some(other) = shares.iter().find(|s| s.patient != first.patient) {
            return Err(RecoveryError::Patient {
                index: other.share.index(),
                got: other.patient,
                expected: first.patient,
            });
        }
    }
    let shares: Vec<&Share> = shares.iter().map(|share| &share.share).collect();
    Ok(combine_shares(&shares)?)
}
