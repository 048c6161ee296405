use vitals_ops::config::Source;

use super::*;

fn keys(text: &str) -> Vec<String> {
    let text = format!("[notify]\ndir = \"d\"\n{text}");
    let looked = Source::of(&text, []).unwrap().look::<Settings>("notify");
    looked
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|fault| fault.key)
        .collect()
}

fn person(route: &str) -> String {
    format!("[[notify.people]]\nid = \"p\"\nroutes = [{{ {route} }}]\n")
}

#[test]
fn a_route_without_what_it_needs_is_a_fault() {
    assert_eq!(
        keys(&person("kind = \"mail\", address = \"a@b.example\"")),
        ["mail"]
    );
    assert_eq!(keys(&person("kind = \"mqtt\", topic = \"t\"")), ["mqtt"]);
    assert_eq!(
        keys(&person("kind = \"web_push\", subscription_file = \"f\"")),
        ["web_push"]
    );
}

#[test]
fn a_route_that_leads_nowhere_is_a_fault() {
    for route in [
        "kind = \"webhook\", url = \"http://hooks.example/\", secret_file = \"f\"",
        "kind = \"webhook\", url = \"https://hooks.example/\"",
        "kind = \"pigeon\", loft = \"f\"",
        "kind = \"mqtt\", topic = \"t\", quality = 2",
    ] {
        assert!(!keys(&person(route)).is_empty(), "{route}");
    }
    let mqtt = "[notify.mqtt]\nhost = \"127.0.0.1\"\nport = 1\ntls = false\n";
    let wild = person("kind = \"mqtt\", topic = \"a/#\"");
    assert_eq!(keys(&format!("{mqtt}{wild}")), ["people"]);
}

#[test]
fn nothing_crosses_a_network_in_the_clear() {
    let mail = "host = \"mail.example\"\nport = 25\ntls = \"none\"\nfrom = \"a@b.example\"";
    assert_eq!(keys(&format!("[notify.mail]\n{mail}")), ["mail.tls"]);
    let mqtt = "host = \"broker.example\"\nport = 1883\ntls = false";
    assert_eq!(keys(&format!("[notify.mqtt]\n{mqtt}")), ["mqtt.tls"]);
}

#[test]
fn people_have_ids_of_their_own_and_operators_are_among_them() {
    let hook = "kind = \"webhook\", url = \"https://h.example/\", secret_file = \"f\"";
    assert_eq!(keys(&person(hook)), [""; 0]);
    assert_eq!(keys(&format!("{0}{0}", person(hook))), ["people"]);
    assert_eq!(
        keys(&format!("operators = [\"q\"]\n{}", person(hook))),
        ["operators"]
    );
    assert_eq!(
        keys("[[notify.people]]\nid = \"p\"\nroutes = []\n"),
        ["people"]
    );
}
