//! Submissions: taken with a token that fits, under a nullifier, acknowledged with a signed receipt once they are on the disk.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use chrono::Utc;

use crate::anonymous::manifest::Wave;
use crate::anonymous::{Frame, Part, Receipt, WaveId, submission};
use crate::collector::chance;
use crate::collector::server::problem::{Body, Problem};
use crate::collector::server::request::{Admin, Octets, OfWave, Under};
use crate::collector::server::shapes::ReceiptShape;
use crate::collector::server::state::Collector;
use crate::collector::store::{Putting, Stored};

/// Whether tokens and signatures are checked, and receipts signed. Built without, as `tests/bench ingest` alone does to measure everything
/// else, there is no collector: its program doesn't compile.
const IS_PROVEN: bool = cfg!(not(unproven));

/// Takes a submission, a higher version of it, or its withdrawal.
#[utoipa::path(put, path = "/v1/waves/{wave}/responses/{nullifier}", operation_id = "submit", tag = "responses",
    params(
        ("wave" = String, Path, description = "The wave's id"),
        ("nullifier" = String, Path, description = "SHA-256(\"dxp\" ‖ nonce) of the token"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "4, 8 or 16 KiB: token, key, version, payload, signature"),
    responses(
    (status = 201, description = "Stored for the first time", body = ReceiptShape),
    (status = 200, description = "Stored once more, or a higher version", body = ReceiptShape),
    (status = "default", description = "A problem: wave-unknown, malformed, not-open, wrong-token, version-taken, closed, payload-refused",
        body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn put(
    State(collector): State<Arc<Collector>>,
    (OfWave(wave), Under(nullifier)): (OfWave, Under),
    Octets(body): Octets,
) -> Result<impl IntoResponse, Problem> {
    let _under_way = collector.writer.expect();
    in_window(&wave)?;
    let frame = Frame::from_bytes(&body).map_err(|error| Problem::bad("malformed", error.to_string()))?;
    if frame.nullifier() != nullifier {
        return Err(Problem::bad("malformed", "the address doesn't name the token's nullifier"));
    }
    let part = checked(&wave, &frame)?;
    let (id, version, hash) = (wave.id, frame.version, frame.payload_hash());
    let stored = Stored { nullifier, place: (id, part), version, payload: frame.payload, hash };
    // While it is being written, its receipt is signed; nobody has it before that is on the disk.
    let sign = async {
        match IS_PROVEN {
            true => Receipt::sign(id, nullifier, (version, hash), &collector.receipt_key),
            false => Receipt { wave: id.0, nullifier: nullifier.0, version, payload_hash: hash, signature: "0".repeat(128) },
        }
    };
    let (put, receipt) = tokio::join!(biased; collector.writer.put(stored), sign);
    let status = match put? {
        Putting::New => StatusCode::CREATED,
        Putting::Kept => StatusCode::OK,
        Putting::VersionTaken => {
            let detail = "another submission of this version, or a newer one, is stored, or it was taken back";
            return Err(Problem::conflict("version-taken", detail));
        }
        Putting::Closed => return Err(closed()),
    };
    Ok((status, Json(receipt)))
}

fn in_window(wave: &Wave) -> Result<(), Problem> {
    let now = Utc::now();
    if now < wave.manifest.opens {
        return Err(Problem::forbidden("not-open", format!("answers are taken from {} on", wave.manifest.opens)));
    }
    if now >= wave.manifest.collect_closes() { Err(closed()) } else { Ok(()) }
}

fn closed() -> Problem {
    Problem::gone("closed", "the wave is closed")
}

/// Checks everything that can be checked without the database, the cheapest first, and gives the part.
fn checked(wave: &Wave, frame: &Frame) -> Result<Part, Problem> {
    let wrong = |detail: String| Problem::forbidden("wrong-token", detail);
    let key = frame.token.key_id();
    let part = Part::ALL.into_iter().find(|part| wave.key(*part).id() == key);
    let part = part.ok_or_else(|| wrong("the token is not one of this wave".to_owned()))?;
    if IS_PROVEN {
        frame.check(wave.id).map_err(|error| wrong(error.to_string()))?;
        wave.key(part).verify(&frame.token, wave.challenge(part)).map_err(|error| wrong(error.to_string()))?;
    }
    if !frame.is_withdrawal() {
        let refused = |error: submission::PayloadError| {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "payload-refused", error.to_string())
        };
        submission::check(wave, part, &frame.payload).map_err(refused)?;
    }
    Ok(part)
}

/// The payloads of a closed wave, one on each line: scores in the order of their hashes, then comments in one by chance.
#[utoipa::path(get, path = "/v1/waves/{wave}/responses", operation_id = "payloads", tag = "administration",
    params(
        ("wave" = String, Path, description = "The wave's id"),
        ("part" = Option<String>, Query, description = "scores or comments alone"),
    ), security(("administrator" = [])), responses(
    (status = 200, description = "One payload on each line; comments from ten up", body = String, content_type = "application/x-ndjson"),
    (status = "default", description = "A problem: unauthorized, not-closed", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn payloads(
    State(collector): State<Arc<Collector>>,
    _: Admin,
    OfWave(wave): OfWave,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, Problem> {
    let parts = match query.as_deref().unwrap_or_default() {
        "" => Part::ALL.to_vec(),
        query => {
            let part = query.strip_prefix("part=").and_then(Part::from_name);
            vec![part.ok_or_else(|| Problem::bad("malformed", "ask for `part=scores` or `part=comments`"))?]
        }
    };
    let id = wave.id;
    let Some(_) = collector.reader.read(move |store| store.closing(id)).await? else {
        return Err(Problem::not_found("not-closed", "responses are shown once the wave is closed"));
    };
    let mut lines = Vec::new();
    for part in parts {
        for payload in shown(&collector, id, (part, wave.survey.privacy.fewest_comments())).await? {
            lines.extend(payload);
            lines.push(b'\n');
        }
    }
    Ok(([(CONTENT_TYPE, "application/x-ndjson")], lines))
}

async fn shown(collector: &Collector, wave: WaveId, (part, fewest): (Part, u32)) -> Result<Vec<Vec<u8>>, Problem> {
    let mut payloads = collector.reader.read(move |store| store.payloads(wave, part)).await?;
    if part == Part::Comments {
        if payloads.len() < fewest as usize {
            return Ok(Vec::new());
        }
        chance::shuffle(&mut payloads).map_err(|_| Problem::unavailable("there are no random numbers; try again later"))?;
    }
    Ok(payloads)
}
