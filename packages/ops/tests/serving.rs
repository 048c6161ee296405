//! What an operator, a collector and a command meet.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::sync::OnceLock;

use serde_json::{json, Value};
use ureq::http::Response;
use ureq::Body;
use vitals_ops::{start, Asked, Control, ControlFile, Health, Metrics, Report, Server, Serving};

fn installed() -> Metrics {
    static METRICS: OnceLock<Metrics> = OnceLock::new();
    METRICS.get_or_init(|| Metrics::install().unwrap()).clone()
}

fn serve(health: &Health, control: Option<Control>) -> Server {
    let serving = Serving {
        health: health.clone(),
        metrics: installed(),
        control,
    };
    start("127.0.0.1:0".parse().unwrap(), serving).unwrap()
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.build().into()
}

fn get(server: &Server, path: &str) -> (u16, String) {
    let url = format!("http://{}{path}", server.address());
    read(agent().get(url).call().unwrap())
}

fn read(mut response: Response<Body>) -> (u16, String) {
    let mut text = String::new();
    let status = response.status().as_u16();
    response
        .body_mut()
        .as_reader()
        .read_to_string(&mut text)
        .unwrap();
    (status, text)
}

fn command(server: &Server, name: &str, token: &str) -> (u16, String) {
    let url = format!("http://{}/v1/control/{name}", server.address());
    let asked = agent()
        .post(url)
        .header("authorization", format!("Bearer {token}"));
    read(asked.send(&b"body"[..]).unwrap())
}

fn echo() -> Control {
    Control::new(|command, body| match command {
        "echo" => Some(Ok(json!(String::from_utf8_lossy(body)))),
        "fail" => Some(Err("gateway/not_parked: no such".into())),
        _ => None,
    })
    .unwrap()
}

#[test]
fn what_is_not_well_is_named_and_the_answer_is_503_until_it_is() {
    let health = Health::default();
    let server = serve(&health, None);
    assert_eq!(get(&server, "/healthz").0, 200);
    health.unwell("chain", "ledger/unreachable");
    let (status, text) = get(&server, "/healthz");
    let report: Report = serde_json::from_str(&text).unwrap();
    assert_eq!((status, report.well), (503, false));
    assert_eq!(
        report.checks["chain"].why.as_deref(),
        Some("ledger/unreachable")
    );
    health.well("chain");
    assert_eq!(get(&server, "/healthz").0, 200);
}

#[test]
fn what_is_counted_is_shown_as_prometheus_reads_it() {
    let server = serve(&Health::default(), None);
    metrics::counter!("vitals_test_lines_total", "reason" => "frame/order").increment(3);
    metrics::histogram!("vitals_test_wait_ms").record(7.0);
    let (status, text) = get(&server, "/metrics");
    assert_eq!(status, 200);
    for line in [
        "# TYPE vitals_test_lines_total counter",
        "vitals_test_lines_total{reason=\"frame/order\"} 3",
        "vitals_test_wait_ms_bucket{le=\"10\"} 1",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
}

#[test]
fn only_who_holds_the_token_may_command() {
    let control = echo();
    let (own, other) = (control.clone(), echo());
    let server = serve(&Health::default(), Some(control));
    let token = own.file(server.address()).token;
    assert_eq!(command(&server, "echo", &token), (200, "\"body\"".into()));
    let wrong = other.file(server.address()).token;
    for bad in ["", &wrong, &token[1..], &format!("{token}0")] {
        assert_eq!(command(&server, "echo", bad).0, 403, "{bad:?} was let in");
    }
    let url = format!("http://{}/v1/control/echo", server.address());
    assert_eq!(read(agent().post(url).send_empty().unwrap()).0, 403);
}

#[test]
fn a_command_that_fails_says_why_and_one_that_is_not_there_is_not_found() {
    let control = echo();
    let server = serve(&Health::default(), Some(control.clone()));
    let token = control.file(server.address()).token;
    let failed = (409, "gateway/not_parked: no such".to_string());
    assert_eq!(command(&server, "fail", &token), failed);
    assert_eq!(command(&server, "else", &token).0, 404);
}

#[test]
fn a_service_without_control_takes_no_command() {
    let server = serve(&Health::default(), None);
    assert_eq!(command(&server, "echo", "").0, 404);
}

#[test]
fn the_control_file_is_its_owner_s_alone_and_names_a_near_address() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("control.json");
    assert!(ControlFile::read(&path).unwrap().is_none());
    std::fs::write(&path, "of an earlier run, readable by all").unwrap();
    echo()
        .file("0.0.0.0:9464".parse().unwrap())
        .write(&path)
        .unwrap();
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let file = ControlFile::read(&path).unwrap().unwrap();
    assert_eq!(file.address, "127.0.0.1:9464".parse().unwrap());
    assert_eq!(file.token.len(), 64);
}

#[test]
fn a_body_that_is_too_large_is_refused_and_an_address_in_use_named() {
    let control = echo();
    let server = serve(&Health::default(), Some(control.clone()));
    let token = control.file(server.address()).token;
    let url = format!("http://{}/v1/control/echo", server.address());
    let asked = agent()
        .post(url)
        .header("authorization", format!("Bearer {token}"));
    // The server may close before all of it is sent.
    let refused = asked.send(&vec![0u8; 5 << 20][..]);
    assert!(refused.map_or(true, |answer| answer.status() == 413));
    let serving = Serving {
        health: Health::default(),
        metrics: installed(),
        control: None,
    };
    let error = start(server.address(), serving).err().unwrap().to_string();
    assert!(error.starts_with("ops/listen: 127.0.0.1:"), "{error}");
    let _: Value = serde_json::from_str(&get(&server, "/healthz").1).unwrap();
}

#[test]
fn a_command_reaches_the_service_by_its_file_and_nobody_once_it_has_ended() {
    let control = echo();
    let server = serve(&Health::default(), Some(control.clone()));
    let file = control.file(server.address());
    let answered = |command: &str| match file.ask(command, b"hello") {
        Asked::Answered(answer) => Some(answer),
        Asked::Nobody => None,
    };
    assert_eq!(answered("echo"), Some(Ok(json!("hello"))));
    assert_eq!(
        answered("fail"),
        Some(Err("gateway/not_parked: no such".into()))
    );
    let missing = answered("else").unwrap().unwrap_err();
    assert!(missing.starts_with("ops/control: else: 404"), "{missing}");
    let stale = echo().file(server.address());
    assert!(
        matches!(stale.ask("echo", b""), Asked::Nobody),
        "another service's token"
    );
    drop(server);
    assert_eq!(answered("echo"), None);
}
