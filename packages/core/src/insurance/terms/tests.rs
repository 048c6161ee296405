use super::*;

#[test]
fn a_benefit_says_how_often_how_much_and_how_far_apart_it_pays() {
    let (amount, max_claims, separation_s, max_days) = (70, 3, 120, 9);
    let kinds = [
        Benefit::Fixed { amount },
        Benefit::PerEvent {
            amount,
            max_claims,
            separation_s,
        },
        Benefit::PerDay { amount, max_days },
    ];
    assert!(kinds.iter().all(|benefit| benefit.amount() == amount));
    assert_eq!(kinds.each_ref().map(Benefit::most), [1, 3, 9]);
    assert_eq!(
        kinds.each_ref().map(Benefit::is_per_day),
        [false, false, true]
    );
    assert_eq!(kinds.each_ref().map(Benefit::least_gap_ms), [1, 120_000, 1]);
}
