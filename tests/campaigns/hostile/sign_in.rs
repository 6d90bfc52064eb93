//! A sign-in whose collector and issuer lie: it ends in its time, and nobody is joined by it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dxpulse::anonymous::SigningKey;
use serde_json::{Value, json};

use super::mutations::altered;
use super::programs::{BOUNDED, is_sound};
use crate::support::Random;
use crate::support::exchange::{Act, Developer, Proxy, all, answer};

/// How many looks a sign-in of two seconds may take.
const LOOKS: u64 = 4;

/// How long a sign-in that the issuer refuses at once may take, with a pause of the program's own.
const LONGEST: Duration = Duration::from_secs(90);

/// Lets somebody sign in where each of three replies may be anything.
pub(crate) fn trial(random: &mut Random) -> Result<(), String> {
    let proxy = Proxy::start();
    let address = format!("http://{}", proxy.address());
    let is_pending = random.within(0..2) == 0;
    let replies = if is_pending { pending(&address, random) } else { refused(&address, random) };
    let (shown, looks) = (json!(replies).to_string(), Arc::new(AtomicU64::new(0)));
    let looked = Arc::clone(&looks);
    proxy.script(move |request| {
        let at = ["/v1/enrolment", "/device"].iter().position(|path| request.path == *path).unwrap_or(2);
        looked.fetch_add(u64::from(at == 2), Ordering::SeqCst);
        Act::Answer(answer("200 OK", &["content-type: application/json"], replies[at].to_string().as_bytes()))
    });
    let start = Instant::now();
    let developer = Developer::new();
    let mut command = developer.home.command_through(&BOUNDED);
    command.env("DXPULSE_COLLECTOR", &address).env("DXPULSE_PUBLISHERS", SigningKey::from_seed(&[5; 32]).public().to_string());
    let output = command.args(["enroll", "--sign-in"]).output().map_err(|error| error.to_string())?;
    let context =
        |what: String| format!("a sign-in by {}: {what}: {}", shown.chars().take(1000).collect::<String>(), all(&output));
    is_sound(output.status.code(), [&output.stdout, &output.stderr]).map_err(context)?;
    let (said, taken, looks) = (all(&output), start.elapsed(), looks.load(Ordering::SeqCst));
    match (output.status.success() || said.contains("\\u{"), taken > LONGEST, is_pending && looks > LOOKS) {
        (true, ..) => Err(context("it joins, or keeps what is not stripped".to_owned())),
        (_, true, _) => Err(context(format!("it took {taken:?}"))),
        (.., true) => Err(context(format!("it looked {looks} times in two seconds"))),
        _ => Ok(()),
    }
}

/// Nobody signs in, at a pace that is absurd.
fn pending(address: &str, random: &mut Random) -> [Value; 3] {
    let [methods, mut prompt, _] = genuine(address);
    prompt["interval"] = json!(random.pick(&[0, 1, 61, u64::MAX]));
    [methods, prompt, json!({ "error": random.pick(&["authorization_pending", "slow_down"]) })]
}

/// The issuer refuses, and something else is not as it should be.
fn refused(address: &str, random: &mut Random) -> [Value; 3] {
    let mut replies = genuine(address);
    if random.within(0..4) == 0 {
        replies[1]["expires_in"] = json!(random.pick(&[0, u64::MAX, u64::MAX / 2, 1 << 40]));
    } else {
        let at = usize::try_from(random.within(0..3)).unwrap_or_default();
        replies[at] = altered(replies[at].clone(), random);
    }
    replies
}

fn genuine(address: &str) -> [Value; 3] {
    let endpoint = |name: &str| format!("{address}/{name}");
    let issuer = json!({
        "client_id": "dxpulse", "device_authorization_endpoint": endpoint("device"), "token_endpoint": endpoint("token"),
    });
    let prompt = json!({
        "verification_uri": endpoint("activate"), "user_code": "WXYZ-1234", "device_code": "secret", "interval": 1, "expires_in": 2,
    });
    [json!({ "methods": ["oidc"], "oidc": issuer }), prompt, json!({ "error": "access_denied" })]
}
