//! The topics of a device. Device numbers are decimal without leading zeros, so that each device
//! has one name, and a broker's access list can be written by it.

pub(crate) const UP: &str = "vitals/v1/+/up";
pub(crate) const GATT: &str = "vitals/v1/+/gatt/+";

/// Where a device publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Up,
    Gatt(u16),
}

/// Whose topic of those that devices publish on this is; none for any other.
pub(crate) fn parse(topic: &str) -> Option<(u64, Topic)> {
    let (device, rest) = topic.strip_prefix("vitals/v1/")?.split_once('/')?;
    let kind = match rest.split_once('/') {
        None if rest == "up" => Topic::Up,
        Some(("gatt", characteristic)) => Topic::Gatt(hex(characteristic)?),
        _ => return None,
    };
    Some((number(device)?, kind))
}

/// A device number as it is written in topics and user names.
pub(crate) fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// Four hex digits, as Bluetooth's assigned numbers are written.
fn hex(text: &str) -> Option<u16> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits.then(|| u16::from_str_radix(text, 16).ok()).flatten()
}

pub(crate) fn down(device: u64) -> String {
    format!("vitals/v1/{device}/down")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_names_its_device_and_what_comes() {
        assert_eq!(parse("vitals/v1/7/up"), Some((7, Topic::Up)));
        let largest = format!("vitals/v1/{}/gatt/2A37", u64::MAX);
        assert_eq!(parse(&largest), Some((u64::MAX, Topic::Gatt(0x2a37))));
        assert_eq!(
            parse("vitals/v1/7/gatt/2a5f"),
            Some((7, Topic::Gatt(0x2a5f)))
        );
    }

    #[test]
    fn other_spellings_and_other_topics_are_nobodys() {
        for topic in [
            "",
            "up",
            "/vitals/v1/7/up",
            "vitals/v1/7/up/",
            "vitals/v1/7/UP",
            "Vitals/v1/7/up",
            "vitals/v2/7/up",
            "vitals/v1/07/up",
            "vitals/v1/+7/up",
            "vitals/v1/-7/up",
            "vitals/v1/ 7/up",
            "vitals/v1/+/up",
            "vitals/v1/#",
            "vitals/v1/7/down",
            "vitals/v1/18446744073709551616/up",
            "vitals/v1//up",
            "vitals/v1/7/gatt",
            "vitals/v1/7/gatt/",
            "vitals/v1/7/gatt/2a3",
            "vitals/v1/7/gatt/+a37",
            "vitals/v1/7/gatt/2a37/x",
            "vitals/v1/7/gatt/02a37",
            "$SYS/broker",
        ] {
            assert_eq!(parse(topic), None, "{topic}");
        }
    }
}
