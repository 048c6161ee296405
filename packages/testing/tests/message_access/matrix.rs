//! Every case, tried as everybody, running and paused; and the text that keeps the answers.

use vitals_testing::access::{World, ACTORS};
use vitals_testing::Contract;

use crate::cases;
use crate::trial::{title, Trial};

pub struct Matrix {
    /// Who was answered what.
    pub text: String,
    /// Answers that are not what the tables say.
    pub wrong: Vec<String>,
}

const HEAD: &str = "\
Who was answered what, of everybody in packages/testing/src/access/actors.rs, to each message: the
code of the refusal, and who got it. Written by scripts/access; a test compares.
";

pub fn try_all() -> Matrix {
    let mut world = World::new();
    let kept = world.keep();
    let mut matrix = Matrix {
        text: HEAD.to_string(),
        wrong: Vec::new(),
    };
    for contract in Contract::ALL {
        for case in cases::of(contract) {
            let [running, paused] = [false, true].map(|paused| {
                let trial = Trial::new(contract, &case, paused);
                let answers = ACTORS.iter().map(|actor| {
                    world.restore(&kept);
                    let answer = trial.run(&mut world, actor);
                    matrix.wrong.extend(answer.wrong);
                    answer.code
                });
                answers.collect::<Vec<String>>()
            });
            matrix.text += &shown(&title(contract, &case), &running, &paused);
        }
    }
    matrix
}

fn shown(title: &str, running: &[String], paused: &[String]) -> String {
    let lines = grouped(running);
    if running == paused {
        return format!("\n{title}, running or paused\n{lines}");
    }
    format!(
        "\n{title}, running\n{lines}{title}, paused\n{}",
        grouped(paused)
    )
}

/// A line for each answer: who was let through first, the one that most got last.
fn grouped(answers: &[String]) -> String {
    let mut codes: Vec<&str> = answers.iter().map(String::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.sort_by_key(|code| (*code != "ok", who_got(code, answers).len()));
    let lines = codes.iter().enumerate().map(|(i, code)| {
        let who = match (i, i + 1 == codes.len()) {
            (0, true) => "everybody".into(),
            (_, true) => "everybody else".into(),
            _ => who_got(code, answers).join(", "),
        };
        format!("  {code}: {who}\n")
    });
    lines.collect()
}

fn who_got(code: &str, answers: &[String]) -> Vec<&'static str> {
    let all = ACTORS.iter().zip(answers);
    all.filter(|(_, answer)| *answer == code)
        .map(|(actor, _)| actor.name)
        .collect()
}
