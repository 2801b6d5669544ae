#!/bin/sh
# Compares our verdicts with Go's own on more than 10,000 connections with one thing changed in each, and prints a table.
# CASES=3000 takes so many of each kind.
set -eu
cd "$(dirname "$0")/.."

. build/go-env.sh
"$HARDWAY_GO" version
cargo test --locked --release --test parity -- --ignored --nocapture every_changed_connection
