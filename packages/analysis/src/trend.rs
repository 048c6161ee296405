//! Trends: the Theil-Sen slope with Sen's confidence interval.
//!
//! The slope is the median of the slopes between all pairs (Theil 1950), its interval comes from
//! the variance of Kendall's S (P. K. Sen, Estimates of the regression coefficient based on
//! Kendall's tau, JASA 63, 1968). Chosen over least squares because up to 29 % of the points may be
//! wrong, days may be missing, and nothing is assumed of the distribution; an interval without 0 is
//! the Mann-Kendall test. Points are taken as independent: days, not readings.

/// 99.5 % of the normal distribution: two-sided 99 %, because seven measures are tested a day.
const Z: f64 = 2.575_829;
/// Points below which the interval says nothing.
pub const LEAST_POINTS: usize = 10;

/// Per unit of x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    pub slope: f64,
    /// 99 % confidence interval.
    pub low: f64,
    pub high: f64,
}

impl Slope {
    pub fn is_certain(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// Points in any order; those with equal x give no slope. None with fewer than ten points, or
/// where the interval reaches beyond the slopes there are.
pub fn theil_sen(points: &[(i64, i64)]) -> Option<Slope> {
    if points.len() < LEAST_POINTS {
        return None;
    }
    let mut slopes = pair_slopes(points);
    slopes.sort_by(f64::total_cmp);
    let count = slopes.len() as f64;
    let n = points.len() as f64;
    let reach = Z * (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt();
    let low = (count - reach) / 2.0;
    let high = (count + reach) / 2.0;
    if low < 0.0 || high >= count {
        return None;
    }
    Some(Slope {
        slope: *slopes.get(slopes.len() / 2)?,
        low: *slopes.get(low as usize)?,
        high: *slopes.get(high as usize)?,
    })
}

fn pair_slopes(points: &[(i64, i64)]) -> Vec<f64> {
    let mut slopes = Vec::new();
    for (at, (x, y)) in points.iter().enumerate() {
        for (other_x, other_y) in points.iter().skip(at + 1) {
            if x != other_x {
                slopes.push((*other_y as f64 - *y as f64) / (*other_x as f64 - *x as f64));
            }
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(wobble: impl Fn(i64) -> i64) -> Vec<(i64, i64)> {
        (0..14).map(|x| (x, 600 + 10 * x + wobble(x))).collect()
    }

    #[test]
    fn a_line_has_its_slope_and_a_certain_one() {
        let slope = theil_sen(&line(|x| (x % 3) * 4)).unwrap();
        assert!((slope.slope - 10.0).abs() < 2.0 && slope.is_certain());
        assert!(slope.low <= slope.slope && slope.slope <= slope.high);
    }

    #[test]
    fn three_wild_points_do_not_move_it_much() {
        let slope = theil_sen(&line(|x| if x % 5 == 0 { -400 } else { 0 })).unwrap();
        assert!((slope.slope - 10.0).abs() < 3.0, "{slope:?}");
    }

    #[test]
    fn noise_without_a_trend_is_not_certain() {
        let noise = [3, -5, 8, -1, 0, 7, -9, 4, -2, 6, -7, 1, 5, -4];
        let points: Vec<(i64, i64)> = (0..).zip(noise).collect();
        assert!(!theil_sen(&points).unwrap().is_certain());
    }

    #[test]
    fn too_few_points_or_one_x_have_no_slope() {
        assert!(theil_sen(&line(|_| 0)[..9]).is_none());
        assert!(theil_sen(&[(1, 5); 20]).is_none());
        let extremes: Vec<_> = (0..12)
            .map(|x| (x, if x % 2 == 0 { i64::MIN } else { i64::MAX }))
            .collect();
        assert!(!theil_sen(&extremes).unwrap().is_certain());
    }

    /// Of a parabola's ten points the slope between x and y is x + y: 45 slopes, whose ranks can be
    /// counted by hand (reach 28.8, so ranks 8 and 36 from 0).
    #[test]
    fn the_interval_is_that_of_ranks_of_the_slopes() {
        let points: Vec<(i64, i64)> = (0..10).map(|x| (x, x * x)).collect();
        let slope = theil_sen(&points).unwrap();
        assert_eq!((slope.slope, slope.low, slope.high), (9.0, 5.0, 13.0));
    }
}
