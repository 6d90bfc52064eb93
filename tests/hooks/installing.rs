//! The file a shell reads at its start: changed between two marks, shown first, and as it was afterwards.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{PROGRAM, dxpulse};
use crate::{AFTER_A_DEPLOY, SHELLS, Shell, closer, home, run};

#[test]
fn install_adds_the_hook_once_and_uninstall_takes_it_out() {
    let home = home(AFTER_A_DEPLOY);
    let file = home.path().join(".bashrc");
    let before = "PS1='$ '\ndeployctl() { echo deploying; }\n";
    fs::write(&file, before).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let hook = |arguments: &[&str]| {
        let output = home.command().arg("hook").args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (is_done, said) = hook(&["install", "bash"]);
    assert!(!is_done && said.contains("+ # >>> dxpulse >>>") && said.contains("--yes"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), before, "nobody said yes");
    assert!(hook(&["install", "bash", "--yes"]).0);
    let with = fs::read_to_string(&file).unwrap();
    let kept = home.path().join("data/hook.bash");
    assert!(with.starts_with(before) && with.contains(kept.to_str().unwrap()), "{with}");
    assert!(hook(&["install", "bash", "--yes"]).1.contains("already"));
    assert_eq!((fs::read_to_string(&file).unwrap(), fs::metadata(&file).unwrap().permissions().mode() & 0o777), (with, 0o640));
    // The file does what it should.
    let mut screen = Shell::Bash.start_with(&home, &format!(". {}", file.display()));
    run(&mut screen, Shell::Bash, "deployctl up");
    assert!(screen.text().contains('◆'), "{}", screen.text());
    assert_eq!(fs::metadata(home.path().join("data")).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(hook(&["uninstall", "bash", "--yes"]).0);
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
    assert!(!kept.exists() && closer(&home, Shell::Bash.name()).is_none());
}

#[test]
fn uninstall_leaves_every_file_as_it_was_before() {
    let home = home(AFTER_A_DEPLOY);
    let file = home.path().join(".bashrc");
    for before in [None, Some(""), Some("alias x=y\n"), Some("alias x=y"), Some("alias x=y\r\nalias y=z")] {
        let _ = fs::remove_file(&file);
        before.iter().for_each(|text| fs::write(&file, text).unwrap());
        for step in ["install", "uninstall"] {
            assert!(home.run(["hook", step, "bash", "--yes"]).status.success(), "{before:?}");
        }
        assert_eq!(fs::read_to_string(&file).ok().as_deref(), before);
    }
}

#[test]
fn a_hook_of_another_version_is_renewed_by_what_it_runs() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        assert!(home.run(["hook", "install", shell.name(), "--yes"]).status.success());
        let kept = home.path().join(format!("data/hook.{}", shell.name()));
        let code = fs::read_to_string(&kept).unwrap();
        fs::write(&kept, format!("{code}\n# of another version\n")).unwrap();
        let closer = closer(&home, shell.name()).unwrap();
        let of_another_version = home.path().join(format!("data/closer-0.{}", shell.name()));
        fs::rename(&closer, &of_another_version).unwrap();
        let mut screen = shell.start_with(&home, &format!(". {}", kept.display()));
        run(&mut screen, shell, "deployctl up");
        assert!(screen.text().contains('◆'), "{shell:?}: {}", screen.text());
        assert_eq!(fs::read_to_string(&kept).unwrap(), code, "{shell:?}");
        assert!(closer.exists() && !of_another_version.exists(), "{shell:?}");
        let others = ["bash", "zsh", "fish"].iter().filter(|name| home.path().join(format!("data/hook.{name}")).exists()).count();
        assert_eq!(others, 1, "those of other shells are not made");
    }
}

#[test]
fn what_looks_closer_is_printed_where_its_file_is_gone() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        let print = || String::from_utf8(home.run(["hook", "init", shell.name()]).stdout).unwrap();
        let whole = print();
        drop(shell.start(&home, ""));
        let (short, closer) = (print(), closer(&home, shell.name()).unwrap());
        assert!(short.len() * 2 < whole.len(), "{shell:?}: {short}");
        assert!(whole.contains(&fs::read_to_string(&closer).unwrap()) && short.contains(closer.to_str().unwrap()), "{shell:?}");
        fs::remove_file(&closer).unwrap();
        let mut screen = shell.start_with(&home, &short);
        run(&mut screen, shell, "deployctl up");
        assert!(screen.text().contains('◆'), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn half_of_what_looks_closer_is_mended_for_the_next_shell() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        drop(shell.start(&home, ""));
        let closer = closer(&home, shell.name()).unwrap();
        let code = fs::read_to_string(&closer).unwrap();
        fs::write(&closer, &code[..code.len() / 2]).unwrap();
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "deployctl up");
        assert!(!screen.text().contains('◆') && !screen.text().contains("closer"), "{shell:?}: {}", screen.text());
        assert_eq!(fs::read_to_string(&closer).unwrap(), code, "{shell:?}");
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "deployctl up");
        assert!(screen.text().contains('◆'), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn what_was_removed_while_a_shell_runs_is_printed_too() {
    for shell in SHELLS {
        let home = home("[trigger]\ncommand = [\"other *\"]\n");
        drop(shell.start(&home, ""));
        let survey = home.path().join("surveys/after-deploy.toml");
        let text = fs::read_to_string(&survey).unwrap();
        fs::write(&survey, "").unwrap();
        assert!(home.run(["why"]).status.success());
        // Nothing waits, so that it is not read yet; nor will anything be asked because the due file said nothing.
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, if shell == Shell::Fish { "set -g __dxpulse_asked 1" } else { "__dxpulse_asked=1" });
        fs::remove_file(closer(&home, shell.name()).unwrap()).unwrap();
        fs::write(&survey, text.replace("other", "deployctl")).unwrap();
        assert!(home.run(["why"]).status.success());
        run(&mut screen, shell, "deployctl up");
        assert!(screen.text().contains('◆'), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn a_shell_whose_hook_file_is_gone_starts_as_without_it() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        assert!(home.run(["hook", "install", shell.name(), "--yes"]).status.success());
        fs::remove_file(home.path().join(format!("data/hook.{}", shell.name()))).unwrap();
        let file = match shell {
            Shell::Bash => ".bashrc",
            Shell::Zsh => ".zshrc",
            Shell::Fish => ".config/fish/config.fish",
        };
        let mut screen = shell.start_with(&home, &fs::read_to_string(home.path().join(file)).unwrap());
        run(&mut screen, shell, "deployctl up");
        assert!(!screen.text().contains('◆') && !screen.text().contains("hook."), "{shell:?}: {}", screen.text());
        assert!(home.run(["hook", "install", shell.name(), "--yes"]).status.success());
        assert!(home.path().join(format!("data/hook.{}", shell.name())).exists(), "it can be made anew");
    }
}

#[test]
fn a_link_stays_one_and_the_developer_is_asked() {
    let home = home(AFTER_A_DEPLOY);
    fs::create_dir(home.path().join("dotfiles")).unwrap();
    fs::write(home.path().join("dotfiles/zshrc"), "setopt nobeep").unwrap();
    symlink("dotfiles/zshrc", home.path().join(".zshrc")).unwrap();
    let mut screen = dxpulse(["hook", "install"]).env("SHELL", "/usr/bin/zsh").home(&home).start();
    screen.until("Change it? [y/N]").type_text("y").press("enter").until("hook uninstall zsh");
    assert_eq!(screen.exit_code(), 0);
    assert!(fs::symlink_metadata(home.path().join(".zshrc")).unwrap().is_symlink());
    let text = fs::read_to_string(home.path().join("dotfiles/zshrc")).unwrap();
    assert!(
        text.starts_with("setopt nobeep\n# >>> dxpulse, below a line without an end >>>\n") && text.contains("data/hook.zsh"),
        "{text}"
    );
    assert!(fs::read_to_string(home.path().join("data/hook.zsh")).unwrap().contains(PROGRAM));
    let mut screen = dxpulse(["hook", "uninstall", "zsh"]).home(&home).start();
    screen.until("Change it? [y/N]").press("enter").until("nothing was changed");
    assert_eq!(fs::read_to_string(home.path().join("dotfiles/zshrc")).unwrap(), text);
}

#[test]
fn a_link_that_leads_nowhere_is_told() {
    let home = home(AFTER_A_DEPLOY);
    symlink("nowhere/bashrc", home.path().join(".bashrc")).unwrap();
    let output = home.run(["hook", "install", "bash", "--yes"]);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("leads nowhere"), "{output:?}");
    assert!(fs::symlink_metadata(home.path().join(".bashrc")).unwrap().is_symlink());
}

#[test]
fn an_unknown_shell_is_told_which_there_are() {
    let home = home(AFTER_A_DEPLOY);
    let output = home.command().env("SHELL", "/bin/dash").args(["hook", "install"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bash, zsh, fish, nu and powershell"), "{output:?}");
}
