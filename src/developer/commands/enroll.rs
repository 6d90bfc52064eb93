//! `dxpulse enroll`: joins a collector with an invitation, and pins whose surveys are accepted.

use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::context::Context;
use super::note;
use super::outbox::day;
use crate::anonymous::results::ResultsError;
use crate::anonymous::{ManifestError, PublicKey};
use crate::developer::store::{Enrolment, Store};
use crate::developer::sync::enrolling::{self, Invitation, InvitationError};
use crate::developer::sync::plan::Mode;
use crate::developer::sync::signing_in::{self, SignIn};
use crate::developer::sync::{Failed, SyncError, round};
use crate::report::{Exit, Failure, output};

const ABOUT: &str = "\
The invitation is the link you were given, such as https://pulse.example.com/join#CODE.KEY; quote it, since shells read # as a comment. \
Where your organisation has set collector and publishers, the code alone is enough.";

#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(crate) struct Arguments {
    /// The link or the code of your invitation
    #[arg(value_name = "INVITE", required_unless_present = "sign_in")]
    invitation: Option<String>,
    /// Sign in with your organisation instead, where collector and publishers are set
    #[arg(long, conflicts_with = "invitation")]
    sign_in: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings()?;
    let publishers = super::keys(settings.publishers())?;
    let invitation = match &arguments.invitation {
        Some(text) => Invitation::read(text, settings.collector(), &publishers),
        None => Invitation::by_sign_in(settings.collector(), &publishers),
    };
    let invitation = invitation.map_err(|error| unreadable(&error))?;
    let now = Utc::now();
    let mut store = Store::open(&context.places()?.data)?;
    // Two that join at once would each keep a secret of their own, and the collector takes one.
    let _lock = super::sync::wait_for_lock(&store)?;
    let known = store.enrolments()?.into_iter().find(|known| known.collector == invitation.collector);
    if let Some(moved) = known.as_ref().and_then(|known| known.moved) {
        return Err(Failure::new(format!(
            "what you joined at {} was moved to another machine on {}",
            invitation.collector,
            day(moved.at)
        ))
        .hint(
            "go on there, or bring it back: move it from there with `dxpulse export --state FILE`, and import that file here",
        ));
    }
    let known = known.filter(|known| !known.is_pending());
    let code = invitation.code.clone().unwrap_or_default();
    if let Some(known) = known.clone().filter(|known| arguments.sign_in || known.has_taken(&code)) {
        return joined_already(&mut store, known, (&publishers, now));
    }
    let proof = arguments.sign_in.then(|| signed_in(&invitation.collector)).transpose()?;
    let begun = enrolling::begin(&mut store, &invitation, now).map_err(Failure::from)?;
    let redeemed = match proof {
        Some(proof) => enrolling::redeem_with(&mut store, &begun, proof),
        None => enrolling::redeem(&mut store, begun),
    };
    let enrolment = match (redeemed, known) {
        (Ok(enrolment), _) => enrolment,
        // It may be the code that it was joined with, which wasn't taken down once.
        (Err(error), Some(known)) if known.taken.is_none() && reason(&error) == "invitation-used" => {
            return joined_already(&mut store, known, (&publishers, now));
        }
        (Err(error), _) => {
            let kept = store.enrolments()?.into_iter().find(|kept| kept.collector == invitation.collector);
            return Err(not_joined(&error, kept.as_ref()));
        }
    };
    output::print_words(&joined(&enrolment))?;
    accept_too(&mut store, enrolment, &publishers)?;
    fetch(&mut store, now)
}

/// Says that nothing new was joined, accepts whose surveys are to be accepted since, and fetches what may not have come then.
fn joined_already(
    store: &mut Store,
    known: Enrolment,
    (publishers, now): (&[PublicKey], DateTime<Utc>),
) -> Result<Exit, Failure> {
    output::print_words(&format!("you have joined {} already", known.collector))?;
    accept_too(store, known, publishers)?;
    fetch(store, now)
}

/// Fetches what is published, which comes with joining; what fails now is tried again in the background.
fn fetch(store: &mut Store, now: DateTime<Utc>) -> Result<Exit, Failure> {
    let mut failed = None;
    round::run(store, None, (now, Mode::Joined), &mut |done| {
        if let Err(error) = &done.result {
            failed = Some((error.to_string(), remedy(error)));
        }
    })?;
    if let Some((reason, remedy)) = failed {
        note(&format!("{reason}\n  help: {remedy}"));
    }
    super::sync::tell_surveys(store, now)?;
    Ok(Exit::SUCCESS)
}

/// Accepts those publishers too that were pinned on this machine since it was joined; none that was pinned before is dropped, since its
/// waves go on.
fn accept_too(store: &mut Store, mut enrolment: Enrolment, pinned: &[PublicKey]) -> Result<(), Failure> {
    let new: Vec<PublicKey> = pinned.iter().filter(|key| !enrolment.publishers.contains(key)).copied().collect();
    if new.is_empty() {
        return Ok(());
    }
    enrolment.publishers.extend(&new);
    store.keep_enrolment(&enrolment)?;
    for key in new {
        output::print_words(&format!("from now on, surveys are accepted too that are signed by {key}"))?;
    }
    Ok(())
}

/// Lets the developer sign in in a browser, and waits until they have.
fn signed_in(collector: &str) -> Result<Value, Failure> {
    let issuer = signing_in::issuer(collector).map_err(|error| not_joined(&error, None))?.ok_or_else(|| {
        Failure::new(format!("{collector} has no sign-in")).hint("ask whoever runs it for an invitation, and give its link")
    })?;
    let prompt = issuer.begin().map_err(|error| not_joined(&error, None))?;
    output::print_words(&format!("open {} and enter {}", prompt.verification_uri, prompt.user_code))?;
    let until = Instant::now() + Duration::from_secs(prompt.expires_in);
    let mut pause = prompt.interval;
    while Instant::now() < until {
        match issuer.look(&prompt) {
            Ok(SignIn::Done(proof)) => return Ok(proof),
            // A network that is gone for a moment ends nothing that the person may just have confirmed.
            Ok(SignIn::Pending) | Err(SyncError::Failed(Failed::Unreachable { .. })) => {}
            Ok(SignIn::TooFast) => pause += signing_in::SLOWER,
            Err(error) => return Err(not_joined(&error, None)),
        }
        let left = until.saturating_duration_since(Instant::now());
        thread::sleep(Duration::from_secs(pause).min(left));
    }
    Err(Failure::new("nobody signed in in time").hint("run the same command again"))
}

fn joined(enrolment: &Enrolment) -> String {
    let mut text = format!("joined {}\n", enrolment.collector);
    for key in &enrolment.publishers {
        text.push_str(&format!("surveys are accepted that are signed by {key}\n"));
    }
    let told: Vec<String> = enrolment.segments.iter().map(|(segment, value)| format!("{segment}={value}")).collect();
    match told.is_empty() {
        true => text.push_str("it has nothing about you that could go with answers\n"),
        false => text.push_str(&format!(
            "it has about you: {}\nanswers tell of that only what at least ten of those invited share\n",
            told.join(", ")
        )),
    }
    text
}

/// Says what to do where what is published couldn't be fetched or taken.
fn remedy(error: &SyncError) -> &'static str {
    match error {
        SyncError::Wave(ManifestError::Stranger(_)) | SyncError::Results(ResultsError::Stranger(_)) => {
            "whoever asks you must be pinned as a publisher; ask your organisation whose key this is, and answer nothing until then"
        }
        error if error.is_refusal() => {
            "nothing of it was taken in: show this to your organisation, or to whoever you trust to ask, and answer nothing until then"
        }
        _ => "it is tried again by itself; `dxpulse sync` tries it now",
    }
}

fn unreadable(error: &InvitationError) -> Failure {
    let hint = match error {
        InvitationError::Form => "give the whole link in quotes: dxpulse enroll 'https://…/join#CODE.KEY'",
        InvitationError::Where => {
            "give the whole link instead, or set `collector` and `publishers` as your organisation tells you"
        }
        InvitationError::Publisher(_) => {
            "ask your organisation before you trust it; `dxpulse config get publishers` shows who is pinned, and where"
        }
        InvitationError::Address(_) => "ask whoever invited you for an https address: nothing goes anywhere else",
    };
    Failure::usage(error.to_string()).hint(hint)
}

/// Says why nothing was joined, and what is kept of it.
fn not_joined(error: &SyncError, kept: Option<&Enrolment>) -> Failure {
    let what = match kept {
        Some(kept) if kept.is_pending() => "not joined yet",
        Some(_) => "not joined anew",
        None => "nothing was joined",
    };
    let hint = match (reason(error), kept) {
        ("invitation-used", _) => "if that wasn't you, tell whoever invited you: they can make a new one",
        ("invitation-unknown", Some(_)) => "what you joined before is as it was; check that the link is whole",
        ("invitation-unknown", None) => "check that the link is whole; whoever invited you can make a new one",
        (_, Some(kept)) if kept.is_pending() => {
            "run the same command again later: what is needed is kept, and the invitation is used once only"
        }
        (_, Some(_)) => "what you joined before is as it was; check the link, and run it again later",
        (_, None) => "check the link and the network, and run it again: nothing of it was kept, and the invitation was not used",
    };
    Failure::new(format!("{what}: {error}")).hint(hint)
}

/// Gives the collector's word for the reason of a refusal.
fn reason(error: &SyncError) -> &str {
    if let SyncError::Failed(failed) = error { failed.code() } else { "" }
}
