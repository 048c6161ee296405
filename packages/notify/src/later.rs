//! What is looked at again when its time comes: alerts that may have climbed, emergencies that
//! want their review, policies whose instalments fall due.

use vitals_api::claims::PolicyInfo;
use vitals_core::insurance::PolicyState;
use vitals_ledger::{LedgerError, Reader};

use crate::store::Later;
use crate::whom::{Ask, Led, What};
use crate::Message;

const DAY_S: u64 = 86_400;
const DAY_MS: u64 = 86_400_000;

/// Whom a look tells, and in which block second to look again, if ever.
pub(crate) type Look = (Led, Option<u64>);

pub(crate) fn look<C: Reader>(
    ask: &Ask<'_, C>,
    at: &Later,
    policy_lead_s: u64,
) -> Result<Look, LedgerError> {
    let number = |text: &str| text.parse::<u64>().ok();
    match at.kind.as_str() {
        "alert" => match number(&at.about) {
            Some(alert) => of_alert(ask, alert),
            None => Ok(Look::default()),
        },
        "review" => match at
            .about
            .split_once('/')
            .map(|(p, e)| (number(p), number(e)))
        {
            Some((Some(patient), Some(emergency))) => of_review(ask, patient, emergency),
            _ => Ok(Look::default()),
        },
        "policy" => match number(&at.about)
            .map(|policy| ask.policy(policy))
            .transpose()?
            .flatten()
        {
            Some(policy) => of_policy(ask, &policy, policy_lead_s),
            None => Ok(Look::default()),
        },
        _ => Ok(Look::default()),
    }
}

fn of_alert<C: Reader>(ask: &Ask<'_, C>, alert: u64) -> Result<Look, LedgerError> {
    let led = ask.alert(alert)?.unwrap_or_default();
    // Its tier's time may be over, and nobody has escalated it yet.
    let again = led
        .later
        .first()
        .map(|later| later.at_s.max(ask.block_s + 10));
    Ok((led, again))
}

/// Asked for once the emergency is over, and again a day, or half the time, before the deadline.
fn of_review<C: Reader>(ask: &Ask<'_, C>, patient: u64, number: u64) -> Result<Look, LedgerError> {
    let Some(found) = ask
        .emergency(patient, number)?
        .filter(|found| found.review.is_none())
    else {
        return Ok(Look::default());
    };
    let over_s = found.ended_at.unwrap_or(found.until);
    if ask.block_s < over_s {
        return Ok((Led::default(), Some(over_s)));
    }
    let accounts = ask.own(patient, None)?;
    let thing = format!("review/{patient}/{number}");
    let before_s = DAY_S.min(found.review_by.saturating_sub(over_s) / 2);
    let last_s = found.review_by.saturating_sub(before_s);
    if ask.block_s < last_s {
        let led = ask.only(What::routine(&thing, Message::Review), &accounts);
        return Ok((led, Some(last_s)));
    }
    let thing = format!("{thing}/last");
    let what = What::urgent(&thing, Message::Review, DAY_MS);
    Ok((ask.only(what, &accounts), None))
}

fn of_policy<C: Reader>(
    ask: &Ask<'_, C>,
    policy: &PolicyInfo,
    lead_s: u64,
) -> Result<Look, LedgerError> {
    let Some(due_s) = policy.next_due.filter(|_| !policy.state.is_over()) else {
        return Ok(Look::default());
    };
    let accounts: Vec<_> = ask
        .controller(policy.patient.u64())?
        .into_iter()
        .chain(policy.policyholder.clone())
        .collect();
    let thing = format!("policy/{}/due/{due_s}", policy.policy);
    if policy.state == PolicyState::Grace {
        let thing = format!("{thing}/grace");
        let what = What::urgent(&thing, Message::PolicyDue, DAY_MS);
        return Ok((ask.only(what, &accounts), Some(ask.block_s + DAY_S)));
    }
    let tell_s = due_s.saturating_sub(lead_s);
    if ask.block_s < tell_s {
        return Ok((Led::default(), Some(tell_s)));
    }
    let led = ask.only(What::routine(&thing, Message::PolicyDue), &accounts);
    Ok((led, Some(due_s.max(ask.block_s + DAY_S / 24))))
}
