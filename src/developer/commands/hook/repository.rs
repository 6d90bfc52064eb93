//! The address of the repository a folder is in, without asking git.

use std::fs;
use std::path::Path;

/// Gives the address of the remote `origin`, without scheme, user and ending, as in `github.com/acme/shop`.
pub(super) fn address(directory: &Path) -> Option<String> {
    let git = directory.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    // A worktree has a file that leads to a folder of the repository's own.
    let folder = match fs::read_to_string(&git) {
        Ok(text) => {
            let named = git.parent()?.join(text.strip_prefix("gitdir:")?.trim());
            let common = fs::read_to_string(named.join("commondir")).ok();
            common.map_or_else(|| named.clone(), |common| named.join(common.trim()))
        }
        Err(_) => git,
    };
    origin(&fs::read_to_string(folder.join("config")).ok()?)
}

fn origin(config: &str) -> Option<String> {
    let lines = config.lines().map(str::trim).skip_while(|line| *line != "[remote \"origin\"]").skip(1);
    let mut section = lines.take_while(|line| !line.starts_with('['));
    section.find_map(|line| line.strip_prefix("url")?.trim_start().strip_prefix('=')).map(|url| plain(url.trim()))
}

fn plain(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = match rest.split_once('/') {
        // A user, and what may be a password.
        Some((host, path)) => {
            let host = host.rsplit('@').next().unwrap_or(host);
            let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
            let host = host.split_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(host, _)| host);
            format!("{host}/{path}")
        }
        None => rest.to_owned(),
    };
    // As in git@github.com:acme/shop.git
    let rest = if url.contains("://") { rest } else { rest.rsplit('@').next().unwrap_or_default().replacen(':', "/", 1) };
    rest.trim_end_matches('/').trim_end_matches(".git").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_an_address_gives_the_same() {
        for url in [
            "https://github.com/acme/shop.git",
            "https://ann:secret@github.com/acme/shop",
            "ssh://git@github.com/acme/shop.git",
            "ssh://git@github.com:443/acme/shop",
            "git@github.com:acme/shop.git",
            "github.com:acme/shop/",
        ] {
            assert_eq!(plain(url), "github.com/acme/shop", "{url}");
        }
    }

    #[test]
    fn the_address_is_that_of_origin_and_found_from_below() {
        let home = tempfile::tempdir().unwrap();
        let (repository, below) = (home.path().join("shop"), home.path().join("shop/src/deep"));
        fs::create_dir_all(&below).unwrap();
        fs::create_dir(repository.join(".git")).unwrap();
        let other = "[remote \"fork\"]\n\turl = https://github.com/ann/shop\n";
        fs::write(repository.join(".git/config"), format!("{other}[remote \"origin\"]\n\turl = git@github.com:acme/shop.git\n"))
            .unwrap();
        assert_eq!(address(&below).as_deref(), Some("github.com/acme/shop"));
        fs::write(repository.join(".git/config"), other).unwrap();
        assert_eq!(address(&below), None);
        let tree = home.path().join("tree");
        fs::create_dir_all(repository.join(".git/worktrees/tree")).unwrap();
        fs::create_dir(&tree).unwrap();
        fs::write(tree.join(".git"), format!("gitdir: {}\n", repository.join(".git/worktrees/tree").display())).unwrap();
        fs::write(repository.join(".git/worktrees/tree/commondir"), "../..\n").unwrap();
        fs::write(repository.join(".git/config"), "[remote \"origin\"]\n\turl = https://github.com/acme/shop\n").unwrap();
        assert_eq!(address(&tree).as_deref(), Some("github.com/acme/shop"));
    }
}
