//! What has expired, will soon, or is not valid yet: clusters that are broken on purpose, each with the finding that has to be on top.

mod common;

use common::broken::{Forge, again, pki_folder, says, seed, top_at};
use common::recognised::Dropped;
use common::{NOW, pki, today};
use hardway::diagnose::{Code, Mend, Severity};

const DAY: i64 = 86_400;

#[test]
fn row_13_expired_and_soon_to_expire() {
    let pki = pki();
    let dropped = Dropped::bundle(&pki).keep(pki_folder);
    let found = top_at(&dropped, NOW + 1001 * DAY, Code::Expired);
    let top = found.top();
    assert_eq!(top.parameters["until"], "2029-08-19T00:00:00Z");
    assert_eq!(again(top)[0], "ca");
    assert_eq!(
        again(top).len(),
        found.recognition.plan().certificates.len()
    );
    says(top, "", "x509: certificate has expired or is not yet valid");
    for (days, within) in [(20, "30"), (80, "90")] {
        let found = dropped.recognised(NOW + (1000 - days) * DAY);
        assert_eq!(found.codes(Severity::Breaks), []);
        let finding = found.finding(Code::ExpiresSoon);
        assert_eq!(
            (finding.severity, finding.parameters["within"].as_str()),
            (Severity::WillBreak, within)
        );
        assert_eq!(
            finding.certificates.len(),
            found.recognition.plan().certificates.len()
        );
    }
    let found = dropped.recognised(NOW + 900 * DAY);
    assert_eq!(found.codes(Severity::WillBreak), []);
    // One leaf alone.
    let seed = seed();
    let forge = Forge::new(&seed);
    let how = ["-CAcreateserial", "-days", "1"];
    let made = forge.signed("kube-scheduler", "/CN=system:kube-scheduler", &how);
    let late = today().max(NOW) + 2 * DAY;
    let only = Dropped(seed.0.clone()).keep(|path| path.contains("/pki/"));
    let found = top_at(
        &only.put("pki/kube-scheduler.crt", &made),
        late,
        Code::Expired,
    );
    assert_eq!(found.top().certificates, ["kube-scheduler"]);
    assert_eq!(again(found.top()), ["kube-scheduler"]);
    says(
        found.top(),
        "kube-apiserver@",
        "x509: certificate has expired",
    );
}

#[test]
fn row_16_a_clock_that_is_behind() {
    let found = top_at(&seed(), NOW - 3600, Code::NotYetValid);
    let top = found.top();
    assert_eq!(top.mend, [Mend::SetClock]);
    assert_eq!(top.parameters["from"], "2026-11-22T23:55:00Z");
    assert!(
        top.commands
            .iter()
            .any(|command| command.command == "date -u")
    );
}
