//! Whom a package on a grant is for: an account, or those who are in a team now.

use vitals_api::consent::{GrantInfo, Party, PatientInfo, QueryMsg};
use vitals_keyring::{asked, joined, permitted, recipient_of};
use vitals_ledger::{query, Account};

use crate::{KeysError, Skipped};

/// Recipients of a package, and who of a team got none.
pub(crate) struct Audience {
    /// In order, none twice.
    pub recipients: Vec<String>,
    pub skipped: Vec<Skipped>,
}

/// Those whom a grant still lets have keys, by the decision itself.
pub(crate) fn audience(
    chain: &dyn Account,
    consent: &str,
    patient: &PatientInfo,
    grant: &GrantInfo,
) -> Result<Audience, KeysError> {
    match &grant.grantee {
        Party::Account(account) => {
            standing(chain, consent, patient, grant, account)?;
            Ok(Audience {
                recipients: vec![recipient(chain, consent, account)?],
                skipped: Vec::new(),
            })
        }
        Party::Team(team) => {
            let mut found = Audience {
                recipients: Vec::new(),
                skipped: Vec::new(),
            };
            for member in joined(chain, consent, team.u64())? {
                let told = standing(chain, consent, patient, grant, &member)
                    .and_then(|()| recipient(chain, consent, &member));
                match told {
                    Ok(recipient) => found.recipients.push(recipient),
                    Err(why) => found.skipped.push(Skipped::of(grant, why)?),
                }
            }
            found.recipients.sort();
            found.recipients.dedup();
            match found.recipients.is_empty() {
                false => Ok(found),
                true => Err(KeysError::EmptyTeam {
                    grant: grant.grant.u64(),
                    team: team.u64(),
                }),
            }
        }
    }
}

pub(crate) fn recipient(
    chain: &dyn Account,
    consent: &str,
    account: &str,
) -> Result<String, KeysError> {
    recipient_of(chain, consent, account)?.ok_or_else(|| KeysError::NoRecipient {
        account: account.into(),
    })
}

/// Whether a grant still lets somebody have keys.
fn standing(
    chain: &dyn Account,
    consent: &str,
    patient: &PatientInfo,
    grant: &GrantInfo,
    who: &str,
) -> Result<(), KeysError> {
    let asked = QueryMsg::Decide(asked(patient.patient, grant, who)?);
    Ok(permitted(query(chain, consent, &asked)?)?)
}
