//! What Go says: tests/go/judge.go.

use base64ct::{Base64, Encoding};
use hardway::verify::{End, Outcome};
use serde::Deserialize;
use serde_json::json;

use crate::case::Case;
use crate::common::command::run_with;
use crate::common::go;

#[derive(Deserialize)]
struct Said {
    client: String,
    server: String,
}

/// Of every case, in their order.
pub(crate) fn judge(cases: &[Case]) -> Vec<Outcome> {
    let text = |octets: &[u8]| Base64::encode_string(octets);
    let all = |list: &[Vec<u8>]| list.iter().map(|der| text(der)).collect::<Vec<_>>();
    let end = |end: &End, key: &[u8]| json!({"Chain": all(&end.chain), "Key": text(key), "Roots": end.roots.as_deref().map(all)});
    let lines = cases.iter().map(|case| {
        let Case { handshake, client_key, server_key, .. } = case;
        let line = json!({"Host": handshake.host, "Now": handshake.now, "Requires": handshake.requires,
            "Client": end(&handshake.client, client_key), "Server": end(&handshake.server, server_key)});
        format!("{line}\n")
    });
    let input: String = lines.collect();
    let said = run_with(
        &mut std::process::Command::new(go::program("judge")),
        input.as_bytes(),
    )
    .succeeded();
    let said: Vec<_> = said
        .lines()
        .map(|line| {
            let Said { client, server } = serde_json::from_str(line).unwrap();
            Outcome { client, server }
        })
        .collect();
    assert_eq!(said.len(), cases.len());
    said
}
