//! Whether a call costs more the more there is.

use vitals_testing_vm::Usage;

pub const FEW: u64 = 10;
pub const MANY: u64 = 10_000;

/// What larger numbers take, which is no slope: one of five digits is longer to read, to store and
/// to write into an event than one of two.
pub struct Tolerance {
    /// Of a call's VM gas.
    pub per_mille: u64,
    /// Of keys and values, of one kind of access in a call.
    pub bytes: u64,
}

/// What differs between usages with few and with many, if it is more than the tolerance.
pub fn slope(few: &Usage, many: &Usage, tolerance: &Tolerance) -> Option<String> {
    let gas = few.vm_gas.abs_diff(many.vm_gas);
    let parts = [
        ("reads", few.reads, many.reads),
        ("writes", few.writes, many.writes),
        ("steps", few.steps, many.steps),
        ("raw queries", few.raw_queries, many.raw_queries),
    ];
    let part = parts.into_iter().find(|(_, few, many)| {
        few.count != many.count || few.bytes.abs_diff(many.bytes) > tolerance.bytes
    });
    match part {
        Some((name, few, many)) => {
            Some(format!("{name}: {few:?} with {FEW}, {many:?} with {MANY}"))
        }
        None if few.removes != many.removes => Some("removes".into()),
        None if gas * 1_000 > few.vm_gas * tolerance.per_mille => Some(format!(
            "VM gas: {} with {FEW}, {} with {MANY}",
            few.vm_gas, many.vm_gas
        )),
        None => None,
    }
}
