//! Tests of the page about deployments: `docs/DEPLOYING.md`.

use super::*;

/// Returns the shell lines of a page, and joins those that end with a backslash.
fn shell_lines(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines = blocks.flat_map(|block| block.replace("\\\n", " ").lines().map(str::to_owned).collect::<Vec<_>>());
    lines.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')).collect()
}

/// Returns the words of a shell line that name a variable: before `=`, after `$`, or in capitals with an underscore.
fn variables_of(line: &str) -> BTreeSet<&str> {
    let mut names = names_in(line);
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    let mut rest = line;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_uppercase()) {
        let end = rest[start..].find(|letter| !is_part(letter)).map_or(rest.len(), |length| start + length);
        let (before, after) = (&rest[..start], &rest[end..]);
        let begins = !before.ends_with(|letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '/'));
        if begins && (after.starts_with('=') || before.ends_with('$') || before.ends_with("${")) && end - start > 1 {
            names.insert(&rest[start..end]);
        }
        rest = after;
    }
    names
}

#[test]
fn every_variable_of_a_command_of_the_page_is_read_by_somebody() {
    let page = page();
    let lines = shell_lines(&page);
    let mut seen = BTreeSet::new();
    for line in &lines {
        for name in variables_of(line) {
            assert!(is_known(name), "{name} in: {line}");
            seen.insert(name);
        }
    }
    for name in ["JWT_SECRET_KEY", "JWT_SECRET_KEY_PREVIOUS", "DATABASE_URL", "CORS_ORIGINS", "ENVIRONMENT"] {
        assert!(seen.contains(name), "no command sets {name}");
    }
}

/// Returns what follows `taskflow` in a shell line, if it is a command and not the value of an option.
fn commands_of(program: &str, line: &str) -> Vec<String> {
    let words: Vec<_> = line
        .split(|letter: char| letter.is_whitespace() || "'\"();|".contains(letter))
        .filter(|it| !it.is_empty())
        .collect();
    let is_program = |word: &str| Path::new(word).file_name().is_some_and(|name| name == program);
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate().filter(|(_, word)| is_program(word)) {
        let is_value = place.checked_sub(1).is_some_and(|before| words[before].starts_with('-'));
        let rest = match words.get(place + 1) {
            Some(&"--") => &words[place + 2..],
            _ if is_value || word.contains('.') => continue,
            _ => &words[place + 1..],
        };
        let is_plain = |word: &&&str| word.chars().all(|letter| letter.is_ascii_lowercase());
        found.push(rest.iter().take_while(is_plain).take(2).copied().collect::<Vec<_>>().join(" "));
    }
    found
}

#[test]
fn every_command_of_the_page_and_of_the_files_is_one_of_taskflow() {
    const KNOWN: [&str; 6] = ["", "config check", "config env", "config schema", "demo", "migrate"];
    let mut lines = shell_lines(&page());
    lines.extend(processes().into_values());
    lines.push(text(&json("railway.json"), "/deploy/preDeployCommand/0").to_owned());
    lines.push(text(&toml("fly.toml"), "/deploy/release_command").to_owned());
    lines.push(text(&yaml("render.yaml"), "/services/0/preDeployCommand").to_owned());
    lines.extend(directive("ExecStart"));
    let found: BTreeSet<_> = lines.iter().flat_map(|line| commands_of("taskflow", line)).collect();
    for command in &found {
        assert!(KNOWN.contains(&command.as_str()), "taskflow {command}");
    }
    assert!(found.contains("config check") && found.contains("migrate"), "{found:?}");
}

#[test]
fn every_command_of_the_page_is_one_of_hardened() {
    let help = read("../../crates/hardened-cli/README.md");
    for command in shell_lines(&page()).iter().flat_map(|line| commands_of("hardened", line)) {
        assert!(help.contains(&format!("hardened {}", command.split(' ').next().unwrap())), "hardened {command}");
    }
}

#[test]
fn every_rule_and_every_file_that_the_page_names_is_there() {
    let (page, rules) = (page(), read("../../docs/RULES.md"));
    let quoted = page.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let groups = ["tier-", "secret-", "setting-", "database-", "http-", "file-", "dotenv-", "cors-", "origin-"];
    for code in quoted.filter(|code| groups.iter().any(|group| code.starts_with(group)) && !code.contains(' ')) {
        assert!(rules.contains(&format!("## `{code}`\n")), "no rule {code}");
    }
    for link in page.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
        let is_here =
            link.is_empty() || link.starts_with("https://") || package().join("../../docs").join(link).exists();
        assert!(is_here, "{link} leads nowhere");
    }
}

#[test]
fn the_page_names_every_file() {
    let page = page();
    for file in FILES.into_iter().filter(|file| !KUBERNETES.contains(file) && *file != "Dockerfile.dockerignore") {
        assert!(page.contains(&format!("../examples/taskflow/{file}")), "{file}");
    }
    for file in KUBERNETES {
        assert!(page.contains(file), "{file}");
    }
}
