#!/bin/sh
# Compiles the core for the browser: crate/ -> target/wasm/hardway.js and target/wasm/hardway_bg.wasm.
set -eu
cd "$(dirname "$0")/.."

target=wasm32-unknown-unknown
# Its own folder: the native build and this one have other compilers and would throw away each other's work.
target_dir=target/wasm-build
out=target/wasm

way=$(build/wasm-toolchain.sh)
wasm_bindgen=$(build/wasm-bindgen.sh)

if [ "$way" = debian ]; then
    PATH="/usr/bin:$PATH"
    export PATH
fi

# Panic messages name source files: the page must tell nothing of the machine that built it.
# rustc takes the last prefix that fits, so the crates' own folders, which must be there to be named, come last.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
cargo fetch --quiet --locked --target "$target"
unit=$(printf '\037')
flags="--remap-path-prefix=$PWD=/hardway"
flags="$flags$unit--remap-path-prefix=$(rustc --print sysroot)=/rust"
flags="$flags$unit--remap-path-prefix=$cargo_home=/cargo"
for registry in "$cargo_home"/registry/src/*/; do
    flags="$flags$unit--remap-path-prefix=${registry%/}=/crates"
done
export CARGO_ENCODED_RUSTFLAGS="$flags"

case $way in
target)
    cargo rustc --lib --crate-type cdylib --profile page --locked --target "$target" --target-dir "$target_dir"
    ;;
debian)
    # build-std is unstable; this compiler is a release, which RUSTC_BOOTSTRAP lets take unstable flags.
    # Its LLVM is Debian's, so is the linker that fits it.
    RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22 \
        cargo rustc --lib --crate-type cdylib --profile page --locked --target "$target" --target-dir "$target_dir" -Z build-std=std,panic_abort
    ;;
esac

mkdir -p "$out"
# The page hands the module over itself (--omit-default-module-path), and types the exports by hand (www/wasm.d.ts).
"$wasm_bindgen" --target web --omit-default-module-path --no-typescript --out-name hardway --out-dir "$out" \
    "$target_dir/$target/page/hardway.wasm"

# The features are those that rustc turns on for this target; wasm-opt refuses a module that uses others.
# Measured on RSA-2048 keys: -O2, -O3, -Os and -Oz make keys in the same time, within the noise, and differ by 2% in size;
# none at all would be a fifth larger.
node_modules/.bin/wasm-opt -O3 \
    --enable-bulk-memory --enable-mutable-globals --enable-multivalue --enable-nontrapping-float-to-int \
    --enable-reference-types --enable-sign-ext \
    --strip-debug --strip-producers --strip-target-features \
    "$out/hardway_bg.wasm" -o "$out/hardway_bg.opt.wasm"
mv "$out/hardway_bg.opt.wasm" "$out/hardway_bg.wasm"
