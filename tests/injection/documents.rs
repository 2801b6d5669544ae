//! What is read by people and their programs: YAML, calendars, README.txt.

use hardway::renew::calendar;
use hardway::{Bundle, PRESETS, Pki};
use serde_json::{Value, json};
use serde_norway::Value as Yaml;

use crate::common::command::{Tool, run_with, skip};
use crate::common::existing::held_of;
use crate::common::rows::audited;
use crate::common::{NOW, pki_of_any, plan_of, timestamp};
use crate::names::{HOSTILE, validated};

#[test]
fn yaml_says_the_hostile_user_and_group_and_nothing_more() {
    let (mut read, mut naive) = (0, 0);
    for plan in validated() {
        let pki = pki_of_any(plan, NOW);
        for file in Bundle::new(&pki).files().map(Result::unwrap) {
            let stem = file.path.strip_prefix("config/");
            let planned = pki
                .plan()
                .configurations
                .iter()
                .find(|one| stem == Some(one.file));
            let Some(planned) = planned.filter(|one| !one.subject.is_empty()) else {
                continue;
            };
            let text = std::str::from_utf8(&file.content).unwrap();
            let documents = documents(text);
            let subjects: Vec<_> = documents
                .iter()
                .filter(|one| one["kind"] == "ClusterRoleBinding")
                .collect();
            assert_eq!(subjects.len(), 1, "{text}");
            assert_eq!(
                subjects[0]["subjects"][0]["name"],
                planned.subject.as_str(),
                "{text}"
            );
            assert_eq!(subjects[0]["subjects"].as_sequence().unwrap().len(), 1);
            let keys: Vec<_> = subjects[0].as_mapping().unwrap().keys().collect();
            assert_eq!(keys.len(), 5, "{text}");
            // The same text, only put between two others.
            let name = format!("name: {}\n", planned.subject);
            let unquoted: Result<Yaml, _> = serde_norway::from_str(&name);
            read += 1;
            naive +=
                usize::from(unquoted.map_or(true, |one| one["name"] != planned.subject.as_str()));
        }
    }
    assert!(naive > 0, "no name of these needs a quote");
    audited(
        "inputs",
        "hostile subjects in YAML, read by another program",
        &format!("{read} read back, {naive} of which are something else unquoted"),
    );
}

fn documents(text: &str) -> Vec<Yaml> {
    let documents = serde_norway::Deserializer::from_str(text);
    documents
        .map(|one| serde::Deserialize::deserialize(one).unwrap())
        .collect()
}

#[test]
fn a_calendar_of_a_hostile_cluster_has_its_own_events_and_no_other() {
    let held = held_of(&pki_of_any(validated().remove(0), NOW));
    let plain = calendar("plain", &held, timestamp(NOW));
    let Some(expected) = events(&plain) else {
        return;
    };
    for text in HOSTILE {
        let written = calendar(text, &held, timestamp(NOW));
        assert!(
            written
                .split("\r\n")
                .all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])),
            "{text:?}"
        );
        let read = events(&written).unwrap();
        assert_eq!(
            read.as_array().unwrap().len(),
            expected.as_array().unwrap().len(),
            "{text:?}"
        );
        let seen = |c: char| !c.is_control() || c == '\n';
        let shown: String = text.chars().filter(|c| seen(*c)).collect();
        for event in read.as_array().unwrap() {
            assert!(
                event["summary"].as_str().unwrap().contains(&shown),
                "{text:?}: {event}"
            );
            assert_eq!(event["names"], expected[0]["names"], "{text:?}");
        }
    }
    audited(
        "inputs",
        "hostile cluster names in calendars, read by icalendar",
        &format!("{} read back, no event more", HOSTILE.len()),
    );
    // As it would be were it put in as it stands.
    let naive = plain.replace("plain", HOSTILE[23]);
    assert_ne!(
        std::panic::catch_unwind(|| events(&naive)).ok(),
        Some(Some(expected))
    );
}

/// Each event's summary and the names of its properties, by another program; `None` where that is missing.
fn events(text: &str) -> Option<Value> {
    const READER: &str = "import json, sys\nfrom icalendar import Calendar\n\
        found = Calendar.from_ical(sys.stdin.buffer.read())\n\
        print(json.dumps([{'summary': str(one['SUMMARY']), 'names': sorted(one.keys())} for one in found.walk('VEVENT')]))";
    let probe = Tool::Python
        .command()
        .args(["-c", "import icalendar"])
        .output();
    if !probe.is_ok_and(|ended| ended.status.success()) {
        skip("icalendar is not installed (Debian's package python3-icalendar)");
        return None;
    }
    let said = run_with(Tool::Python.command().args(["-c", READER]), text.as_bytes()).succeeded();
    Some(serde_json::from_str(&said).unwrap())
}

#[test]
fn a_readme_with_hostile_subjects_has_the_lines_that_it_always_has() {
    let lines = |pki: &Pki| {
        let bundle = Bundle::new(pki);
        let readmes = bundle
            .files()
            .map(Result::unwrap)
            .filter(|file| file.path.starts_with("README"));
        let texts: Vec<_> = readmes
            .map(|file| String::from_utf8(file.content.to_vec()).unwrap())
            .collect();
        for text in &texts {
            assert!(
                text.chars().all(|c| c == '\n' || !c.is_control()),
                "{text:?}"
            );
        }
        texts
            .iter()
            .map(|text| text.lines().count())
            .collect::<Vec<_>>()
    };
    let hostile = validated();
    for (plan, preset) in hostile.into_iter().zip(PRESETS) {
        // As many attributes, of plain letters.
        let mut plain = plan.clone();
        for part in plain
            .certificates
            .iter_mut()
            .flat_map(|one| &mut one.subject)
        {
            "plain".clone_into(&mut part.value);
        }
        for one in &mut plain.configurations {
            "plain".clone_into(&mut one.subject);
        }
        assert_eq!(
            lines(&pki_of_any(plan, NOW)),
            lines(&pki_of_any(plain, NOW)),
            "{}",
            preset.id
        );
    }
    let mut forged =
        plan_of(&json!({"preset": "hightower-2025", "keyAlgorithm": "ecdsa-p256"}).to_string());
    let admin = forged
        .certificates
        .iter_mut()
        .find(|one| one.id == "admin")
        .unwrap();
    admin.subject[0].value = "a\nCERTIFICATES\n".to_owned();
    let forged = pki_of_any(forged, NOW);
    assert!(
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let own = plan_of(
                &json!({"preset": "hightower-2025", "keyAlgorithm": "ecdsa-p256"}).to_string(),
            );
            assert_eq!(lines(&forged), lines(&pki_of_any(own, NOW)));
        }))
        .is_err()
    );
}
