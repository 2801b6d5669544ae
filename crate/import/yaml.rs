//! YAML and JSON as plain values, with bounds: depth, and how far aliases may unfold.

use std::collections::HashMap;
use std::rc::Rc;

use saphyr_parser::{Event, Parser};
use zeroize::Zeroizing;

use super::Problem;
use super::limits::MAX_YAML_BYTES;

/// A value. Scalars are their texts: a kubeconfig has nothing else.
#[derive(Clone)]
pub(super) enum Value {
    List(Rc<Vec<Value>>),
    Map(Rc<Vec<(Value, Value)>>),
    /// Wiped when dropped, since it may be a key or a token.
    Text(Rc<Zeroizing<String>>),
}

/// The documents of a file; JSON is YAML as well.
pub(super) fn documents(text: &str) -> Result<Vec<Value>, Problem> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| Problem::KubeconfigBroken {
            found: format!("line {} is no YAML", error.marker().line()),
        })?;
        builder.take(event)?;
    }
    Ok(builder.documents)
}

impl Value {
    /// A field of a mapping; of two with one name the last.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(fields) = self else {
            return None;
        };
        let mut fields = fields.iter().rev();
        fields
            .find(|(name, _)| name.text() == key)
            .map(|(_, value)| value)
    }

    /// The text of a scalar; empty for anything else.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::List(_) | Self::Map(_) => "",
        }
    }

    /// The text of a field; empty where there is none.
    pub(super) fn text_of(&self, key: &str) -> &str {
        self.get(key).map_or("", Self::text)
    }

    /// The elements of a field.
    pub(super) fn list_of(&self, key: &str) -> &[Self] {
        match self.get(key) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }

    fn of(text: &str) -> Self {
        Self::Text(Rc::new(Zeroizing::new(text.to_owned())))
    }
}

/// What is not closed yet, outermost first.
#[derive(Default)]
struct Builder {
    documents: Vec<Value>,
    open: Vec<Open>,
    /// By the numbers that the parser gives, with their sizes when unfolded.
    anchors: HashMap<usize, (Value, u64)>,
    /// Bytes that aliases have unfolded to.
    unfolded: u64,
}

struct Open {
    mapping: bool,
    anchor: usize,
    /// Elements; or keys and values in turn.
    values: Vec<Value>,
    size: u64,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) -> Result<(), Problem> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let null = style == saphyr_parser::ScalarStyle::Plain
                    && ["~", "null", "Null", "NULL"].contains(&&*text);
                let text = if null { "" } else { &*text };
                self.put(Value::of(text), text.len() as u64 + 1, anchor);
            }
            Event::SequenceStart(anchor, _) => return self.begin(false, anchor),
            Event::MappingStart(anchor, _) => return self.begin(true, anchor),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => return self.alias(anchor),
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, mapping: bool, anchor: usize) -> Result<(), Problem> {
        if self.open.len() == DEEPEST {
            return Err(Problem::YamlBomb {
                found: format!("more than {DEEPEST} levels"),
            });
        }
        self.open.push(Open {
            mapping,
            anchor,
            values: Vec::new(),
            size: 1,
        });
        Ok(())
    }

    fn end(&mut self) {
        let Some(closed) = self.open.pop() else {
            return;
        };
        let value = if closed.mapping {
            let mut values = closed.values.into_iter();
            let pairs = std::iter::from_fn(|| Some((values.next()?, values.next()?)));
            Value::Map(Rc::new(pairs.collect()))
        } else {
            Value::List(Rc::new(closed.values))
        };
        self.put(value, closed.size, closed.anchor);
    }

    fn put(&mut self, value: Value, size: u64, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (value.clone(), size));
        }
        match self.open.last_mut() {
            Some(open) => {
                open.values.push(value);
                open.size = open.size.saturating_add(size);
            }
            None => self.documents.push(value),
        }
    }

    /// A value is shared, not copied; but whoever walks through it walks as far as if it were.
    fn alias(&mut self, anchor: usize) -> Result<(), Problem> {
        let known = self.anchors.get(&anchor).cloned();
        let (value, size) = known.unwrap_or_else(|| (Value::of(""), 1));
        self.unfolded = self.unfolded.saturating_add(size);
        if self.unfolded > MAX_YAML_BYTES {
            return Err(Problem::YamlBomb {
                found: format!("aliases of more than {MAX_YAML_BYTES} bytes"),
            });
        }
        self.put(value, size, 0);
        Ok(())
    }
}

/// Levels of lists and mappings: a kubeconfig has six, a manifest of Kubernetes at most twice as many.
const DEEPEST: usize = 64;
