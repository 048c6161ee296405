use vitals_ops::config::Source;

use super::command::check;

fn source(text: &str) -> Source {
    Source::of(text, []).unwrap()
}

#[test]
fn the_example_is_sound_and_so_is_each_of_its_commented_settings() {
    let example = include_str!("example.toml");
    check(&source(example)).unwrap();
    let settings = |line: &str| {
        line.strip_prefix('#')
            .filter(|rest| !rest.starts_with(' '))
            .is_some()
    };
    // Commented settings that stand instead of another are left out.
    let instead = ["#broker", "#username", "#password_file", "#authority_file"];
    let all: Vec<_> = example
        .lines()
        .map(
            |line| match settings(line) && !instead.iter().any(|other| line.starts_with(other)) {
                true => &line[1..],
                false => line,
            },
        )
        .collect();
    assert_ne!(all.join("\n"), example.trim_end());
    check(&source(&all.join("\n"))).unwrap();
}

#[test]
fn a_section_nobody_reads_is_named_with_those_there_are() {
    let error = check(&source("[gatewya]\nx = 1")).unwrap_err().to_string();
    assert!(
        error.contains("gatewya: no such section; there are chain"),
        "{error}"
    );
}

#[test]
fn faults_of_several_sections_are_told_at_once() {
    let text =
        "[chain]\nnode = 'gopher'\ndeployment = 'd'\ngas_price = 'free'\nfee_granter = 'me'\n\
         [gateway]\npatient = 7";
    let error = check(&source(text)).unwrap_err().to_string();
    for key in [
        "chain.node: ",
        "chain.gas_price: ",
        "chain.fee_granter: ",
        "gateway.patient: ",
        "gateway.dir: is missing",
    ] {
        assert!(error.contains(key), "{key} of {error}");
    }
}
