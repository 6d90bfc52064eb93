//! A real nginx with the relay configuration of the documentation, between a developer and a collector.

use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::exchange::{Collector, Developer, SURVEY, Windows, free_address, printed};

const CONFIGURATION: &str = include_str!("../../docs/relay.nginx.conf");

struct Relay(Child);

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts nginx on a port of this machine, in front of a collector of this machine; all else is as the documentation has it.
fn start(folder: &std::path::Path, relay: &str, collector: &str) -> Relay {
    let ours = [
        ("listen 443 ssl;", format!("listen {relay};")),
        ("    ssl_certificate /etc/ssl/certs/relay.pem;\n", String::new()),
        ("    ssl_certificate_key /etc/ssl/private/relay.key;\n", String::new()),
        ("https://pulse.example.com/ohttp", format!("http://{collector}/ohttp")),
        ("worker_processes auto;", "worker_processes 1;\nerror_log stderr;\npid nginx.pid;".to_owned()),
        ("http {\n", "http {\n  client_body_temp_path body;\n  proxy_temp_path proxy;\n  fastcgi_temp_path fastcgi;\n  uwsgi_temp_path uwsgi;\n  scgi_temp_path scgi;\n".to_owned()),
    ];
    let mut configuration = CONFIGURATION.to_owned();
    for (theirs, ours) in ours {
        assert!(configuration.contains(theirs), "{theirs}");
        configuration = configuration.replace(theirs, &ours);
    }
    fs::write(folder.join("nginx.conf"), configuration).expect("a file can be written");
    let mut command = Command::new("/usr/sbin/nginx");
    command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "stderr", "-g", "daemon off; master_process off;"]);
    let relay_process = Relay(command.stdin(Stdio::null()).spawn().expect("nginx is installed"));
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(relay).is_err() {
        assert!(Instant::now() < until, "nginx does not start");
        std::thread::yield_now();
    }
    relay_process
}

#[test]
fn answers_go_through_the_relay_that_the_documentation_configures() {
    let folder = tempfile::tempdir().expect("temporary folders can be made");
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

    let _nginx = start(folder.path(), &relay, &direct);
    developer.sync();
    assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
    assert_eq!(collector.rows().len(), 2);
    let refused =
        Command::new("curl").args(["-s", "-o", "/dev/null", "-w", "%{http_code}", &format!("http://{relay}/pulse")]).output();
    assert_eq!(printed(&refused.expect("curl is installed")), "403");
}
