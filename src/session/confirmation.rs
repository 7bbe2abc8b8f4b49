//! Asking a person before something happens. `--yes` answers what must be confirmed, and takes no offer up.

use crate::failure::Failure;
use crate::session::Session;
use crate::terminal::prompt::Prompter;
use crate::text;

/// Somebody who can be asked, or nobody, where that is as good as a yes.
pub struct Confirmation(Option<Prompter>);

impl Confirmation {
    /// Finds somebody to ask, unless `--yes` answers.
    pub fn new(session: &Session, what: &str, hint: &str) -> Result<Self, Failure> {
        if session.options.yes {
            return Ok(Self(None));
        }
        let person = Prompter::open().map_err(|reason| {
            Failure::usage(format!(
                "{what} requires confirmation, but keybelt cannot prompt: {reason}"
            ))
            .hint(hint)
        })?;
        Ok(Self(Some(person)))
    }

    /// The same for what a script means that says it: where nobody can be asked, that is a yes.
    pub fn of_person(session: &Session) -> Self {
        Self(Prompter::open().ok().filter(|_| !session.options.yes))
    }

    /// Shows what the question is about.
    pub fn show(&mut self, text: &str) {
        if let Some(person) = &mut self.0 {
            person.show(text);
        }
    }

    /// Shows a table of what the question is about.
    pub fn draw(&mut self, table: &str) {
        if let Some(person) = &mut self.0 {
            person.draw(table);
        }
    }

    /// Asks.
    pub fn ask(self, question: &str, otherwise: &str) -> Result<(), Failure> {
        let Some(mut person) = self.0 else {
            return Ok(());
        };
        if person.confirm(question)? { Ok(()) } else { Err(Failure::usage(otherwise)) }
    }

    /// Asks for a name to be typed again, where an act on the wrong one would be hard to make good.
    pub fn ask_name(self, name: &str, why: &str, otherwise: &str) -> Result<(), Failure> {
        let Some(mut person) = self.0 else {
            return Ok(());
        };
        let shown = text::escape(name);
        let typed = person.ask(&format!("Type {shown} to {why}: "))?;
        if typed.trim() == name.trim() {
            return Ok(());
        }
        Err(Failure::usage(format!("that was not `{shown}`; {otherwise}")))
    }
}

/// Offers what goes beyond the command: it is done only if a person says so now.
pub fn offer(session: &Session, question: &str) -> Result<bool, Failure> {
    match Prompter::open() {
        Ok(mut person) if !session.options.yes => person.confirm(question),
        _ => Ok(false),
    }
}
