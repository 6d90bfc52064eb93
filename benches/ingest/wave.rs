//! A published wave and valid submissions to it: tokens are signed here with the wave's own key, which is on this machine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, available_parallelism};
use std::time::Instant;

use dxpulse::anonymous::classes::Values;
use dxpulse::anonymous::submission::Sender;
use dxpulse::anonymous::token::{IssuerKey, SystemChance};
use dxpulse::anonymous::{Bundle, Frame, Part, Receipt, SigningKey, Submission, Wave};
use dxpulse::response::{Draft, Response, json};
use tempfile::TempDir;

const SURVEY: &str = "id = \"pulse\"\ntitle = \"Pulse\"\n\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n";

/// A wave with submissions that are ready to be sent.
pub(crate) struct Sealed {
    folder: TempDir,
    wave: Wave,
    frames: Vec<Frame>,
    /// The requests, byte for byte.
    pub(crate) requests: Vec<Vec<u8>>,
}

impl Sealed {
    /// Sets up a collector's folder with a published wave, and seals submissions to it.
    pub(crate) fn prepare(count: usize) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let publisher = publisher();
        let path = |name: &str| folder.path().join(name);
        let key = publisher.public().to_string();
        administer(&folder, &["init", "--url", "http://127.0.0.1:1", "--publisher", &key])?;
        let roster: String = (0..20).map(|at| format!("person{at}@example.org\n")).collect();
        fs::write(path("roster.csv"), format!("contact\n{roster}"))?;
        fs::write(path("pulse.toml"), SURVEY)?;
        administer(&folder, &["invite", "roster.csv", "--out", "invitations"])?;
        let at = |hours: i64| (chrono::Utc::now() + chrono::TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let windows = ["--opens", &at(-1), "--closes", &at(24), "--issue-opens", &at(-2), "--name", "w1"];
        administer(&folder, &[&["prepare", "pulse.toml"], &windows[..]].concat())?;
        let bundle = Bundle::from_json(&fs::read(path("collector/prepared/pulse-w1.json"))?).map_err(io::Error::other)?;
        let bundle = bundle.signed_by(&publisher);
        fs::write(path("signed.json"), serde_json::to_vec(&bundle)?)?;
        administer(&folder, &["publish", "signed.json"])?;
        let wave = bundle.open(&[publisher.public()]).map_err(io::Error::other)?;
        let pem = fs::read_to_string(path(&format!("collector/keys/{}.scores.pem", wave.id.0)))?;
        let issuer = IssuerKey::from_pem(&pem).map_err(io::Error::other)?;
        let frames = (0..count).map(|at| frame(&wave, &issuer, at)).collect::<io::Result<Vec<_>>>()?;
        let requests = frames.iter().map(|frame| request(&wave, frame)).collect();
        Ok(Self { folder, wave, frames, requests })
    }

    /// Gives the collector's folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("collector")
    }

    /// Sets another collector up in a folder, with this one's keys and wave, and a database on a server.
    pub(crate) fn set_up_on(&self, database: &str, folder: &TempDir) -> io::Result<()> {
        let key = publisher().public().to_string();
        administer(folder, &["init", "--url", "http://127.0.0.1:1", "--publisher", &key, "--database", database])?;
        let place = folder.path().join("collector");
        fs::copy(self.folder().join("receipt.key"), place.join("receipt.key"))?;
        copy_folder(self.folder().join("keys"), &place.join("keys"))?;
        let signed = self.folder.path().join("signed.json");
        administer(folder, &["publish", &signed.to_string_lossy()])
    }

    /// Gives the processor time that the cryptography of one submission takes while all processors are at it, as they are under load: its
    /// owner's key, token and signature, and a receipt.
    pub(crate) fn cryptography_us(&self) -> f64 {
        let (bodies, collector): (Vec<_>, _) =
            (self.frames.iter().map(Frame::to_bytes).collect(), SigningKey::from_seed(&[2; 32]));
        let processors = available_parallelism().map_or(1, usize::from);
        let start = Instant::now();
        thread::scope(|scope| {
            for bodies in bodies.chunks(bodies.len().div_ceil(processors)) {
                let collector = &collector;
                scope.spawn(move || bodies.iter().for_each(|body| self.check_and_sign(body, collector)));
            }
        });
        start.elapsed().as_secs_f64() * 1e6 * processors as f64 / bodies.len() as f64
    }

    fn check_and_sign(&self, body: &[u8], collector: &SigningKey) {
        let frame = Frame::from_bytes(body).expect("a body that was just made");
        let is_good = frame.check(self.wave.id).is_ok()
            && self.wave.key(Part::Scores).verify(&frame.token, self.wave.challenge(Part::Scores)).is_ok();
        assert!(is_good, "a submission that was just sealed holds");
        let said = (frame.version, frame.payload_hash());
        std::hint::black_box(Receipt::sign(self.wave.id, frame.nullifier(), said, collector));
    }
}

fn publisher() -> SigningKey {
    SigningKey::from_seed(&[1; 32])
}

fn frame(wave: &Wave, issuer: &IssuerKey, at: usize) -> io::Result<Frame> {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(at as u64).to_be_bytes());
    let (owner, key) = (SigningKey::from_seed(&seed), wave.key(Part::Scores));
    let blinding = key.blind(wave.challenge(Part::Scores), &owner.public(), &mut SystemChance).map_err(io::Error::other)?;
    let answer = issuer.sign(key, &key.request(&blinding.blinded)).map_err(io::Error::other)?;
    let token = key.finalize(&blinding, &answer).map_err(io::Error::other)?;
    let answers = serde_json::json!({ "nps": at % 11 });
    let (replies, _) =
        json::from_objects(&wave.survey, answers.as_object().ok_or(io::ErrorKind::Other)?, &serde_json::Map::new());
    let now = chrono::Utc::now();
    let draft = Draft { replies, ..Draft::start(&wave.survey, now) };
    let response = Response::finish(&wave.survey, &draft, String::new(), now).map_err(|_| io::ErrorKind::Other)?;
    let sender = Sender { segments: &Values::new(), seconds: 20, salts: [seed, seed] };
    let submissions = Submission::of(wave, &response, &sender).map_err(io::Error::other)?;
    let payload = submissions.first().ok_or(io::ErrorKind::Other)?.payload().to_vec();
    Frame::new(wave.id, token, &owner, (1, payload)).ok_or_else(|| io::Error::other("the payload is too long"))
}

fn request(wave: &Wave, frame: &Frame) -> Vec<u8> {
    let body = frame.to_bytes();
    let path = format!("/v1/waves/{}/responses/{}", wave.id.0, frame.nullifier());
    let length = body.len();
    let head = format!(
        "PUT {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/octet-stream\r\ncontent-length: {length}\r\n\r\n"
    );
    [head.as_bytes(), &body].concat()
}

fn administer(folder: &TempDir, arguments: &[&str]) -> io::Result<()> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dxpulse-collector"));
    let output = command.args(["--data", "collector"]).args(arguments).current_dir(folder.path()).output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned())),
    }
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: PathBuf, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}
