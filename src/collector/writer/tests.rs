//! What is replied to is on the disk, a full queue is told at once, and bursts are tidied up after.

use std::sync::mpsc;

use tokio::runtime::Runtime;

use super::*;
use crate::anonymous::{Digest, Nullifier, Part, WaveId};
use crate::collector::store::PublishedWave;

fn writer(runtime: &Runtime) -> (tempfile::TempDir, Writer, WriterThread) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::make(&folder.path().join("collector.db")).unwrap();
    let (writer, thread) = Writer::start(store, runtime.handle().clone()).unwrap();
    (folder, writer, thread)
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn what_is_replied_to_is_in_the_database() {
    let runtime = runtime();
    let (folder, writer, thread) = writer(&runtime);
    let written = runtime.block_on(writer.write(|store| store.add_admin(Digest([1; 32]), "ann")));
    assert_eq!(written, Ok(()));
    let other = Store::open(&folder.path().join("collector.db")).unwrap();
    assert_eq!(other.admins().unwrap(), [(Digest([1; 32]), "ann".to_owned())]);
    drop(writer);
    thread.join();
}

#[test]
fn whoever_shared_a_transaction_that_failed_is_told_why() {
    let runtime = runtime();
    let (_folder, writer, thread) = writer(&runtime);
    let (open, gate) = mpsc::channel::<()>();
    let wrong = || StoreError::Full("the disk".to_owned());
    let outcomes = runtime.block_on(async {
        let held = writer.alone(move |_| Ok(gate.recv().ok()));
        let good = writer.write(|store| store.add_admin(Digest([1; 32]), "ann"));
        let bad = writer.write(move |_| Err::<(), _>(wrong()));
        let all = async { tokio::join!(held, good, bad) };
        let mut all = Box::pin(all);
        assert!(futures_now(&mut all).await.is_none(), "all wait");
        open.send(()).unwrap();
        all.await
    });
    let failed = Err(Unwritten::Failed(wrong()));
    assert_eq!((outcomes.1, outcomes.2), (failed.clone(), failed));
    drop(writer);
    thread.join();
}

#[test]
fn a_full_queue_is_told_at_once_and_what_was_taken_is_kept() {
    let runtime = runtime();
    let (folder, writer, thread) = writer(&runtime);
    let (open, gate) = mpsc::channel::<()>();
    runtime.block_on(async {
        let held = writer.clone();
        let block = tokio::spawn(async move { held.alone(move |_| Ok(gate.recv().ok())).await });
        while writer.waiting() > 0 || block.is_finished() {
            tokio::task::yield_now().await;
        }
        tokio::task::yield_now().await;
        let mut waiting = Vec::new();
        let mut is_full = false;
        for at in 0..2 * QUEUE {
            let mine = writer.clone();
            let hash = Digest::of(&[&at.to_be_bytes()]);
            let mut write = Box::pin(async move { mine.write(move |store| store.add_admin(hash, "x")).await });
            match futures_now(&mut write).await {
                Some(Err(Unwritten::Full)) => is_full = true,
                Some(other) => panic!("{other:?}"),
                None => waiting.push(write),
            }
        }
        assert!(is_full && waiting.len() <= QUEUE + 1);
        open.send(()).unwrap();
        for write in &mut waiting {
            assert_eq!(write.await, Ok(()));
        }
        let other = Store::open(&folder.path().join("collector.db")).unwrap();
        assert_eq!(other.admins().unwrap().len(), waiting.len());
    });
    drop(writer);
    thread.join();
}

#[test]
fn what_a_burst_left_is_moved_when_it_is_over_and_when_the_collector_stops() {
    for is_stopped in [false, true] {
        let runtime = runtime();
        let (folder, writer, thread) = writer(&runtime);
        let other = Store::open(&folder.path().join("collector.db")).unwrap();
        let id = WaveId(Digest([9; 32]));
        other.publish(&PublishedWave::bare(id, "one", 1)).unwrap();
        runtime.block_on(async {
            let held = writer.expect();
            let mut puts = tokio::task::JoinSet::new();
            for at in 0..20 {
                let (writer, nullifier) = (writer.clone(), Nullifier(Digest::of(&[&[at]])));
                let new = Stored { nullifier, place: (id, Part::Scores), version: 1, payload: vec![at], hash: nullifier.0 };
                puts.spawn(async move { writer.put(new).await });
            }
            drop(held);
            assert_eq!(puts.join_all().await, vec![Ok(Putting::New); 20]);
            while !is_stopped && other.payloads(id, Part::Scores).unwrap().len() < 20 {
                tokio::task::yield_now().await;
            }
        });
        drop((writer, runtime));
        thread.join();
        assert_eq!(other.payloads(id, Part::Scores).unwrap().len(), 20);
    }
}

/// Polls a future once.
async fn futures_now<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Option<T> {
    std::future::poll_fn(|context| match std::pin::Pin::new(&mut *future).poll(context) {
        std::task::Poll::Ready(value) => std::task::Poll::Ready(Some(value)),
        std::task::Poll::Pending => std::task::Poll::Ready(None),
    })
    .await
}
