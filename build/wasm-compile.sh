# Sourced from the project's folder: compile runs cargo rustc for the browser, by the toolchain that is there. Its results lie in $modules.
# shellcheck shell=sh

wasm_target=wasm32-unknown-unknown
# Its own folder: the native build and this one have other compilers and would throw away each other's work.
wasm_target_dir=target/wasm-build
# shellcheck disable=SC2034 # for those who source this
modules=$wasm_target_dir/$wasm_target/page
wasm_way=$(build/wasm-toolchain.sh)

if [ "$wasm_way" = debian ]; then
    PATH="/usr/bin:$PATH"
    export PATH
fi

# Panic messages name source files: the page must tell nothing of the machine that built it.
# rustc takes the last prefix that fits, so the crates' own folders, which must be there to be named, come last.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
cargo fetch --quiet --locked --target "$wasm_target"
unit=$(printf '\037')
flags="--remap-path-prefix=$PWD=/hardway"
flags="$flags$unit--remap-path-prefix=$(rustc --print sysroot)=/rust"
flags="$flags$unit--remap-path-prefix=$cargo_home=/cargo"
for registry in "$cargo_home"/registry/src/*/; do
    flags="$flags$unit--remap-path-prefix=${registry%/}=/crates"
done
# crypto-bigint takes limbs of 64 bits, which wasm has no wide product for. 32 bits: `make bench` says how much that gives.
flags="$flags$unit--cfg=cpubits=\"32\""
export CARGO_ENCODED_RUSTFLAGS="$flags"

compile() {
    set -- --lib --crate-type cdylib --profile page --locked --target "$wasm_target" --target-dir "$wasm_target_dir" "$@"
    case $wasm_way in
    target)
        cargo rustc "$@"
        ;;
    debian)
        # build-std is unstable; this compiler is a release, which RUSTC_BOOTSTRAP lets take unstable flags.
        # Its LLVM is Debian's, so is the linker that fits it.
        RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22 \
            cargo rustc -Z build-std=std,panic_abort "$@"
        ;;
    esac
}

# The features are those that rustc turns on for this target; wasm-opt refuses a module that uses others.
# Measured on RSA-2048 keys by the core alone: -O2, -O3, -Os and -Oz make keys in the same time, within the noise, and differ
# by 2% in size; none at all would be a fifth larger.
optimize() {
    from=$1 to=$2
    shift 2
    node_modules/.bin/wasm-opt -O3 \
        --enable-bulk-memory --enable-mutable-globals --enable-multivalue --enable-nontrapping-float-to-int \
        --enable-reference-types --enable-sign-ext "$@" \
        --strip-debug --strip-producers --strip-target-features \
        "$from" -o "$to.opt"
    mv "$to.opt" "$to"
}
