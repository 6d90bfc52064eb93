//! A database on a server: what it keeps, what it forgets, and what comes of a server that goes, lies, or is somebody else's.

use dxpulse::anonymous::{Part, Wave};

use crate::database::shared;
use crate::database_server::DatabaseServer;
use crate::people::{Developer, asking, comment, scores};
use crate::place::{Place, Server, assert_problem};

const PAGE: &str = include_str!("../../docs/postgresql.md");

#[test]
fn after_a_night_nothing_tells_what_came_first_and_nothing_of_what_was_taken_back_is_left() {
    // Its files are searched, which others would fill in the meantime.
    let database = DatabaseServer::start("-c wal_recycle=off");
    let address = database.database();
    let (place, invited, wave) = Place::on(&address).with_wave_for(30);
    let server = place.serve();
    for (seed, person) in (1..).zip(&invited) {
        let developer = Developer::new(seed);
        developer.enrol(&server, &person.code);
        let held = developer.token(&server, &wave, Part::Scores);
        assert_eq!(held.send(&server, &wave, (1, &scores(&wave, 5, seed))).status(), 201);
    }
    let developer = Developer::new(1);
    let words = developer.token(&server, &wave, Part::Comments);
    assert_eq!(words.send(&server, &wave, (1, &comment(&wave, "canary in a coal mine", 1))).status(), 201);
    assert_eq!(words.send(&server, &wave, (2, &[])).status(), 200);
    assert!(!database.files_with(b"canary in a coal mine").is_empty(), "before the night it is in the log");
    let order = "SELECT count(DISTINCT xmin::text), array_agg(nullifier ORDER BY ctid) = array_agg(nullifier ORDER BY nullifier)
        FROM dxpulse_collector.responses";
    assert!(database.ask(&address, order).ends_with("|f"), "before the night rows lie in the order in which they came");
    assert_eq!(server.stop().0, 0);
    place.let_a_night_pass();
    let server = place.serve();
    server.wait_for("rewrote the database\n");
    assert_eq!(database.ask(&address, order), "1|t");
    assert_eq!(database.ask(&address, "SELECT count(*) FROM dxpulse_collector.responses"), "31");
    let traces = ["canary in a coal mine", "canary-agent", &invited[3].code];
    for (trace, files) in traces.map(|trace| (trace, database.files_with(trace.as_bytes()))) {
        assert!(files.is_empty(), "{trace} is in {files:?}");
    }
    assert_eq!(words.send(&server, &wave, (2, &[])).status(), 200, "what is acknowledged stays so");
    database.ask(&address, "ANALYZE");
    assert_eq!(database.ask(&address, "SELECT count(*) FROM pg_stats WHERE schemaname = 'dxpulse_collector'"), "0");
}

#[test]
fn whoever_reads_during_a_rewrite_sees_everything_and_holds_nobody_up() {
    let address = shared().database();
    let (place, invited, _) = Place::on(&address).with_wave_for(10);
    let mut reader = shared().session(&address);
    // As a copy that is being made: what it sees is fixed before the rewrite.
    reader.say("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM dxpulse_collector.admins;");
    let told = place.run(&["invite", "--remove", &invited[0].contact]);
    assert!(told.code == 0 && told.err.contains("could not be cleared away yet"), "{told:?}");
    reader.say("SELECT 1 / (count(*) = 10)::int FROM dxpulse_collector.people;");
    reader.say("COMMIT;");
    let told = place.run(&["invite", "--remove", &invited[1].contact]);
    assert!(told.code == 0 && !told.err.contains("could not"), "{told:?}");
    assert_eq!(shared().ask(&address, "SELECT count(*) FROM dxpulse_collector.people"), "8");
}

#[test]
fn what_a_role_may_not_ask_for_is_told_and_not_tried_for_ever() {
    let address = shared().database();
    let name = shared().ask(&address, "SELECT current_database()");
    shared().ask("postgres", &format!("CREATE ROLE bob_{name} LOGIN"));
    shared().ask("postgres", &format!("ALTER DATABASE {name} OWNER TO bob_{name}"));
    let (place, invited, _) = Place::on(&address.replace("user=tests", &format!("user=bob_{name}"))).with_wave_for(10);
    let told = place.run(&["invite", "--remove", &invited[0].contact]);
    assert!(told.code == 0 && !place.data().join("rewrite-due").exists(), "{told:?}");
    assert!(place.run(&["doctor"]).out.contains("its role may not have the log emptied"));
}

#[test]
fn what_a_role_is_set_to_changes_nothing_and_what_is_missing_is_told() {
    let address = shared().database();
    let (place, ..) = Place::on(&address).with_wave_for(10);
    let name = shared().ask(&address, "SELECT current_database()");
    for setting in
        ["default_transaction_read_only = on", "statement_timeout = 1", "search_path = pg_catalog", "synchronous_commit = off"]
    {
        shared().ask("postgres", &format!("ALTER DATABASE {name} SET {setting}"));
    }
    assert!(place.run(&["invite", "roster.csv", "--out", "more"]).code == 0);
    let server = place.serve();
    assert_eq!(server.get("/readyz").status(), 200);
    assert!(place.run(&["doctor"]).out.contains("ok       database      sound"));
    shared().ask("postgres", &format!("ALTER DATABASE {name} RESET ALL"));
    shared().ask(&address, "DROP TABLE dxpulse_collector.days");
    assert!(place.run(&["doctor"]).out.contains("wrong    database      the table days can't be read"));
}

/// Has each developer ask each of two servers for a token, all at the same time, and gives the statuses that each got.
fn asked_at_once(developers: &[Developer], servers: &[Server; 2], wave: &Wave) -> Vec<Vec<u16>> {
    std::thread::scope(|scope| {
        let ask = |at: usize| {
            let (developer, request) = (&developers[at / 4], asking(wave, Part::Scores, u8::try_from(at).unwrap()).request);
            scope.spawn(move || developer.ask(&servers[at % 2], wave, Part::Scores, &request).status().as_u16())
        };
        let threads: Vec<_> = (0..4 * developers.len()).map(ask).collect();
        let statuses: Vec<u16> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        statuses.chunks(4).map(<[u16]>::to_vec).collect()
    })
}

#[test]
fn two_servers_on_one_database_give_one_token_and_count_an_answer_once() {
    let address = shared().database();
    let (place, invited, wave) = Place::on(&address).with_wave_for(20);
    // What one of them writes takes long enough for the other to come in between.
    shared().ask(
        &address,
        "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END';
         CREATE TRIGGER dawdle BEFORE INSERT ON dxpulse_collector.issued FOR EACH ROW EXECUTE FUNCTION dawdle()",
    );
    let twin = place.twin();
    let servers = [place.serve(), twin.serve()];
    let developers: Vec<_> = (1..=8).map(Developer::new).collect();
    for (developer, person) in developers.iter().zip(&invited) {
        developer.enrol(&servers[0], &person.code);
    }
    for statuses in asked_at_once(&developers, &servers, &wave) {
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    }
    let other = Developer::new(20);
    other.enrol(&servers[1], &invited[19].code);
    let (held, payload) = (other.token(&servers[1], &wave, Part::Scores), scores(&wave, 5, 2));
    let sent = [0, 1].map(|at| held.send(&servers[at], &wave, (1, &payload)).status().as_u16());
    assert_eq!(sent, [201, 200]);
    place.succeed(&["close", "now", "--now"]);
    for server in &servers {
        assert_problem(held.send(server, &wave, (2, &payload)), 410, "closed");
    }
}

#[test]
fn what_was_acknowledged_survives_a_crash_of_the_database_and_the_collector_goes_on() {
    let mut database = DatabaseServer::start("");
    let address = database.database();
    let (place, invited, wave) = Place::on(&address).with_wave_for(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    let first = held.send(&server, &wave, (1, &payload)).text().unwrap();
    database.crash();
    let again = held.send(&server, &wave, (1, &payload));
    assert_eq!((again.status().as_u16(), again.text().unwrap()), (200, first));
    assert_eq!(server.get("/readyz").status(), 200);
    assert_eq!(database.ask(&address, "SELECT count(*) FROM dxpulse_collector.responses"), "1");
}

#[test]
fn whoever_waited_in_vain_for_the_others_to_write_writes_the_next_time() {
    let address = shared().database();
    let (place, invited, wave) = Place::on(&address).with_wave_for(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    let mut other = shared().session(&address);
    let lock = u64::from_be_bytes(*b"\0dxpulse");
    other.say(&format!("SELECT pg_advisory_lock({lock});"));
    let status = std::thread::scope(|scope| {
        let sent = scope.spawn(|| held.send(&server, &wave, (1, &payload)).status().as_u16());
        let cancel = "SELECT count(pg_cancel_backend(pid)) > 0 FROM pg_stat_activity
            WHERE application_name = 'dxpulse-collector' AND wait_event_type = 'Lock' AND datname = current_database()";
        while shared().ask(&address, cancel) != "t" {}
        sent.join().unwrap()
    });
    assert_eq!(status, 503);
    other.say(&format!("SELECT pg_advisory_unlock({lock});"));
    assert_eq!(held.send(&server, &wave, (1, &payload)).status(), 201);
}

#[test]
fn while_the_database_is_gone_nothing_is_acknowledged_and_developers_are_told_to_come_back() {
    let database = DatabaseServer::start("");
    let (place, invited, wave) = Place::on(&database.database()).with_wave_for(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let held = developer.token(&server, &wave, Part::Scores);
    drop(database);
    let refused = held.send(&server, &wave, (1, &scores(&wave, 5, 1)));
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(server.get("/readyz").status(), 503);
    assert_eq!(server.get("/healthz").status(), 200);
    let told = place.run(&["status"]);
    assert!(told.code == 1 && told.err.contains("can't be reached") && told.err.contains("help: see whether"), "{told:?}");
}

#[test]
fn a_server_that_keeps_more_or_less_than_it_should_is_told() {
    let traces =
        "-c track_commit_timestamp=on -c log_statement=all -c wal_recycle=on -c log_duration=on -c max_replication_slots=2";
    let database = DatabaseServer::start(traces);
    database.ask("postgres", "SELECT pg_create_physical_replication_slot('held', true)");
    let place = Place::on(&database.database());
    let told = place.run(&["doctor"]).out;
    let line = told.lines().find(|line| line.contains(" traces ")).unwrap_or_default();
    assert!(line.starts_with("warning"), "{told}");
    for setting in
        ["track_commit_timestamp = on", "log_statement = all", "wal_recycle = on", "log_duration = on", "slots hold the log"]
    {
        assert!(line.contains(setting), "{line}");
    }
    let database = DatabaseServer::start("-c fsync=off");
    let told = Place::empty().init_another(&database.database());
    assert!(told.code == 1 && told.err.contains("fsync is off") && told.err.contains("help: set `fsync = on`"), "{told:?}");
}

#[test]
fn a_database_that_is_another_collectors_or_another_programs_is_refused() {
    let address = shared().database();
    let (place, ..) = Place::on(&address).with_wave_for(10);
    let told = place.init_another(&address);
    assert!(told.code == 1 && told.err.contains("holds what another collector has"), "{told:?}");
    let foreign = shared().database();
    shared().ask(&foreign, "CREATE SCHEMA dxpulse_collector; CREATE TABLE dxpulse_collector.people (x TEXT)");
    let told = place.init_another(&foreign);
    assert!(told.code == 1 && told.err.contains("is not a collector's database"), "{told:?}");
    let newer = shared().database();
    let place = Place::on(&newer);
    shared().ask(&newer, "UPDATE dxpulse_collector.format SET version = 9");
    assert!(place.run(&["status"]).err.contains("was written by a newer dxpulse-collector"));
    shared().ask(&newer, "DROP SCHEMA dxpulse_collector CASCADE");
    assert!(place.run(&["status"]).err.contains("holds nothing of a collector"));
}

#[test]
fn a_database_of_an_earlier_version_is_brought_up_to_date() {
    let address = shared().database();
    let (place, ..) = Place::on(&address).with_wave_for(10);
    let earlier = "SET search_path = dxpulse_collector; DROP FUNCTION take; UPDATE format SET version = 1";
    shared().ask(&address, earlier);
    assert_eq!(place.run(&["status"]).code, 0);
    let sql = "SELECT version, (SELECT count(*) FROM pg_proc WHERE proname = 'take') FROM dxpulse_collector.format";
    assert_eq!(shared().ask(&address, sql), "2|1");
}

#[test]
fn an_address_that_leads_nowhere_is_told_without_its_password() {
    let place = Place::empty();
    for (address, words) in [
        ("postgresql://ann:sesame@127.0.0.1:1/pulse", "the database pulse on 127.0.0.1 can't be reached"),
        ("postgresql://ann:sesame@127.0.0.1:1/pulse?sslmode=never", "it is not the address of a PostgreSQL database"),
        ("postgresql://ann:sesame@localhost/pulse?hostaddr=192.0.2.2&sslmode=disable", "it goes over the network without TLS"),
        ("postgresql://ann:sesame@db.example.com/pulse?sslmode=disable", "it goes over the network without TLS"),
        ("postgresql://ann:ses@me/sesame@127.0.0.1/pulse", "write a password with %40 for @"),
    ] {
        let told = place.init_another(address);
        assert!(told.err.contains(words) && told.err.contains("help:") && !told.err.contains("sesame"), "{told:?}");
    }
}

#[test]
fn over_the_network_the_database_is_reached_with_tls_and_a_password_that_nothing_tells() {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let rules = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\nhostssl all all ::1/128 scram-sha-256\n";
    let options = "-c listen_addresses=localhost -c ssl=on -c ssl_cert_file=FOLDER/chain.pem -c ssl_key_file=FOLDER/key.pem \
        -c hba_file=FOLDER/rules.conf";
    let files = [("chain.pem", certificate.as_str()), ("key.pem", &key), ("rules.conf", rules)];
    let database = DatabaseServer::start_with(&files, options);
    database.ask("postgres", "CREATE ROLE ann LOGIN PASSWORD 'sesame'");
    database.ask("postgres", "CREATE DATABASE pulse OWNER ann");
    let address = format!("postgresql://ann:sesame@localhost:{}/pulse?sslmode=require", database.port);
    let place = Place::empty();
    let trusted = format!("SSL_CERT_FILE={}", place.write("chain.pem", &certificate).display());
    let told = place.init_through(&[], &["--database", &address]);
    assert!(told.code == 1 && told.err.contains("certificate") && !told.err.contains("sesame"), "{told:?}");
    let wrong = address.replace("sesame", "simsim");
    let told = place.init_through(&["env", &trusted], &["--database", &wrong]);
    assert!(
        told.code == 1 && told.err.contains("the database pulse on localhost: its server doesn't let the collector in"),
        "{told:?}"
    );
    let told = place.init_through(&["env", &trusted], &["--database", &address]);
    assert_eq!(told.code, 0, "{told:?}");
    let server = place.serve_through(&["env", &trusted]);
    assert_eq!(server.get("/readyz").status(), 200);
    let open = "SELECT bool_and(ssl), count(*) > 0 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE application_name = 'dxpulse-collector'";
    assert_eq!(database.ask("postgres", open), "t|t");
    assert!(!server.said().contains("sesame"));
}

#[test]
fn every_command_of_the_page_runs_from_an_empty_server_to_a_copy_that_was_brought_back() {
    let database = DatabaseServer::start("");
    let place = Place::empty();
    let here = |text: &str| {
        let at = format!("@/pulse?host={}&port={}", database.folder.display(), database.port);
        let init = format!("collector init --listen 127.0.0.1:{}", place.port);
        text.replace("@db.example.com/pulse", &at)
            .replace("https://pulse.example.com", &place.url())
            .replace("collector init", &init)
    };
    let parts = |language: &str| {
        PAGE.split(&format!("```{language}\n")).skip(1).map(|rest| here(rest.split("```").next().unwrap())).collect()
    };
    let (blocks, settings): (Vec<_>, Vec<_>) = (parts("sh"), parts("toml"));
    assert_eq!((blocks.len(), settings.len()), (4, 1));
    let variables = [
        ("KEY", place.publisher.public().to_string()),
        ("PGHOST", database.folder.display().to_string()),
        ("PGPORT", database.port.to_string()),
        ("PGUSER", "tests".to_owned()),
    ];
    let run = |place: &Place, block: &str| {
        let told = place.run_shell(block, &variables);
        assert_eq!(told.code, 0, "{block}\n{told:?}");
        told.out
    };
    run(&place, &blocks[0]);
    let told = run(&place, &blocks[1]);
    assert!(told.contains("ok       database      sound") && !told.contains("traces"), "{told}");
    assert!(std::fs::read_to_string(place.data().join("collector.toml")).unwrap().contains(&settings[0]));
    let (place, invited, wave) = place.with_wave_for(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    let receipt = held.send(&server, &wave, (1, &payload)).text().unwrap();
    run(&place, &blocks[2]);
    server.kill();
    run(&place, &blocks[3]);
    let again = held.send(&place.serve(), &wave, (1, &payload));
    assert_eq!((again.status().as_u16(), again.text().unwrap()), (200, receipt));
}
