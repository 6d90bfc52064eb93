//! Enrolment by an identity issuer's word, with an issuer of our own on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};

use chrono::Utc;
use data_encoding::{BASE64, BASE64_MIME, BASE64URL_NOPAD};
use dxpulse::anonymous::token::{IssuerKey, SystemChance};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::people::{Developer, post_json};
use crate::place::{Place, Server, assert_problem};

/// A key on P-256 that signs for nobody but this test: PKCS #8, and its point.
const EC_KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgd3TzeDPA78vAUrgoxygEr4O/13eRkMTCvBcZXxpT21ehRANCAARxyOJCs8tvsVdHzz5N\
                      xR1sDlWQ2+M9jVV+maEm7IuZf8NvonL+t592NcmkTzKfB4DezH85en4+D9iFNbtAvBmx";
const EC_POINT: &str = "ccjiQrPLb7FXR88+TcUdbA5VkNvjPY1VfpmhJuyLmX/Db6Jy/refdjXJpE8ynweA3sx/OXp+Pg/YhTW7QLwZsQ==";

struct Issuer {
    url: String,
    rsa: EncodingKey,
    /// What the next looks at a sign-in under way are answered, the last first.
    answers: Arc<Mutex<Vec<Value>>>,
}

impl Issuer {
    /// Starts an issuer that publishes one key of each kind.
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (rsa, modulus) = rsa();
        let point = BASE64.decode(EC_POINT.as_bytes()).unwrap();
        let encoded = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        let keys = json!({ "keys": [
            { "kty": "EC", "crv": "P-256", "kid": "ec", "alg": "ES256", "x": encoded(&point[..32]), "y": encoded(&point[32..]) },
            { "kty": "RSA", "kid": "rsa", "alg": "RS256", "n": encoded(&modulus), "e": "AQAB" },
        ] });
        let about = json!({ "issuer": url, "jwks_uri": format!("{url}/keys"), "token_endpoint": format!("{url}/token"),
            "device_authorization_endpoint": format!("{url}/device") });
        let device = json!({ "device_code": "d", "user_code": "WXYZ-1234", "verification_uri": format!("{url}/activate"),
            "interval": 0, "expires_in": 600 });
        let answers = Arc::new(Mutex::new(Vec::<Value>::new()));
        let next = Arc::clone(&answers);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let asked = lines.next().unwrap_or_default();
                let _ = lines.find(String::is_empty);
                let body = match asked.split(' ').nth(1) {
                    Some("/keys") => keys.to_string(),
                    Some("/device") => device.to_string(),
                    Some("/token") => next.lock().unwrap().pop().unwrap_or_default().to_string(),
                    _ => about.to_string(),
                };
                let _ = write!(&stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            }
        });
        Self { url, rsa, answers }
    }

    fn claims(&self, email: &str) -> Value {
        let expires = Utc::now().timestamp() + 600;
        json!({ "iss": self.url, "aud": "dxpulse", "sub": "1", "exp": expires, "email": email, "email_verified": true })
    }

    fn sign(&self, (algorithm, key): (Algorithm, &str), claims: &Value) -> String {
        let header = Header { kid: Some(key.to_owned()), ..Header::new(algorithm) };
        let secret = match algorithm {
            Algorithm::RS256 => self.rsa.clone(),
            Algorithm::ES256 => EncodingKey::from_ec_der(&BASE64.decode(EC_KEY.as_bytes()).unwrap()),
            _ => EncodingKey::from_secret(b"guessed"),
        };
        encode(&header, claims, &secret).unwrap()
    }
}

/// Makes an RSA key: what signs, and its modulus.
fn rsa() -> (EncodingKey, Vec<u8>) {
    let key = IssuerKey::generate(&mut SystemChance).unwrap();
    let pem = key.to_pem().unwrap();
    let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = BASE64_MIME.decode(der.as_bytes()).unwrap();
    // The key itself is the last part of PKCS #8, a string of octets.
    let at = der.windows(6).position(|bytes| bytes[..2] == [4, 0x82] && bytes[4..] == [0x30, 0x82]).unwrap() + 4;
    let public = key.public().unwrap();
    let modulus = public.spki().windows(5).position(|bytes| bytes == [2, 0x82, 1, 1, 0]).unwrap() + 5;
    (EncodingKey::from_rsa_der(&der[at..]), public.spki()[modulus..modulus + 256].to_vec())
}

/// Sets a collector up that asks an issuer who somebody is.
fn asking(issuer: &Issuer) -> Place {
    let place = Place::new();
    place.invite(3);
    let settings = place.data().join("collector.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let more = format!("{text}\n[oidc]\nissuer = \"{}\"\nclient_id = \"dxpulse\"\n", issuer.url);
    std::fs::write(&settings, more).unwrap();
    place
}

fn enrol(server: &Server, token: &str, developer: &Developer) -> reqwest::blocking::Response {
    post_json(server, "/v1/enrolments", &json!({ "id_token": token, "credential_hash": developer.credential_hash() }))
}

#[test]
fn whoever_the_issuer_vouches_for_is_enrolled_and_nobody_else() {
    let issuer = Issuer::start();
    let place = asking(&issuer);
    let server = place.serve();
    let methods = server.json("/v1/enrolment");
    assert_eq!(methods["methods"], json!(["invitation", "oidc"]));
    assert_eq!(methods["oidc"]["device_authorization_endpoint"], format!("{}/device", issuer.url));
    let (ec, rsa) = ((Algorithm::ES256, "ec"), (Algorithm::RS256, "rsa"));
    let first = enrol(&server, &issuer.sign(ec, &issuer.claims("Person0@example.com")), &Developer::new(1));
    assert_eq!(first.status(), 200, "{}", first.text().unwrap());
    let second = enrol(&server, &issuer.sign(rsa, &issuer.claims("person1@example.com")), &Developer::new(2));
    assert_eq!(second.status(), 200, "{}", second.text().unwrap());
    let again = enrol(&server, &issuer.sign(ec, &issuer.claims("person0@example.com")), &Developer::new(3));
    assert_problem(again, 409, "invitation-used");
    let stranger = enrol(&server, &issuer.sign(ec, &issuer.claims("stranger@example.com")), &Developer::new(3));
    assert_problem(stranger, 404, "invitation-unknown");
    let changes: [(&str, Value); 5] = [
        ("iss", json!("https://other.example.com")),
        ("aud", json!("another-program")),
        ("exp", json!(Utc::now().timestamp() - 600)),
        ("email_verified", json!(false)),
        ("email", Value::Null),
    ];
    for (claim, value) in changes {
        let mut claims = issuer.claims("person2@example.com");
        claims[claim] = value;
        assert_problem(enrol(&server, &issuer.sign(ec, &claims), &Developer::new(3)), 401, "identity-refused");
    }
    let good = issuer.claims("person2@example.com");
    let signed = issuer.sign(ec, &good);
    let forged = format!("{}x", &signed[..signed.len() - 1]);
    let unsigned = issuer.sign((Algorithm::HS256, "ec"), &good);
    let unknown = issuer.sign((Algorithm::ES256, "other"), &good);
    let crossed = issuer.sign((Algorithm::ES256, "rsa"), &good);
    for token in [&forged, &unsigned, &unknown, &crossed, "nonsense"] {
        assert_problem(enrol(&server, token, &Developer::new(3)), 401, "identity-refused");
    }
    assert!(!server.stop().1.contains("person"), "who enrols is not logged");
}

#[test]
fn a_developer_signs_in_instead_of_showing_a_code() {
    let issuer = Issuer::start();
    let place = asking(&issuer);
    let _server = place.serve();
    let token = issuer.sign((Algorithm::ES256, "ec"), &issuer.claims("person0@example.com"));
    *issuer.answers.lock().unwrap() = vec![json!({ "id_token": token }), json!({ "error": "authorization_pending" })];
    let home = tempfile::tempdir().unwrap();
    let enroll = |publishers: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dxpulse"));
        command.args(["enroll", "--sign-in"]).env_clear().env("DXPULSE_HOME", home.path());
        command.env("DXPULSE_COLLECTOR", place.url()).env("DXPULSE_PUBLISHERS", publishers).output().unwrap()
    };
    let key = dxpulse::anonymous::SigningKey::from_seed(&[9; 32]).public().to_string();
    assert_eq!(enroll("").status.code(), Some(2), "nobody is joined whose surveys nobody vouches for");
    let output = enroll(&key);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("/activate and enter WXYZ-1234") && said.contains("joined http://"), "{said}");
    *issuer.answers.lock().unwrap() = vec![json!({ "error": "access_denied" })];
    let other = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dxpulse"));
    command.args(["enroll", "--sign-in"]).env_clear().env("DXPULSE_HOME", other.path()).env("DXPULSE_PUBLISHERS", &key);
    let refused = command.env("DXPULSE_COLLECTOR", place.url()).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("the sign-in ended with access_denied"));
}
