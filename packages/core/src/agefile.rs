//! Small secrets in age files (<https://age-encryption.org/v1>, binary, X25519), for one recipient
//! or several.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;
use std::io::{Read, Write};

use age::x25519::{Identity, Recipient};
use zeroize::Zeroizing;

use crate::recipient::{check_recipient, RecipientError};

/// What a file may be longer than what is in it: a header of at most 32 kB (a stanza of an X25519
/// recipient has 98 bytes, and there are at most 256), and age's 16 bytes in each 64 kB.
pub const MAX_OVERHEAD: usize = (32 << 10) + (1 << 10);

/// Recipients of one file: as many as a team has members.
pub const MAX_RECIPIENTS: usize = 256;

/// Why a file cannot be made or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgeFileError {
    #[error("age/recipient: {0}")]
    Recipient(#[from] RecipientError),
    #[error("age/recipients: a file has 1 to 256 recipients, got {got}")]
    Recipients { got: usize },
    #[error("age/identity: not an age X25519 identity")]
    Identity,
    #[error("age/file: {reason}")]
    File { reason: &'static str },
    #[error("age/too_large: {got} bytes, at most {max}")]
    TooLarge { got: usize, max: usize },
}

fn file(reason: &'static str) -> AgeFileError {
    AgeFileError::File { reason }
}

/// A file that the identity of any of these recipients opens, and of nobody else. It names none.
pub fn seal<T: AsRef<str>>(plain: &[u8], recipients: &[T]) -> Result<Vec<u8>, AgeFileError> {
    if recipients.is_empty() || recipients.len() > MAX_RECIPIENTS {
        return Err(AgeFileError::Recipients {
            got: recipients.len(),
        });
    }
    let recipients = recipients
        .iter()
        .map(|text| recipient(text.as_ref()))
        .collect::<Result<Vec<_>, _>>()?;
    let recipients = recipients.iter().map(|r| r as &dyn age::Recipient);
    let unwritten = "the file could not be written";
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|_| file(unwritten))?;
    let mut out = Vec::new();
    let mut writer = encryptor
        .wrap_output(&mut out)
        .map_err(|_| file(unwritten))?;
    writer.write_all(plain).map_err(|_| file(unwritten))?;
    writer.finish().map_err(|_| file(unwritten))?;
    Ok(out)
}

fn recipient(text: &str) -> Result<Recipient, AgeFileError> {
    check_recipient(text)?;
    Recipient::from_str(text).map_err(file)
}

/// `age1…` of an identity (`AGE-SECRET-KEY-1…`).
pub fn recipient_of(identity: &str) -> Result<String, AgeFileError> {
    let identity = Identity::from_str(identity).map_err(|_| AgeFileError::Identity)?;
    Ok(identity.to_public().to_string())
}

/// What is in a file of at most `max` bytes within, by an identity (`AGE-SECRET-KEY-1…`).
pub fn open(sealed: &[u8], identity: &str, max: usize) -> Result<Zeroizing<Vec<u8>>, AgeFileError> {
    within(sealed.len(), max.saturating_add(MAX_OVERHEAD))?;
    let identity = Identity::from_str(identity).map_err(|_| AgeFileError::Identity)?;
    let stream = age::Decryptor::new_buffered(sealed)
        .map_err(|_| file("not an age file"))?
        .decrypt(core::iter::once(&identity as &dyn age::Identity))
        .map_err(|_| file("the identity does not open the file"))?;
    // Room for all of it at once, so that no grown-out-of buffer keeps a copy of secrets.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let mut limited: Box<dyn Read> = Box::new(stream.take(max as u64 + 1));
    limited
        .read_to_end(&mut plain)
        .map_err(|_| file("the file was altered or cut"))?;
    within(plain.len(), max)?;
    Ok(plain)
}

fn within(got: usize, max: usize) -> Result<(), AgeFileError> {
    if got > max {
        return Err(AgeFileError::TooLarge { got, max });
    }
    Ok(())
}
