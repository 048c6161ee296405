use vitals_api::claims::{BenefitMsg, DenomMsg, EvidenceTermsMsg};

use super::*;

fn filled(kind: Kind) -> String {
    let template = Template {
        kind,
        denom: "uvital",
        arbiter: Some("wasm1arbiter"),
    };
    template.fill().unwrap()
}

fn read(text: &str) -> Result<ProductMsg, InsuranceError> {
    read_product(Path::new("terms.toml"), text, Some(b"terms in words"))
}

#[test]
fn every_template_is_a_product_whose_rule_can_be_met() {
    for kind in Kind::ALL {
        let product = read(&filled(kind)).unwrap();
        assert_eq!(product.denom, DenomMsg::Native("uvital".into()));
        assert_eq!(product.terms.terms_digest.len(), 32);
        assert!(product.terms.waiting_s < product.terms.term_s);
        match product.terms.evidence {
            EvidenceTermsMsg::Disclosed { rule, .. } => assert_eq!(rule.check(), Ok(())),
            EvidenceTermsMsg::Invoice(terms) => assert_eq!(terms.arbiter, "wasm1arbiter"),
            EvidenceTermsMsg::Private {} => panic!("private is not supported"),
        }
    }
}

#[test]
fn an_invoice_template_needs_its_arbiter() {
    let template = Template {
        kind: Kind::Invoice,
        denom: "uvital",
        arbiter: None,
    };
    assert_eq!(template.fill(), Err(InsuranceError::Arbiter));
}

#[test]
fn the_same_terms_are_read_from_json() {
    let product = read(&filled(Kind::HospitalDays)).unwrap();
    let json = serde_json::to_string(&product).unwrap();
    assert_eq!(read_product(Path::new("t.json"), &json, None), Ok(product));
}

#[test]
fn a_digest_is_hex_or_base64_and_that_of_the_document() {
    let document = hex::encode(Sha256::digest(b"terms in words"));
    let named = |digest: &str| {
        let line = format!("[terms]\nterms_digest = \"{digest}\"");
        filled(Kind::HeartEpisode).replacen("[terms]", &line, 1)
    };
    let read = |digest: &str, words| read_product(Path::new("t"), &named(digest), words);
    let product = read(&document, None).unwrap();
    assert_eq!(
        product.terms.terms_digest,
        Sha256::digest(b"terms in words").to_vec()
    );
    assert_eq!(
        read(&product.terms.terms_digest.to_base64(), None),
        Ok(product.clone())
    );
    assert_eq!(read(&document, Some(b"terms in words")), Ok(product));
    let other = read(&document, Some(b"other words"))
        .unwrap_err()
        .to_string();
    assert!(
        other.starts_with("insurance/terms_digest_differs: "),
        "{other}"
    );
    let none = read_product(Path::new("t"), &filled(Kind::HeartEpisode), None);
    assert_eq!(none, Err(InsuranceError::TermsDigest));
}

#[test]
fn a_field_that_is_unknown_or_missing_is_named() {
    let said = |text: &str| read(text).unwrap_err().to_string();
    let text = filled(Kind::HeartEpisode);
    let missing = text.replace("waiting_s", "wating_s");
    assert_eq!(
        said(&missing),
        "insurance/terms_file: missing field `waiting_s`"
    );
    let reward = format!("{text}\n[terms.rewrad]\ndays = 3");
    assert_eq!(
        said(&reward),
        "insurance/terms_file: there is no field terms.rewrad"
    );
    let premium = text.replace("grace_s", "days = 1\ngrace_s");
    assert_eq!(
        said(&premium),
        "insurance/terms_file: there is no field terms.premium.instalments.days"
    );
    assert!(read("denom = { native = \"uvital\" }").is_err());
    assert!(read("[terms").is_err());
}

#[test]
fn a_benefit_keeps_its_shape() {
    let product = read(&filled(Kind::HeartEpisode)).unwrap();
    let BenefitMsg::PerEvent { max_claims, .. } = product.terms.benefit else {
        panic!("not by the event");
    };
    assert_eq!(max_claims, 4);
}

#[test]
fn what_terms_come_to_is_told_before_they_are_sent() {
    let figures = |kind| TermsFigures::of(&read(&filled(kind)).unwrap().terms).unwrap();
    let episodes = figures(Kind::HeartEpisode);
    assert_eq!(episodes.lock.u128(), 4 * 500_000);
    assert_eq!((episodes.payments, episodes.premiums.u128()), (12, 240_000));
    let invoices = figures(Kind::Invoice);
    assert_eq!(invoices.most_payable.u128(), 6 * 1_000_000);
    // the insurer's bond, for each bill that may go to the arbiter
    assert_eq!(invoices.lock.u128(), 6 * 1_010_000);
}

#[test]
fn terms_that_can_never_be_met_have_no_figures() {
    let mut product = read(&filled(Kind::HeartEpisode)).unwrap();
    product.terms.waiting_s = product.terms.term_s;
    let refused = TermsFigures::of(&product.terms).unwrap_err().to_string();
    assert!(refused.starts_with("claims/no_cover: "), "{refused}");
    product.terms.terms_digest = cosmwasm_std::Binary::default();
    let refused = TermsFigures::of(&product.terms).unwrap_err();
    assert_eq!(refused, InsuranceError::TermsDigest);
}
