//! `docs/message-access.md`.

use vitals_api::access::{Paused, Row, Signer, Who};
use vitals_core::decision::{Action, Power, Role};
use vitals_testing::Contract;

use crate::cases::{self, Case};

const HEAD: &str = "\
# Who may send what

Written by `scripts/access` from the tables in `contracts/*/src/access.rs`; a test compares.

A contract looks at the sender first: a message from anybody whom its row does not name is refused,
and nothing changes. Any one of whom a row names is enough. Words mean:

- *the patient*: the account that controls the patient's record in question, or the patient with
  whom the device in question is.
- *a guardian who may …*: an account to which that patient gave this power, while it lasts, unless
  the patient denies that account everything. Where the patient asked for several guardians to
  grant or to revoke, a guardian alone only proposes, or is refused. A denial does not touch the
  power to recover.
- *whoever the patient lets …*: by the ground that the message names, over the data it is about.
- *paused*: the owner stopped new business of that contract. Nothing that ends access, calls for
  help, or pays is stopped.
";

const FOOT: &str = "
## How this is checked

`packages/testing/tests/message_access` deploys all contracts, makes a world of everybody (the
patient, a guardian with each power, an expired and a denied one, holders of each credential and of
one withdrawn, grantees and those whose grant was revoked or who are denied, makers, teams, other
contracts, strangers: `packages/testing/src/access/actors.rs`), and for each message prepares a
state in which it is valid in all but its sender. Then everybody sends it, while the contract is
running and while it is paused:

- whoever the row names is let through, unless the contract is paused and the row says so;
- everybody else is refused with a code that is about the sender, and nothing on the chain is other
  than before;
- a message that names a ground is also tried on every ground that is somebody else's, and one that
  a right over one patient lets send is also tried on another patient; both are refused;
- a message that takes funds is also sent with tokens, by everybody, through a token's contract: it is
  open to the same.

Each row must be tried with everybody it names, each message must have exactly one row. Who was
answered what, by code, is kept in `testdata/golden/message-access.txt`.
";

pub fn render() -> String {
    let mut page = HEAD.to_string();
    for contract in Contract::ALL {
        page += &format!(
            "\n## {}\n\n| message | who | signed by | while paused |\n|---|---|---|---|\n",
            contract.name()
        );
        page.extend(contract.rows().iter().map(line));
        page += &narrower(contract);
        page += &stopped(contract);
    }
    page + FOOT
}

/// The states in which not everybody is meant whom the row names.
fn narrower(contract: Contract) -> String {
    let line = |case: &Case, row: &Row| {
        let lets = all_words(&case.lets(row));
        format!("- `{}`, {}: {lets}\n", case.message, case.of)
    };
    let narrower = |case: &Case, row: &Row| case.is_narrower().then(|| line(case, row));
    listed(contract, "In these states only", narrower)
}

/// What a pause refuses for what is in it, though not by its row.
fn stopped(contract: Contract) -> String {
    let line = |case: &Case, row: &Row| {
        let by_its_row = row.paused != Paused::GoesOn;
        let stopped = !by_its_row && case.stops(row);
        stopped.then(|| format!("- `{}`, {}\n", case.message, case.of))
    };
    listed(contract, "Refused while paused too", line)
}

fn listed(contract: Contract, title: &str, line: impl Fn(&Case, &Row) -> Option<String>) -> String {
    let cases = cases::of(contract);
    let lines: String = cases
        .iter()
        .filter_map(|case| line(case, &contract.row(case.message)))
        .collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!("\n{title}:\n\n{lines}"),
    }
}

fn all_words(who: &[Who]) -> String {
    if who.is_empty() {
        return "nobody".into();
    }
    let words: Vec<String> = who.iter().map(|who| words(*who)).collect();
    words.join("; ")
}

fn line(row: &Row) -> String {
    let paused = match row.paused {
        Paused::Stops => "refused",
        Paused::GoesOn => "goes on",
        Paused::AsProposed => "as what was proposed",
    };
    let signed = row.signed.map_or("", signer);
    format!(
        "| `{}` | {} | {signed} | {paused} |\n",
        row.message,
        all_words(row.who)
    )
}

fn words(who: Who) -> String {
    match who {
        Who::Anybody => "anybody".into(),
        Who::AnybodyOnceOver => "anybody, once it is over".into(),
        Who::Owner => "the owner".into(),
        Who::ProposedOwner => "whom the owner proposed as the next".into(),
        Who::Patient => "the patient".into(),
        Who::Guardian(power) => format!("a guardian who may {}", power_words(power)),
        Who::Permitted(action) => format!("whoever the patient lets {}", action_words(action)),
        Who::Holder(role) => format!("a holder of a live credential as {}", role_words(role)),
        Who::Issuer => "an issuer admitted for the role".into(),
        Who::CredentialIssuer => "who issued the credential, admitted still or not".into(),
        Who::TeamAdmin => "the team's admin".into(),
        Who::ProposedTeamAdmin => "whom the team's admin proposed as the next".into(),
        Who::Invited => "whom the team's admin invited".into(),
        Who::Member => "a member of the team".into(),
        Who::EmergencyResponder => "who opened the emergency".into(),
        Who::Maker => "the maker, unless suspended".into(),
        Who::Registrant => {
            "the account that the registration names, while the device is with nobody".into()
        }
        Who::Called => {
            "a responder of a tier that was called, whom the patient lets receive alerts".into()
        }
        Who::Acknowledger => {
            "who acknowledged the alert, while the ground that rested on holds".into()
        }
        Who::PlanAuthor => "who wrote the plan, unless the patient denies it everything".into(),
        Who::ProductInsurer => "the insurer whose product it is".into(),
        Who::InsurerItself => {
            "an account with a live credential as an insurer, or with a product, for itself".into()
        }
        Who::Underwriter => "an underwriter of that insurer".into(),
        Who::Assessor => "an assessor of that insurer".into(),
        Who::Treasurer => "a treasurer of that insurer".into(),
        Who::Offerer => "who offered the policy".into(),
        Who::Policyholder => "who offered or bound the policy".into(),
        Who::PolicyArbiter => "the arbiter that the policy's terms name".into(),
        Who::Creditor => "an account that is owed something".into(),
        Who::AdmittedToken => "a token's contract that the owner admitted".into(),
        Who::ConsentContract => "the consent contract of this deployment".into(),
    }
}

fn power_words(power: Power) -> &'static str {
    match power {
        Power::Read => "read",
        Power::Grant => "grant",
        Power::Revoke => "revoke",
        Power::Acknowledge => "acknowledge",
        Power::Claim => "claim",
        Power::Recover => "recover",
    }
}

fn action_words(action: Action) -> &'static str {
    match action {
        Action::Read => "read",
        Action::Disclose => "disclose",
        Action::WritePlan => "write plans",
        Action::ReceiveAlerts => "receive alerts",
        Action::Seal => "seal",
    }
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Clinician => "a clinician",
        Role::Insurer => "an insurer",
        Role::EmergencyResponder => "an emergency responder",
        Role::Custodian => "a custodian",
        Role::VaultOperator => "a vault operator",
        Role::VerifiedPerson => "a verified person",
    }
}

fn signer(signer: Signer) -> &'static str {
    match signer {
        Signer::Device => "the device",
        Signer::BothKeys => "the device's key and the next one",
        Signer::DeviceAndMaker => "the device, and its maker for full assurance",
    }
}
