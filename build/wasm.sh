#!/bin/sh
# Compiles the core for the browser: crate/ -> target/wasm/hardway.js and target/wasm/hardway_bg.wasm, and its kernels beside them.
set -eu
cd "$(dirname "$0")/.."

out=target/wasm
mkdir -p "$out"
wasm_bindgen=$(build/wasm-bindgen.sh)
. build/wasm-compile.sh

compile --package hardway
# The page hands the module over itself (--omit-default-module-path), and types the exports by hand (www/wasm.d.ts).
"$wasm_bindgen" --target web --omit-default-module-path --no-typescript --out-name hardway --out-dir "$out" "$modules/hardway.wasm"
optimize "$out/hardway_bg.wasm" "$out/hardway_bg.wasm"
# Whose bytes these are: another compiler makes others.
rustc --version >"$out/rustc"

build/kernels.sh
