//! The shell's own words.

#[rustfmt::skip] // in columns
pub fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "if" | "then" | "else" | "elif" | "fi" | "for" | "while" | "until" | "do" | "done" |
        "case" | "esac" | "select" | "function" | "time" | "!" | "{" | "}"
    )
}

/// Keywords behind which no command begins.
#[rustfmt::skip] // in columns
pub fn ends_command(word: &str) -> bool {
    matches!(
        word,
        "for" | "case" | "select" | "function" | "fi" | "done" | "esac" | "}"
    )
}

#[rustfmt::skip] // in columns
pub fn is_builtin(word: &str) -> bool {
    matches!(
        word,
        "." | ":" | "[" | "[[" | "alias" | "bg" | "bind" | "break" | "builtin" | "caller" |
        "cd" | "command" | "continue" | "declare" | "dirs" | "disown" | "echo" | "enable" |
        "eval" | "exec" | "exit" | "export" | "false" | "fc" | "fg" | "getopts" | "hash" |
        "help" | "history" | "jobs" | "kill" | "let" | "local" | "logout" | "mapfile" |
        "popd" | "printf" | "pushd" | "pwd" | "read" | "readarray" | "readonly" | "return" |
        "set" | "shift" | "shopt" | "source" | "sudo" | "suspend" | "test" | "times" | "trap" |
        "true" | "type" | "typeset" | "ulimit" | "umask" | "unalias" | "unset" | "wait"
    )
}

/// Commands whose first argument is a command.
#[rustfmt::skip] // in columns
pub fn takes_command(word: &str) -> bool {
    matches!(
        word,
        "sudo" | "exec" | "command" | "builtin" | "nohup" | "time" | "env"
    )
}
