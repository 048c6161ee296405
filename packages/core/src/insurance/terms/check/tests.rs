use super::*;
use crate::insurance::fixture::{
    by_instalments, invoice, of_invoices, reward, rule, terms, with_reward, DAY_S,
};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

mod evidence;
mod money;
mod reward;

/// The code of what is wrong with terms; empty where nothing is.
fn code(terms: &Terms) -> String {
    match terms.check() {
        Ok(()) => String::new(),
        Err(error) => {
            let text = error.to_string();
            let (code, rest) = text.split_once(": ").unwrap();
            assert!(!rest.is_empty());
            code.strip_prefix("claims/").unwrap().to_string()
        }
    }
}

/// Whether a term, as `set` sets it, is bounded from `least` to `most`: each end stands, and one
/// beyond does not, by its name and value.
fn assert_bounded(
    base: &Terms,
    term: &'static str,
    (least, most): (u32, u32),
    set: impl Fn(&mut Terms, u32),
) {
    let with = |value| {
        let mut changed = base.clone();
        set(&mut changed, value);
        changed.check()
    };
    let refused = |got| {
        Err(TermsError::Bounds {
            term,
            least,
            most,
            got,
        })
    };
    assert_eq!((with(least), with(most)), (Ok(()), Ok(())), "{term}");
    if let Some(below) = least.checked_sub(1) {
        assert_eq!(with(below), refused(below));
    }
    if let Some(above) = most.checked_add(1) {
        assert_eq!(with(above), refused(above));
    }
}

/// Terms whose times are as long as may be, so that nothing else stands in a bound's way.
fn long(base: Terms) -> Terms {
    Terms {
        term_s: MAX_TERM_S,
        waiting_s: 0,
        file_within_s: MAX_TERM_S,
        ..base
    }
}

fn paying(benefit: Benefit) -> Terms {
    let evidence = EvidenceTerms::Disclosed {
        rule: Rule {
            readings: 1,
            ..rule()
        },
        models: Vec::new(),
    };
    long(Terms {
        benefit,
        evidence,
        ..terms()
    })
}

fn ruled(change: impl FnOnce(&mut Rule)) -> Terms {
    let mut rule = rule();
    change(&mut rule);
    Terms {
        evidence: EvidenceTerms::Disclosed {
            rule,
            models: Vec::new(),
        },
        ..terms()
    }
}

#[test]
fn terms_of_each_kind_stand() {
    for terms in [terms(), by_instalments(), of_invoices(), with_reward()] {
        assert_eq!(terms.check(), Ok(()));
    }
}

#[test]
fn times_are_bounded() {
    let base = Terms {
        waiting_s: 0,
        ..of_invoices()
    };
    assert_bounded(&base, "term_s", (1, MAX_TERM_S), |t, v| t.term_s = v);
    assert_bounded(&base, "file_within_s", (1, MAX_TERM_S), |t, v| {
        t.file_within_s = v;
    });
    let waiting = |waiting_s| {
        code(&Terms {
            waiting_s,
            ..of_invoices()
        })
    };
    assert_eq!(waiting(30 * DAY_S - 1), "");
    assert_eq!(waiting(30 * DAY_S), "no_cover");
    assert_eq!(waiting(u32::MAX), "no_cover");
}

#[test]
fn claims_separation_and_days_are_bounded() {
    let events = |max_claims, separation_s| {
        paying(Benefit::PerEvent {
            amount: 1,
            max_claims,
            separation_s,
        })
    };
    let most = (1, MAX_CLAIMS.into());
    assert_bounded(&events(1, 0), "max_claims", most, |t, v| {
        t.benefit = events(u8::try_from(v).unwrap(), 0).benefit;
    });
    assert_bounded(&events(1, 0), "separation_s", (0, MAX_TERM_S), |t, v| {
        t.benefit = events(1, v).benefit;
    });
    let days = |max_days| {
        paying(Benefit::PerDay {
            amount: 1,
            max_days,
        })
    };
    assert_bounded(&days(1), "max_days", (1, MAX_DAYS.into()), |t, v| {
        t.benefit = days(u16::try_from(v).unwrap()).benefit;
    });
}

/// Sixteen windows of a minute and a second between each two, and the first instant.
#[test]
fn every_claim_fits_into_the_cover_to_the_millisecond() {
    let fit = |term_s| Terms {
        benefit: Benefit::PerEvent {
            amount: 1,
            max_claims: 16,
            separation_s: 7,
        },
        term_s,
        waiting_s: 5,
        ..ruled(|r| r.spaced_s = 30)
    };
    let least = 5 + 16 * 60 + 15 * 7;
    assert_eq!(
        fit(least).check(),
        Err(TermsError::CoverTooShort {
            claims: 16,
            needed_ms: 1_065_001,
            cover_ms: 1_065_000
        })
    );
    assert_eq!(fit(least + 1).check(), Ok(()));
}

#[test]
fn without_separation_windows_still_lie_a_millisecond_apart() {
    let fit = |max_claims, term_s| {
        let benefit = Benefit::PerEvent {
            amount: 1,
            max_claims,
            separation_s: 0,
        };
        code(&Terms {
            term_s,
            waiting_s: 0,
            ..paying(benefit)
        })
    };
    assert_eq!(fit(16, 1), "");
    let two = Benefit::PerEvent {
        amount: 1,
        max_claims: 2,
        separation_s: 1,
    };
    let needs = |term_s| Terms {
        term_s,
        ..paying(two.clone())
    };
    assert_eq!(code(&needs(1)), "cover_too_short");
    assert_eq!(code(&needs(2)), "");
}

#[test]
fn days_promised_are_days_that_every_policy_covers() {
    let days = |max_days, term_s, readings| {
        code(&Terms {
            benefit: Benefit::PerDay {
                amount: 1,
                max_days,
            },
            term_s,
            waiting_s: 0,
            ..ruled(|r| (r.readings, r.spaced_s, r.within_s) = (readings, 10_000, 90_000))
        })
    };
    assert_eq!(days(3, 2 * DAY_S + 1, 1), "");
    assert_eq!(days(3, 2 * DAY_S, 1), "too_few_days");
    assert_eq!(days(1, DAY_S, 9), "", "80,000 s of 86,400");
    assert_eq!(
        days(1, 30 * DAY_S, 10),
        "too_few_days",
        "90,000 s is no day"
    );
}

#[test]
fn each_refusal_names_its_values() {
    let text = |terms: Terms| format!("{}", terms.check().unwrap_err());
    assert_eq!(
        text(Terms {
            waiting_s: 30 * DAY_S,
            ..terms()
        }),
        "claims/no_cover: waiting 2592000 s leaves nothing of a term of 2592000 s"
    );
    assert_eq!(
        text(Terms {
            term_s: 0,
            ..terms()
        }),
        "claims/terms_bounds: term_s is 1 to 315360000, got 0"
    );
}
