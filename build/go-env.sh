# shellcheck shell=sh
# Sourced from the project's folder: the Go of the tests, and Go's own library alone, so that no module and no other toolchain is fetched.
HARDWAY_GO=$(build/go.sh)
export HARDWAY_GO GOFLAGS=-mod=mod GOPROXY=off GOTOOLCHAIN=local GOCACHE="$PWD/target/go-cache"
