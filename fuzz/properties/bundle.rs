//! Any text is a bundle, a manifest or results in its one form, or is refused in words that can be shown.

use dxpulse::anonymous::classes::{Hierarchy, SMALLEST};
use dxpulse::anonymous::manifest::is_safe;
use dxpulse::anonymous::private::betrayed;
use dxpulse::anonymous::{Bundle, ManifestError, Results, SigningKey, Wave};
use dxpulse::survey::characters::is_forbidden;

use super::wave::{self, publisher};

/// Checks a text as a bundle, as the manifest in one, and as results.
pub(crate) fn check(input: &[u8]) {
    match Bundle::from_json(input) {
        Ok(bundle) => check_bundle(&bundle),
        Err(error) => check_words(&error.to_string()),
    }
    match Results::from_json(input).map(|results| results.open(&[results.publisher])) {
        Ok(Ok(_)) => {}
        Ok(Err(error)) | Err(error) => check_words(&error.to_string()),
    }
    if let Ok(manifest) = std::str::from_utf8(input) {
        check_bundle(&Bundle { manifest: manifest.to_owned(), publisher: None, signature: None });
    }
}

fn check_bundle(bundle: &Bundle) {
    if bundle.open(&[publisher()]).is_ok() {
        assert_eq!(bundle.manifest, wave::bundle().manifest, "nobody signed another one");
    }
    let signed = bundle.clone().signed_by(&SigningKey::from_seed(&[2; 32]));
    assert!(matches!(signed.open(&[publisher()]), Err(ManifestError::Stranger(_))));
    match bundle.review() {
        Ok(wave) => check_wave(&wave, bundle),
        Err(error) => check_words(&error.to_string()),
    }
}

fn check_wave(wave: &Wave, bundle: &Bundle) {
    let manifest = &wave.manifest;
    let written = Bundle::prepare(manifest).expect("what was read can be written");
    assert_eq!((&written.manifest, written.wave_id()), (&bundle.manifest, wave.id));
    assert!(is_safe(&manifest.collector) && manifest.opens < manifest.closes && manifest.closes <= manifest.collect_closes());
    assert_eq!(betrayed(&wave.survey), None);
    let hierarchy = Hierarchy::of(&wave.survey);
    for (at, class) in manifest.classes.iter().enumerate() {
        assert!(class.invited >= SMALLEST || manifest.classes.len() == 1 && class.nodes.is_empty(), "{class}");
        assert!(manifest.classes[..at].iter().all(|other| !hierarchy.overlap(&class.nodes, &other.nodes)), "{class}");
        check_words(&class.to_string());
        // Whoever has exactly its values is in it.
        let person = hierarchy
            .segments()
            .map(|segment| (segment.to_owned(), class.nodes.get(segment).cloned().unwrap_or_else(|| "whatever".to_owned())));
        assert_eq!(hierarchy.place(&manifest.classes, &person.collect()), Some(class));
    }
    check_words(&manifest.wave);
}

fn check_words(words: &str) {
    assert!(!words.contains(is_forbidden), "{words:?}");
}
