//! What `vitals sensor` prints.

use cosmwasm_std::Uint64;
use serde_json::{json, Value};
use vitals_api::registry::{DeviceInfo, QueryMsg};
use vitals_insurance::show_ms;
use vitals_sensors::signed::{Aside, SensorBook, SensorRow};
use vitals_sensors::{ClockUse, Identity};

use super::{book, AsideArgs, ListArgs, ShowArgs};
use crate::failure::Failure;
use crate::gateway::read;
use crate::say;

pub fn added(sensor: &Identity, json: bool) {
    match json {
        true => println!("{}", identity(sensor)),
        false => println!("device {}, pairing {}", sensor.device, sensor.pairing),
    }
}

pub fn list(args: &ListArgs) -> Result<(), Failure> {
    let book = book(&read(&args.gateway)?)?;
    let devices = book.devices()?;
    let rows: Result<Vec<Value>, Failure> = devices.into_iter().map(|d| row(&book, d)).collect();
    say::list(&rows?, args.json, |row| {
        format!(
            "device {}: {}, clock {}",
            row["device"], row["measures"], row["clock"]
        )
    })
}

pub fn show(args: &ShowArgs) -> Result<(), Failure> {
    let opened = read(&args.list.gateway)?;
    let mut shown = row(&book(&opened)?, args.device)?;
    let asked = QueryMsg::Device {
        device: Uint64::new(args.device),
    };
    let registry = opened.chain.contracts()?.device_registry;
    let info: DeviceInfo = vitals_ledger::query(&opened.chain.connect()?, &registry, &asked)?;
    shown["registry"] = json!(info);
    say::answer(&shown, None, args.list.json)
}

pub fn aside(args: &AsideArgs) -> Result<(), Failure> {
    let found = book(&read(&args.list.gateway)?)?.aside(args.limit)?;
    let rows: Vec<Value> = found.iter().map(refused).collect();
    say::list(&rows, args.list.json, refused_line)
}

fn refused(one: &Aside) -> Value {
    json!({
        "device": one.device, "code": one.code, "arrived_ms": one.arrived_ms,
        "characteristic": format!("{:04x}", one.characteristic),
    })
}

fn refused_line(row: &Value) -> String {
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    format!(
        "{}  device {}  {}  {}",
        show_ms(row["arrived_ms"].as_u64().unwrap_or(0)),
        row["device"],
        text("characteristic"),
        text("code")
    )
}

fn row(book: &SensorBook, device: u64) -> Result<Value, Failure> {
    let unknown = vitals_sensors::SensorError::Unknown { device };
    let sensor = book.sensor(device)?.ok_or(unknown)?;
    Ok(settings(&sensor))
}

fn identity(sensor: &Identity) -> Value {
    json!({"device": sensor.device, "pairing": sensor.pairing})
}

fn settings(sensor: &SensorRow) -> Value {
    let mut value = identity(&sensor.identity);
    let settings = &sensor.settings;
    value["measures"] = json!(settings.measures);
    value["clock"] = json!(match settings.clock.uses {
        ClockUse::Sensor => "sensor",
        ClockUse::Arrival => "arrival",
    });
    value["utc_offset_min"] = json!(settings.clock.utc_offset_min);
    value["user"] = json!(settings.user);
    value["beats"] = json!(settings.beats);
    value
}

#[cfg(test)]
mod tests {
    use super::{refused, refused_line, Aside};

    #[test]
    fn what_was_refused_is_shown_without_its_value() {
        let one = Aside {
            device: 7,
            code: "sensors/late".into(),
            arrived_ms: 1_795_392_000_000,
            characteristic: 0x2a37,
            value: vec![0, 201],
        };
        let row = refused(&one);
        let line = refused_line(&row);
        assert_eq!(line, "2026-11-23T00:00:00Z  device 7  2a37  sensors/late");
        assert!(!row.to_string().contains("201"), "{row}");
    }
}
