//! TLS without a proxy: the collector's own certificate, and nothing for those who don't trust it.

use reqwest::Certificate;
use reqwest::blocking::Client;
use serde_json::Value;

use crate::place::{Place, client};

#[test]
fn with_a_certificate_the_collector_speaks_tls_itself() {
    let place = Place::new();
    let _ = client();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    place.write("data/chain.pem", &certificate);
    place.write("data/key.pem", &key);
    let settings = std::fs::read_to_string(place.data().join("collector.toml")).unwrap();
    let settings = settings.replace(&place.url(), &format!("https://localhost:{}", place.port));
    place.write("data/collector.toml", &format!("{settings}\n[tls]\ncertificate = \"chain.pem\"\nkey = \"key.pem\"\n"));
    let server = place.serve();
    let trusting = Client::builder().tls_certs_only([Certificate::from_pem(certificate.as_bytes()).unwrap()]).build().unwrap();
    let url = format!("https://localhost:{}/healthz", place.port);
    assert_eq!(trusting.get(&url).send().unwrap().text().unwrap(), "ok\n");
    assert!(client().get(&url).send().is_err(), "who doesn't trust the certificate gets nothing");
    assert!(client().get(url.replace("https", "http")).send().is_err(), "there is no way around TLS");
    let told: Value = serde_json::from_str(&place.run(&["doctor", "--json"]).out).unwrap();
    let check = told.as_array().unwrap().iter().find(|check| check["check"] == "certificate").unwrap();
    assert_eq!(check["state"], "ok", "{check}");
    assert_eq!(server.stop().0, 0);
    place.write("data/key.pem", "none");
    let refused = place.run(&["serve"]);
    assert!(refused.code == 1 && refused.err.contains("key.pem") && refused.err.contains("[tls]"), "{}", refused.err);
}
