// Generated from schema/ by `npm run generate`; do not edit.

import type { ContractCall } from "../contract.js";
import type { ExecuteMsgs } from "./consent.js";

// Builds messages of `consent` for `Vitals.send`; sends nothing.

/** Housekeeping, see `AdminMsg`. */
export function admin(args: ExecuteMsgs["admin"]): ContractCall {
  return { contract: "consent", msg: { admin: args } };
}

/**
 * Anybody: becomes a patient. The number is drawn so that it tells no order, and is in the event `enrolled`. No
 * funds. Fails while paused.
 */
export function enrol(): ContractCall {
  return { contract: "consent", msg: { enrol: {} } };
}

/**
 * Anybody: publishes the caller's age X25519 recipient, for which others encrypt. No funds. Fails on anything
 * but a lower-case bech32 `age1…` of 32 bytes.
 */
export function setRecipient(args: ExecuteMsgs["set_recipient"]): ContractCall {
  return { contract: "consent", msg: { set_recipient: args } };
}

/**
 * Owner: lets an issuer attest these roles, replacing what it could attest before. No funds. Fails on an empty
 * list or one that repeats itself.
 */
export function admitIssuer(args: ExecuteMsgs["admit_issuer"]): ContractCall {
  return { contract: "consent", msg: { admit_issuer: args } };
}

/**
 * Owner: takes it back. Credentials it issued stay until they end, or it or the owner withdraws them. No funds.
 * Fails where it is not admitted.
 */
export function removeIssuer(args: ExecuteMsgs["remove_issuer"]): ContractCall {
  return { contract: "consent", msg: { remove_issuer: args } };
}

/**
 * An issuer admitted for the role: attests it of an account until a date (block seconds). No funds. Fails on a
 * date that is over or more than `MAX_CREDENTIAL_S` ahead, and while another issuer's credential of that role
 * lives: no issuer shortens what another attested.
 */
export function issueCredential(args: ExecuteMsgs["issue_credential"]): ContractCall {
  return { contract: "consent", msg: { issue_credential: args } };
}

/**
 * The issuer of the credential, admitted still or not, or the owner: ends it now. No funds. Fails where there is
 * none.
 */
export function withdrawCredential(args: ExecuteMsgs["withdraw_credential"]): ContractCall {
  return { contract: "consent", msg: { withdraw_credential: args } };
}

/**
 * The patient: gives an account some of the patient's powers until a date. Replaces earlier powers of the same
 * guardian, and raises the generation where that takes the power to read away. A power to recover counts only
 * after notice (recovery delay and override delay together), and one that counts and is taken away or shortened
 * lasts until notice is over. No funds. Fails on the patient itself, an empty list, a date that is over or past
 * the year 9999, and a ninth guardian, those that serve out their notice included.
 */
export function appointGuardian(args: ExecuteMsgs["appoint_guardian"]): ContractCall {
  return { contract: "consent", msg: { appoint_guardian: args } };
}

/**
 * The patient: ends a guardian's powers now; a power to recover that counts lasts until notice is over. Raises
 * the generation where the guardian could read. No funds. Fails where there is no such guardian, or it was
 * dismissed already.
 */
export function dismissGuardian(args: ExecuteMsgs["dismiss_guardian"]): ContractCall {
  return { contract: "consent", msg: { dismiss_guardian: args } };
}

/**
 * The patient: how many guardians with the power `grant`, `revoke` or `recover` act together, 1 to 8 and at most
 * as many as have it now; a change for `recover` holds after notice. Where more than one grants or revokes, a
 * guardian's `Grant`, `Revoke`, `Deny` or `ReviewEmergency` becomes a proposal. Where later fewer guardians are
 * left than it takes, none of them acts. No funds. Fails on another power.
 */
export function setQuorum(args: ExecuteMsgs["set_quorum"]): ContractCall {
  return { contract: "consent", msg: { set_quorum: args } };
}

/**
 * A guardian with the power the proposal takes: approves it. The approval that completes the quorum executes it,
 * checked anew for each who approved. Stopped by a pause where what is proposed is. No funds. Fails where it
 * approved already, where the proposal is over (after seven days), and where what is proposed fails.
 */
export function approve(args: ExecuteMsgs["approve"]): ContractCall {
  return { contract: "consent", msg: { approve: args } };
}

/** The patient, or the guardian who proposed it: takes a proposal back. No funds. Fails where there is none. */
export function cancel(args: ExecuteMsgs["cancel"]): ContractCall {
  return { contract: "consent", msg: { cancel: args } };
}

/**
 * A guardian whose power to recover counts, denied or not: opens a recovery, or wants another account in one
 * that is open, by its one vote. Once as many as the quorum (all, where none is set) want the same account, the
 * recovery delay runs. No funds. Fails on the account that controls the patient, on a guardian whose own power
 * to recover counts, and once guardians decided.
 */
export function proposeRecovery(args: ExecuteMsgs["propose_recovery"]): ContractCall {
  return { contract: "consent", msg: { propose_recovery: args } };
}

/**
 * The same: votes for an account that another guardian proposed. Names the account, so that nobody is made to
 * approve another one. No funds. Fails where nobody proposed it in the last seven days, or the sender voted for
 * it already.
 */
export function approveRecovery(args: ExecuteMsgs["approve_recovery"]): ContractCall {
  return { contract: "consent", msg: { approve_recovery: args } };
}

/**
 * The patient: objects. Votes are void; now all guardians whose power to recover counts are needed, and what
 * they decide no veto stops. After seven days without that it is as if nobody had proposed. No funds. Fails
 * where nothing is open, and where all decided.
 */
export function vetoRecovery(args: ExecuteMsgs["veto_recovery"]): ContractCall {
  return { contract: "consent", msg: { veto_recovery: args } };
}

/**
 * A guardian: takes its vote back. No funds. Fails where it has no vote, and once guardians decided: then only
 * the account objects.
 */
export function cancelRecovery(args: ExecuteMsgs["cancel_recovery"]): ContractCall {
  return { contract: "consent", msg: { cancel_recovery: args } };
}

/**
 * Anybody, from the end of the delay, for seven days: the account decided controls the patient from now on,
 * every grant there is is revoked, the generation raised. Denials stay. So do guardians, but for what each was
 * given within notice before the first vote of the recovery, or since: that is over, as if dismissed. Recovering
 * takes all guardians again until the new account says otherwise. Readers encrypt to the recipient that the new
 * account publishes. No funds.
 */
export function completeRecovery(args: ExecuteMsgs["complete_recovery"]): ContractCall {
  return { contract: "consent", msg: { complete_recovery: args } };
}

/**
 * The patient: names who keeps shares of its emergency packages, and how many shares it takes. At most 8, each
 * with a live credential as custodian; none at all clears them, with threshold 0. Packages put before are void;
 * raises the generation where their shares open what is measured from now on, whoever is named now. No funds.
 */
export function setCustodians(args: ExecuteMsgs["set_custodians"]): ContractCall {
  return { contract: "consent", msg: { set_custodians: args } };
}

/**
 * The patient: puts the digests of the custodians' shares, one for each, and says what they open. No funds.
 * Fails on other custodians than those named, and while a generation is pending.
 */
export function putEmergencyPackages(args: ExecuteMsgs["put_emergency_packages"]): ContractCall {
  return { contract: "consent", msg: { put_emergency_packages: args } };
}

/**
 * A holder of a live credential as emergency responder: opens reading in an emergency, from `hours_back` (at
 * most 336) before now to the hour of its last second. Number and end are in the event `emergency_opened`, and
 * subscribers are told. Goes on while paused. No funds. Fails on a length of 0 or above the longest one, where
 * the patient denies the account, while it has an open one for the patient, where 16 of its emergencies wait for
 * their review or the review of one is overdue, and after one was rejected.
 */
export function openEmergency(args: ExecuteMsgs["open_emergency"]): ContractCall {
  return { contract: "consent", msg: { open_emergency: args } };
}

/**
 * Its responder, the patient, or a guardian with the power `revoke` (alone, whatever the quorum); anybody once
 * it is over: ends it. Raises the generation where emergency packages open what is measured from now on. No
 * funds. Fails where it was ended already.
 */
export function endEmergency(args: ExecuteMsgs["end_emergency"]): ContractCall {
  return { contract: "consent", msg: { end_emergency: args } };
}

/**
 * The patient, or a guardian with the power `revoke` who is not the responder: says whether it was right, once.
 * Lifts the suspension by a missed deadline; where it was not right, the responder opens no other until
 * reinstated, and the emergency ends. No funds.
 */
export function reviewEmergency(args: ExecuteMsgs["review_emergency"]): ContractCall {
  return { contract: "consent", msg: { review_emergency: args } };
}

/**
 * Who issued the account's credential as emergency responder, live or not, or the owner: forgives rejected
 * emergencies, and reviews that are overdue now. No funds. Fails where nothing is to be forgiven.
 */
export function reinstate(args: ExecuteMsgs["reinstate"]): ContractCall {
  return { contract: "consent", msg: { reinstate: args } };
}

/**
 * Owner: tells a contract of every emergency from now on. At most 4. No funds. Fails where it is told already.
 * See `super::hook`.
 */
export function addHook(args: ExecuteMsgs["add_hook"]): ContractCall {
  return { contract: "consent", msg: { add_hook: args } };
}

/** Owner: tells it no more. No funds. Fails where it is not told. */
export function removeHook(args: ExecuteMsgs["remove_hook"]): ContractCall {
  return { contract: "consent", msg: { remove_hook: args } };
}

/**
 * A holder of a live credential as vault operator: anchors the heads of its logs of what it released, at most
 * 30. No funds. Fails unless each has more receipts than the one anchored last and proves that it follows from
 * it, on a patient that does not exist, and on a count of 0.
 */
export function anchorReceipts(args: ExecuteMsgs["anchor_receipts"]): ContractCall {
  return { contract: "consent", msg: { anchor_receipts: args } };
}

/**
 * The patient, or a guardian with the power `grant`: consents, to an account or to whoever is a member of a team
 * when it asks. The grant's number is in the event `granted`. A guardian grants only with the power `read` (and
 * `claim` where the grant lets disclose, `acknowledge` where it lets receive alerts), no longer than its own
 * powers last, never to itself (a grant to a team counts for no guardian who gave it or approved of it, whenever
 * it joins), and never sealing or the writing of plans; the grant outlives its dismissal, and names it. Takes no
 * funds. Fails while paused, on a team that does not exist, on an empty list or window, on a validity that is
 * empty, over or past the year 9999, and with keys while a generation is pending.
 */
export function grant(args: ExecuteMsgs["grant"]): ContractCall {
  return { contract: "consent", msg: { grant: args } };
}

/**
 * The patient: puts the digests of new key packages on live grants, after re-keying. At most 30 a message, none
 * twice. Fails on a grant that is revoked or has expired, and while a generation is pending: its keys come after
 * it is open.
 */
export function putPackages(args: ExecuteMsgs["put_packages"]): ContractCall {
  return { contract: "consent", msg: { put_packages: args } };
}

/**
 * The patient, or a guardian with the power `revoke`: ends a grant for ever. Raises the generation where the
 * grant, expired or not, lets somebody read what is measured from now on: it allows reading, disclosing or
 * sealing, and its window ends after now.
 */
export function revoke(args: ExecuteMsgs["revoke"]): ContractCall {
  return { contract: "consent", msg: { revoke: args } };
}

/**
 * The patient, or a guardian with the power `revoke`: refuses an account everything, whatever grounds it has, or
 * the members of a team everything but an emergency. Raises the generation where whom it names may hold keys
 * that reach beyond now: an account by a guardian's power to read, by emergency packages where its emergency was
 * not ended, or by a grant as in `Revoke` to it or to a team it is in (or left one in the last seven days); a
 * team by such a grant to it, and by what its members have as accounts, but for emergencies, which it does not
 * touch. The newest 64 grants and 64 members are looked through; where there are more it raises without looking.
 * Takes no funds. Fails on the patient itself, on a team that does not exist, and on whom the patient denies
 * already.
 */
export function deny(args: ExecuteMsgs["deny"]): ContractCall {
  return { contract: "consent", msg: { deny: args } };
}

/** The patient: lifts a denial. Takes no funds. Fails where there is none. */
export function allow(args: ExecuteMsgs["allow"]): ContractCall {
  return { contract: "consent", msg: { allow: args } };
}

/**
 * The patient: opens the pending generation by posting the SHA-256 commitment to its secret. Takes no funds.
 * Fails when none is pending, the number is not the next, or the commitment is all zeros or that of the
 * generation before: the same secret would open both.
 */
export function openGeneration(args: ExecuteMsgs["open_generation"]): ContractCall {
  return { contract: "consent", msg: { open_generation: args } };
}

/**
 * Anybody: makes a team (a ward, a practice), with the sender as its admin and without members. Its number is in
 * the event `team_created`. No funds. Fails while paused.
 */
export function createTeam(): ContractCall {
  return { contract: "consent", msg: { create_team: {} } };
}

/**
 * The team's admin: invites an account, which must accept by `JoinTeam`. No funds. Fails on an account that is a
 * member or invited already, and where members and invitations are 256.
 */
export function inviteMember(args: ExecuteMsgs["invite_member"]): ContractCall {
  return { contract: "consent", msg: { invite_member: args } };
}

/**
 * An invited account: becomes a member, and what is granted to the team counts for it from now on. No funds.
 * Fails where it is in 8 teams already.
 */
export function joinTeam(args: ExecuteMsgs["join_team"]): ContractCall {
  return { contract: "consent", msg: { join_team: args } };
}

/** A member: leaves. An invited account: declines. No funds. */
export function leaveTeam(args: ExecuteMsgs["leave_team"]): ContractCall {
  return { contract: "consent", msg: { leave_team: args } };
}

/** The team's admin: removes a member, or withdraws an invitation. No funds. Fails on an account that is neither. */
export function removeMember(args: ExecuteMsgs["remove_member"]): ContractCall {
  return { contract: "consent", msg: { remove_member: args } };
}

/** The team's admin: names the next admin, who must accept; a later proposal replaces an earlier one. No funds. */
export function proposeTeamAdmin(args: ExecuteMsgs["propose_team_admin"]): ContractCall {
  return { contract: "consent", msg: { propose_team_admin: args } };
}

/** The account proposed: becomes the team's admin. No funds. */
export function acceptTeamAdmin(args: ExecuteMsgs["accept_team_admin"]): ContractCall {
  return { contract: "consent", msg: { accept_team_admin: args } };
}
