#![no_main]

use libfuzzer_sys::fuzz_target;
use vitals_fuzz::choice;
use vitals_sensors::csv::CsvReader;
use vitals_sensors::opensignals::OpenSignals;

// A file is read to its end or its first fault; what is read of it is a sample of a measure.
fuzz_target!(|data: &[u8]| match choice(data) {
    Some((0, file)) => {
        if let Ok(reader) = CsvReader::new(file) {
            reader.take_while(Result::is_ok).for_each(drop);
        }
    }
    Some((_, file)) => {
        if let Ok(reader) = OpenSignals::new(file) {
            reader.take_while(Result::is_ok).for_each(drop);
        }
    }
    None => {}
});
