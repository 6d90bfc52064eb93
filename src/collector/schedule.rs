//! What happens by itself while the server runs: waves close when their time is over; every night the database is counted, thinned out,
//! rewritten and copied.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::clock::{self, Doubt};
use super::closing;
use super::counted::counted;
use super::folder::{read, write_private};
use super::keys;
use super::rewriting;
use super::server::{Collector, log};
use super::settings::{Backup, Retention};
use super::store::{StoreError, thin_out};
use super::writer::Unwritten;
use crate::anonymous::WaveId;
use crate::anonymous::manifest::Wave;

/// The longest time between two looks at the clock and the waves.
const LONGEST_REST: Duration = Duration::from_secs(15);

/// A wave with what the schedule asks of it.
struct Watched {
    wave: Arc<Wave>,
    is_closed: bool,
}

/// Keeps the collector in order, for as long as it runs.
pub(crate) async fn keep(collector: Arc<Collector>) {
    let mut doubted = None;
    loop {
        let now = Utc::now();
        if is_believed(&collector, now.date_naive(), &mut doubted)
            && let Err(error) = look(&collector, now).await
        {
            log(&format!("what is due could not be done, and is tried again: {error}"));
        }
        tokio::time::sleep(rest(&collector, Utc::now()).await).await;
    }
}

/// Says whether what is due by the clock may be done, and tells when that changes. A clock that is believed is what the next is held
/// against.
fn is_believed(collector: &Collector, today: NaiveDate, doubted: &mut Option<Doubt>) -> bool {
    let doubt = clock::doubt(&collector.folder, today);
    let before = std::mem::replace(doubted, doubt);
    match (before, doubt) {
        (_, None) => {
            if before.is_some() {
                log("the clock is believed again: what is due by it is done");
            }
            if let Err(error) = clock::keep(&collector.folder, today) {
                log(&error.to_string());
            }
        }
        (before, Some(doubt)) if before != Some(doubt) => log(&format!("{doubt}; {}", clock::REMEDY)),
        _ => {}
    }
    doubt.is_none()
}

async fn look(collector: &Collector, now: DateTime<Utc>) -> Result<(), Unwritten> {
    let waves = watched(collector).await?;
    let is_due = |watched: &&Watched| !watched.is_closed && watched.wave.manifest.collect_closes() <= now;
    let due: Vec<_> = waves.iter().filter(is_due).map(|watched| Arc::clone(&watched.wave)).collect();
    let is_any_due = !due.is_empty();
    for wave in due {
        close(collector, wave).await?;
    }
    // Keys are destroyed after the close is on the disk; a crash between both is made good here.
    for watched in waves.iter().filter(|watched| watched.is_closed) {
        destroy_keys(collector, watched.wave.id);
    }
    collector.forget_closed().await?;
    if is_any_due || rewriting::is_due(&collector.folder) {
        rewrite(collector).await?;
    }
    let night = now.date_naive();
    if last_night(collector).is_none_or(|last| last < night) {
        nightly(collector, &waves, now).await?;
    }
    Ok(())
}

async fn watched(collector: &Collector) -> Result<Vec<Watched>, StoreError> {
    let mut watched = Vec::new();
    for published in collector.reader.read(|store| store.waves()).await? {
        // What can't be read was told when it was asked for.
        if let Ok(wave) = collector.wave(published.id).await {
            watched.push(Watched { wave, is_closed: published.is_closed });
        }
    }
    Ok(watched)
}

async fn close(collector: &Collector, wave: Arc<Wave>) -> Result<(), Unwritten> {
    let (key, name) = (collector.receipt_key.clone(), format!("{} {}", wave.manifest.survey, wave.manifest.wave));
    let id = wave.id;
    if let Err(error) = rewriting::plan(&collector.folder) {
        log(&error.to_string());
    }
    if collector.writer.alone(move |store| closing::close(store, &wave, &key)).await? {
        log(&format!("closed {name}"));
    }
    destroy_keys(collector, id);
    Ok(())
}

fn destroy_keys(collector: &Collector, wave: WaveId) {
    match keys::destroy_wave(&collector.folder, wave) {
        Ok(true) => log(&format!("destroyed the keys of {}", wave.0.short())),
        Ok(false) => {}
        Err(error) => log(&format!("the keys of {} are still there: {error}", wave.0.short())),
    }
}

async fn rewrite(collector: &Collector) -> Result<(), Unwritten> {
    log("rewriting the database…");
    let folder = collector.folder.clone();
    let is_done = collector.writer.alone(move |store| rewriting::rewrite(store, &folder)).await?;
    log(if is_done { "rewrote the database" } else { rewriting::LEFT });
    Ok(())
}

async fn nightly(collector: &Collector, waves: &[Watched], now: DateTime<Utc>) -> Result<(), Unwritten> {
    let today = now.date_naive();
    let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today).to_string();
    let open: Vec<_> = waves.iter().filter(|watched| !watched.is_closed).map(|watched| watched.wave.id).collect();
    collector.writer.write(move |store| open.iter().try_for_each(|wave| store.note_day(&yesterday, *wave))).await?;
    erase_old(collector, waves, now).await?;
    rewrite(collector).await?;
    if let Some(backup) = collector.settings.backup.clone() {
        back_up(collector, backup, today).await?;
    }
    if let Err(error) = write_private(&collector.folder.rewritten(), format!("{today}\n").as_bytes()) {
        log(&error.to_string());
    }
    Ok(())
}

async fn back_up(collector: &Collector, backup: Backup, today: NaiveDate) -> Result<(), Unwritten> {
    if let Err(error) = super::folder::make_private_folder(&backup.folder) {
        log(&format!("no backup was made: {error}"));
        return Ok(());
    }
    let Backup { folder, keep } = backup;
    let copied = collector.writer.alone(move |store| {
        let copy = store.back_up(&folder, &today.to_string())?;
        thin_out(&folder, keep);
        Ok(copy)
    });
    match copied.await {
        Ok(copy) => log(&format!("copied the database to {}", copy.display())),
        Err(Unwritten::Failed(error)) => log(&format!("no backup was made: {error}")),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Erases what was kept long enough.
async fn erase_old(collector: &Collector, waves: &[Watched], now: DateTime<Utc>) -> Result<(), Unwritten> {
    let old = old(waves, collector.settings.retention, now);
    let erased = collector.writer.write(move |store| {
        let mut erased = 0;
        for (wave, all) in &old.waves {
            erased += usize::from(store.erase_wave(*wave, *all)?);
        }
        let people = if old.contacts { store.erase_everyone()? } else { 0 };
        Ok((erased, people))
    });
    match erased.await? {
        (0, 0) => {}
        (waves, people) => {
            let contacts = if people > 0 { " and everyone's contacts" } else { "" };
            log(&format!("erased the responses of {}{contacts}, as the retention says", counted(waves, ["wave", "waves"])));
        }
    }
    Ok(())
}

/// What was kept long enough.
#[derive(Debug, Default, PartialEq, Eq)]
struct Old {
    /// Closed waves, and whether all of them is erased.
    waves: Vec<(WaveId, bool)>,
    /// Whether the contacts are.
    contacts: bool,
}

/// Decides what was kept long enough. The newest wave stays known for as long as the contacts do: their time is counted from it.
fn old(waves: &[Watched], retention: Retention, now: DateTime<Utc>) -> Old {
    let closes = |watched: &Watched| watched.wave.manifest.collect_closes();
    let is_past = |closed: DateTime<Utc>, days: u32| {
        // What is kept until a time that no calendar has is kept for ever.
        closed.checked_add_signed(TimeDelta::days(i64::from(days))).is_some_and(|end| end < now)
    };
    let newest = waves.iter().map(closes).max();
    let contacts = newest.is_some_and(|closed| is_past(closed, retention.contacts_days));
    let is_old = |watched: &&Watched| watched.is_closed && is_past(closes(watched), retention.closed_waves_days);
    let erased = waves.iter().filter(is_old).map(|watched| (watched.wave.id, contacts || Some(closes(watched)) < newest));
    Old { waves: erased.collect(), contacts }
}

fn last_night(collector: &Collector) -> Option<NaiveDate> {
    read(&collector.folder.rewritten()).ok()??.trim().parse().ok()
}

/// Gives how long nothing is due.
async fn rest(collector: &Collector, now: DateTime<Utc>) -> Duration {
    let waves = watched(collector).await.unwrap_or_default();
    let closings = waves.iter().filter(|watched| !watched.is_closed).map(|watched| watched.wave.manifest.collect_closes());
    let next = closings.filter_map(|closing| (closing - now).to_std().ok()).min();
    next.unwrap_or(LONGEST_REST).clamp(Duration::from_millis(200), LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anonymous::classes::Class;
    use crate::anonymous::manifest::{FORMAT, Keys, key_text};
    use crate::anonymous::token::{IssuerKey, SystemChance};
    use crate::anonymous::{Bundle, Manifest, SigningKey};

    const SOURCE: &str =
        "id = \"pulse\"\ntitle = \"Pulse\"\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n";

    /// Makes waves that stopped collecting so many days before now.
    fn waves(ended: &[(i64, bool)], now: DateTime<Utc>) -> Vec<Watched> {
        let [scores, comments] = [(); 2].map(|()| IssuerKey::generate(&mut SystemChance).unwrap().public().unwrap());
        let wave = |(at, (days, is_closed)): (usize, &(i64, bool))| {
            let closes = now - TimeDelta::days(days + 3);
            let manifest = Manifest {
                format: FORMAT.to_owned(),
                collector: "https://pulse.example.com".to_owned(),
                receipt_key: SigningKey::from_seed(&[7; 32]).public(),
                survey: "pulse".to_owned(),
                wave: format!("wave-{at}"),
                sequence: at as u64,
                issue_opens: closes - TimeDelta::days(20),
                opens: closes - TimeDelta::days(10),
                closes,
                invited: 10,
                classes: vec![Class { nodes: std::collections::BTreeMap::new(), invited: 10 }],
                languages: std::collections::BTreeMap::new(),
                keys: Keys { scores: key_text(&scores), comments: key_text(&comments) },
                relay: None,
                source: SOURCE.to_owned(),
            };
            let wave = Bundle::prepare(&manifest).unwrap().review().unwrap();
            Watched { wave: Arc::new(wave), is_closed: *is_closed }
        };
        ended.iter().enumerate().map(wave).collect()
    }

    #[test]
    fn responses_go_after_their_time_and_the_newest_wave_stays_known_as_long_as_the_contacts() {
        let now: DateTime<Utc> = "2027-06-01T00:00:00Z".parse().unwrap();
        let retention = Retention { closed_waves_days: 365, contacts_days: 400 };
        let decided = |ended: &[(i64, bool)]| {
            let waves = waves(ended, now);
            let old = old(&waves, retention, now);
            let place = |id: WaveId| waves.iter().position(|watched| watched.wave.id == id).unwrap();
            (old.waves.into_iter().map(|(id, all)| (place(id), all)).collect::<Vec<_>>(), old.contacts)
        };
        assert_eq!(decided(&[]), (vec![], false));
        assert_eq!(decided(&[(366, true), (100, true), (-5, false)]), (vec![(0, true)], false));
        assert_eq!(decided(&[(700, true), (366, true)]), (vec![(0, true), (1, false)], false));
        assert_eq!(decided(&[(700, true), (401, true)]), (vec![(0, true), (1, true)], true));
        assert_eq!(decided(&[(366, false)]), (vec![], false), "what isn't closed is not erased");
        let ever = Retention { closed_waves_days: u32::MAX, contacts_days: u32::MAX };
        assert_eq!(old(&waves(&[(700, true)], now), ever, now), Old::default(), "so many days are for ever");
    }
}
