//! When the hook asks, and what it tells of the command that was run.

use std::fs;

use super::place::{Place, SHELLS, Shell, seconds};

#[test]
fn the_command_is_told_as_it_was_typed() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        place.due(&[]);
        let mut session = place.start("", "");
        let many = if shell == Shell::Fish { "for i in 1 2\recho $i; end" } else { "for i in 1 2\rdo echo $i; done" };
        for line in [
            r#"echo "a  b" 'c' | cat | cat"#,
            "echo grün → 日本 🦀",
            "echo a; echo b && echo c",
            r"printf '%s\n' \\ '*' $HOME",
            many,
        ] {
            place.due(&["command any 0 *"]);
            session.run(line);
            let asked = place.asked();
            // bash keeps lines typed one by one in its history with `;` between them, as it always does.
            let typed = if shell == Shell::Bash { line.replace('\r', "; ") } else { line.replace('\r', "\n") };
            assert_eq!(asked.iter().map(|line| line.replace("\n    ", "\n")).collect::<Vec<_>>(), [typed], "{shell:?}");
        }
    }
}

#[test]
fn only_a_star_stands_for_other_text() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        for (pattern, line, fits) in [
            ("true *", "true one", true),
            ("true *", "true", false),
            ("true*", "true", true),
            ("true", "true one", false),
            ("*ue o*e", "true o n e", true),
            ("*ue o*e", "true o n", false),
            ("true *x*y", "true yx", false),
            ("true *x*y", "true x*y", true),
            ("true ?", "true a", false),
            ("true [ab]", "true a", false),
            (r"true \*", r"true \z", true),
            (r"true \a", "true a", false),
            ("true $HOME", "true $HOME", true),
            ("true '*'", "true 'b c'", true),
            ("true \"", "true a", false),
            ("true a|true b", "true a", false),
            ("true .*", "true a", false),
            ("true (a)", "true a", false),
            ("TRUE a", "true a", false),
            ("true #~^", "true '#~^'", false),
        ] {
            place.due(&["command any 0 nothing *", &format!("command any 0 {pattern}"), "command any 0 never"]);
            session.run(line);
            let asked = place.asked();
            assert_eq!(asked, if fits { vec![line] } else { vec![] }, "{shell:?}: {pattern} of {line}");
        }
    }
}

#[test]
fn blanks_around_a_command_are_no_part_of_it() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        for (pattern, line) in
            [("true", "  true "), ("true one", " true one"), ("true *", "true two  "), ("* three", "  true three")]
        {
            place.due(&[&format!("command any 0 {pattern}")]);
            session.run(line);
            let asked: Vec<String> = place.asked().iter().map(|line| line.trim().to_owned()).collect();
            assert_eq!(asked, [line.trim()], "{shell:?}: {pattern}");
        }
    }
}

#[test]
fn a_damaged_due_file_asks_nothing_and_shows_nothing() {
    let many = "9".repeat(40);
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        let times = format!("{} {}", seconds() - 9, seconds() + 999);
        let lines = [
            format!("{many} {many} prompt"),
            format!("0 {many} command any {many} true"),
            format!("{times} command any {many} *"),
            format!("{times} command any"),
            format!("{times} command"),
            times.clone(),
            "08 09 prompt".to_owned(),
            "-1 -1 prompt".to_owned(),
            "1 2 3 4".to_owned(),
            "$(touch made) `touch made` prompt".to_owned(),
            "a[$(touch made)] 9 prompt".to_owned(),
            "\u{1b}[2Jé \u{0}".to_owned(),
        ];
        place.write_due(&(lines.join("\n") + "\n"));
        session.run("true").run("").run("true two");
        let text = session.screen.text();
        assert_eq!(place.asked(), Vec::<String>::new(), "{shell:?}: {text}");
        assert!(!place.file("made").exists(), "{shell:?}");
        assert_eq!(text.trim_end(), "<1>$ true\n<2>$ \n<3>$ true two\n<4>$", "{shell:?}");
    }
}

#[test]
fn a_due_file_that_says_nothing_is_made_anew_once_in_a_shell() {
    for shell in SHELLS {
        let never = "999999999999999";
        let ends = [format!("1 {never} 5"), "1 1 5\n1 2 sync\n1 2 command any 0 *".to_owned(), format!("08 {never} 5")];
        let nothing = ends.map(|end| format!("dxpulse 2 {end}\n")).into_iter().chain(["".to_owned(), "xx\n".to_owned()]);
        for nothing in nothing {
            let mut place = Place::new(shell);
            place.due(&[]);
            fs::write(place.file("next"), &nothing).unwrap();
            let mut session = place.start("", "");
            place.damage_due(&nothing);
            session.run("true one").run("true two").run("");
            assert_eq!(place.asked(), ["true one"], "{shell:?}: {nothing:?}");
        }
    }
}

#[test]
fn outcome_and_duration_decide_too() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        for (entry, line, asks) in [
            ("success 0 true *", "true 1", true),
            ("success 0 false *", "false 1", false),
            ("failure 0 false *", "false 2", true),
            ("failure 0 true *", "true 2", false),
            ("any 0 false *", "false 3", true),
            ("any 1 sleep *", "sleep 1.1", true),
            ("any 60 sleep *", "sleep 0", false),
        ] {
            place.due(&[&format!("command {entry}")]);
            session.run(line);
            assert_eq!(place.asked().len(), usize::from(asks), "{shell:?}: {entry} of {line}");
        }
        place.due(&["command failure 1 *"]);
        session.run("sh -c 'sleep 1; exit 7'");
        let calls = place.calls();
        let seconds: u64 = calls[0][5].parse().unwrap();
        assert_eq!((&calls[0][2..5], calls[0][6].as_str()), (&["--status", "7", "--seconds"].map(String::from)[..], "--"));
        assert!((1..30).contains(&seconds), "{shell:?}: {seconds}");
    }
}

#[test]
fn entries_for_any_prompt_are_due_between_their_times() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        let now = seconds();
        for (from, end, what, asks) in [
            (now + 500, now + 900, "prompt", false),
            (now - 900, now - 500, "prompt", false),
            (now - 9, now + 900, "prompt", true),
            (now - 9, now + 900, "sync", true),
            (now - 9, now + 900, "something new", false),
            (now + 500, now + 900, "command any 0 *", false),
            (now - 900, now - 500, "command any 0 *", false),
        ] {
            place.write_due(&format!("{from} {end} {what}\n"));
            session.run("true");
            assert_eq!(place.asked().len(), usize::from(asks), "{shell:?}: {what} from {from} to {end}");
        }
        place.due(&["prompt"]);
        session.run("");
        // fish looks after commands alone, once it has drawn its first prompt.
        assert_eq!(place.asked().len(), usize::from(shell != Shell::Fish), "{shell:?}: an empty line");
        place.due(&["prompt"]);
        drop(place.start("", ""));
        assert_eq!(place.asked(), [""], "{shell:?}: nothing was run, so there is nothing to tell");
    }
}

#[test]
fn a_file_of_another_form_is_ignored() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        place.due(&["prompt", "command any 0 *"]);
        let due = place.file("data/due");
        let text = std::fs::read_to_string(&due).unwrap();
        std::fs::write(&due, text.replace("dxpulse 2 ", "dxpulse 3 ")).unwrap();
        session.run("true").run("true");
        assert_eq!(place.asked(), ["true"], "{shell:?}: it is made anew, which is tried once");
        place.write_due("x y prompt\n-5 99999999999 prompt\n\n5 prompt\n0 99999999999 command any x true\nprompt\n");
        session.run("true").run("true");
        assert_eq!(place.asked(), Vec::<String>::new(), "{shell:?}");
    }
}

#[test]
fn without_a_due_file_it_is_asked_for_once_in_a_shell() {
    for shell in SHELLS {
        let place = Place::new(shell);
        let due = place.file("data/due");
        std::fs::remove_file(&due).unwrap();
        let mut session = place.start("", "");
        assert_eq!(place.asked(), [""], "{shell:?}");
        std::fs::remove_file(&due).unwrap();
        session.run("true").run("true");
        assert_eq!(place.asked(), Vec::<String>::new(), "{shell:?}");
    }
}

#[test]
fn a_program_in_trouble_or_gone_is_left_alone() {
    for shell in SHELLS {
        for gone in [false, true] {
            let mut place = Place::new(shell);
            let mut session = place.start("", "");
            if gone {
                std::fs::remove_file(place.file("recorder")).unwrap();
            } else {
                std::fs::write(place.file("fail"), "").unwrap();
            }
            place.due(&["prompt"]);
            session.run("true");
            assert_eq!(place.asked().len(), usize::from(!gone), "{shell:?}");
            session.run("true").run("echo still here");
            assert_eq!(place.asked(), Vec::<String>::new(), "{shell:?}");
            let text = session.screen.text();
            assert!(!text.contains("recorder") && !text.contains("not found") && text.contains("still here"), "{text}");
        }
    }
}

#[test]
fn what_is_kept_out_of_the_history_is_not_told() {
    let mut place = Place::new(Shell::Bash);
    let mut session = place.start("HISTCONTROL=ignoreboth", "");
    place.due(&["command any 0 true *"]);
    session.run(" true secret");
    assert_eq!(place.asked(), Vec::<String>::new());
    session.run("true one");
    assert_eq!(place.asked(), ["true one"]);
    place.due(&["command failure 0 sh *"]);
    session.run("sh -c 'exit $(cat status || echo 0)' x").run("echo 1 >status").run("sh -c 'exit $(cat status)' x");
    place.asked();
    place.due(&["command failure 0 sh *"]);
    session.run("sh -c 'exit $(cat status)' x");
    assert_eq!(place.asked().len(), 1, "a command that is run again is in the history once");
    place.due(&["command any 0 *"]);
    session.run(" true other");
    assert_eq!(place.asked(), Vec::<String>::new());
}

#[test]
fn what_is_due_by_now_is_seen_without_a_seal_too() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        let (from, end) = (seconds() - 100, seconds() + 1000);
        for (line, asks) in [("true one", true), ("false one", false), ("true two", true)] {
            place.due(&[]).damage_due(&format!("dxpulse 2 {end} {from} {from}\n{from} {end} command any 0 true *\n"));
            session.run(line);
            assert_eq!(place.asked().len(), usize::from(asks), "{shell:?}: {line}");
        }
    }
}

#[test]
fn what_looks_closer_is_read_once_something_may_be_due() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        place.due(&[]);
        let (closer, code) = (place.closer(), fs::read_to_string(place.closer()).unwrap());
        fs::write(&closer, format!("echo it is read\n{code}")).unwrap();
        let mut session = place.start("", "");
        session.run("true one").run("");
        assert!(!session.screen.text().contains("it is read"), "{shell:?}");
        place.due(&["command any 0 true *"]);
        session.run("true two");
        assert_eq!(place.asked(), ["true two"], "{shell:?}");
        place.due(&["command any 0 true *"]);
        session.run("true three");
        assert_eq!(place.asked(), ["true three"], "{shell:?}");
        assert_eq!(session.screen.text().matches("it is read").count(), 1, "{shell:?}");
    }
}

#[test]
fn half_of_what_looks_closer_is_none() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let code = fs::read_to_string(place.closer()).unwrap();
        for part in [0, 1, 2, 3] {
            let lines = code.lines().count() * part / 4;
            fs::write(place.closer(), code.lines().take(lines).map(|line| format!("{line}\n")).collect::<String>()).unwrap();
            place.due(&["prompt", "command any 0 true *"]);
            let mut session = place.start("", "");
            session.run("true one").run("true two");
            let text = session.screen.text();
            assert_eq!(place.asked(), [""], "{shell:?}: {part}: whoever could mend it is called once: {text}");
            assert!(text.trim_end().ends_with("<1>$ true one\n<2>$ true two\n<3>$"), "{shell:?}: {part}: {text}");
        }
    }
}
