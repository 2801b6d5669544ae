#!/bin/sh
# Compiles each kernel that needs SIMD into a module of its own: crate/kernel -> target/wasm/{fma,dot}.wasm.
set -eu
cd "$(dirname "$0")/.."

. build/wasm-compile.sh

mkdir -p target/wasm
# Name, target features, and what wasm-opt is to allow for them.
kernel() {
    name=$1 features=$2
    shift 2
    # A quarter of a megabyte of stack: the largest frames hold a table of sixteen powers of 2048 bits in every lane.
    compile --package hardway-kernel -- \
        --cfg "hardway_module=\"$name\"" -C "target-feature=$features" -C link-arg=-zstack-size=262144
    optimize "$modules/hardway_kernel.wasm" "target/wasm/$name.wasm" "$@"
}

kernel fma +simd128,+relaxed-simd --enable-simd --enable-relaxed-simd
kernel dot +simd128 --enable-simd
