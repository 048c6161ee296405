//! Each route to its sink, and what the sink sees.

mod support;

use aes_gcm::aead::Aead;
use aes_gcm::{Aes128Gcm, KeyInit};
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine;
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use p256::ecdh::diffie_hellman;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;
use support::http::{Answer, HttpSink};
use support::mail::MailSink;
use support::mqtt::MqttSink;
use support::{Home, NOON_MS, WEBHOOK_SECRET};
use vitals_notify::{Language, Message, Outcome, Outgoing, People, Urgency};

/// RFC 8291, section 5 and appendix A.
const UA_PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
const UA_PUBLIC: &str =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
const EXAMPLE: &str = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg\
    Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLV\
    WGNWQexSgSxsj_Qulcy4a-fN";

fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// What a browser does: RFC 8291, section 3, and RFC 8188, section 2, of one record.
fn opened(message: &[u8]) -> Vec<u8> {
    let (salt, length) = (&message[..16], usize::from(message[20]));
    let (sender, record) = message[21..].split_at(length);
    let own = SecretKey::from_slice(&bytes(UA_PRIVATE)).unwrap();
    let theirs = PublicKey::from_sec1_bytes(sender).unwrap();
    let shared = diffie_hellman(own.to_nonzero_scalar(), theirs.as_affine());
    let mut info = b"WebPush: info\0".to_vec();
    info.extend_from_slice(own.public_key().to_encoded_point(false).as_bytes());
    info.extend_from_slice(sender);
    let derive = |salt: &[u8], ikm: &[u8], info: &[u8], length: usize| {
        let mut out = vec![0; length];
        Hkdf::<Sha256>::new(Some(salt), ikm)
            .expand(info, &mut out)
            .unwrap();
        out
    };
    let ikm = derive(&bytes(AUTH), shared.raw_secret_bytes(), &info, 32);
    let key = derive(salt, &ikm, b"Content-Encoding: aes128gcm\0", 16);
    let nonce = derive(salt, &ikm, b"Content-Encoding: nonce\0", 12);
    let cipher = Aes128Gcm::new_from_slice(&key).unwrap();
    let mut plain = cipher.decrypt(nonce.as_slice().into(), record).unwrap();
    while plain.last() == Some(&0) {
        plain.pop();
    }
    assert_eq!(plain.pop(), Some(2), "the last record ends in 2");
    plain
}

fn outgoing(language: Language) -> Outgoing {
    Outgoing {
        id: "0123456789abcdef0123456789abcdef".into(),
        message: Message::Alert,
        urgency: Urgency::Urgent,
        language,
        ttl_s: 600,
    }
}

fn send(people: &People, outgoing: &Outgoing) -> Outcome {
    people.get("p1").unwrap().routes[0]
        .sink
        .send(outgoing, NOON_MS)
}

#[test]
fn the_published_example_of_an_encrypted_push_opens_here() {
    let text = "When I grow up, I want to be a watermelon";
    assert_eq!(opened(&bytes(EXAMPLE)), text.as_bytes());
}

fn push_people(home: &Home, url: &str) -> std::sync::Arc<People> {
    let subscription = serde_json::json!({
        "endpoint": url, "expirationTime": null, "keys": {"p256dh": UA_PUBLIC, "auth": AUTH},
    });
    let file = home.secret("subscription.json", &subscription.to_string());
    let key = home.path().join("vapid.key");
    home.person(
        &format!(
            "[web_push]\nvapid_key_file = \"{}\"\ncontact = \"mailto:a@b.example\"\n",
            key.display()
        ),
        &[format!(
            "{{ kind = \"web_push\", subscription_file = \"{}\" }}",
            file.display()
        )],
    )
}

#[test]
fn a_push_opens_with_the_browser_s_key_and_says_that_and_how_urgent() {
    let home = Home::new();
    let sink = HttpSink::start(&[Answer::Status(201), Answer::Status(410)]);
    let people = push_people(&home, &sink.url);
    assert_eq!(send(&people, &outgoing(Language::De)), Outcome::Delivered);
    let got = &sink.got()[0];
    for (name, value) in [
        ("content-encoding", "aes128gcm"),
        ("ttl", "600"),
        ("urgency", "high"),
        ("topic", "0123456789abcdef0123456789abcdef"),
    ] {
        assert_eq!(got.headers[name], value);
    }
    assert!(got.headers["authorization"].starts_with("vapid t="));
    let body: serde_json::Value = serde_json::from_slice(&opened(&got.body)).unwrap();
    let expected = serde_json::json!({
        "id": "0123456789abcdef0123456789abcdef", "message": "alert", "urgency": "urgent",
        "title": "Dringende Nachricht",
        "text": "Ein Alarm wartet auf Antwort. Bitte öffnen Sie die App.",
    });
    assert_eq!(body, expected);
    assert_eq!(send(&people, &outgoing(Language::De)), Outcome::Gone);
}

#[test]
fn a_webhook_s_signature_is_over_its_id_time_and_body() {
    let home = Home::new();
    let sink = HttpSink::start(&[]);
    let people = home.person("", &[home.webhook(&sink.url)]);
    assert_eq!(send(&people, &outgoing(Language::En)), Outcome::Delivered);
    let got = &sink.got()[0];
    assert_eq!(
        got.headers["webhook-timestamp"],
        (NOON_MS / 1_000).to_string()
    );
    let key = STANDARD
        .decode(WEBHOOK_SECRET.strip_prefix("whsec_").unwrap())
        .unwrap();
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).unwrap();
    let head = format!(
        "{}.{}.",
        got.headers["webhook-id"], got.headers["webhook-timestamp"]
    );
    mac.update(head.as_bytes());
    mac.update(&got.body);
    let signature = got.headers["webhook-signature"]
        .strip_prefix("v1,")
        .unwrap();
    mac.verify_slice(&STANDARD.decode(signature).unwrap())
        .unwrap();
}

fn mail_people(home: &Home, sink: &MailSink, more: &str) -> std::sync::Arc<People> {
    home.person(
        &format!(
            "[mail]\nhost = \"127.0.0.1\"\nport = {}\nfrom = \"Clinic <a@clinic.example>\"\n{more}\n",
            sink.port
        ),
        &["{ kind = \"mail\", address = \"nurse@ward.example\" }".into()],
    )
}

#[test]
fn mail_goes_out_by_starttls_with_a_stable_message_id() {
    let home = Home::new();
    let sink = MailSink::start(true, &[]);
    let authority = home.path().join("ca.pem");
    std::fs::write(&authority, sink.certificate.as_ref().unwrap()).unwrap();
    let password = home.secret("mail.password", "s3cret\n");
    let more = format!(
        "tls = \"starttls\"\nusername = \"a\"\npassword_file = \"{}\"\nauthority_file = \"{}\"",
        password.display(),
        authority.display()
    );
    let people = mail_people(&home, &sink, &more);
    assert_eq!(send(&people, &outgoing(Language::En)), Outcome::Delivered);
    let got = &sink.got()[0];
    for part in [
        "AUTH PLAIN",
        "MAIL FROM:<a@clinic.example>",
        "RCPT TO:<nurse@ward.example>",
        "Subject: Urgent notification",
        "Message-ID: <0123456789abcdef0123456789abcdef@clinic.example>",
        "Auto-Submitted: auto-generated",
        "An alert waits for an answer.",
    ] {
        assert!(got.contains(part), "{part} of {got}");
    }
}

#[test]
fn a_mail_server_of_another_authority_gets_nothing() {
    let home = Home::new();
    let (sink, other) = (MailSink::start(true, &[]), MailSink::start(true, &[]));
    let authority = home.path().join("ca.pem");
    std::fs::write(&authority, other.certificate.as_ref().unwrap()).unwrap();
    let more = format!(
        "tls = \"starttls\"\nauthority_file = \"{}\"",
        authority.display()
    );
    let people = mail_people(&home, &sink, &more);
    let refused = send(&people, &outgoing(Language::En));
    assert!(matches!(refused, Outcome::Failed { .. }), "{refused:?}");
    assert_eq!(sink.got().len(), 0);
}

#[test]
fn a_mail_server_s_refusals_are_told_by_kind_and_it_is_asked_again() {
    let home = Home::new();
    let sink = MailSink::start(false, &["450 busy nurse@ward.example", "550 unknown"]);
    let people = mail_people(&home, &sink, "tls = \"none\"");
    let codes: Vec<_> = (0..3)
        .map(|_| send(&people, &outgoing(Language::En)).code())
        .collect();
    assert_eq!(codes, ["notify/server", "notify/refused", "delivered"]);
}

#[test]
fn mqtt_is_delivered_once_the_broker_acknowledges_and_not_before() {
    let home = Home::new();
    let sink = MqttSink::start(1);
    let people = home.person(
        &format!(
            "[mqtt]\nhost = \"127.0.0.1\"\nport = {}\ntls = false\n",
            sink.port
        ),
        &["{ kind = \"mqtt\", topic = \"vitals/v1/notify/ward-4\" }".into()],
    );
    assert_eq!(
        send(&people, &outgoing(Language::En)).code(),
        "notify/unreachable"
    );
    assert_eq!(send(&people, &outgoing(Language::En)), Outcome::Delivered);
    let got = sink.got();
    assert_eq!(got.len(), 2, "the broker has it twice, under one id");
    for (topic, payload) in got {
        assert_eq!(topic, "vitals/v1/notify/ward-4");
        let body: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!(body["id"], "0123456789abcdef0123456789abcdef");
    }
}

#[test]
fn a_subscription_that_others_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let people = push_people(&home, "http://127.0.0.1:9/x");
    assert!(people
        .vapid_public()
        .is_some_and(|key| bytes(key).len() == 65));
    let file = home.path().join("vapid.key");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = vitals_notify::VapidKey::unlock(&file)
        .err()
        .unwrap()
        .to_string();
    assert!(refused.starts_with("notify/secret: "), "{refused}");
}
