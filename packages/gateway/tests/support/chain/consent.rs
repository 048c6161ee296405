//! Consent: the patient, grants, guardians and the one team; decided by the core.

use serde_json::{json, Value};
use vitals_api::consent::{self, recovery::GuardiansPage};
use vitals_core::decision::{decide, Denials, GrantTerms, Ground, GroundRef, Standing};
use vitals_core::set::Set;
use vitals_ledger::LedgerError;

use super::{decision, first, refused, State};

impl State {
    pub(super) fn consent(&self, msg: consent::QueryMsg) -> Result<Value, LedgerError> {
        match msg {
            consent::QueryMsg::Patient { patient } => Ok(json!(consent::PatientInfo {
                patient,
                controller: "patient".into(),
                generation: self.generation,
                pending: self.pending,
                raised_at_ms: self.raised_at_ms,
                commitment: None,
            })),
            consent::QueryMsg::Recipient { account } => Ok(json!(consent::RecipientInfo {
                recipient: match account.as_str() {
                    "patient" => self.recipient.clone(),
                    other => self.recipients.get(other).cloned(),
                },
            })),
            consent::QueryMsg::Grant { grant, .. } => {
                let found = self.grants.iter().find(|one| one.grant == grant);
                found.map_or_else(|| refused("state/not_found: grant"), |one| Ok(json!(one)))
            }
            consent::QueryMsg::Grants { start_after, .. } => Ok(json!(consent::GrantsPage {
                grants: first(start_after.is_none(), &self.grants),
            })),
            consent::QueryMsg::Guardians { start_after, .. } => Ok(json!(GuardiansPage {
                guardians: first(start_after.is_none(), &self.guardians),
            })),
            consent::QueryMsg::Members { start_after, .. } => {
                let member = |account: &String| consent::MemberInfo {
                    account: account.clone(),
                    joined: true,
                };
                let members: Vec<_> = self.members.iter().map(member).collect();
                Ok(json!(consent::MembersPage {
                    members: first(start_after.is_none(), &members),
                }))
            }
            consent::QueryMsg::Decide(asked) => Ok(json!(self.decided(&asked))),
            _ => refused("unasked"),
        }
    }

    /// By the decision itself; nobody holds a credential.
    fn decided(&self, asked: &consent::DecideMsg) -> consent::Decision {
        let request = decision::request(asked);
        let denials = Denials::default();
        let now = self.now_ms / 1_000;
        let decided = match asked.ground {
            Some(GroundRef::Grant { id }) => {
                let grant = self.grants.iter().find(|grant| grant.grant.u64() == id);
                let grant = grant.unwrap();
                let terms = terms_of(grant);
                let ground = Ground::Grant {
                    id,
                    terms: &terms,
                    standing: self.standing(grant, &asked.who),
                    live_roles: Set::of(&[]),
                };
                decide(&request, &ground, &denials, now)
            }
            _ => {
                let guardian = self.guardians.iter().find(|g| g.guardian == asked.who);
                let guardian = guardian.unwrap();
                let ground = Ground::Guardian {
                    account: &guardian.guardian,
                    powers: Set::of(&guardian.info.powers),
                    until: guardian.info.until.unwrap_or(u64::MAX),
                };
                decide(&request, &ground, &denials, now)
            }
        };
        decision::answer(decided)
    }

    fn standing(&self, grant: &consent::GrantInfo, who: &str) -> Standing {
        match &grant.grantee {
            consent::Party::Account(account) if account == who => Standing::Grantee,
            consent::Party::Team(team) if self.members.iter().any(|one| one == who) => {
                Standing::Member { team: team.u64() }
            }
            _ => Standing::Stranger,
        }
    }
}

fn terms_of(grant: &consent::GrantInfo) -> GrantTerms {
    GrantTerms {
        purposes: Set::of(&grant.purposes),
        categories: Set::of(&grant.categories),
        actions: Set::of(&grant.actions),
        window: grant.window,
        valid_from: grant.valid_from,
        valid_until: grant.valid_until,
        revoked: grant.revoked,
    }
}
