//! Age files under a passphrase (scrypt), as `age -p` makes and opens them.

use age::secrecy::SecretString;
use zeroize::Zeroizing;

use crate::GatewayError;

/// Two to this power of scrypt rounds are done at most: a file somebody else made must not hold
/// up a start for hours. Age itself makes files of about a second's work, 18 on common machines.
const MOST_WORK: u8 = 22;

const AGE_FILE: &[u8] = b"age-encryption.org/v1";

pub(crate) fn is_age_file(bytes: &[u8]) -> bool {
    bytes.starts_with(AGE_FILE)
}

pub(crate) fn recipient(passphrase: &str) -> Result<age::scrypt::Recipient, GatewayError> {
    if passphrase.is_empty() {
        let rule = "a passphrase is not empty";
        return Err(GatewayError::Passphrase { rule });
    }
    Ok(age::scrypt::Recipient::new(secret(passphrase)))
}

pub(crate) fn identity(passphrase: &str) -> age::scrypt::Identity {
    let mut identity = age::scrypt::Identity::new(secret(passphrase));
    identity.set_max_work_factor(MOST_WORK);
    identity
}

fn secret(passphrase: &str) -> SecretString {
    SecretString::from(passphrase.to_owned())
}

pub(crate) fn wrap(content: &[u8], passphrase: &str) -> Result<Vec<u8>, GatewayError> {
    let wrapped = age::encrypt(&recipient(passphrase)?, content);
    wrapped.map_err(|cause| GatewayError::damaged("file under a passphrase", cause))
}

pub(crate) fn unwrap(file: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, GatewayError> {
    let opened = age::decrypt(&identity(passphrase), file);
    opened.map(Zeroizing::new).map_err(|error| refused(&error))
}

pub(crate) fn refused(error: &age::DecryptError) -> GatewayError {
    use age::DecryptError::{DecryptionFailed, KeyDecryptionFailed, NoMatchingKeys};
    let rule = match error {
        DecryptionFailed | KeyDecryptionFailed | NoMatchingKeys => "it does not open the file",
        _ => "the file is not one of age under a passphrase, or was changed",
    };
    GatewayError::Passphrase { rule }
}
