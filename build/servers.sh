#!/bin/sh
# Real servers and strict readers under the bundles' files: what make test takes a sample of, whole.
set -eu
cd "$(dirname "$0")/.."

. build/go-env.sh
# One after the other: each keeps the computer busy by itself.
cargo test --locked --release --test real_etcd --test real_nginx --test strict_readers -- --include-ignored --nocapture --test-threads=1
