//! Every message of every contract, as everybody, running and paused, against the contracts' tables
//! of permissions; and the two files made of them.

mod cases;
mod hostile;
mod matrix;
mod outcome;
mod page;
mod through_tokens;
mod trial;
mod written;

use vitals_testing::Contract;

/// `docs/message-access.md` says what the tables say.
#[test]
fn the_page_is_what_the_tables_say() {
    written::compare("docs/message-access.md", &page::render());
}

#[test]
fn every_message_of_a_contract_has_exactly_one_row_and_no_row_is_of_another() {
    for contract in Contract::ALL {
        let mut rows: Vec<String> = contract.rows().iter().map(|r| r.message.into()).collect();
        let mut messages = contract.messages();
        rows.sort_unstable();
        messages.sort_unstable();
        assert_eq!(rows, messages, "{}", contract.name());
    }
}

#[test]
fn every_row_is_tried_with_everybody_it_names_and_no_case_is_without_a_row() {
    for contract in Contract::ALL {
        let cases = cases::of(contract);
        for row in contract.rows() {
            let of_row = || cases.iter().filter(|case| case.message == row.message);
            assert!(of_row().count() > 0, "{}: no case", row.message);
            for who in row.who {
                let tried = of_row().any(|case| case.lets(&row).contains(who));
                assert!(tried, "{}: {who:?} is in no case", row.message);
            }
        }
        for case in &cases {
            let rows = contract.rows();
            let known = rows.iter().any(|row| row.message == case.message);
            assert!(known, "{}: no row", case.message);
        }
    }
}

/// The long one: sends every message.
#[test]
fn every_message_is_open_to_whom_its_row_names_and_to_nobody_else() {
    let matrix = matrix::try_all();
    assert!(
        matrix.wrong.is_empty(),
        "against the tables:\n{}",
        matrix.wrong.join("\n")
    );
    written::compare("testdata/golden/message-access.txt", &matrix.text);
}
