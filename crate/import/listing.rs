//! What a page shows of an inventory.

use serde::Serialize;

use super::{Inventory, ListedFile, Place};

impl Inventory {
    /// What a page shows of it. No secret is in it.
    pub fn listing(&self) -> Listing<'_> {
        let mut rows: Vec<_> = self.files().iter().map(Row::new).collect();
        for (number, item) in self.items().iter().enumerate() {
            rows[item.file].items.push(Shown {
                item: number,
                kind: item.content.kind(),
                place: &item.place,
                summary: item.content.summary(),
            });
        }
        for (file, cipher) in self.ciphers() {
            rows[file].sealed.push(cipher);
        }
        Listing(rows)
    }
}

/// What [`Inventory::listing`] shows, as JSON: a list of files, each with its path, what it was taken for, what was found in it, what is
/// still sealed in it, and its troubles.
#[derive(Serialize)]
pub struct Listing<'a>(Vec<Row<'a>>);

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    file: &'a ListedFile,
    items: Vec<Shown<'a>>,
    sealed: Vec<&'a str>,
}

#[derive(Serialize)]
struct Shown<'a> {
    /// A place in [`Inventory::items`].
    item: usize,
    kind: &'static str,
    place: &'a Place,
    summary: String,
}

impl<'a> Row<'a> {
    fn new(file: &'a ListedFile) -> Self {
        Self {
            file,
            items: Vec::new(),
            sealed: Vec::new(),
        }
    }
}
