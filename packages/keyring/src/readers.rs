//! The recipients of those who may open a document, as a chain tells it.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use vitals_api::consent::recovery::{GuardiansPage, NamedGuardian};
use vitals_api::consent::{
    DecideMsg, Decision, GrantInfo, GrantsPage, MemberInfo, MembersPage, Party, QueryMsg,
    RecipientInfo,
};
use vitals_api::page::MAX_LIMIT;
use vitals_core::agefile::MAX_RECIPIENTS;
use vitals_core::recipient::check_recipient;
use vitals_ledger::{query, LedgerError, Reader};

use crate::document::{is_reader, Claimed, Document};

/// The accounts besides the patient's that may open a document now, each with the recipient it
/// published; who published none is left out. As many as one file is for, the patient among them.
pub fn readers(
    chain: &(impl Reader + ?Sized),
    consent: &str,
    document: &Document,
) -> Result<BTreeMap<String, String>, LedgerError> {
    let at = Asking { chain, consent };
    let mut found = BTreeMap::new();
    for guardian in at.guardians(document)? {
        let who = guardian.guardian.clone();
        at.admit(document, &Claimed::Guardian(guardian), who, &mut found)?;
    }
    for grant in at.grants(document)? {
        let accounts = match &grant.grantee {
            Party::Account(account) => vec![account.clone()],
            Party::Team(team) if !grant.revoked => joined(chain, consent, team.u64())?,
            Party::Team(_) => Vec::new(),
        };
        let by = Claimed::Grant(grant);
        for account in accounts {
            at.admit(document, &by, account, &mut found)?;
        }
    }
    Ok(found)
}

/// Accounts that joined a team.
pub fn joined(
    chain: &(impl Reader + ?Sized),
    consent: &str,
    team: u64,
) -> Result<Vec<String>, LedgerError> {
    let members = Asking { chain, consent }.pages(
        |last: Option<&MemberInfo>| QueryMsg::Members {
            team: team.into(),
            start_after: last.map(|member| member.account.clone()),
            limit: Some(MAX_LIMIT),
        },
        |page: MembersPage| page.members,
    )?;
    let joined = members.into_iter().filter(|member| member.joined);
    Ok(joined.map(|member| member.account).collect())
}

/// What an account published to be sealed to.
pub fn recipient_of(
    chain: &(impl Reader + ?Sized),
    consent: &str,
    account: &str,
) -> Result<Option<String>, LedgerError> {
    let asked = QueryMsg::Recipient {
        account: account.into(),
    };
    let info: RecipientInfo = query(chain, consent, &asked)?;
    Ok(info.recipient)
}

/// The consent contract of a chain.
struct Asking<'a, R: ?Sized> {
    chain: &'a R,
    consent: &'a str,
}

impl<R: Reader + ?Sized> Asking<'_, R> {
    /// What is no key to seal to is left out too: it would keep the file from everybody.
    fn admit(
        &self,
        document: &Document,
        by: &Claimed,
        who: String,
        found: &mut BTreeMap<String, String>,
    ) -> Result<(), LedgerError> {
        if found.contains_key(&who) || found.len() + 1 >= MAX_RECIPIENTS {
            return Ok(());
        }
        let questions = document.questions(by, &who);
        if !is_reader(&questions, |question| self.permits(question))? {
            return Ok(());
        }
        let recipient = recipient_of(self.chain, self.consent, &who)?;
        if let Some(recipient) = recipient.filter(|text| check_recipient(text).is_ok()) {
            found.insert(who, recipient);
        }
        Ok(())
    }

    /// Not a permit: a refusal, also to decide at all.
    fn permits(&self, question: &DecideMsg) -> Result<bool, LedgerError> {
        let asked = QueryMsg::Decide(question.clone());
        match query(self.chain, self.consent, &asked) {
            Ok(Decision::Permit { .. }) => Ok(true),
            Ok(Decision::Refuse { .. }) | Err(LedgerError::Refused { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }

    fn guardians(&self, document: &Document) -> Result<Vec<NamedGuardian>, LedgerError> {
        self.pages(
            |last: Option<&NamedGuardian>| QueryMsg::Guardians {
                patient: document.patient,
                start_after: last.map(|guardian| guardian.guardian.clone()),
                limit: Some(MAX_LIMIT),
            },
            |page: GuardiansPage| page.guardians,
        )
    }

    fn grants(&self, document: &Document) -> Result<Vec<GrantInfo>, LedgerError> {
        self.pages(
            |last: Option<&GrantInfo>| QueryMsg::Grants {
                patient: document.patient,
                start_after: last.map(|grant| grant.grant),
                limit: Some(MAX_LIMIT),
            },
            |page: GrantsPage| page.grants,
        )
    }

    /// All pages of a list, to the first that is empty.
    fn pages<T, P: DeserializeOwned>(
        &self,
        after: impl Fn(Option<&T>) -> QueryMsg,
        of: impl Fn(P) -> Vec<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let mut all: Vec<T> = Vec::new();
        loop {
            let page = of(query(self.chain, self.consent, &after(all.last()))?);
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }
}
