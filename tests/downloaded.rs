//! The zip that a browser saved goes through the checks that the native one goes through.
//!
//! `HARDWAY_BUNDLE=bundle.zip cargo test --release --test downloaded -- --ignored`

mod common;

use std::path::PathBuf;

use common::{Unpacked, contents, handshake, openssl, seed_plan, today};

#[test]
#[ignore = "needs HARDWAY_BUNDLE: the zip that the browser saved"]
fn the_bundle_that_the_browser_saved_passes_every_check_of_the_native_one() {
    let zip = std::env::var_os("HARDWAY_BUNDLE").map(PathBuf::from);
    let zip = zip
        .expect("the variable HARDWAY_BUNDLE is not set: it names the zip that the browser saved");
    // From a path of its own: unzip runs elsewhere.
    let zip = zip
        .canonicalize()
        .unwrap_or_else(|error| panic!("HARDWAY_BUNDLE, {}: {error}", zip.display()));
    let plan = seed_plan();
    let bundle = Unpacked::downloaded(&zip, plan.name());
    let now = today();

    contents::files(&bundle, &plan);
    contents::modes(&bundle);
    contents::checksums(&bundle);
    contents::readme(&bundle, &plan);
    contents::node_folders(&bundle, &plan);
    contents::kubeconfigs(&bundle, &plan);
    contents::verified_by_itself(&bundle, &plan);

    openssl::purposes(&bundle, &plan, now);
    openssl::names(&bundle, &plan, now);
    openssl::keys(&bundle, &plan);
    openssl::contents(&bundle, &plan);
    openssl::serials(&bundle, &plan);
    openssl::validity(&bundle, &plan, now);

    handshake::every_connection(&bundle, &plan, now);
}
