//! Step 11: a ward reads by what is granted to the team, each member for as long as it is one.

use anyhow::{bail, Context, Result};
use cosmwasm_std::Uint64;
use vitals_api::consent::{self, DecideMsg, Decision, ExecuteMsg};
use vitals_core::decision::{Action, GroundRef, Purpose};
use vitals_core::measure::Category;
use vitals_core::time::Window;

use super::people::Patient;
use super::recording::Played;
use super::{number, Stage};
use crate::screen;

/// What is asked of the decision besides who and for whom.
pub struct Asked {
    pub purpose: Purpose,
    pub window: Window,
    pub ground: GroundRef,
}

impl Stage<'_> {
    pub fn team(&mut self, patient: &Patient, played: &Played) -> Result<()> {
        screen::step(11, "A care team");
        self.report.step("team");
        let team = self.ward()?;
        let grant = self.grant_to_team(patient, team)?;
        let ground = GroundRef::Grant { id: grant };
        let batches = self.batches(patient, Category::Cardiac)?;
        let info = batches.first().context("no cardiac batch is anchored")?;

        let asked = Asked {
            purpose: Purpose::Treatment,
            window: Window::one(info.id.epoch),
            ground,
        };
        self.permitted("clinician", patient, &asked)?;
        let client = self.vault_as("clinician", &played.vault)?;
        let digest: [u8; 32] = info.digest.as_slice().try_into()?;
        // the vault asks the chain for the same decision before it releases anything
        let read = || client.read_batch(&info.id, &digest, Purpose::Treatment, &ground);
        let bytes = read()?;
        self.report.care.team_reads += 1;
        screen::say(&format!(
            "the vault releases {} bytes of ciphertext to the member",
            bytes.len()
        ));

        let leave = ExecuteMsg::LeaveTeam {
            team: Uint64::new(team),
        };
        let consent = self.at.consent.clone();
        self.act("clinician", "leave_team", &consent, &leave)?;
        screen::say("the clinician leaves the ward");
        self.refused_read(
            "a clinician who left the ward, reading by its grant",
            "consent/not_the_grantee",
            read(),
        )
    }

    /// Made by the specialist, who invites; the clinician joins.
    fn ward(&mut self) -> Result<u64> {
        let consent = self.at.consent.clone();
        let made = self.act(
            "specialist",
            "create_team",
            &consent,
            &ExecuteMsg::CreateTeam {},
        )?;
        let number = number(&made, &consent, "team_created", "team")?;
        let team = Uint64::new(number);
        let invite = ExecuteMsg::InviteMember {
            team,
            account: self.address("clinician")?,
        };
        self.act("specialist", "invite_member", &consent, &invite)?;
        let join = ExecuteMsg::JoinTeam { team };
        self.act("clinician", "join_team", &consent, &join)?;
        screen::say(&format!(
            "team {number}: the specialist's ward, which the clinician joined"
        ));
        Ok(number)
    }

    fn grant_to_team(&mut self, patient: &Patient, team: u64) -> Result<u64> {
        let consent = self.at.consent.clone();
        let msg = ExecuteMsg::Grant {
            patient: Uint64::new(patient.id),
            grant: consent::GrantMsg {
                grantee: consent::Party::Team(Uint64::new(team)),
                purposes: vec![Purpose::Treatment],
                categories: vec![Category::Cardiac],
                actions: vec![Action::Read],
                window: patient.window(24),
                valid_from: None,
                valid_until: self.now_s()? + 86_400,
                package: None,
            },
        };
        let granted = self.act("patient", "grant_to_team", &consent, &msg)?;
        number(&granted, &consent, "granted", "grant")
    }

    /// The chain's decision on reading heart rates.
    pub fn decide(&self, who: &str, patient: &Patient, asked: &Asked) -> Result<Decision> {
        self.ask(
            &self.at.consent,
            &consent::QueryMsg::Decide(DecideMsg {
                patient: Uint64::new(patient.id),
                who: self.address(who)?,
                purpose: asked.purpose,
                category: Category::Cardiac,
                action: Action::Read,
                window: asked.window,
                ground: Some(asked.ground),
            }),
        )
    }

    /// Shows that the decision permits it, and what it cites.
    pub fn permitted(&self, who: &str, patient: &Patient, asked: &Asked) -> Result<()> {
        match self.decide(who, patient, asked)? {
            Decision::Permit { by } => {
                screen::say(&format!("may the {who} read? permitted by {by:?}"));
                Ok(())
            }
            Decision::Refuse { reason, .. } => bail!("the {who} is refused: {reason}"),
        }
    }
}
