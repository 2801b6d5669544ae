//! .zip, .tar and .tar.gz of a stranger's.

use hardway::import::{Inventory, limits};

use super::dropped;

pub(crate) fn run(data: &[u8]) {
    let mut inventory = Inventory::default();
    inventory.add("backup", data, None);
    let mut unpacked = 0_u64;
    for (place, file) in inventory.files().iter().enumerate() {
        // What lies in an archive stands behind it, and never deeper than is read.
        assert!(file.within.is_none_or(|archive| archive < place));
        let around = |place: &usize| inventory.files()[*place].within;
        assert!(std::iter::successors(Some(place), around).count() <= limits::MAX_DEPTH + 1);
        unpacked += file.size.min(limits::MAX_GIVEN_BYTES);
    }
    assert!(inventory.files().len() <= limits::MAX_ENTRIES + 1);
    // Sizes that a header claims, and nobody unpacked, are refused.
    let refused = inventory
        .files()
        .iter()
        .any(|file| !file.troubles.is_empty());
    assert!(unpacked <= limits::MAX_TOTAL_BYTES || refused);
    dropped::look(&inventory);
}
