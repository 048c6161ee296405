//! Shares of an identity: what any of them give, what fewer do not, and which do not go together.
#![cfg(feature = "package")]

use serde_json::Value;
use vitals_core::bytes::Reader;
use vitals_core::recovery::{self, RecoveryError, RecoveryShare};
use vitals_core::shares::{combine, IdentitySecret, Share, SharesError, MAX_SHARES};
use zeroize::Zeroizing;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../testdata/vectors/emergency.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(text(value)).unwrap()
}

fn read(bytes: &[u8]) -> Share {
    Share::read(&mut Reader::new("share", bytes)).unwrap()
}

fn vector_shares() -> Vec<Share> {
    let vectors = vectors();
    let shares = vectors["shares"].as_array().unwrap();
    shares.iter().map(|share| read(&bytes(share))).collect()
}

fn secret(byte: u8) -> IdentitySecret {
    IdentitySecret::from_bytes([byte; 32])
}

fn split(byte: u8, threshold: u8, of: u8) -> Vec<Share> {
    let seed = Zeroizing::new([byte ^ 0x55; 32]);
    secret(byte).split(threshold, of, seed).unwrap()
}

fn put_together(shares: &[Share], indices: &[usize]) -> Result<String, SharesError> {
    let chosen: Vec<&Share> = indices.iter().map(|at| &shares[*at]).collect();
    Ok(combine(&chosen)?.identity()?.to_string())
}

/// A share with one bit of its value another.
fn altered(share: &Share) -> Share {
    let mut bytes = share.to_bytes();
    *bytes.last_mut().unwrap() ^= 1;
    read(&bytes)
}

fn refusal(result: Result<String, SharesError>) -> SharesError {
    result.err().unwrap()
}

#[test]
fn shares_of_another_implementation_give_the_identity_whichever_three_they_are() {
    let vectors = vectors();
    let shares = vector_shares();
    for indices in [[0, 1, 2], [4, 0, 2], [2, 3, 4]] {
        let identity = put_together(&shares, &indices).unwrap();
        assert_eq!(identity, text(&vectors["identity"]));
    }
    assert_eq!(hex::encode(shares[0].set()), text(&vectors["set"]));
    let bytes: [u8; 32] = bytes(&vectors["secret"]).try_into().unwrap();
    let recipient = IdentitySecret::from_bytes(bytes).recipient().unwrap();
    assert_eq!(recipient, text(&vectors["recipient"]));
}

#[test]
fn any_threshold_of_the_shares_give_what_was_split() {
    for (threshold, of) in [(1, 1), (1, 3), (2, 2), (2, 3), (3, 5), (8, 8), (16, 16)] {
        let shares = split(9, threshold, of);
        assert_eq!(shares.len(), usize::from(of));
        let last: Vec<usize> = (usize::from(of - threshold)..of.into()).collect();
        let identity = put_together(&shares, &last).unwrap();
        assert_eq!(identity, *secret(9).identity().unwrap());
    }
}

#[test]
fn fewer_than_the_threshold_or_one_share_twice_give_nothing() {
    let shares = vector_shares();
    for indices in [&[][..], &[1], &[1, 2], &[1, 1, 2]] {
        let error = refusal(put_together(&shares, indices));
        assert!(matches!(error, SharesError::TooFew { .. }), "{error}");
    }
}

#[test]
fn a_single_share_takes_every_value_there_is_whatever_the_secret() {
    // A split that never draws some coefficient, zero for one, lets a share rule secrets out.
    for byte in [0, 9] {
        let mut seen = [false; 256];
        for draw in 0..4_096u16 {
            let mut seed = Zeroizing::new([0; 32]);
            seed[..2].copy_from_slice(&draw.to_be_bytes());
            let shares = secret(byte).split(2, 2, seed).unwrap();
            seen[usize::from(shares[0].to_bytes()[34])] = true;
        }
        assert!(seen.iter().all(|value| *value), "secret {byte}");
    }
}

#[test]
fn a_share_of_another_set_is_named() {
    let (one, other) = (split(1, 2, 3), split(2, 2, 3));
    let error = combine(&[&one[0], &other[1]]).err().unwrap();
    let expected = SharesError::Mixed {
        index: 2,
        got: other[1].set_name(),
        expected: one[0].set_name(),
    };
    assert_eq!(error, expected);
}

#[test]
fn the_same_secret_with_another_threshold_is_another_set() {
    assert_ne!(split(1, 2, 3)[0].set(), split(1, 3, 3)[0].set());
}

#[test]
fn a_wrong_share_is_recognised_and_left_out_where_there_are_enough_besides() {
    let mut shares = split(7, 2, 3);
    shares[0] = altered(&shares[0]);
    let wrong = refusal(put_together(&shares, &[0, 1]));
    assert!(matches!(wrong, SharesError::Wrong { .. }), "{wrong}");
    let identity = put_together(&shares, &[0, 1, 2]).unwrap();
    assert_eq!(identity, *secret(7).identity().unwrap());
    let single = altered(&split(7, 1, 1)[0]);
    assert!(matches!(
        combine(&[&single]),
        Err(SharesError::Wrong { .. })
    ));
}

#[test]
fn two_values_of_one_index_are_never_used_together() {
    let shares = split(7, 2, 3);
    let twice = [&shares[0], &altered(&shares[0]), &shares[1]].map(Clone::clone);
    let identity = put_together(&twice, &[1, 0, 2]).unwrap();
    assert_eq!(identity, *secret(7).identity().unwrap());
}

#[test]
fn another_seed_gives_other_shares_of_the_same_set() {
    let with = |seed| secret(3).split(2, 3, Zeroizing::new([seed; 32])).unwrap();
    let (one, other) = (with(1), with(2));
    assert_eq!(one[0].set(), other[0].set());
    assert!(one[0] != other[0]);
}

#[test]
fn no_more_shares_than_sixteen_and_no_threshold_of_none_or_above_them() {
    for (threshold, of) in [(0, 3), (4, 3), (0, 0), (2, MAX_SHARES + 1)] {
        let refused = secret(1).split(threshold, of, Zeroizing::new([0; 32]));
        assert_eq!(
            refused.err(),
            Some(SharesError::Threshold { threshold, of })
        );
    }
}

#[test]
fn a_guardian_s_line_is_that_of_the_vectors_and_comes_back_however_it_was_typed() {
    let recovery = &vectors()["recovery"];
    for (line, share) in recovery["shares"]
        .as_array()
        .unwrap()
        .iter()
        .zip(vector_shares())
    {
        let share = RecoveryShare {
            patient: text(&recovery["patient"]).parse().unwrap(),
            share,
        };
        assert_eq!(*share.to_text().unwrap(), text(line));
        let typed = text(line).to_uppercase();
        let typed = format!(" {}\n{} \r\n", &typed[..40], &typed[40..]);
        assert!(RecoveryShare::from_text(&typed).unwrap() == share);
    }
}

#[test]
fn a_mistyped_line_says_so() {
    let line = text(&vectors()["recovery"]["shares"][0]).to_string();
    for at in 0..line.len() {
        let other = if line.as_bytes()[at] == b'q' {
            "p"
        } else {
            "q"
        };
        let mut wrong = line.clone();
        wrong.replace_range(at..=at, other);
        let error = RecoveryShare::from_text(&wrong).err();
        assert_eq!(error, Some(RecoveryError::Text), "character {at}");
    }
    for wrong in ["", "vitals-share1", &line[..line.len() - 1], "age1qqq"] {
        assert_eq!(
            RecoveryShare::from_text(wrong).err(),
            Some(RecoveryError::Text)
        );
    }
}

#[test]
fn guardians_of_one_patient_do_not_recover_another() {
    let shares = split(4, 2, 2);
    let of = |patient, at: usize| RecoveryShare {
        patient,
        share: shares[at].clone(),
    };
    assert!(recovery::combine(&[of(5, 0), of(5, 1)]).is_ok());
    let refused = recovery::combine(&[of(5, 0), of(6, 1)]).err();
    let expected = RecoveryError::Patient {
        index: 2,
        got: 6,
        expected: 5,
    };
    assert_eq!(refused, Some(expected));
}
