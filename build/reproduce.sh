#!/bin/sh
# Builds the page twice from the last commit, in two clones that share nothing but the toolchain, and compares dist/ byte by byte. The second
# one has a longer path with spaces, another home, cargo and npm caches of its own, another time zone, language, umask and number of jobs, and
# for all that runs in Node it is another day (rustc, which writes no time, does not run under faketime).
set -eu
cd "$(dirname "$0")/.."
. build/rows.sh

project=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -z "$(git status --porcelain --untracked-files=no)" ] || echo 'reproduce: there are changes that no commit has; they are left out.' >&2

# rustup's toolchains are found by the home folder.
rustup_home=${RUSTUP_HOME:-$HOME/.rustup}
first=$work/a
second="$work/another place, with a longer name/and deeper/hardway"
mkdir -p "$work/home" "${second%/*}"
for clone in "$first" "$second"; do
    git clone --quiet --no-hardlinks "$project" "$clone"
done

echo "reproduce: the first build, in a folder of $(printf %s "$first" | wc -c) letters" >&2
(cd "$first" && umask 022 && env TZ=UTC LC_ALL=C CARGO_BUILD_JOBS=2 make >"$work/first.log" 2>&1) || {
    tail -n 30 "$work/first.log" >&2
    exit 1
}

# Not so far away that a registry's certificate would have ended.
cat >"$work/clock.mjs" <<'JS'
const Real = Date, later = 30 * 3600 * 1000;
globalThis.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + later); }
  static now() { return Real.now() + later; }
};
JS
echo "reproduce: the second, 30 hours later, in one of $(printf %s "$second" | wc -c)" >&2
(cd "$second" && umask 077 && env HOME="$work/home" RUSTUP_HOME="$rustup_home" CARGO_HOME="$work/home/cargo of its own" \
    npm_config_cache="$work/home/npm" NODE_OPTIONS="--import $work/clock.mjs" TZ=Pacific/Chatham LC_ALL=ja_JP.UTF-8 CARGO_BUILD_JOBS=1 \
    make >"$work/second.log" 2>&1) || {
    tail -n 30 "$work/second.log" >&2
    exit 1
}

way=$(sed -n 's/^wasm toolchain: //p' "$work/first.log" | head -n 1)
differing=
for path in "$first"/dist/*; do
    name=${path##*/}
    cmp "$path" "$second/dist/$name" >&2 || differing="$differing $name"
done
sum=$(sha256sum <"$first/dist/hardway.html")
sum=${sum%% *}
if [ -n "$differing" ]; then
    # What goes into the page, so that the culprit is named.
    for path in "$first"/target/wasm/*; do cmp "$path" "$second/target/wasm/${path##*/}" >&2 || :; done
    mkdir -p target/reproduce
    cp "$first/dist/hardway.html" target/reproduce/first.html
    cp "$second/dist/hardway.html" target/reproduce/second.html
    audited bytes "two builds in different folders and at different times ($way)" "they differ in$differing: target/reproduce/" "not ok"
    exit 1
fi
audited bytes "two builds in different folders and at different times ($way)" "the same bytes, sha256 $sum"
