//! What a device must not forget, in a file of JSON lines: every line is on its way to disk before
//! a message that rests on it goes. Not synced: it outlives the program's end, not the machine's.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use vitals_core::device::BatchHead;
use vitals_core::measure::{Category, Measure};
use vitals_core::reading::ReadingFlags;
use vitals_core::time::Millis;
use vitals_device_sim::Sample;
use vitals_sensors::{Change, Restored, RestoredBatch};

use crate::failure::Failure;
use crate::file::replace;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    /// Where numbers and times stood when the file was last written anew.
    Stood {
        next_sequence: u64,
        next_id: u64,
        placed: BTreeMap<Category, Millis>,
    },
    Measured {
        id: u64,
        at_ms: Millis,
        measure: Measure,
        value: i64,
        flags: u8,
    },
    Opened {
        sequence: u64,
        pairing: u32,
        category: Category,
        epoch: u32,
        seed: String,
    },
    Placed {
        id: u64,
        sequence: u64,
    },
    Closed {
        sequence: u64,
    },
}

struct Batch {
    head: BatchHead,
    seed: [u8; 32],
    closed: bool,
    samples: Vec<(u64, Sample)>,
}

pub struct Journal {
    path: PathBuf,
    file: File,
    device: u64,
    next_sequence: u64,
    next_id: u64,
    placed: BTreeMap<Category, Millis>,
    waiting: BTreeMap<u64, Sample>,
    batches: BTreeMap<u64, Batch>,
}

impl Journal {
    /// Opens the file or makes it.
    pub fn open(dir: &Path, device: u64) -> Result<Self, Failure> {
        let path = dir.join("journal.jsonl");
        let failed = |cause| Failure::file(&path, cause);
        let mut options = OpenOptions::new();
        let options = options.read(true).append(true).create(true);
        let file = options.open(&path).map_err(failed)?;
        let read = BufReader::new(file.try_clone().map_err(failed)?);
        let mut journal = Self {
            path: path.clone(),
            file,
            device,
            next_sequence: 1,
            next_id: 1,
            placed: BTreeMap::new(),
            waiting: BTreeMap::new(),
            batches: BTreeMap::new(),
        };
        for line in read.lines() {
            // A line that was cut short by the end is the last one, and nothing rested on it.
            let Ok(entry) = serde_json::from_str(&line.map_err(failed)?) else {
                break;
            };
            journal.take(entry)?;
        }
        journal.write_anew()?;
        Ok(journal)
    }

    pub fn next_sequence(&self) -> u64 {
        self.next_sequence
    }

    /// Batches that take readings still.
    pub fn open_batches(&self) -> Vec<u64> {
        let open = self.batches.iter().filter(|(_, batch)| !batch.closed);
        open.map(|(sequence, _)| *sequence).collect()
    }

    pub fn restored(&self) -> Restored {
        let batch = |batch: &Batch| RestoredBatch {
            head: batch.head,
            seed: batch.seed,
            closed: batch.closed,
            samples: batch.samples.clone(),
        };
        Restored {
            waiting: self.waiting.iter().map(|(id, s)| (*id, *s)).collect(),
            batches: self.batches.values().map(batch).collect(),
            placed: self.placed.clone(),
        }
    }

    /// Keeps what was measured; each reading with the number it has from now on.
    pub fn measured(&mut self, samples: Vec<Sample>) -> Result<Vec<(u64, Sample)>, Failure> {
        let from = self.next_id;
        let numbered: Vec<_> = (from..).zip(samples).collect();
        let entries = numbered.iter().map(|(id, sample)| measured(*id, sample));
        self.append(entries.collect())?;
        Ok(numbered)
    }

    pub fn keep(&mut self, changes: Vec<Change>) -> Result<(), Failure> {
        let mut forgotten = false;
        let mut entries = Vec::new();
        for change in changes {
            match change {
                Change::Opened { head, seed } => entries.push(opened(&head, &seed)),
                Change::Placed { id, sequence, .. } => entries.push(Entry::Placed { id, sequence }),
                Change::Closed { sequence } => entries.push(Entry::Closed { sequence }),
                Change::Forgotten { sequence } => {
                    self.append(std::mem::take(&mut entries))?;
                    let kept = |kept: &u64, batch: &mut Batch| *kept > sequence || !batch.closed;
                    self.batches.retain(kept);
                    forgotten = true;
                }
                Change::Overtaken {
                    sequence,
                    waiting,
                    placed,
                } => {
                    self.append(std::mem::take(&mut entries))?;
                    self.overtake(sequence, &waiting, placed);
                    forgotten = true;
                }
            }
        }
        self.append(entries)?;
        match forgotten {
            true => self.write_anew(),
            false => Ok(()),
        }
    }

    fn append(&mut self, entries: Vec<Entry>) -> Result<(), Failure> {
        let text = lines(&entries)?;
        let written = self.file.write_all(&text);
        written.map_err(|cause| Failure::file(&self.path, cause))?;
        entries.into_iter().try_for_each(|entry| self.take(entry))
    }

    fn take(&mut self, entry: Entry) -> Result<(), Failure> {
        match entry {
            Entry::Stood {
                next_sequence,
                next_id,
                placed,
            } => {
                (self.next_sequence, self.next_id) = (next_sequence, next_id);
                self.placed = placed;
            }
            Entry::Measured {
                id,
                at_ms,
                measure,
                value,
                flags,
            } => {
                let sample = Sample {
                    at_ms,
                    measure,
                    value,
                    flags: ReadingFlags::from_byte(flags)?,
                };
                self.next_id = self.next_id.max(id.saturating_add(1));
                self.waiting.insert(id, sample);
            }
            Entry::Opened {
                sequence,
                pairing,
                category,
                epoch,
                seed,
            } => {
                let head = BatchHead {
                    device: self.device,
                    pairing,
                    sequence,
                    category,
                    epoch,
                };
                self.batches.insert(sequence, opening(head, &seed)?);
                self.next_sequence = self.next_sequence.max(sequence.saturating_add(1));
            }
            Entry::Placed { id, sequence } => self.place(id, sequence),
            Entry::Closed { sequence } => {
                if let Some(batch) = self.batches.get_mut(&sequence) {
                    batch.closed = true;
                }
            }
        }
        Ok(())
    }

    fn place(&mut self, id: u64, sequence: u64) {
        let Some(sample) = self.waiting.remove(&id) else {
            return;
        };
        self.placed.insert(sample.measure.category(), sample.at_ms);
        if let Some(batch) = self.batches.get_mut(&sequence) {
            batch.samples.push((id, sample));
        }
    }

    /// No batch is left, and of the readings only those that wait.
    fn overtake(&mut self, sequence: u64, waiting: &[u64], placed: BTreeMap<Category, Millis>) {
        let batches = std::mem::take(&mut self.batches);
        let taken = batches.into_values().flat_map(|batch| batch.samples);
        self.waiting.extend(taken);
        let kept: BTreeSet<&u64> = waiting.iter().collect();
        self.waiting.retain(|id, _| kept.contains(id));
        self.placed.extend(placed);
        self.next_sequence = sequence.saturating_add(1);
    }

    /// Without what is on the chain.
    fn write_anew(&mut self) -> Result<(), Failure> {
        let mut entries = vec![Entry::Stood {
            next_sequence: self.next_sequence,
            next_id: self.next_id,
            placed: self.placed.clone(),
        }];
        for (sequence, batch) in &self.batches {
            entries.push(opened(&batch.head, &batch.seed));
            for (id, sample) in &batch.samples {
                let (id, sequence) = (*id, *sequence);
                entries.extend([measured(id, sample), Entry::Placed { id, sequence }]);
            }
            if batch.closed {
                let sequence = *sequence;
                entries.push(Entry::Closed { sequence });
            }
        }
        entries.extend(self.waiting.iter().map(|(id, s)| measured(*id, s)));
        replace(&self.path, &lines(&entries)?)?;
        let mut options = OpenOptions::new();
        let opened = options.append(true).open(&self.path);
        self.file = opened.map_err(|cause| Failure::file(&self.path, cause))?;
        Ok(())
    }
}

fn lines(entries: &[Entry]) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    for entry in entries {
        serde_json::to_writer(&mut text, entry)?;
        text.push(b'\n');
    }
    Ok(text)
}

fn measured(id: u64, sample: &Sample) -> Entry {
    Entry::Measured {
        id,
        at_ms: sample.at_ms,
        measure: sample.measure,
        value: sample.value,
        flags: sample.flags.to_byte(),
    }
}

fn opened(head: &BatchHead, seed: &[u8; 32]) -> Entry {
    Entry::Opened {
        sequence: head.sequence,
        pairing: head.pairing,
        category: head.category,
        epoch: head.epoch,
        seed: hex::encode(seed),
    }
}

fn opening(head: BatchHead, text: &str) -> Result<Batch, Failure> {
    let mut seed = [0; 32];
    let damaged = |_| {
        Failure::new(
            "device_sim/damaged",
            "a batch's seed is not the hex of 32 bytes",
        )
    };
    hex::decode_to_slice(text, &mut seed).map_err(damaged)?;
    Ok(Batch {
        head,
        seed,
        closed: false,
        samples: Vec::new(),
    })
}
