//! A collector: the waves it has published, and the responses of those that are closed.

use std::borrow::Cow;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::SourceError;
use crate::anonymous::manifest::is_safe;
use crate::anonymous::{Bundle, Wave as Published, submission};
use crate::research::data::{Builder, Comment, Facts, Surveyed, Wave};
use crate::response::json as shape;
use crate::survey::Name;
use crate::survey::characters::strip;

/// A collector that is read with an administrator's token.
#[derive(Debug)]
pub struct Collector {
    client: Client,
    address: String,
    token: String,
}

/// What came from a collector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The waves whose responses are in the dataset.
    pub closed: usize,
    /// The waves that are still open: their names, with how many answered, in steps of 5.
    pub open: Vec<(String, u32)>,
}

impl Collector {
    /// Prepares to read a collector; nothing is sent yet.
    ///
    /// # Errors
    /// The address isn't one that a token may go to.
    pub fn new(address: &str, token: &str) -> Result<Self, SourceError> {
        let address = address.trim_end_matches('/').to_owned();
        let failed = |problem: &str, hint: &str| SourceError::Collector {
            address: strip(&address),
            problem: problem.to_owned(),
            hint: hint.to_owned(),
        };
        if !is_safe(&address) {
            return Err(failed("it is not an https address; nothing was sent", "give the address that developers use"));
        }
        // Someone else may have chosen a provider already, and then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client =
            Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(Duration::from_secs(10)).timeout(None);
        let client = client.build().map_err(|_| failed("no connection can be prepared", "try again"))?;
        Ok(Self { client, address, token: token.trim().to_owned() })
    }

    /// Gives the ids of the surveys that have waves there, each once.
    ///
    /// # Errors
    /// The collector can't be read.
    pub fn surveys(&self) -> Result<Vec<String>, SourceError> {
        let mut ids: Vec<String> = self.waves()?.into_iter().map(|wave| wave.manifest.survey).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    /// Reads every closed wave of a survey; `progress` is told how many responses were read.
    ///
    /// # Errors
    /// The collector can't be read, or sends what isn't a response.
    pub fn read(&self, survey: &str, builder: &mut Builder, progress: &mut dyn FnMut(u64)) -> Result<Fetched, SourceError> {
        let mut fetched = Fetched { closed: 0, open: Vec::new() };
        let mut waves: Vec<Published> = self.waves()?.into_iter().filter(|wave| wave.manifest.survey == survey).collect();
        waves.sort_by_key(|wave| wave.manifest.sequence);
        let mut read = 0;
        for published in waves {
            let path = format!("/v1/waves/{}/responses", published.id.0);
            let reply = self.get(&path)?;
            if reply.status().as_u16() == 404 {
                let answered = self.progress(&published)?;
                builder.wave(wave(&published, true));
                fetched.open.push((published.manifest.wave.clone(), answered));
                continue;
            }
            let place = builder.wave(wave(&published, false));
            let surveyed = Surveyed::new(published.survey.clone(), place, builder)?;
            for line in BufReader::with_capacity(1 << 18, self.expect(reply)?).split(b'\n') {
                let line = line.map_err(|_| self.failed("the connection ended early"))?;
                self.add(&published, (&surveyed, &line), builder)?;
                read += 1;
                progress(read);
            }
            fetched.closed += 1;
        }
        Ok(fetched)
    }

    /// Gives the waves of a survey that aren't closed, with how many answered, in steps of 5; no response is read.
    ///
    /// # Errors
    /// The collector can't be read.
    pub fn open_waves(&self, survey: &str) -> Result<Vec<(String, u32)>, SourceError> {
        let mut waves: Vec<Published> = self.waves()?.into_iter().filter(|wave| wave.manifest.survey == survey).collect();
        waves.sort_by_key(|wave| wave.manifest.sequence);
        let mut open = Vec::new();
        for wave in waves {
            if self.get(&format!("/v1/waves/{}/closing", wave.id.0))?.status().as_u16() == 404 {
                open.push((wave.manifest.wave.clone(), self.progress(&wave)?));
            }
        }
        Ok(open)
    }

    fn add(&self, published: &Published, (surveyed, line): (&Surveyed, &[u8]), builder: &mut Builder) -> Result<(), SourceError> {
        let scores = match submission::read_scores(published, line) {
            Ok(scores) => scores,
            Err(error) => {
                let received = submission::read_comments(published, line);
                let received = received.map_err(|_| self.failed(&format!("it holds what is no response: {error}")))?;
                for (question, text) in received.comments {
                    let text = text.as_str().unwrap_or_default().to_owned();
                    builder.comment(Comment { wave: surveyed.wave(), question, text });
                }
                return Ok(());
            }
        };
        let (replies, _) = shape::from_objects(surveyed.survey(), &scores.answers, &scores.missing);
        let arms = scores.arms.iter();
        let facts = Facts {
            segments: scores.class.unwrap_or_default().into_iter().collect(),
            arms: arms.filter_map(|(variant, arm)| Some((Name::new(variant)?, Name::new(arm)?))).collect(),
            language: scores.language.map(Cow::into_owned),
            duration: Some(scores.duration.into_owned()),
        };
        Ok(surveyed.add(&replies, &facts, builder)?)
    }

    fn waves(&self) -> Result<Vec<Published>, SourceError> {
        let bundles: Vec<Bundle> = self.json("/v1/bundles")?;
        let review =
            |bundle: Bundle| bundle.review().map_err(|error| self.failed(&format!("it publishes what is no wave: {error}")));
        bundles.into_iter().map(review).collect()
    }

    fn progress(&self, wave: &Published) -> Result<u32, SourceError> {
        let progress: Value = self.json(&format!("/v1/waves/{}/progress", wave.id.0))?;
        Ok(progress.get("responses").and_then(Value::as_u64).and_then(|many| u32::try_from(many).ok()).unwrap_or(0))
    }

    fn json<T: DeserializeOwned>(&self, path: &str) -> Result<T, SourceError> {
        let reply = self.expect(self.get(path)?)?;
        serde_json::from_reader(reply).map_err(|_| self.failed("it does not answer as a collector does"))
    }

    fn get(&self, path: &str) -> Result<Response, SourceError> {
        let request = self.client.get(format!("{}{path}", self.address)).bearer_auth(&self.token);
        request.send().map_err(|error| self.failed(if error.is_timeout() { "no answer in time" } else { "it can't be reached" }))
    }

    fn expect(&self, reply: Response) -> Result<Response, SourceError> {
        match reply.status().as_u16() {
            200 => Ok(reply),
            401 | 403 => Err(SourceError::Collector {
                address: self.address.clone(),
                problem: "it doesn't take this token".to_owned(),
                hint: "`dxpulse-collector token` makes one for administrators".to_owned(),
            }),
            status => Err(self.failed(&format!("it answers {status}"))),
        }
    }

    fn failed(&self, problem: &str) -> SourceError {
        let hint = "check the address, and that the collector runs".to_owned();
        SourceError::Collector { address: self.address.clone(), problem: problem.to_owned(), hint }
    }
}

fn wave(published: &Published, is_open: bool) -> Wave {
    let manifest = &published.manifest;
    let class = |class: &crate::anonymous::Class| (class.nodes.clone().into_iter().collect(), class.invited);
    Wave {
        name: manifest.wave.clone(),
        opens: Some(manifest.opens.date_naive()),
        closes: Some(manifest.closes.date_naive()),
        invited: Some(manifest.invited),
        classes: manifest.classes.iter().map(class).collect(),
        is_open,
    }
}
