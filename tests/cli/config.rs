//! `dxpulse config`: each layer with its origin, and changes that keep the rest of the file.

use std::os::unix::fs::symlink;

use serde_json::json;

use crate::sandbox::Sandbox;

const SYSTEM: &str = "system/dxpulse/config.toml";
const USER: &str = "home/config.toml";

#[test]
fn each_layer_is_named_as_the_origin() {
    let sandbox = Sandbox::new();
    let theme = |sandbox: &Sandbox| sandbox.succeed(&["config", "get", "theme"]);
    assert_eq!(theme(&sandbox), "theme = \"auto\"  # default\n");
    sandbox.write(SYSTEM, "\ntheme = \"light\"\n");
    assert_eq!(theme(&sandbox), "theme = \"light\"  # system file ROOT/system/dxpulse/config.toml:2\n");
    sandbox.write(USER, "theme = \"dark\"\n");
    assert_eq!(theme(&sandbox), "theme = \"dark\"  # user file ROOT/home/config.toml:1\n");
    let sandbox = sandbox.with("DXPULSE_THEME", "auto");
    assert_eq!(theme(&sandbox), "theme = \"auto\"  # environment variable DXPULSE_THEME\n");
}

#[test]
fn all_settings_are_listed_as_toml() {
    let sandbox = Sandbox::new().with("NO_COLOR", "1").with("DO_NOT_TRACK", "1").with("ACCESSIBLE", "0");
    let listed = sandbox.succeed(&["config", "get"]);
    let expected = "\
theme = \"auto\"                  # default
colour = \"never\"                # environment variable NO_COLOR
accessible = false              # default
language = \"auto\"               # default
surveys = \"ROOT/home/surveys\"   # default
editor = \"\"                     # default
collector = \"\"                  # default
publishers = \"\"                 # default
webhook = \"\"                    # default
webhook_secret_file = \"\"        # default
webhook_comments = false        # default
opt_out = true                  # environment variable DO_NOT_TRACK
muted = \"\"                      # default
quiet_hours = \"\"                # default
quiet_programs = \"\"             # default
presenting = false              # default
ask_root = false                # default
";
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(squeezed(&listed), squeezed(expected));
    assert!(toml::from_str::<toml::Table>(&listed).is_ok());
}

#[test]
fn json_has_key_value_and_origin_with_its_place() {
    let sandbox = Sandbox::new().with("DXPULSE_ACCESSIBLE", "1");
    sandbox.write(SYSTEM, "editor = \"ed\"\n");
    sandbox.write(USER, "colour = \"never\"\n");
    let path = |name| format!("ROOT/{name}");
    let expected = json!([
        { "key": "theme", "value": "auto", "origin": "default" },
        { "key": "colour", "value": "never", "origin": "user", "file": path(USER), "line": 1 },
        { "key": "accessible", "value": true, "origin": "environment", "variable": "DXPULSE_ACCESSIBLE" },
        { "key": "language", "value": "auto", "origin": "default" },
        { "key": "surveys", "value": path("home/surveys"), "origin": "default" },
        { "key": "editor", "value": "ed", "origin": "system", "file": path(SYSTEM), "line": 1 },
        { "key": "collector", "value": "", "origin": "default" },
        { "key": "publishers", "value": "", "origin": "default" },
        { "key": "webhook", "value": "", "origin": "default" },
        { "key": "webhook_secret_file", "value": "", "origin": "default" },
        { "key": "webhook_comments", "value": false, "origin": "default" },
        { "key": "opt_out", "value": false, "origin": "default" },
        { "key": "muted", "value": "", "origin": "default" },
        { "key": "quiet_hours", "value": "", "origin": "default" },
        { "key": "quiet_programs", "value": "", "origin": "default" },
        { "key": "presenting", "value": false, "origin": "default" },
        { "key": "ask_root", "value": false, "origin": "default" },
    ]);
    assert_eq!(sandbox.json(&["config", "get", "--json"]), expected);
    assert_eq!(sandbox.json(&["config", "get", "theme", "--json"]), expected[0]);
}

#[test]
fn the_path_follows_the_conventions() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.succeed(&["config", "path"]), "ROOT/home/config.toml\n");
    let sandbox = sandbox.without("DXPULSE_HOME");
    assert_eq!(sandbox.succeed(&["config", "path"]), "ROOT/user/.config/dxpulse/config.toml\n");
    let elsewhere = sandbox.path("xdg").display().to_string();
    let sandbox = sandbox.with("XDG_CONFIG_HOME", &elsewhere);
    assert_eq!(sandbox.succeed(&["config", "path"]), "ROOT/xdg/dxpulse/config.toml\n");
}

#[test]
fn a_change_keeps_comments_and_order() {
    let sandbox = Sandbox::new();
    sandbox.write(USER, "# mine\ntheme   = \"dark\" # at night\n\n# plain\naccessible = true\n");
    assert_eq!(sandbox.succeed(&["config", "set", "theme", "light"]), "");
    assert_eq!(sandbox.succeed(&["config", "set", "opt_out", "true"]), "");
    let expected = "# mine\ntheme   = \"light\" # at night\n\n# plain\naccessible = true\nopt_out = true\n";
    assert_eq!(sandbox.read(USER), expected);
}

#[test]
fn a_new_file_and_its_folders_are_private_and_nothing_else_is_left() {
    let sandbox = Sandbox::new();
    sandbox.succeed(&["config", "set", "accessible", "1"]);
    assert_eq!(sandbox.read(USER), "accessible = true\n");
    assert_eq!((sandbox.mode("home"), sandbox.mode(USER)), (0o700, 0o600));
    assert_eq!(std::fs::read_dir(sandbox.path("home")).unwrap().count(), 1);
}

#[test]
fn a_file_others_could_read_becomes_private() {
    let sandbox = Sandbox::new();
    sandbox.write(USER, "");
    sandbox.set_mode(USER, 0o644);
    sandbox.succeed(&["config", "set", "theme", "dark"]);
    assert_eq!(sandbox.mode(USER), 0o600);
}

#[test]
fn a_link_to_the_file_stays_a_link() {
    let sandbox = Sandbox::new();
    sandbox.write("dotfiles/dxpulse.toml", "# kept elsewhere\n");
    std::fs::create_dir(sandbox.path("home")).unwrap();
    symlink(sandbox.path("dotfiles/dxpulse.toml"), sandbox.path(USER)).unwrap();
    sandbox.succeed(&["config", "set", "theme", "dark"]);
    assert!(sandbox.path(USER).is_symlink());
    assert_eq!(sandbox.read("dotfiles/dxpulse.toml"), "# kept elsewhere\ntheme = \"dark\"\n");
}

#[test]
fn a_wrong_value_is_refused_before_anything_is_written() {
    for (key, value, said) in [
        (
            "theme",
            "drak",
            "dxpulse: `theme` takes \"auto\", \"dark\" or \"light\", not \"drak\"\n  help: did you mean \"dark\"?\n",
        ),
        (
            "opt_out",
            "maybe",
            "dxpulse: `opt_out` takes true or false, not \"maybe\"\n  help: write `opt_out = true` or `opt_out = false`, without quotes\n",
        ),
    ] {
        let sandbox = Sandbox::new();
        let outcome = sandbox.run(&["config", "set", key, value]);
        assert_eq!((outcome.code, outcome.err.as_str()), (2, said));
        assert!(!sandbox.path("home").exists());
    }
}

#[test]
fn answers_go_nowhere_but_over_tls_or_to_this_machine() {
    let sandbox = Sandbox::new();
    for address in ["https://hooks.example.com/surveys/", "http://127.0.0.1:8080", "http://[::1]:8080/x", "http://localhost", ""]
    {
        sandbox.succeed(&["config", "set", "webhook", address]);
        assert_eq!(sandbox.json(&["config", "get", "webhook", "--json"])["value"], address);
    }
    for address in ["http://hooks.example.com", "http://127.0.0.1.example.com", "ftp://x", "https://", "https://a/?token=b", "x"]
    {
        let outcome = sandbox.run(&["config", "set", "webhook", address]);
        assert!(outcome.code == 2 && outcome.err.contains("`webhook` takes an https address"), "{}", outcome.err);
    }
    sandbox.write(USER, "webhook_secret_file = \"secret\"\n");
    assert_eq!(sandbox.json(&["config", "get", "webhook_secret_file", "--json"])["value"], "ROOT/home/secret");
    for (secret, mode, said) in [
        (None, 0o600, "the secret in ROOT/here can't be read"),
        (Some("short"), 0o600, "the secret in ROOT/here has fewer than 32 bytes"),
        (Some("0123456789abcdef0123456789abcdef"), 0o644, "the secret in ROOT/here is open to others on this machine (0644)"),
    ] {
        if let Some(secret) = secret {
            sandbox.write("here", secret);
            sandbox.set_mode("here", mode);
        }
        let refused = sandbox.run(&["config", "set", "webhook_secret_file", "here"]);
        assert!(refused.code == 1 && refused.err.contains(said) && refused.err.contains("help: "), "{refused:?}");
    }
    sandbox.set_mode("here", 0o600);
    sandbox.succeed(&["config", "set", "webhook_secret_file", "here"]);
    assert_eq!(sandbox.read(USER), format!("webhook_secret_file = \"{}\"\n", sandbox.path("here").display()));
}

#[test]
fn a_wrong_value_in_the_file_can_be_set_right() {
    let sandbox = Sandbox::new();
    sandbox.write(USER, "theme = \"drak\" # oops\n");
    assert_eq!(sandbox.run(&["config", "get"]).code, 1);
    sandbox.succeed(&["config", "set", "theme", "dark"]);
    assert_eq!(sandbox.read(USER), "theme = \"dark\" # oops\n");
}

#[test]
fn a_file_that_is_no_toml_is_told_and_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.write(USER, "theme = \n");
    for arguments in [&["config", "get"][..], &["config", "set", "theme", "dark"]] {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, 1);
        assert!(outcome.err.contains("ROOT/home/config.toml:1:"), "{}", outcome.err);
    }
    assert_eq!(sandbox.read(USER), "theme = \n");
}

#[test]
fn mistakes_are_shown_all_at_once_with_their_lines_and_remedies() {
    let sandbox = Sandbox::new();
    sandbox.write(USER, "# mine\nthme = \"dark\"\nopt_out = \"no\"\n");
    let outcome = sandbox.run(&["config", "get"]);
    let expected = "dxpulse: the settings have 2 problems

error: unknown key `thme`
 --> ROOT/home/config.toml:2:1
  |
2 | thme = \"dark\"
  | ^^^^
  |
  = help: did you mean `theme`?

error: `opt_out` takes true or false, not \"no\"
 --> ROOT/home/config.toml:3:11
  |
3 | opt_out = \"no\"
  |           ^^^^
  |
  = help: write `opt_out = true` or `opt_out = false`, without quotes
  help: correct them as shown; `dxpulse config path` names your file
";
    assert_eq!((outcome.code, outcome.out.as_str(), outcome.err.as_str()), (1, "", expected));
}

#[test]
fn control_characters_of_a_file_do_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write(USER, "\u{202e}thme = \"\u{1b}[31m\"\n\"\\u001b[31m\" = 1\neditor = \"\\u001b[31m\"\n");
    let outcome = sandbox.run(&["config", "get"]);
    assert_eq!(outcome.code, 1);
    assert!(!outcome.err.contains(['\u{1b}', '\u{202e}']), "{:?}", outcome.err);
}

#[test]
fn a_folder_given_from_elsewhere_is_stored_whole() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(&["config", "set", "surveys", "team"]);
    let said = "dxpulse: ROOT/team is not there yet; until it is, only the bundled surveys are listed\n";
    assert_eq!((outcome.code, outcome.out.as_str(), outcome.err.as_str()), (0, "", said));
    sandbox.write("team/x", "");
    sandbox.succeed(&["config", "set", "surveys", "team"]);
    sandbox.succeed(&["config", "set", "surveys", ""]);
    sandbox.succeed(&["config", "set", "surveys", "team"]);
    assert_eq!(sandbox.json(&["config", "get", "surveys", "--json"])["value"], "ROOT/team");
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("home", "a file in the way");
    let outcome = sandbox.run(&["config", "set", "theme", "dark"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.starts_with("dxpulse: cannot write ROOT/home/config.toml:"), "{}", outcome.err);
    assert!(outcome.err.contains("  help: "), "{}", outcome.err);
}

#[test]
fn changes_made_at_once_are_all_kept() {
    let sandbox = Sandbox::new();
    let changes = [("theme", "dark"), ("colour", "never"), ("accessible", "true"), ("editor", "vi"), ("opt_out", "true")];
    let children = changes.map(|(key, value)| sandbox.command(&["config", "set", key, value]).spawn().unwrap());
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let mut keys: Vec<_> = toml::from_str::<toml::Table>(&sandbox.read(USER)).unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["accessible", "colour", "editor", "opt_out", "theme"]);
}

#[test]
fn a_mistake_in_the_settings_keeps_nobody_from_their_answers() {
    let sandbox = Sandbox::new().with("DXPULSE_COLOUR", "purple");
    sandbox.write(USER, "thme = \"dark\"\n");
    sandbox.write("s.toml", "id = \"s\"\ntitle = \"S\"\n\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How likely?\"\n");
    sandbox.write("answers.json", "{ \"q\": 9 }");
    let told = [
        "dxpulse: ROOT/home/config.toml:1:1: unknown key `thme`; left out\n  help: did you mean `theme`?\n",
        "dxpulse: DXPULSE_COLOUR: `colour` takes",
    ];
    for (arguments, printed) in [
        (&["list"][..], "platform-pulse"),
        (&["take", "s.toml", "--answers", "answers.json", "--json"], "\"q\": 9"),
        (&["export"], "q.missing"),
        (&["history"], "answered"),
    ] {
        let outcome = sandbox.run(arguments);
        assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.err);
        assert!(outcome.out.contains(printed), "{arguments:?}: {}", outcome.out);
        let uses_settings = ["list", "take", "history"].contains(&arguments[0]);
        assert!(told.iter().all(|told| outcome.err.contains(told) == uses_settings), "{arguments:?}: {}", outcome.err);
    }
    assert_eq!((sandbox.run(&["config", "get"]).code, sandbox.run(&["doctor"]).code), (1, 1));
}
