//! Who may call what: one table, and its check.

use vitals_api::access::{Row, Who};
use vitals_api::consent::ExecuteMsg;
use vitals_core::decision::{Power, Role};

mod check;

pub use check::{check, Caller};

/// One line a message. A variant without a line does not compile: the match would miss it.
macro_rules! table {
    ($($variant:ident => $row:expr),+ $(,)?) => {
        /// Every message but `admin`, whose rows are `vitals_api::access::ADMIN_ROWS`.
        pub const TABLE: &[Row] = &[$($row),+];

        /// A message's row; none for `admin`, which checks itself.
        pub fn row(msg: &ExecuteMsg) -> Option<Row> {
            match msg {
                ExecuteMsg::Admin(_) => None,
                $(ExecuteMsg::$variant { .. } => Some($row)),+
            }
        }
    };
}

const PATIENT: &[Who] = &[Who::Patient];
const GRANTING: &[Who] = &[Who::Patient, Who::Guardian(Power::Grant)];
const REVOKING: &[Who] = &[Who::Patient, Who::Guardian(Power::Revoke)];
const RECOVERING: &[Who] = &[Who::Guardian(Power::Recover)];

table! {
    Enrol => Row::stops("enrol", &[Who::Anybody]),
    SetRecipient => Row::goes_on("set_recipient", &[Who::Anybody]),

    AdmitIssuer => Row::goes_on("admit_issuer", &[Who::Owner]),
    RemoveIssuer => Row::goes_on("remove_issuer", &[Who::Owner]),
    IssueCredential => Row::goes_on("issue_credential", &[Who::Issuer]),
    WithdrawCredential => Row::goes_on("withdraw_credential", &[Who::Owner, Who::CredentialIssuer]),

    AppointGuardian => Row::goes_on("appoint_guardian", PATIENT),
    DismissGuardian => Row::goes_on("dismiss_guardian", PATIENT),
    SetQuorum => Row::goes_on("set_quorum", PATIENT),
    Approve => Row::as_proposed("approve", &[Who::Guardian(Power::Grant), Who::Guardian(Power::Revoke)]),
    Cancel => Row::goes_on(
        "cancel",
        &[Who::Patient, Who::Guardian(Power::Grant), Who::Guardian(Power::Revoke)],
    ),

    ProposeRecovery => Row::goes_on("propose_recovery", RECOVERING),
    ApproveRecovery => Row::goes_on("approve_recovery", RECOVERING),
    VetoRecovery => Row::goes_on("veto_recovery", PATIENT),
    CancelRecovery => Row::goes_on("cancel_recovery", RECOVERING),
    CompleteRecovery => Row::goes_on("complete_recovery", &[Who::Anybody]),

    SetCustodians => Row::goes_on("set_custodians", PATIENT),
    PutEmergencyPackages => Row::goes_on("put_emergency_packages", PATIENT),
    OpenEmergency => Row::goes_on("open_emergency", &[Who::Holder(Role::EmergencyResponder)]),
    EndEmergency => Row::goes_on(
        "end_emergency",
        &[Who::EmergencyResponder, Who::Patient, Who::Guardian(Power::Revoke), Who::AnybodyOnceOver],
    ),
    ReviewEmergency => Row::goes_on("review_emergency", REVOKING),
    Reinstate => Row::goes_on("reinstate", &[Who::Owner, Who::CredentialIssuer]),
    AddHook => Row::goes_on("add_hook", &[Who::Owner]),
    RemoveHook => Row::goes_on("remove_hook", &[Who::Owner]),
    AnchorReceipts => Row::goes_on("anchor_receipts", &[Who::Holder(Role::VaultOperator)]),

    Grant => Row::stops("grant", GRANTING),
    PutPackages => Row::goes_on("put_packages", PATIENT),
    Revoke => Row::goes_on("revoke", REVOKING),
    Deny => Row::goes_on("deny", REVOKING),
    Allow => Row::goes_on("allow", PATIENT),
    OpenGeneration => Row::goes_on("open_generation", PATIENT),

    CreateTeam => Row::stops("create_team", &[Who::Anybody]),
    InviteMember => Row::goes_on("invite_member", &[Who::TeamAdmin]),
    JoinTeam => Row::goes_on("join_team", &[Who::Invited]),
    LeaveTeam => Row::goes_on("leave_team", &[Who::Invited, Who::Member]),
    RemoveMember => Row::goes_on("remove_member", &[Who::TeamAdmin]),
    ProposeTeamAdmin => Row::goes_on("propose_team_admin", &[Who::TeamAdmin]),
    AcceptTeamAdmin => Row::goes_on("accept_team_admin", &[Who::ProposedTeamAdmin]),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_but_admin_has_exactly_one_row_and_there_is_no_other() {
        vitals_testing::schema::assert_rows::<ExecuteMsg>(TABLE);
    }

    #[test]
    fn a_message_s_row_is_the_one_of_its_name() {
        let messages = [
            (ExecuteMsg::Enrol {}, "enrol"),
            (ExecuteMsg::CreateTeam {}, "create_team"),
        ];
        for (message, name) in messages {
            assert_eq!(row(&message).unwrap().message, name);
        }
        let admin = ExecuteMsg::Admin(vitals_api::admin::AdminMsg::Pause {});
        assert_eq!(row(&admin), None);
    }

    #[test]
    fn every_row_lets_somebody_send() {
        assert!(TABLE.iter().all(|row| !row.who.is_empty()));
    }
}
