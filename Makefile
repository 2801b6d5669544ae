# make        builds the product, dist/hardway.html; beside it what is in it of others (CycloneDX), and their licences
# make run    builds it, serves it on 127.0.0.1 and prints its address (PORT=9000 make run: another port)
# make bench  measures keys and bundles against openssl and the browser's own WebCrypto
# make test   builds it and runs every test, with what the tests need
# make parity compares our verdicts with Go's on more than 10,000 connections with one thing changed (CASES=3000: of each kind)
# make audit  the long runs, and one table of what they found (AUDIT=servers: only that part); hours, not minutes
# make audit-keys  2,000 RSA keys and 11,000 ECDSA signatures by the shipped core, judged by GMP and OpenSSL (KEYS=100 SIGNATURES=1000: so many)
# make fuzz   lets libFuzzer look for inputs that break something, ten minutes a target (SECONDS=60: one), and shows Go what it found
# make shots  a picture of every main state of the page, in target/shots (SHOTS=issued.*ja: only those whose name fits)
# make clean  removes all that was built, the tools under target/tools included

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: all run test bench parity audit shots audit-keys fuzz clean

# Folders as well as files: a removed file changes its folder.
core := $(shell find crate)
page := $(shell find www)

all: dist/hardway.cdx.json

dist/hardway.cdx.json: dist/hardway.html build/sbom.mjs build/linked.mjs
	node build/sbom.mjs

dist/hardway.html: $(page) target/wasm/hardway_bg.wasm node_modules/.package-lock.json
	node www/build.mjs

target/wasm/hardway_bg.wasm: Cargo.toml Cargo.lock $(core) node_modules/.package-lock.json \
    build/wasm.sh build/kernels.sh build/wasm-compile.sh build/wasm-toolchain.sh build/wasm-bindgen.sh
	build/wasm.sh

# npm writes this file last. Its time is the packages', not the installation's, hence the touch.
node_modules/.package-lock.json: package.json package-lock.json .npmrc
	build/preflight.sh
	npm ci --no-progress
	touch $@

run: dist/hardway.html
	@node build/serve.mjs

test: dist/hardway.cdx.json
	build/test.sh

bench: dist/hardway.html
	bench/run.sh

parity:
	build/parity.sh

audit: dist/hardway.cdx.json
	build/audit.sh

audit-keys: dist/hardway.html
	build/audit-keys.sh

fuzz: target/wasm/hardway_bg.wasm
	build/fuzz.sh SECONDS=$(or $(SECONDS),600)

shots: dist/hardway.html
	node build/shots.mjs

clean:
	rm -rf dist node_modules target
