//! Tokens of known makers, private keys and numbers of accounts. A word that each of them holds is looked for first, so that most
//! texts cost no more than that.

use leakguard::Match;
use leakguard::detectors::{
    AwsAccessKey, AzureConnectionString, CreditCard, Detector, DiscordToken, GitHubToken, GoogleApiKey, Iban, Jwt, OpenAiKey,
    PrivateKey, SlackToken, StripeKey, TelegramToken, UsSsn,
};

use super::run::{Run, is_boundary};
use super::{Finding, Kind};

/// What a secret holds in any case, and who finds it then.
const DETECTORS: [(&[&str], &dyn Detector); 11] = [
    (&["PRIVATE KEY"], &PrivateKey),
    (&["AccountKey=", "DefaultEndpointsProtocol="], &AzureConnectionString),
    (&[":"], &TelegramToken),
    (&["mfa.", "."], &DiscordToken),
    (&["eyJ"], &Jwt),
    (&["gh", "github_pat_"], &GitHubToken),
    (&["xox"], &SlackToken),
    (&["_live_", "_test_"], &StripeKey),
    (&["sk-"], &OpenAiKey),
    (&["AIza"], &GoogleApiKey),
    (&["AKIA", "ASIA", "AGPA", "AIDA", "AROA", "AIPA", "ANPA"], &AwsAccessKey),
];

/// What tokens of further makers begin with, and the fewest characters that follow.
const BEGINNINGS: [(&str, usize); 45] = [
    ("glpat-", 16),
    ("gldt-", 16),
    ("glrt-", 16),
    ("glcbt-", 16),
    ("glsoat-", 16),
    ("npm_", 30),
    ("pypi-", 30),
    ("cio", 32),
    ("dckr_pat_", 20),
    ("hvs.", 20),
    ("hvb.", 20),
    ("SG.", 30),
    ("dop_v1_", 40),
    ("doo_v1_", 40),
    ("HRKU-", 20),
    ("shpat_", 24),
    ("shpss_", 24),
    ("lin_api_", 24),
    ("ntn_", 30),
    ("hf_", 24),
    ("dapi", 32),
    ("glsa_", 24),
    ("glc_", 24),
    ("NRAK-", 20),
    ("NRJS-", 16),
    ("sntrys_", 20),
    ("sntryu_", 20),
    ("ATATT3", 20),
    ("ATBB", 24),
    ("PMAK-", 24),
    ("pul-", 32),
    ("dp.pt.", 30),
    ("AGE-SECRET-KEY-1", 30),
    ("xapp-", 16),
    ("sq0atp-", 16),
    ("sq0csp-", 16),
    ("GOCSPX-", 20),
    ("ya29.", 20),
    ("EAACEdEose0cBA", 8),
    ("rnd_", 24),
    ("tskey-", 16),
    ("r8_", 30),
    ("gsk_", 30),
    ("xai-", 30),
    ("figd_", 24),
];

pub(super) fn find(text: &str) -> Vec<Finding> {
    let detectors = DETECTORS.iter().filter(|(needles, _)| needles.iter().any(|needle| text.contains(needle)));
    let known = detectors.flat_map(|(_, detector)| detected(text, *detector)).map(|found| Finding::new(found, Kind::Secret));
    let begun = BEGINNINGS.iter().flat_map(|(beginning, least)| begun(text, beginning, *least));
    known.chain(begun).chain(cut_off(text)).chain(accounts(text)).collect()
}

fn detected(text: &str, detector: &dyn Detector) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<Match> = Vec::new();
    detector.detect(text, &mut found);
    found.into_iter().map(|found| found.start..found.end).collect()
}

fn begun(text: &str, beginning: &str, least: usize) -> Vec<Finding> {
    let found = text.match_indices(beginning).filter_map(|(at, _)| {
        let body = at + beginning.len();
        let run = Run::new(text, at..body).extended(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        let run = run.trim_end(|c| matches!(c, '.' | '-'));
        let is_long = run.end >= body + least && run.as_str()[beginning.len()..].bytes().any(|byte| byte.is_ascii_digit());
        (is_long && is_boundary(run.before())).then(|| Finding::new(run.range(), Kind::Secret))
    });
    found.collect()
}

/// Finds a private key whose end is missing, as where a field was too short for it.
fn cut_off(text: &str) -> Option<Finding> {
    let start = text.rfind("-----BEGIN ")?;
    let is_whole = text[start..].contains("-----END ");
    let line = text[start..].lines().next().unwrap_or_default();
    (!is_whole && line.contains("PRIVATE KEY")).then(|| Finding::new(start..text.len(), Kind::Secret))
}

fn accounts(text: &str) -> Vec<Finding> {
    // Times have 13 or 14 digits, and a tenth of all numbers passes the test of cards.
    let is_card = |range: &std::ops::Range<usize>| text[range.clone()].bytes().filter(u8::is_ascii_digit).count() > 14;
    let cards = detected(text, &CreditCard).into_iter().filter(is_card);
    let others = detected(text, &Iban).into_iter().chain(detected(text, &UsSsn)).chain(spaced_iban(text));
    let is_alone = |range: &std::ops::Range<usize>| {
        let run = Run::new(text, range.clone());
        is_boundary(run.before()) && is_boundary(run.after())
    };
    cards.chain(others).filter(is_alone).map(|range| Finding::new(range, Kind::Account)).collect()
}

/// Finds an IBAN written in groups of four.
fn spaced_iban(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ';
    let runs = super::run::runs(text, is_part);
    let found = runs.filter_map(|run| {
        let run = run.trim_start(|c| c == ' ').trim_end(|c| c == ' ');
        let compact = run.as_str().replace(' ', "");
        let is_grouped = run.as_str().contains(' ') && run.as_str().split(' ').next().is_some_and(|group| group.len() == 4);
        let is_whole = || detected(&compact, &Iban).first() == Some(&(0..compact.len()));
        (is_grouped && is_whole()).then(|| run.range())
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_every_maker_are_found_whole() {
        let body = "0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T";
        for (beginning, _) in BEGINNINGS {
            let (token, text) = (format!("{beginning}{body}"), format!("it was {beginning}{body}."));
            let found: Vec<_> = find(&text).into_iter().map(|finding| &text[finding.range]).collect();
            assert!(found.contains(&token.as_str()), "{text}: {found:?}");
            assert!(find(&format!("x{beginning}")).is_empty(), "{beginning}");
        }
        assert_eq!(find("the npm_config_registry_is_wrong_in_every_single_build"), []);
    }

    #[test]
    fn a_private_key_is_found_though_its_end_is_missing() {
        let text = "this one: -----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAA\nAAAA";
        assert_eq!(find(text), [Finding::new(10..text.len(), Kind::Secret)]);
        assert_eq!(find("-----BEGIN CERTIFICATE-----\nabc"), []);
    }

    #[test]
    fn numbers_of_accounts_pass_their_checks() {
        for text in ["DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111", "078-05-1120"] {
            assert_eq!(find(text), [Finding::new(0..text.len(), Kind::Account)], "{text}");
        }
        for text in ["DE89370400440532013001", "4111 1111 1111 1112", "1712345678901", "000-12-3456"] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
