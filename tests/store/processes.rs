//! Several processes, and processes that are killed.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use dxpulse::developer::store::{Store, StoreError, forget};

use crate::support::*;

/// Reads lines of a child until one starts with the word; gives what follows it.
fn wait_for(child: &mut Child, word: &str) -> String {
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    let mut lines = lines.map(|line| line.unwrap());
    let found = lines.find_map(|line| line.split_once(word).map(|(_, rest)| rest.to_owned()));
    found.expect("the child ended too early")
}

#[test]
fn threads_that_open_a_new_folder_at_once_share_one_store() {
    for _ in 0..10 {
        let (_parent, folder) = folder();
        let together = Barrier::new(8);
        thread::scope(|scope| {
            for number in 0..8 {
                let (folder, together) = (&folder, &together);
                scope.spawn(move || {
                    let survey = survey(&format!("survey-{number}"));
                    together.wait();
                    let mut store = Store::open(folder).unwrap();
                    store.save_draft(&survey, &draft(&survey, number, "x"), now()).unwrap();
                });
            }
        });
        let store = Store::open(&folder).unwrap();
        assert_eq!(store.drafts().unwrap().len(), 8);
        store.check().unwrap();
    }
}

#[test]
fn stores_opened_and_closed_over_and_over_at_once_lose_nothing() {
    let (_parent, folder) = folder();
    thread::scope(|scope| {
        for number in 0..4 {
            let folder = &folder;
            scope.spawn(move || {
                let survey = survey(&format!("survey-{number}"));
                for round in 0..25 {
                    let saved = draft(&survey, number, &round.to_string());
                    Store::open(folder).unwrap().save_draft(&survey, &saved, now()).unwrap();
                    assert_eq!(Store::open(folder).unwrap().draft(&survey).unwrap().unwrap().0, saved);
                }
            });
        }
    });
    Store::open(&folder).unwrap().check().unwrap();
}

#[test]
fn processes_that_open_a_new_folder_at_once_share_one_store() {
    const TEST: &str = "processes::processes_that_open_a_new_folder_at_once_share_one_store";
    if let Some(scenario) = scenario() {
        let (folder, number) = scenario.rsplit_once('#').unwrap();
        let survey = survey(&format!("survey-{number}"));
        println!("\nready");
        // The parent closes the pipe of all children at once.
        let _ = std::io::stdin().read(&mut [0]);
        let mut store = Store::open(Path::new(folder)).unwrap();
        return store.save_draft(&survey, &draft(&survey, 1, "x"), now()).unwrap();
    }
    for _ in 0..3 {
        let (_parent, folder) = folder();
        let start = |number| {
            let mut command = child(&this_program(), TEST, &format!("{}#{number}", folder.display()));
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
        };
        let mut children = (0..6).map(start).collect::<Vec<_>>();
        children.iter_mut().for_each(|child| drop(wait_for(child, "ready")));
        children.iter_mut().for_each(|child| drop(child.stdin.take()));
        for mut child in children {
            let _ = child.stdout.take().unwrap().read_to_string(&mut String::new());
            assert!(child.wait().unwrap().success());
        }
        let store = Store::open(&folder).unwrap();
        assert_eq!(store.drafts().unwrap().len(), 6);
        store.check().unwrap();
    }
}

#[test]
fn a_kill_loses_no_draft_that_was_acknowledged() {
    const TEST: &str = "processes::a_kill_loses_no_draft_that_was_acknowledged";
    let survey = survey("pulse");
    if let Some(folder) = scenario() {
        let mut store = Store::open(Path::new(&folder)).unwrap();
        for number in 0_usize.. {
            store.save_draft(&survey, &draft(&survey, 7, &number.to_string()), now()).unwrap();
            println!("\nsaved {number}");
        }
    }
    for round in 0..8 {
        let (_parent, folder) = folder();
        let mut child = child(&this_program(), TEST, folder.to_str().unwrap());
        let mut child = child.stdout(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        // Some rounds run past a checkpoint of the log.
        while text.matches("saved ").count() < [1, 3, 40, 1100][round % 4] {
            assert!(output.read_line(&mut text).unwrap() > 0, "the child ended too early");
        }
        child.kill().unwrap();
        child.wait().unwrap();
        output.read_to_string(&mut text).unwrap();
        let whole = &text[..=text.rfind('\n').unwrap()];
        let last: usize = whole.lines().filter_map(|line| line.strip_prefix("saved ")).next_back().unwrap().parse().unwrap();
        let store = Store::open(&folder).unwrap();
        let found = store.draft(&survey).unwrap().expect("a draft was acknowledged").0;
        // One more may have been committed and not acknowledged.
        let kept = [last, last + 1].map(|number| draft(&survey, 7, &number.to_string()));
        assert!(kept.contains(&found), "{last} was acknowledged, {found:?} was found");
        store.check().unwrap();
    }
}

#[test]
fn a_kill_while_a_store_is_made_leaves_one_that_opens() {
    const TEST: &str = "processes::a_kill_while_a_store_is_made_leaves_one_that_opens";
    if let Some(folder) = scenario() {
        for number in 0.. {
            drop(Store::open(&Path::new(&folder).join(number.to_string())).unwrap());
            println!("\nmade {number}");
        }
    }
    for round in 1..13 {
        let (_parent, folder) = folder();
        let mut child = child(&this_program(), TEST, folder.to_str().unwrap());
        let mut child = child.stdout(Stdio::piped()).spawn().unwrap();
        for _ in 0..round % 5 {
            wait_for(&mut child, "made ");
        }
        // Another moment of the making in every round.
        (0..round * 4000).for_each(|count| _ = std::hint::black_box(count));
        child.kill().unwrap();
        child.wait().unwrap();
        let folders = std::fs::read_dir(&folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
        for folder in folders.unwrap_or_default() {
            filled(&folder);
            Store::open(&folder).unwrap().check().unwrap();
        }
    }
}

#[test]
fn a_lock_is_held_once_and_freed_by_drop_or_kill() {
    const TEST: &str = "processes::a_lock_is_held_once_and_freed_by_drop_or_kill";
    let id = survey_id("pulse");
    if let Some(folder) = scenario() {
        let _lock = Store::open(Path::new(&folder)).unwrap().lock(&id).unwrap().unwrap();
        println!("\nlocked");
        let _ = std::io::stdin().read(&mut [0]);
        return;
    }
    let (_parent, folder) = folder();
    let store = Store::open(&folder).unwrap();
    let lock = store.lock(&id).unwrap().unwrap();
    assert!(Store::open(&folder).unwrap().lock(&id).unwrap().is_none());
    assert!(store.lock(&survey_id("other")).unwrap().is_some());
    drop(lock);
    let mut child = child(&this_program(), TEST, folder.to_str().unwrap());
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    wait_for(&mut child, "locked");
    assert!(store.lock(&id).unwrap().is_none());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(store.lock(&id).unwrap().is_some());
}

#[test]
fn two_stores_of_one_folder_see_each_other() {
    let (_parent, folder) = folder();
    let (mut one, mut other) = (Store::open(&folder).unwrap(), Store::open(&folder).unwrap());
    let survey = survey("pulse");
    for score in 0..10 {
        one.save_draft(&survey, &draft(&survey, score, "one"), now()).unwrap();
        assert_eq!(other.draft(&survey).unwrap().unwrap().0, draft(&survey, score, "one"));
        other.save_draft(&survey, &draft(&survey, score, "other"), now()).unwrap();
        assert_eq!(one.draft(&survey).unwrap().unwrap().0, draft(&survey, score, "other"));
    }
    other.finish(&survey, SOURCE, &response(&survey, "aa", 9, now())).unwrap();
    drop(other);
    assert_eq!(one.draft(&survey).unwrap(), None);
    one.check().unwrap();
}

#[test]
fn a_writer_that_does_not_end_is_named_and_loses_nothing() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    store.save_draft(&survey, &draft(&survey, 1, "x"), now()).unwrap();
    let writer = rusqlite::Connection::open(database(&folder)).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = store.save_draft(&survey, &draft(&survey, 2, "x"), now()).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error:?}");
    assert_eq!(store.draft(&survey).unwrap().unwrap().0, draft(&survey, 1, "x"));
    drop(writer);
    store.save_draft(&survey, &draft(&survey, 2, "x"), now()).unwrap();
}

#[test]
fn forgetting_at_any_moment_never_lets_two_hold_one_lock() {
    let (_parent, folder) = folder();
    let (id, done) = (survey_id("pulse"), AtomicBool::new(false));
    let (holders, held, tried) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        let hold = || {
            for _ in 0..150 {
                tried.fetch_add(1, Ordering::SeqCst);
                // Between two forgettings the folder may be half gone: any error is fine here, two holders are not.
                if let Ok(Some(lock)) = Store::open(&folder).and_then(|store| store.lock(&id)) {
                    assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0, "two hold one lock");
                    held.fetch_add(1, Ordering::SeqCst);
                    holders.fetch_sub(1, Ordering::SeqCst);
                    drop(lock);
                }
            }
        };
        let workers = [scope.spawn(hold), scope.spawn(hold)];
        scope.spawn(|| {
            // At most once a trial: forgetting without a pause would leave nobody a moment to hold a lock.
            let mut last = 0;
            while !done.load(Ordering::SeqCst) {
                let now = tried.load(Ordering::SeqCst);
                if now != last {
                    let _ = forget(&folder);
                    last = now;
                }
                thread::yield_now();
            }
        });
        let results = workers.map(|worker| worker.join());
        done.store(true, Ordering::SeqCst);
        results.into_iter().for_each(|result| result.unwrap());
    });
    assert!(held.into_inner() > 0);
    filled(&folder);
    Store::open(&folder).unwrap().check().unwrap();
}
