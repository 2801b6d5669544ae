//! The zips that a browser saved go through the checks that the native ones go through.
//!
//! `HARDWAY_BUNDLES=folder cargo test --release --test downloaded -- --ignored`; each NAME.zip has the NAME.json beside it that
//! the page saved as its cluster.json.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::request::requests;
use common::{Unpacked, contents, handshake, openssl, plan_of, today};
use hardway::{PRESETS, Plan};
use serde_json::Value;

#[test]
#[ignore = "needs HARDWAY_BUNDLES: the folder of the zips that the browser saved"]
fn the_bundles_that_the_browser_saved_pass_every_check_of_the_native_ones() {
    let folder = std::env::var_os("HARDWAY_BUNDLES").map(PathBuf::from);
    let folder = folder.expect(
        "the variable HARDWAY_BUNDLES is not set: it names the folder of the zips that the browser saved",
    );
    // From a path of its own: unzip runs elsewhere.
    let folder = folder
        .canonicalize()
        .unwrap_or_else(|error| panic!("HARDWAY_BUNDLES, {}: {error}", folder.display()));
    for preset in PRESETS {
        let zip = folder.join(format!("{}.zip", preset.id));
        let plan = saved_plan(&zip.with_extension("json"));
        assert_eq!(plan.cluster.preset, preset.id);
        println!("{}: {} certificates", preset.id, plan.certified().count());
        check(&Unpacked::downloaded(&zip, plan.name()), &plan);
    }
}

fn check(bundle: &Unpacked, plan: &Plan) {
    let now = today();
    contents::files(bundle, plan);
    contents::modes(bundle);
    contents::checksums(bundle);
    contents::readme(bundle, plan);
    contents::node_folders(bundle, plan);
    contents::kubeconfigs(bundle, plan);
    contents::verified_by_itself(bundle, plan);

    openssl::purposes(bundle, plan, now);
    openssl::names(bundle, plan, now);
    openssl::keys(bundle, plan);
    openssl::contents(bundle, plan);
    openssl::serials(bundle, plan);
    openssl::validity(bundle, plan, now);
    requests(bundle, plan);

    handshake::every_connection(bundle, plan, now);
}

/// cluster.json is a description and the number of its form.
fn saved_plan(path: &Path) -> Plan {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut saved: Value = serde_json::from_str(&text).unwrap();
    let form = saved.as_object_mut().unwrap().remove("hardway");
    assert_eq!(form, Some(1.into()));
    plan_of(&saved.to_string())
}
