use super::*;

const KEY: [u8; 32] = [7; 32];
const FROM: u64 = 1_795_442_000;

fn delegation() -> Delegation {
    Delegation {
        chain_id: "vitals-1".into(),
        account: "wasm1reader".into(),
        vaults: vec!["ward".into(), "home".into()],
        key: KEY,
        from: FROM,
        until: FROM + 1_800,
    }
}

fn using() -> SessionUse<'static> {
    SessionUse {
        chain_id: "vitals-1",
        vault: "home",
        account: "wasm1reader",
        method: "GET",
        now: FROM + 5,
        limit_s: MAX_SESSION_S,
    }
}

fn code(change: impl FnOnce(&mut SessionUse)) -> Result<(), &'static str> {
    let mut asked = using();
    change(&mut asked);
    delegation().check(&asked).map_err(|error| error.code())
}

#[test]
fn the_text_is_for_people_and_comes_back_as_what_it_was_made_of() {
    let text = delegation().text().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "cw-vitals vault session, version 1");
    assert_eq!(
        lines[4..],
        [
            "Chain: vitals-1",
            "Account: wasm1reader",
            "Vault: ward",
            "Vault: home",
            "Session key: 0707070707070707070707070707070707070707070707070707070707070707",
            "From: 2026-11-23 13:53:20 UTC (1795442000)",
            "Until: 2026-11-23 14:23:20 UTC (1795443800)",
        ]
    );
    assert_eq!(Delegation::parse(text.as_bytes()), Ok(delegation()));
}

#[test]
fn a_text_that_says_the_same_in_other_bytes_is_refused() {
    let text = delegation().text().unwrap();
    let altered = [
        format!("{text}\n"),
        format!(" {text}"),
        text.replace('\n', "\r\n"),
        text.replace("version 1", "version 2"),
        text.replace("Vault: ward", "Vault:  ward"),
        text.replace("nothing", "anything"),
        text.replace("14:23:20", "13:54:20"),
        text.replace("(1795442000)", "(01795442000)"),
        text.replace("(1795442000)", "(+1795442000)"),
        text.replace(
            "Account: wasm1reader",
            "Account: wasm1reader\nAccount: wasm1other",
        ),
        text.replace("0707070707070707", "07070707070707"),
        String::new(),
        "{\"version\":1}".into(),
    ];
    for (number, bad) in altered.iter().enumerate() {
        let refused = Delegation::parse(bad.as_bytes()).unwrap_err();
        assert_eq!(refused.code(), "vault/session_form", "{number}");
    }
    assert!(Delegation::parse(&[0xff]).is_err());
}

#[test]
fn no_text_is_made_of_what_no_delegation_may_say() {
    let changes: [fn(&mut Delegation); 12] = [
        |d| d.vaults.clear(),
        |d| d.vaults = vec!["v".into(); MAX_SESSION_VAULTS + 1],
        |d| d.vaults[0] = "ward\nVault: all".into(),
        |d| d.vaults[0] = "ward two".into(),
        |d| d.chain_id = "vitals\u{202e}1".into(),
        |d| d.chain_id = String::new(),
        |d| d.account = "a".repeat(91),
        |d| d.until = d.from,
        |d| d.until = d.from - 1,
        |d| d.until = d.from + MAX_SESSION_S + 1,
        |d| (d.from, d.until) = (u64::MAX - 1, u64::MAX),
        // a key of small order verifies what nobody signed
        |d| d.key = [0; 32],
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut bad = delegation();
        change(&mut bad);
        assert_eq!(
            bad.text().unwrap_err().code(),
            "vault/session_form",
            "{number}"
        );
    }
    let longest = Delegation {
        until: FROM + MAX_SESSION_S,
        ..delegation()
    };
    assert!(longest.text().is_ok());
}

#[test]
fn a_session_is_good_for_its_chain_its_vaults_and_its_account_only() {
    assert_eq!(code(|_| {}), Ok(()));
    assert_eq!(code(|asked| asked.vault = "ward"), Ok(()));
    assert_eq!(
        code(|asked| asked.chain_id = "vitals-2"),
        Err("vault/session_chain")
    );
    assert_eq!(
        code(|asked| asked.vault = "hom"),
        Err("vault/session_vault")
    );
    assert_eq!(
        code(|asked| asked.account = "wasm1other"),
        Err("vault/session_account")
    );
}

#[test]
fn a_session_reads_only() {
    for method in ["PUT", "POST", "DELETE", "HEAD", "get", "PATCH"] {
        assert_eq!(
            code(|asked| asked.method = method),
            Err("vault/session_reads_only")
        );
    }
}

#[test]
fn a_session_holds_from_its_first_to_its_last_second() {
    let at = |now| code(|asked| asked.now = now);
    assert_eq!(at(FROM + 1_800), Ok(()));
    assert_eq!(at(FROM + 1_801), Err("vault/session_expired"));
    assert_eq!(at(u64::MAX), Err("vault/session_expired"));
    assert_eq!(at(FROM - SESSION_AHEAD_S), Ok(()), "clocks differ");
    assert_eq!(at(FROM - SESSION_AHEAD_S - 1), Err("vault/session_early"));
    assert_eq!(at(0), Err("vault/session_early"));
}

#[test]
fn a_vault_shortens_a_session_and_does_not_lengthen_it() {
    let after =
        |limit_s, seconds| code(|asked| (asked.limit_s, asked.now) = (limit_s, FROM + seconds));
    assert_eq!(after(60, 60), Ok(()));
    assert_eq!(after(60, 61), Err("vault/session_expired"));
    assert_eq!(after(u64::MAX, 1_801), Err("vault/session_expired"));
}

#[test]
fn a_request_is_signed_for_one_session() {
    let other = session_id(b"another text");
    let one = session_id(delegation().text().unwrap().as_bytes());
    assert_ne!(session_digest(&one, b"{}"), session_digest(&other, b"{}"));
    assert_ne!(session_digest(&one, b"{}"), session_digest(&one, b"{ }"));
}

#[test]
fn a_mark_is_of_the_receipt_whose_salt_is_made_of_it() {
    let mark = BySession::new(&[1; 32], [2; 32]);
    let salt = mark.salt().unwrap();
    assert_ne!(BySession::new(&[3; 32], [2; 32]).salt(), Some(salt));
    assert_ne!(BySession::new(&[1; 32], [3; 32]).salt(), Some(salt));
    // a byte that moves over is none of either
    let moved = BySession {
        session: vec![1; 31].into(),
        draw: vec![2; 33].into(),
    };
    assert_eq!(moved.salt(), None);
}
