#!/bin/sh
# Compiles what the page of the measurements calls: bench/core -> target/bench/core-{32,64}, with crypto-bigint's limbs of 32 and of 64 bits.
set -eu
cd "$(dirname "$0")/.."

wasm_bindgen=$(build/wasm-bindgen.sh)
. build/wasm-compile.sh

# Whatever limbs the product takes, both are measured here.
unit=$(printf '\037')
product=$CARGO_ENCODED_RUSTFLAGS
others=$(printf '%s' "$product" | sed "s/$unit--cfg=cpubits=\"[0-9]*\"//")

for limbs in 32 64; do
    # shellcheck disable=SC2089,SC2090 # cargo takes the quotes as they are
    export CARGO_ENCODED_RUSTFLAGS="$others$unit--cfg=cpubits=\"$limbs\""
    # With the product's own flags, what was compiled for the product is used again; with others it would be thrown away.
    if [ "$CARGO_ENCODED_RUSTFLAGS" != "$product" ]; then
        wasm_target_dir=target/bench/build-$limbs
    else
        wasm_target_dir=target/wasm-build
    fi
    compile --quiet --package hardway-bench
    module=$wasm_target_dir/$wasm_target/page/hardway_bench.wasm out=target/bench/core-$limbs
    if [ -f "$out/core_bg.wasm" ] && [ -n "$(find "$out/core_bg.wasm" -newer "$module")" ]; then continue; fi
    mkdir -p "$out"
    "$wasm_bindgen" --target web --omit-default-module-path --out-name core --out-dir "$out" "$module"
    optimize "$out/core_bg.wasm" "$out/core_bg.wasm"
done
