//! Names that somebody chose to do harm, through everything that is written: nothing of them is run, and nothing breaks out.
//!
//! Two ways lead in. What is typed or comes by a link is validated, and these are the worst names that pass. What comes in certificates,
//! kubeconfigs and file names of others is not: there anything goes. Each test has its twin, in which the same names do what they want
//! because something is not quoted.

#[path = "../common/mod.rs"]
mod common;

mod archive;
mod canary;
mod documents;
mod imported;
mod names;
mod scripts;
