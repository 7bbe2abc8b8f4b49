//! The columns of every table: as wide as their cells, or as the terminal has room for; where it has none, each
//! row is a paragraph.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal;

/// What is between two columns.
const GAP: &str = "  ";

/// The narrowest column that shares what is left; below it there are no columns.
const NARROWEST: usize = 6;

/// From where on a table that has to be squeezed is still easier to read than paragraphs.
const ROOMY: usize = 60;

/// The longest word that somebody may want to copy; longer ones break as the terminal would break them.
const COPIED: usize = 38;

/// How much longer than those of the first page a cell may be before its row gives up the columns.
const SLACK: usize = 4;

/// How a table's rows are laid out.
#[derive(Debug)]
pub(super) struct Columns {
    names: Vec<String>,
    /// `None` where the terminal is too narrow: then each row is a paragraph.
    widths: Option<Vec<usize>>,
    /// Whether cells go on in the next line, rather than stick out.
    wraps: bool,
    /// How many columns the terminal has.
    room: usize,
}

impl Columns {
    /// Lays out columns for these rows: as wide as the longest cell, or as there is room for on a terminal. Rows
    /// that come later may be longer.
    pub(super) fn fitted(names: &[&str], rows: &[Vec<String>]) -> Self {
        let wraps = terminal::stdout_is_terminal();
        let room = if wraps { terminal::width() } else { usize::MAX };
        Self::fitted_to(names, rows, room, wraps)
    }

    fn fitted_to(names: &[&str], rows: &[Vec<String>], room: usize, wraps: bool) -> Self {
        // The longest cell and the longest word of each column: what has to be copied has no blanks, and never breaks.
        let mut longest: Vec<(usize, usize)> =
            names.iter().map(|name| (name.width(), name.width())).collect();
        for row in rows {
            for ((cell, word), text) in longest.iter_mut().zip(row) {
                *cell = (*cell).max(text.width());
                let words = text.split(' ').map(|word| word.width().min(COPIED));
                *word = words.fold(*word, usize::max);
            }
        }
        let gaps = GAP.len() * longest.len().saturating_sub(1);
        let widths =
            |most: usize| longest.iter().map(move |(cell, word)| *word.max(cell.min(&most)));
        let fits = |most: &usize| widths(*most).sum::<usize>() + gaps <= room;
        // Only the widest columns give way.
        let most = match fits(&usize::MAX) {
            true => Some(usize::MAX),
            false if room < ROOMY => None,
            false => (NARROWEST..room).rev().find(fits),
        };
        let names = names.iter().map(|name| name.to_uppercase()).collect();
        Self { names, widths: most.map(|most| widths(most).collect()), wraps, room }
    }

    /// Makes the columns a little wider, if there is room: the rows that come later are not known.
    pub(super) fn with_slack(mut self) -> Self {
        if let Some(widths) = &mut self.widths {
            let used = widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1);
            let slack = SLACK.min(self.room.saturating_sub(used) / widths.len().max(1));
            widths.iter_mut().for_each(|width| *width += slack);
        }
        self
    }

    /// Adds the names of the columns.
    pub(super) fn header(&self, text: &mut String) {
        if self.widths.is_some() {
            let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
            let mut head = String::new();
            self.row(&names, &mut head);
            text.push_str(&format!("{}\n", terminal::heading(head.trim_end_matches('\n'))));
        }
    }

    /// Adds a row, its cells escaped already.
    pub(super) fn row(&self, cells: &[&str], text: &mut String) {
        let Some(widths) = &self.widths else {
            return self.add_paragraph(cells, text);
        };
        let mut rest = cells.to_vec();
        let least: Vec<usize> = cells.iter().map(|cell| longest_word(cell)).collect();
        loop {
            let (mut line, mut used, mut start) = (String::new(), 0_usize, 0_usize);
            for ((cell, width), least) in rest.iter_mut().zip(widths).zip(&least) {
                let end = if self.wraps { break_at(cell, *width.max(least)) } else { cell.len() };
                let (now, later) = cell.split_at(end);
                *cell = later.trim_start_matches(' ');
                // What stuck out before it leaves too little room in this line.
                let end = used.max(start) + now.width();
                if !now.is_empty() && used > start && self.wraps && end > self.room {
                    text.push_str(line.trim_end_matches(' '));
                    text.push('\n');
                    (line, used) = (String::new(), 0);
                }
                let missing = start.saturating_sub(used);
                line.push_str(&" ".repeat(missing));
                line.push_str(now);
                line.push_str(GAP);
                used += missing + now.width() + GAP.len();
                start += width + GAP.len();
            }
            text.push_str(line.trim_end_matches(' '));
            text.push('\n');
            if rest.iter().all(|cell| cell.is_empty()) {
                return;
            }
        }
    }

    /// Adds a row as a paragraph: each name beside its cell, or above it where one has no room there.
    fn add_paragraph(&self, cells: &[&str], text: &mut String) {
        let beside = self.names.iter().map(|name| name.width()).max().unwrap_or(0) + GAP.len();
        let fits = |cell: &&str| beside + longest_word(cell).max(NARROWEST) <= self.room;
        let indent = if cells.iter().all(fits) { beside } else { GAP.len() };
        for (name, cell) in self.names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            text.push_str(&terminal::heading(name));
            let mut missing = indent.saturating_sub(name.width());
            if indent < beside {
                text.push('\n');
                missing = indent;
            }
            let mut rest = *cell;
            let width = self.room.saturating_sub(indent).max(longest_word(cell));
            while !rest.is_empty() {
                let (line, later) = rest.split_at(break_at(rest, width));
                text.push_str(&format!("{}{line}\n", " ".repeat(missing)));
                rest = later.trim_start_matches(' ');
                missing = indent;
            }
        }
        text.push('\n');
    }
}

/// Returns how wide the longest word is that somebody may want to copy: it sticks out rather than breaks.
fn longest_word(cell: &str) -> usize {
    cell.split(' ').map(UnicodeWidthStr::width).filter(|width| *width <= COPIED).max().unwrap_or(0)
}

/// Returns where the part of a cell ends that fits into a width: behind a word, if there are several.
fn break_at(cell: &str, width: usize) -> usize {
    let (mut used, mut blank) = (0, None);
    for (at, character) in cell.char_indices() {
        used += character.width().unwrap_or(0);
        if character == ' ' && at > 0 {
            blank = Some(at);
        }
        // A character that is wider than the column gets through all the same, or nothing ever would.
        if used > width && at > 0 {
            return blank.unwrap_or(at);
        }
    }
    cell.len()
}

#[cfg(test)]
mod tests {
    use super::Columns;
    use unicode_width::UnicodeWidthStr;

    const NAMES: [&str; 4] = ["member", "email", "state", "owner"];

    /// Lays out for the first row, and writes both.
    fn table(room: usize, wraps: bool, rows: &[[&str; 4]]) -> String {
        let first = [rows[0].map(str::to_owned).to_vec()];
        let columns = Columns::fitted_to(&NAMES, &first, room, wraps);
        let mut text = String::new();
        columns.header(&mut text);
        rows.iter().for_each(|row| columns.row(row, &mut text));
        text
    }

    /// An audit is laid out by its first page, and what comes later may be longer.
    #[test]
    fn a_longer_row_goes_on_below_itself_and_breaks_no_word() {
        let first = ["alice", "alice@b.c", "off", "owner"];
        let later = ["member-1", "member-1@sandbox.test", "unknown (hcp_sso)", ""];
        let expected = "MEMBER  EMAIL      STATE  OWNER
alice   alice@b.c  off    owner
member-1  member-1@sandbox.test
                   unknown
                   (hcp_sso)
";
        assert_eq!(table(34, true, &[first, later]), expected);
        let one_line = table(60, false, &[first, later]);
        assert!(
            one_line.ends_with("\nmember-1  member-1@sandbox.test  unknown (hcp_sso)\n"),
            "{one_line}"
        );
    }

    #[test]
    fn a_text_without_end_breaks_and_loses_nothing() {
        let wide = "日本".repeat(3000);
        for room in [10, 20, 40, 80, 200] {
            let text = table(room, true, &[[&wide, "a@b", "off", "owner"]]);
            assert!(text.lines().all(|line| line.width() <= room), "{room}");
            let kept: String = text.chars().filter(|it| "日本".contains(*it)).collect();
            assert_eq!(kept, wide, "{room}");
        }
    }

    /// The id of a token was broken at 80 columns, and could not be copied.
    #[test]
    fn what_is_to_be_copied_never_breaks() {
        let names = ["id", "description", "expires"];
        let cells = ["at-kitvrNRmQ678ulnt", "Made when the sandbox started", "2028-12-01"];
        let rows = [cells.map(str::to_owned).to_vec()];
        for room in 21..80 {
            let columns = Columns::fitted_to(&names, &rows, room, true);
            let mut text = String::new();
            columns.header(&mut text);
            columns.row(&cells, &mut text);
            for word in cells.iter().flat_map(|cell| cell.split(' ')) {
                assert!(text.contains(word), "{room}: {word}\n{text}");
            }
            let fits = text.lines().all(|line| line.width() <= room);
            assert!(fits || columns.widths.is_none(), "{room}:\n{text}");
        }
        let medium = Columns::fitted_to(&names, &rows, 40, true);
        let mut text = String::new();
        medium.header(&mut text);
        medium.row(&cells, &mut text);
        let expected = "ID           at-kitvrNRmQ678ulnt\nDESCRIPTION  Made when the sandbox\n             started\nEXPIRES      2028-12-01\n\n";
        assert_eq!(text, expected);
        let narrow = Columns::fitted_to(&names, &rows, 30, true);
        let mut text = String::new();
        narrow.header(&mut text);
        narrow.row(&cells, &mut text);
        let expected = "ID\n  at-kitvrNRmQ678ulnt\nDESCRIPTION\n  Made when the sandbox\n  started\nEXPIRES\n  2028-12-01\n\n";
        assert_eq!(text, expected);
    }
}
