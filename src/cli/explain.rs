//! `viva explain`

use anyhow::bail;

use super::Outcome;
use super::report::print;
use crate::diag::{nearest, rules};

/// Explain a problem by its code or name.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A code such as V0107, or a name such as field-unknown; without it, all are listed
    code: Option<String>,
}

/// Prints what the rule is about, with a bad and a good example.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Some(code) = &args.code else {
        for rule in rules::ALL {
            print(&format!(
                "{}  {:<8} {:<22} {}\n",
                rule.code,
                rule.severity.as_str(),
                rule.name,
                rule.summary
            ))?;
        }
        return Ok(Outcome::Done);
    };
    let Some(rule) = rules::find(code) else {
        let names = rules::ALL.iter().flat_map(|rule| [rule.name, rule.code]);
        match nearest(code, names) {
            Some(name) => bail!("there is no rule `{code}`; did you mean `{name}`?"),
            None => bail!("there is no rule `{code}`; `viva explain` lists all of them"),
        }
    };
    let adjustable = if rule.adjustable {
        "handbook.yaml can change it under `rules`, and a page can be excepted under `allow`"
    } else {
        "it can't be turned off"
    };
    print(&format!(
        "{} {} ({}; {adjustable})\n\n{}\n",
        rule.code,
        rule.name,
        rule.severity.as_str(),
        rule.explanation.trim_end()
    ))?;
    Ok(Outcome::Done)
}
