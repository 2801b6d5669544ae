#!/bin/sh
# Every test, cheapest first; the first failure ends the run. The page is built by now (make test sees to it). At the end one table of what was
# tried of that which `make audit` runs longer.
set -eu
cd "$(dirname "$0")/.."
. build/rows.sh

step() { printf '\n== %s\n' "$1"; }

step 'what the tests need'
build/test-tools.sh
. build/go-env.sh
HARDWAY_CHROMIUM=$(command -v chromium)
HARDWAY_PAGE=$PWD/dist/hardway.html
mkdir -p target/audit
HARDWAY_ROWS=$PWD/target/audit/sample.rows
: >"$HARDWAY_ROWS"
export HARDWAY_CHROMIUM HARDWAY_PAGE HARDWAY_ROWS
"$HARDWAY_GO" version

step 'shellcheck'
shellcheck -x build/*.sh bench/*.sh .ci/run

# rustup may lack a component that it cannot fetch; then one line says that the check was left out.
component() {
    step "cargo $1"
    if cargo "$1" --version >/dev/null 2>&1; then
        shift
        "$@"
    elif command -v rustup >/dev/null; then
        echo "SKIPPED: rustup has no $1 here (rustup component add $1)"
    else
        echo "cargo $1 is missing: install it, then make test again." >&2
        exit 1
    fi
}
component fmt cargo fmt --check
component clippy cargo clippy --locked --workspace --all-targets -- -D warnings

step 'types of the page (tsc)'
node_modules/.bin/tsc -p .

# Named by find: node --test of Node 20 knows no patterns.
node_tests() {
    # shellcheck disable=SC2046 # our own names, without spaces
    set -- "$1" $(find "$1" -name '*.test.js' | sort)
    if [ $# = 1 ]; then
        echo "No *.test.js in $1." >&2
        exit 1
    fi
    shift
    node --test "$@"
}

step 'the page, in Node'
node_tests tests/web

step 'the page as a file, its packages and the list of what is in it'
node_tests tests/supply

step 'licences, origins and versions of the crates'
build/deny.sh

step 'keys and signatures of the core, by GMP and OpenSSL'
build/audit-keys.sh --sample

step 'the kernels, against crypto-bigint'
cargo test --locked -p hardway-kernel

step 'the core'
cargo test --locked --release

step 'the page, in a browser'
node_tests tests/browser

step 'the page, in three engines'
node_tests tests/engines

step "the browser's zips of every preset, by openssl and Go"
HARDWAY_BUNDLES=$PWD/target/e2e/presets cargo test --locked --release --test downloaded -- --ignored

step 'what was tried, and the command for the whole of it'
table_of "$HARDWAY_ROWS"
