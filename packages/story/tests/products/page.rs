use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::walk::{products, text};

/// File and text of each block of JSON on the page: the line before a block links to its file.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    let mut before = "";
    while let Some(line) = lines.next() {
        if line.trim() == "```json" {
            let json: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push((file_in(before), json.join("\n") + "\n"));
        }
        if !line.trim().is_empty() {
            before = line;
        }
    }
    found
}

/// The link's target, from the directory of the page.
fn file_in(line: &str) -> String {
    let after = line
        .split_once("](../testdata/products/")
        .unwrap_or_else(|| panic!("a block of JSON without a link to its file, after: {line}"));
    after.1.split_once(')').expect("a link ends").0.to_string()
}

#[test]
fn every_block_of_json_on_the_page_is_a_file_and_every_file_is_on_the_page() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/products.md");
    let page = fs::read_to_string(page).unwrap();
    let mut shown = BTreeSet::new();
    for (file, json) in blocks(&page) {
        assert_eq!(json, text(&file), "{file}");
        shown.insert(file);
    }
    let files: BTreeSet<_> = fs::read_dir(products())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(shown, files);
}
