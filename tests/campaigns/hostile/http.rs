//! Requests that mean no good, thrown at a collector that serves, while hundreds of connections dribble and honest people answer.
//!
//! In the end it must be ready, hold what honest people sent and nothing else, have logged nothing of anybody, and be as small as ever.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::programs::PROMPT;
use super::shapes::{CANARY, Shape, shape};
use crate::faults::crashes::behind;
use crate::support::Random;
use crate::support::exchange::{Act, Collector, Developer, Proxy, Request};
use crate::trials::{Plan, Verdict, guarded};

/// From here on a campaign without a fault counts.
const JUDGED_FROM: u64 = 1000;

/// How many requests are one run.
const REQUESTS: u64 = 25;

/// How many connections dribble.
const DRIBBLING: usize = 500;

/// How long the head of a request may take, and a body; each with what a slow machine may add.
const HEAD: Duration = Duration::from_secs(10 + 10);
const BODY: Duration = Duration::from_secs(30 + 15);

/// The most memory that a collector may have taken at any time.
const MOST_KIB: u64 = 64 << 10;

/// Everything around one collector.
struct Siege {
    /// It stays as long as developers are led through it.
    _proxy: Proxy,
    collector: Arc<Collector>,
    recorded: Vec<Request>,
    honest: Vec<Developer>,
    before: String,
}

pub(crate) fn part(plan: &Plan) -> Verdict {
    let begun = Siege::begin();
    let dribbling = Dribbling::begin(begun.collector.address());
    let meanwhile = guarded(|| begun.somebody_answers("while connections dribble"));
    let verdict = plan.carry_out_on(4, JUDGED_FROM, 1, |seed| {
        let mut random = Random::new(seed);
        guarded(|| (0..REQUESTS).try_for_each(|_| begun.one(&shape(&begun.recorded, &mut random))))
    });
    let has_time = plan.runs >= JUDGED_FROM;
    let ended = meanwhile.and_then(|()| dribbling.ends(has_time)).and_then(|()| guarded(|| begun.is_as_it_was()));
    let note = format!("{} KiB at the most, {DRIBBLING} connections dribbled", begun.peak().unwrap_or_default());
    verdict.note(&note).unless(ended.err())
}

impl Siege {
    /// Sets a collector up, and writes down what an honest developer's program sends it.
    fn begin() -> Self {
        let (proxy, collector) = behind(40);
        let before = collector.log();
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&recorded);
        proxy.script(move |request| {
            record.lock().expect("no holder panics").push(request.clone());
            Act::Forward
        });
        let developer = answered(&collector);
        proxy.script(|_| Act::Forward);
        let recorded = recorded.lock().expect("no holder panics").clone();
        assert!(recorded.iter().any(|request| request.method == "PUT"), "a submission was recorded");
        Self { _proxy: proxy, collector, recorded, honest: vec![developer], before }
    }

    /// Lets somebody new join, answer and send, as quickly as ever.
    fn somebody_answers(&self, when: &str) -> Result<(), String> {
        let start = Instant::now();
        drop(answered(&self.collector));
        match start.elapsed() {
            taken if taken > PROMPT => Err(format!("{when}, an answer takes {taken:?}")),
            _ => Ok(()),
        }
    }

    /// Sends one request, and looks at what comes back.
    fn one(&self, shape: &Shape) -> Result<(), String> {
        let reply = exchanged(self.collector.address(), &shape.bytes);
        // What comes before a reply is none.
        let text = String::from_utf8_lossy(&reply).replace("HTTP/1.1 100 Continue\r\n\r\n", "");
        let context = |what: &str| {
            let sent: String = String::from_utf8_lossy(&shape.bytes).chars().take(600).collect();
            let got: String = text.chars().take(600).collect();
            format!("{}: {what}: {sent:?} is answered {got:?}", shape.what)
        };
        // A connection that ends without a word is an answer too.
        if text.is_empty() {
            return Ok(());
        }
        let status: u16 = text.get(9..12).and_then(|digits| digits.parse().ok()).unwrap_or_default();
        if !text.starts_with("HTTP/1.") || !(200..600).contains(&status) || status == 500 {
            return Err(context("no reply to a request"));
        }
        if !shape.statuses.is_empty() && !shape.statuses.contains(&status) {
            return Err(context("another status than expected"));
        }
        if shape.is_last && text.matches("HTTP/1.1 ").count() > 1 {
            return Err(context("what stood behind it is answered too"));
        }
        Ok(())
    }

    /// Holds what the collector has, says and takes against what it should.
    fn is_as_it_was(&self) -> Result<(), String> {
        let (status, _) = self.collector.sent("GET /readyz HTTP/1.1", b"");
        if status != 200 {
            return Err(format!("it is not ready any more: {status}"));
        }
        self.somebody_answers("after all of it")?;
        let rows = self.collector.rows();
        // Two who answered meanwhile are gone with their homes, and counted.
        let own = self.honest.iter().flat_map(Developer::outbox).filter_map(|part| part.signed_for()).count();
        if (rows.len(), own) != (6, 2) || rows.iter().any(|row| row.version != 1) {
            return Err(format!("three people sent two parts each, and it has {rows:?}"));
        }
        let count = |table: &str| -> i64 {
            let sql = format!("SELECT count(*) FROM {table}");
            self.collector.database().query_row(&sql, [], |row| row.get(0)).unwrap_or(-1)
        };
        if count("issued") != 6 {
            return Err(format!("three people have two tokens each, and it issued {}", count("issued")));
        }
        self.has_told_nothing()?;
        let peak = self.peak()?;
        if peak > MOST_KIB { Err(format!("it has taken {peak} KiB")) } else { Ok(()) }
    }

    /// Nothing of a request is in the log, nor in a file.
    fn has_told_nothing(&self) -> Result<(), String> {
        let log = self.collector.log();
        let said = log.strip_prefix(&self.before).ok_or("the log has lost its beginning")?;
        let mut secrets = vec![CANARY.to_owned(), "127.0.0.1".to_owned(), "panicked".to_owned(), "POST ".to_owned()];
        secrets.extend(self.collector.rows().into_iter().flat_map(|row| [row.nullifier, row.hash]));
        if let Some(secret) = secrets.iter().find(|secret| said.contains(*secret)) {
            return Err(format!("the log holds {secret:?}: {said}"));
        }
        for file in fs::read_dir(self.collector.data()).map_err(|error| error.to_string())?.flatten() {
            let bytes = fs::read(file.path()).unwrap_or_default();
            if bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()) {
                return Err(format!("{} holds something of a request", file.path().display()));
            }
        }
        Ok(())
    }

    /// The most memory that the server ever had, without the files that it maps, in KiB.
    fn peak(&self) -> Result<u64, String> {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.collector.process())).map_err(|error| error.to_string())?;
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        let (peak, files) = of("VmHWM:").zip(of("RssFile:")).ok_or("the system doesn't tell")?;
        Ok(peak.saturating_sub(files))
    }
}

/// Somebody who joins, answers and sends.
fn answered(collector: &Collector) -> Developer {
    let developer = Developer::joined(collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    developer
}

/// Sends bytes and nothing more, and gives all that comes back.
fn exchanged(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut reply = Vec::new();
    let Ok(mut stream) = TcpStream::connect(address) else { return b"nobody listens".to_vec() };
    let _ = stream.set_read_timeout(Some(PROMPT));
    // Who refuses a request need not read it to its end.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    if let Err(error) = (&stream).take(1 << 20).read_to_end(&mut reply)
        && [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind())
    {
        return b"nothing in time".to_vec();
    }
    reply
}

/// Connections that begin something and never end it.
struct Dribbling {
    begun: Instant,
    heads: Vec<TcpStream>,
    bodies: Vec<TcpStream>,
}

impl Dribbling {
    fn begin(address: SocketAddr) -> Self {
        let connect = |begin: &[u8]| {
            let mut stream = TcpStream::connect(address).expect("the collector listens");
            stream.write_all(begin).expect("it can be sent");
            stream
        };
        let head = format!("PUT /v1/waves/{}/responses/{} HTTP/1.1\r\nhost: x\r\n", "0".repeat(64), "1".repeat(64));
        let full = format!("{head}content-type: application/octet-stream\r\ncontent-length: 65536\r\n\r\n{}", "x".repeat(65_000));
        let half = DRIBBLING / 2;
        let heads = (0..half).map(|at| connect(&head.as_bytes()[..at % head.len()])).collect();
        let bodies = (half..DRIBBLING).map(|_| connect(full.as_bytes())).collect();
        Self { begun: Instant::now(), heads, bodies }
    }

    /// Makes sure that each was ended in its time; bodies only where there is time to wait for them.
    fn ends(mut self, has_time: bool) -> Result<(), String> {
        let begun = self.begun;
        self.heads.iter_mut().try_for_each(|stream| is_closed(stream, begun + HEAD, "a head that never ends"))?;
        let bodies = self.bodies.iter_mut().filter(|_| has_time);
        bodies.into_iter().try_for_each(|stream| is_closed(stream, begun + BODY, "a body that never ends"))
    }
}

fn is_closed(stream: &mut TcpStream, until: Instant, what: &str) -> Result<(), String> {
    let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
    let mut reply = Vec::new();
    let read = stream.set_read_timeout(Some(left)).and_then(|()| stream.take(1 << 16).read_to_end(&mut reply));
    match read {
        Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {
            Err(format!("{what} keeps its connection"))
        }
        _ => Ok(()),
    }
}
