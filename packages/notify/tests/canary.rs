//! What goes out holds nothing of a person, a device or a reading, whatever the configuration and
//! the chain hold of them.

mod support;

use support::chain::{deployment, event, FakeChain};
use support::http::HttpSink;
use support::mail::MailSink;
use support::mqtt::MqttSink;
use support::{Home, NOON_MS};
use vitals_notify::{Dispatcher, Follower, State};

/// Patient, device, rule, alert's account, the operator's label, the secrets.
const CANARIES: [&str; 8] = [
    "4711",
    "nurse",
    "ada",
    "bob",
    "ward-label",
    "s3cret",
    "MfKQ9r8G",
    "alert/1",
];

#[test]
fn nothing_of_who_what_or_how_much_goes_out_by_any_route() {
    let home = Home::new();
    let (http, mail, mqtt) = (
        HttpSink::start(&[]),
        MailSink::start(false, &[]),
        MqttSink::start(0),
    );
    let password = home.secret("password", "s3cret");
    let senders = format!(
        "[mail]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nfrom = \"a@clinic.example\"\n\
         [mqtt]\nhost = \"127.0.0.1\"\nport = {}\ntls = false\nusername = \"u\"\npassword_file = \"{}\"\n",
        mail.port,
        mqtt.port,
        password.display()
    );
    let routes = [
        home.webhook(&http.url),
        "{ kind = \"mail\", address = \"x@y.example\" }".into(),
        "{ kind = \"mqtt\", topic = \"t\" }".into(),
    ];
    let people: Vec<_> = routes
        .iter()
        .enumerate()
        .map(|(n, route)| {
            format!(
                "[[people]]\nid = \"ward-label-{n}\"\naccounts = [\"nurse\"]\nroutes = [{route}]\n"
            )
        })
        .collect();
    let people = home.people(&format!("{senders}{}", people.concat()));
    let store = home.store();
    let chain = FakeChain::default().with_patient();
    chain.block(&[]);
    let beside = store.beside().unwrap();
    let mut follower = Follower::new(chain.clone(), deployment(), people.clone(), beside);
    follower.step(NOON_MS).unwrap();
    chain.alert("open", 0, Some(chain.now_s() + 600), &["nurse"]);
    let about = [("alert", "1"), ("patient", "7"), ("device", "4711")];
    chain.block(&[event("care", "alert_raised", &about)]);
    follower.step(NOON_MS).unwrap();
    let looking = store.beside().unwrap();
    let mut dispatcher = Dispatcher::new(store, people, 90).unwrap();
    support::pass_until(&mut dispatcher, NOON_MS, || {
        looking.count(State::Delivered).unwrap() == 3
    });
    let request = &http.got()[0];
    let seen = [
        format!(
            "{:?} {}",
            request.headers,
            String::from_utf8_lossy(&request.body)
        ),
        mail.got().concat(),
        String::from_utf8(mqtt.got()[0].1.clone()).unwrap(),
    ];
    for (route, seen) in ["webhook", "mail", "mqtt"].into_iter().zip(&seen) {
        for canary in CANARIES {
            assert!(!seen.contains(canary), "{canary} by {route}: {seen}");
        }
        assert!(
            seen.contains("An alert waits for an answer."),
            "{route}: {seen}"
        );
    }
}
