//! Which guide was followed: the one whose subjects and file names fit best.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Guess;
use super::duty::Duty;
use super::scene::Scene;
use crate::cluster::CertificateRecipe;
use crate::{Attribute, PRESETS, Preset};

/// The preset, and how sure that is.
pub(super) fn choose(scene: &Scene<'_>) -> (&'static Preset, Guess) {
    let corrected = scene.corrections.preset.as_deref();
    let corrected = PRESETS.iter().find(|preset| Some(preset.id) == corrected);
    let tried: BTreeMap<_, _> = PRESETS
        .iter()
        .map(|preset| (preset.id, score(scene, preset)))
        .collect();
    let mut ranked: Vec<_> = PRESETS.to_vec();
    ranked.sort_by_key(|preset| {
        let of_two = twin(scene, preset);
        (-tried[preset.id].points, !of_two)
    });
    let best = corrected.copied().unwrap_or(ranked[0]);
    let next = ranked.iter().find(|other| {
        other.id != best.id && tried[other.id].fitting * 2 >= tried[best.id].fitting.max(1)
    });
    let guess = Guess::Preset {
        preset: best.id.to_owned(),
        fitting: tried[best.id].fitting,
        of: tried[best.id].of,
        next: next.map_or_else(String::new, |next| next.id.to_owned()),
    };
    (best, guess)
}

#[derive(Default)]
struct Score {
    points: i32,
    /// Certificates whose subject is the preset's.
    fitting: usize,
    of: usize,
}

fn score(scene: &Scene<'_>, preset: &Preset) -> Score {
    let mut score = Score::default();
    let mut duties = BTreeSet::new();
    let mut known = HashSet::new();
    for (_, seen, face) in scene.certificates() {
        let Some(duty) = seen.duty() else { continue };
        duties.insert(duty);
        // Of thousands of workers one says as much.
        let stem = if duty.is_kubelet() {
            ""
        } else {
            &seen.location.stem
        };
        if !known.insert((duty, face.subject.clone(), stem.to_owned())) || known.len() > MOST {
            continue;
        }
        score.of += 1;
        let Some(recipe) = recipe(preset, duty) else {
            score.points -= 4;
            continue;
        };
        let node = seen.kubelet.as_deref().or(seen.node());
        let node = node.unwrap_or(&face.common_name);
        let wanted = |attribute| value(recipe, attribute).replace("{node}", node);
        let name = wanted(Attribute::CommonName) == face.common_name;
        let group = wanted(Attribute::Organization);
        let versioned = recipe.group_may_be(face.organizations.first().map(String::as_str));
        let group = face.organizations.join(",") == group || versioned;
        score.points += 3 * i32::from(name) + 2 * i32::from(group && name);
        score.fitting += usize::from(name && group);
        let last = recipe.id.rsplit('/').next().unwrap_or_default();
        score.points += i32::from(last == seen.location.stem);
    }
    for called in &scene.called {
        let name = scene.seen[called.item].location.name();
        let fits = |file: &str| {
            let node = called.node.as_deref().unwrap_or_default();
            file.replace("{node}/", "").replace("{node}", node) == name
        };
        let mut recipes = preset.kubeconfigs.iter();
        score.points += i32::from(recipes.any(|recipe| fits(recipe.file)));
    }
    for (_, seen) in scene
        .seen
        .iter()
        .enumerate()
        .filter(|(_, seen)| seen.face.is_none())
    {
        let own = Duty::ServiceAccount.recipe(preset) == Some(&seen.location.stem);
        score.points += i32::from(own && duties.insert(Duty::ServiceAccount));
    }
    let lacking = preset
        .certificates
        .iter()
        .filter(|recipe| Duty::of_recipe(recipe.id).is_some_and(|duty| !duties.contains(&duty)));
    score.points -= i32::try_from(lacking.count()).unwrap_or_default();
    score
}

/// So many distinct certificates are looked at.
const MOST: usize = 200;

fn recipe(preset: &Preset, duty: Duty) -> Option<&'static CertificateRecipe> {
    let mut recipes = preset.certificates.iter();
    recipes.find(|recipe| Duty::of_recipe(recipe.id) == Some(duty))
}

fn value(recipe: &CertificateRecipe, attribute: Attribute) -> &'static str {
    let mut subject = recipe.subject.iter();
    subject
        .find(|(own, _)| *own == attribute)
        .map_or("", |(_, value)| value)
}

/// Of two presets with the same files, whether it is this one that is meant.
fn twin(scene: &Scene<'_>, preset: &Preset) -> bool {
    let mut clusters = scene.cluster_names();
    match preset.id {
        "blank" => clusters.any(|name| name != "kubernetes"),
        "kubeadm" => clusters.all(|name| name == "kubernetes"),
        "one-node" => alone(scene),
        "hard-way-2025" => !alone(scene),
        _ => true,
    }
}

/// Whether the only kubelet's node is kube-apiserver's.
fn alone(scene: &Scene<'_>) -> bool {
    let kubelets: BTreeSet<_> = scene
        .certificates()
        .filter_map(|(_, seen, _)| seen.kubelet.as_deref())
        .collect();
    let addresses = |wanted: fn(Duty) -> bool| {
        let found = scene.certificates();
        let found = found.filter(move |(_, seen, _)| seen.duty().is_some_and(wanted));
        found.flat_map(|(_, _, face)| face.addresses.iter())
    };
    let kubelet: HashSet<_> = addresses(Duty::is_kubelet)
        .filter(|address| !address.is_loopback())
        .collect();
    kubelets.len() == 1
        && addresses(|duty| duty == Duty::Apiserver).any(|address| kubelet.contains(address))
}
