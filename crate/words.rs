//! What the core says in whole sentences, in every language of the page and of the bundle: without its Japanese a sentence does not compile.

use serde::Serialize;

/// One sentence, in each language. The words of components (flags, files, log lines) are the same in all.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

/// A language that a sentence is asked for in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Language {
    English,
    Japanese,
}

impl Words {
    /// Nothing at all.
    pub(crate) const NONE: Self = same("");

    /// In one language.
    pub(crate) fn of(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Japanese => self.ja,
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(self) -> bool {
        self.en.is_empty()
    }
}

pub(crate) const fn words(en: &'static str, ja: &'static str) -> Words {
    Words { en, ja }
}

/// The name of a file or a flag, which no language changes.
pub(crate) const fn same(name: &'static str) -> Words {
    words(name, name)
}
