//! What ends when: as a table, in README, and as a calendar that another program reads.

mod common;

use common::command::{Tool, run_with};
use common::existing::held_of;
use common::{NOW, Unpacked, pki, pki_of, plan_of, timestamp};
use hardway::renew::{Expiry, Held, calendar, expiries};
use serde_json::{Value, json};

/// Reads a calendar and says what is in it.
const READER: &str = r#"
import json, sys
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
assert not calendar.errors, calendar.errors
events = []
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    events.append({
        "uid": str(event["UID"]), "start": event["DTSTART"].dt.isoformat(), "stamp": event["DTSTAMP"].dt.isoformat(),
        "summary": str(event["SUMMARY"]), "description": str(event["DESCRIPTION"]),
        "alarms": [(str(alarm["ACTION"]), alarm["TRIGGER"].dt.days, str(alarm["DESCRIPTION"])) for alarm in event.walk("VALARM")],
    })
print(json.dumps({"version": str(calendar["VERSION"]), "events": events}))
"#;

#[test]
fn the_table_begins_with_what_ends_first_and_counts_days() {
    let old = pki_of(common::seed_plan(), NOW - 999 * DAY, 1);
    let mut held = Held::of(&pki());
    held.insert_certificate("admin", old.issued("admin").unwrap().certificate.clone());
    held.insert_certificate("worker-1", b"no certificate".to_vec());
    let table = expiries(&held, timestamp(NOW));
    assert_eq!(table.len(), common::seed_plan().certificates.len() - 1);
    assert_eq!(
        table[0],
        Expiry {
            certificate: "admin".into(),
            not_after: "2026-11-24T00:00:00Z".into(),
            days: 1
        }
    );
    assert_eq!(
        table[1],
        Expiry {
            certificate: "ca".into(),
            not_after: "2029-08-19T00:00:00Z".into(),
            days: 1000
        }
    );
    let later = expiries(&held, timestamp(NOW + DAY + 1));
    assert_eq!(later[0].days, -1);
}

#[test]
fn another_program_reads_the_calendar_with_its_reminders() {
    let plan = plan_of(
        &json!({"preset": "hard-way-2020", "certificates": {"admin": {"validityDays": 30}}})
            .to_string(),
    );
    let pki = pki_of(plan, NOW, 1);
    let bundle = Unpacked::native(&pki);
    let text = bundle.text("expiry.ics");
    assert!(
        text.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains('\n'))
    );
    assert_eq!(
        text,
        calendar(pki.plan().name(), &held_of(&pki), timestamp(NOW)),
        "the page's own is the same"
    );
    let Some(read) = read(&text) else {
        return;
    };
    assert_eq!(read["version"], "2.0");
    let events = read["events"].as_array().unwrap();
    assert_eq!(events.len(), 2);
    let first = &events[0];
    assert_eq!(first["start"], "2026-12-23T00:00:00+00:00");
    assert_eq!(first["stamp"], "2026-11-23T00:00:00+00:00");
    assert_eq!(
        first["uid"],
        "20261223T000000Z-kubernetes-the-hard-way@hardway.invalid"
    );
    assert_eq!(first["description"], "admin\n");
    assert_eq!(
        first["summary"],
        "kubernetes-the-hard-way: 1 certificates expire / kubernetes-the-hard-way：証明書 1 件の有効期限"
    );
    assert_eq!(events[1]["start"], "2029-08-19T00:00:00+00:00");
    let named = events[1]["description"].as_str().unwrap();
    assert_eq!(
        named.lines().collect::<Vec<_>>().len(),
        pki.plan().certificates.len() - 1
    );
    for event in events {
        let days: Vec<_> = event["alarms"]
            .as_array()
            .unwrap()
            .iter()
            .map(|alarm| (alarm[0].as_str().unwrap(), alarm[1].as_i64().unwrap()))
            .collect();
        assert_eq!(days, [("DISPLAY", -90), ("DISPLAY", -30), ("DISPLAY", -7)]);
    }
}

#[test]
fn the_readme_lists_every_end_in_both_languages() {
    let bundle = Unpacked::native(&pki());
    for (file, head) in [
        ("README.txt", "\nEXPIRY (expiry.ics "),
        ("README.ja.txt", "\n有効期限（expiry.ics "),
    ] {
        let text = bundle.text(file);
        let (_, table) = text.split_once(head).unwrap();
        assert!(
            table.contains("\n  2029-08-19T00:00:00Z  ca, admin, "),
            "{table}"
        );
    }
}

const DAY: i64 = 86_400;

/// None where the program's package is not installed.
fn read(text: &str) -> Option<Value> {
    let mut probe = Tool::Python.command();
    let there = probe
        .args(["-c", "import icalendar"])
        .output()
        .is_ok_and(|ended| ended.status.success());
    if !there {
        common::command::skip("icalendar is not installed (Debian's package python3-icalendar)");
        return None;
    }
    let said = run_with(Tool::Python.command().args(["-c", READER]), text.as_bytes()).succeeded();
    Some(serde_json::from_str(&said).unwrap())
}
