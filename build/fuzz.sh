#!/bin/sh
# Lets libFuzzer look for inputs on which the core panics or says what is not so: SECONDS of each target, one after the other. Then
# everything that it found for the verifier, and 20,000 changes of that, are shown to Go, whose verdict has to be ours.
#
#   build/fuzz.sh [SECONDS=600] [TARGET...]
#
# It starts from fuzz/corpus and from what it found before, in target/fuzz. A crash ends it with the input's path; that becomes a test.
# KEEP=yes puts the smallest inputs that reach all that was reached into fuzz/corpus, which every `cargo test` plays again.
# Rust without nightly: RUSTC_BOOTSTRAP=1 lets the stable compiler take the flags that libFuzzer needs. SANITIZER=address is slower.
set -eu
cd "$(dirname "$0")/.."
. build/rows.sh

seconds=600
sanitizer=${SANITIZER:-none}
case ${1:-} in SECONDS=*) seconds=${1#*=} && shift ;; esac
[ $# -gt 0 ] || set -- verifier pem_der archives kubeconfig description kubeconfig_writer share_link

version=0.13.2
root=$PWD/target/tools/cargo-fuzz-$version
if [ ! -x "$root/bin/cargo-fuzz" ]; then
    echo "cargo-fuzz $version: cargo compiles it into target/tools/, once (a minute)" >&2
    cargo install --quiet --locked cargo-fuzz --version "$version" --root "$root" >&2
fi
command -v c++ >/dev/null || {
    echo 'libFuzzer is compiled by a C++ compiler: install g++ (Debian: build-essential).' >&2
    exit 1
}
RUSTC_BOOTSTRAP=1 "$root/bin/cargo-fuzz" build --fuzz-dir fuzz --sanitizer "$sanitizer" >&2
host=$(rustc -vV | sed -n 's/^host: //p')

mkdir -p target/fuzz
runs=0
failed=
table='| target | executions | coverage (edges) | features | corpus | crashes |
|---|---:|---:|---:|---:|---:|'
for target in "$@"; do
    mkdir -p "target/fuzz/$target/corpus" "target/fuzz/$target/crashes"
    log=target/fuzz/$target/log
    echo "$target: $seconds seconds" >&2
    if [ "$target" = share_link ]; then
        # Links are read in JavaScript, and by the core that the page carries.
        row=$(nice -n 15 node fuzz/share-link.mjs SECONDS="$seconds" 2>"$log") || {
            failed="$failed $target"
            row="| $target | 0 | | | | 1 |"
        }
        runs=$((runs + $(printf '%s\n' "$row" | cut -d '|' -f 3)))
        table="$table
$row"
        continue
    fi
    # Memory is bounded, and nothing takes longer than ten seconds: either counts as a crash.
    ended=0
    nice -n 15 "fuzz/target/$host/release/$target" "target/fuzz/$target/corpus" "fuzz/corpus/$target" \
        -dict="fuzz/dictionaries/$target.dict" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
        -artifact_prefix="target/fuzz/$target/crashes/" -print_final_stats=1 2>"$log" || ended=$?
    [ -z "${KEEP:-}" ] || "fuzz/target/$host/release/$target" -merge=1 -use_counters=0 -max_len=4096 \
        "fuzz/corpus/$target" "target/fuzz/$target/corpus" 2>"target/fuzz/$target/merge.log"
    done_=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
    last=$(grep -E '^#[0-9]+.*cov: ' "$log" | tail -n 1)
    field() { printf '%s\n' "$last" | sed -n "s/.* $1: \\([0-9]*\\).*/\\1/p"; }
    crashes=$(find "target/fuzz/$target/crashes" -type f | wc -l)
    [ "$ended" = 0 ] || failed="$failed $target"
    runs=$((runs + ${done_:-0}))
    table="$table
| $target | ${done_:-0} | $(field cov) | $(field ft) | $(find "target/fuzz/$target/corpus" -type f | wc -l) | $crashes |"
done
printf '%s\n' "$table" | tee target/fuzz/table.md
what="$# targets, $seconds s each"
if [ -n "$failed" ]; then
    audited fuzz "$what" "$runs executions, crashes in$failed (target/fuzz/*/crashes)" "not ok"
    exit 1
fi
case " $* " in
*' verifier '*)
    . build/go-env.sh
    if ! FUZZED=1 nice -n 15 cargo test --locked --release --test parity -- --ignored --nocapture all_that_libfuzzer_found >target/fuzz/go.log 2>&1; then
        audited fuzz "$what" "$runs executions; Go says otherwise (target/fuzz/go.log)" "not ok"
        exit 1
    fi
    grep -E '^\| ' target/fuzz/go.log
    go="; $(sed -n 's/^shown to Go: //p' target/fuzz/go.log)"
    ;;
esac
audited fuzz "$what" "$runs executions, no crash${go:-}"
