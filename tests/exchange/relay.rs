//! A real nginx with the configurations of the documentation, between a developer and a collector: a relay, and a proxy for TLS.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::exchange::{Collector, Developer, SURVEY, Windows, free_address, printed};

const RELAY: &str = include_str!("../../docs/relay.nginx.conf");
const PROXY: &str = include_str!("../../docs/collector.nginx.conf");

struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts nginx on a port of this machine without a certificate; all else is as the documentation has it, but for what is given.
fn start(configuration: &str, address: &str, theirs_and_ours: &[(&str, &str)]) -> (Nginx, TempDir) {
    let folder = tempfile::tempdir().expect("temporary folders can be made");
    let certificates = |line: &&str| !line.trim_start().starts_with("ssl_certificate");
    let mut configuration: String = configuration.lines().filter(certificates).map(|line| format!("{line}\n")).collect();
    let listen = format!("listen {address};");
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("  {name}_temp_path {name};\n")).concat();
    let ours = [
        ("listen 443 ssl;", listen.as_str()),
        ("worker_processes auto;", "worker_processes 1;\nerror_log stderr;\npid nginx.pid;"),
        ("http {\n", &format!("http {{\n{paths}")),
    ];
    for (theirs, ours) in ours.iter().chain(theirs_and_ours) {
        assert!(configuration.contains(theirs), "{theirs}");
        configuration = configuration.replace(theirs, ours);
    }
    fs::write(folder.path().join("nginx.conf"), configuration).expect("a file can be written");
    let mut command = Command::new("/usr/sbin/nginx");
    command.arg("-p").arg(folder.path()).args(["-c", "nginx.conf", "-e", "stderr", "-g", "daemon off; master_process off;"]);
    let nginx = Nginx(command.stdin(Stdio::null()).spawn().expect("nginx is installed"));
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(address).is_err() {
        assert!(Instant::now() < until, "nginx does not start");
        std::thread::yield_now();
    }
    (nginx, folder)
}

#[test]
fn answers_go_through_the_relay_that_the_documentation_configures() {
    let collector = Collector::set_up(24, None);
    let (relay, direct) = (free_address().to_string(), collector.address().to_string());
    let settings = collector.data().join("collector.toml");
    let mut file = fs::OpenOptions::new().append(true).open(&settings).expect("the settings are there");
    write!(file, "\n[relay]\nurl = \"http://{relay}/pulse\"\n").expect("they can be added to");
    collector.publish(&collector.prepared(SURVEY, "one", Windows::OPEN));
    collector.serve();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);

    // Without the relay nothing is sent: it never falls back to a connection that shows who sends.
    let _ = developer.try_sync();
    assert!(collector.rows().is_empty());
    assert_eq!(developer.states(), ["scores retrying", "comments retrying"]);

    let upstream = ("https://pulse.example.com/ohttp", format!("http://{direct}/ohttp"));
    let _nginx = start(RELAY, &relay, &[(upstream.0, &upstream.1)]);
    developer.sync();
    assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
    assert_eq!(collector.rows().len(), 2);
    let refused =
        Command::new("curl").args(["-s", "-o", "/dev/null", "-w", "%{http_code}", &format!("http://{relay}/pulse")]).output();
    assert_eq!(printed(&refused.expect("curl is installed")), "403");
}

#[test]
fn answers_go_through_the_proxy_that_the_documentation_configures_and_it_writes_nothing_down() {
    let proxy = free_address();
    let collector = Collector::set_up(24, Some(proxy));
    collector.publish(&collector.prepared(SURVEY, "one", Windows::OPEN));
    collector.serve();
    let (_nginx, folder) = start(PROXY, &proxy.to_string(), &[("127.0.0.1:8750", &collector.address().to_string())]);
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
    let written = fs::read_dir(folder.path()).expect("the folder is there").flatten().filter(|entry| entry.path().is_file());
    let mut names: Vec<_> = written.map(|entry| entry.file_name()).collect();
    names.sort();
    assert_eq!(names, ["nginx.conf", "nginx.pid"]);
}
