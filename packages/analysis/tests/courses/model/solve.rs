//! Small systems of linear equations.

/// Solves `matrix` · x = `values` for a symmetric positive definite matrix by Cholesky's
/// decomposition. Where it is not (pairs were learned from different times), what is off the
/// diagonal is halved until it is.
pub fn solve(matrix: &[Vec<f64>], values: &[f64]) -> Option<Vec<f64>> {
    let mut keep = 1.0;
    for _ in 0..8 {
        if let Some(lower) = cholesky(matrix, keep) {
            return back(&lower, &forward(&lower, values)?);
        }
        keep /= 2.0;
    }
    None
}

fn cholesky(matrix: &[Vec<f64>], keep: f64) -> Option<Vec<Vec<f64>>> {
    let mut lower: Vec<Vec<f64>> = Vec::new();
    for (i, row) in matrix.iter().enumerate() {
        let mut done: Vec<f64> = Vec::new();
        for (j, value) in row.iter().enumerate().take(i) {
            let above = lower.get(j)?;
            done.push((value * keep - dot(&done, above)) / above.get(j)?);
        }
        let rest = row.get(i)? - dot(&done, &done);
        // a hair above zero is rounding, not a direction in which anything varies
        if rest <= 1e-9 {
            return None;
        }
        done.push(rest.sqrt());
        lower.push(done);
    }
    Some(lower)
}

fn forward(lower: &[Vec<f64>], values: &[f64]) -> Option<Vec<f64>> {
    let mut solved: Vec<f64> = Vec::new();
    for (row, value) in lower.iter().zip(values) {
        solved.push((value - dot(row, &solved)) / row.last()?);
    }
    Some(solved)
}

fn back(lower: &[Vec<f64>], values: &[f64]) -> Option<Vec<f64>> {
    let mut solved = values.to_vec();
    for i in (0..lower.len()).rev() {
        let mut sum = *values.get(i)?;
        for (row, known) in lower.iter().zip(&solved).skip(i + 1) {
            sum -= row.get(i)? * known;
        }
        *solved.get_mut(i)? = sum / lower.get(i)?.last()?;
    }
    Some(solved)
}

/// As far as both go.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_fulfils_its_equations() {
        let matrix = vec![
            vec![4.0, 1.0, 0.5],
            vec![1.0, 3.0, -1.0],
            vec![0.5, -1.0, 2.0],
        ];
        let values = [1.0, -2.0, 3.0];
        let solved = solve(&matrix, &values).unwrap();
        for (row, value) in matrix.iter().zip(values) {
            assert!((dot(row, &solved) - value).abs() < 1e-12);
        }
    }

    #[test]
    fn a_matrix_that_no_covariance_can_be_is_solved_by_shrinking_it() {
        let impossible = vec![vec![1.0, 2.0], vec![2.0, 1.0]];
        let solved = solve(&impossible, &[1.0, 1.0]).unwrap();
        assert!(solved.iter().all(|x| x.is_finite()));
        assert_eq!(solve(&[vec![0.0]], &[1.0]), None);
    }
}
