#!/bin/sh
# make bench: compiles what is measured, then measures. Arguments: node bench/run.mjs --help
set -eu
cd "$(dirname "$0")/.."

case " $* " in *' --help '*) exec node bench/run.mjs --help ;; esac
bench/build.sh >&2
exec node bench/run.mjs "$@"
