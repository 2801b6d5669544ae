#!/bin/sh
# Real servers and strict readers under the bundles' files: what make test takes a sample of, whole. HARDWAY_GO is set by audit.sh.
set -eu
cd "$(dirname "$0")/.."

: "${HARDWAY_GO:=$(build/go.sh)}"
export HARDWAY_GO
# One after the other: each keeps the computer busy by itself.
cargo test --locked --release --test real_etcd --test real_nginx --test strict_readers -- --include-ignored --nocapture --test-threads=1
