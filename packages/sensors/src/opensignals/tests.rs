use proptest::prelude::*;

use super::*;
use crate::Stamp;

/// Two seconds of a real recording, see testdata/sensors/README.md.
const RECORDED: &str = include_str!("../../../../testdata/sensors/opensignals-ecg.txt");

fn read(text: &str) -> Result<Vec<Row>, SensorError> {
    OpenSignals::new(text.as_bytes())?.collect()
}

#[test]
fn a_recording_says_its_rate_its_channel_and_when_it_began() {
    let mut file = OpenSignals::new(RECORDED.as_bytes()).unwrap();
    let header = file.header().clone();
    assert_eq!((header.sampling_rate, header.converted), (1_000, false));
    assert_eq!((header.channels.len(), header.channel("ECG")), (1, Some(0)));
    // 2016-06-11T07:03:47.029, wherever that was
    let ms = 1_465_628_627_029;
    assert_eq!(header.started, Stamp::Local { ms });
    let rows: Vec<Row> = file.by_ref().collect::<Result<_, _>>().unwrap();
    assert_eq!((rows.len(), file.lost()), (2_000, 0));
    assert_eq!(rows[0].values, [496.0]);
    assert_eq!(rows.last().map(|row| row.index), Some(1_999));
    assert!(rows
        .iter()
        .all(|row| (0.0..1_024.0).contains(&row.values[0])));
}

#[test]
fn samples_that_the_radio_lost_leave_their_place() {
    let header: String = RECORDED.split_inclusive('\n').take(3).collect();
    let rows = "14\t1\t1\t0\t0\t500\t\n15\t1\t1\t0\t0\t501\t\n2\t1\t1\t0\t0\t502\t\n";
    let text = [&header, rows].concat();
    let mut file = OpenSignals::new(text.as_bytes()).unwrap();
    let indices: Vec<u64> = file.by_ref().map(|row| row.unwrap().index).collect();
    assert_eq!((indices, file.lost()), (vec![0, 1, 4], 2));
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let header: String = RECORDED.split_inclusive('\n').take(3).collect();
    for (row, rule) in [
        ("1\t1\t1\t0\t0", "6 columns"),
        ("1\t1\t1\t0\t0\tx", "column 6"),
    ] {
        let refused = read(&format!("{header}{row}\n")).unwrap_err().to_string();
        assert!(
            refused.contains("line 4") && refused.contains(rule),
            "{refused}"
        );
    }
    for (wrong, line) in [
        (String::new(), 0),
        (header.replace("OpenSignals", "Open"), 1),
        (header.replace("1000", "0"), 2),
        (header.replace("label\": [\"A2", "label\": [\"A3"), 2),
        (header.replace("{\"20", "\"20"), 2),
        (header.replace("EndOf", ""), 3),
    ] {
        let refused = read(&wrong).unwrap_err().to_string();
        let start = format!("sensors/opensignals_header: line {line}:");
        assert!(refused.starts_with(&start), "{refused}");
    }
}

/// The whole of that recording, 22 s, and where an independent detector found its beats: see
/// testdata/ecg.
const WHOLE: &[u8] = include_bytes!("../../../../testdata/ecg/bitalino.i16");
const BEATS: &str = include_str!("../../../../testdata/ecg/bitalino.sleepecg.beats");

#[test]
fn an_ecg_becomes_the_heart_rates_an_independent_detector_finds() {
    let header: String = RECORDED.split_inclusive('\n').take(3).collect();
    let rows = WHOLE.chunks_exact(2).enumerate().map(|(i, pair)| {
        let count = i16::from_le_bytes([pair[0], pair[1]]);
        format!("{}\t1\t1\t0\t0\t{count}\t\n", (i + 1) % 16)
    });
    let text = header + &rows.collect::<String>();
    let file = OpenSignals::new(text.as_bytes()).unwrap();
    let rates: Vec<_> = HeartRates::new(file, 5_000)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(rates.iter().map(|s| s.at_ms).collect::<Vec<_>>(), [15_000]);
    let beats: Vec<f64> = BEATS.lines().filter_map(|line| line.parse().ok()).collect();
    let within: Vec<f64> = beats.into_iter().filter(|at| *at < 10_000.0).collect();
    let mean_ms = (within[within.len() - 1] - within[0]) / (within.len() - 1) as f64;
    let expected = 600_000.0 / mean_ms;
    let off = (rates[0].value as f64 - expected).abs() / expected;
    assert!(off < 0.02, "{} is not {expected}", rates[0].value);
}

proptest! {
    #[test]
    fn no_bytes_panic(header in ".{0,80}", rows in "[0-9\\t\\n.eE-]{0,80}") {
        let _ = read(&header);
        let _ = read(&format!("{FORMAT}\n# {{\"a\": {header}}}\n"));
        let start: String = RECORDED.split_inclusive('\n').take(3).collect();
        let _ = read(&format!("{start}{rows}"));
    }
}

const FORMAT: &str = "# OpenSignals Text File Format";
