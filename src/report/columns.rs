//! A table whose rows are written one by one, so that its columns cannot wait for the longest cell.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal;

/// What is between two columns.
const GAP: &str = "  ";

/// The narrowest column that shares what is left; below it there are no columns.
const NARROWEST: usize = 6;

/// From where on there is enough room.
const WIDE: usize = 72;

/// How wide a table is that nobody looks at on a terminal. What is longer sticks out there.
const NO_TERMINAL: usize = 100;

/// A column: its name, and how wide it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    /// So wide: where there is little room, and where there is enough.
    Fixed(&'static str, usize, usize),
    /// So many parts of what the others leave.
    Flexible(&'static str, usize),
}

/// How a table's rows are laid out.
#[derive(Debug)]
pub(super) struct Columns {
    names: Vec<String>,
    /// `None` where the terminal is too narrow: then cells stand one after the other.
    widths: Option<Vec<usize>>,
    /// Whether cells go on in the next line, rather than stick out.
    wraps: bool,
}

impl Columns {
    /// Lays the columns out for stdout.
    pub(super) fn for_stdout(columns: &[Column]) -> Self {
        if terminal::stdout_is_terminal() {
            Self::new(columns, terminal::width(), true)
        } else {
            Self::new(columns, NO_TERMINAL, false)
        }
    }

    /// Lays out columns whose cells are all known: as wide as the longest, or as there is room for on a terminal.
    pub(super) fn fitted(names: &[&str], rows: &[Vec<String>]) -> Self {
        let wraps = terminal::stdout_is_terminal();
        let room = if wraps { terminal::width() } else { usize::MAX };
        Self::fitted_to(names, rows, room, wraps)
    }

    fn fitted_to(names: &[&str], rows: &[Vec<String>], room: usize, wraps: bool) -> Self {
        let mut widths: Vec<usize> = names.iter().map(|name| name.width()).collect();
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        let gaps = GAP.len() * widths.len().saturating_sub(1);
        let total =
            |longest: usize| widths.iter().map(|it| *it.min(&longest)).sum::<usize>() + gaps;
        let fits = |longest: &usize| total(*longest) <= room;
        // Only the widest columns give way.
        let longest = match total(usize::MAX) <= room {
            true => Some(usize::MAX),
            false => (NARROWEST..room).rev().find(fits),
        };
        let widths = longest.map(|longest| widths.iter().map(|it| *it.min(&longest)).collect());
        Self { names: names.iter().map(|name| name.to_uppercase()).collect(), widths, wraps }
    }

    fn new(columns: &[Column], room: usize, wraps: bool) -> Self {
        let name = |column: &Column| match column {
            Column::Fixed(name, ..) | Column::Flexible(name, _) => name.to_uppercase(),
        };
        Self { names: columns.iter().map(name).collect(), widths: widths(columns, room), wraps }
    }

    /// Adds the names of the columns.
    pub(super) fn header(&self, text: &mut String) {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        self.row(&names, text);
    }

    /// Adds a row, its cells escaped already.
    pub(super) fn row(&self, cells: &[&str], text: &mut String) {
        let Some(widths) = &self.widths else {
            let filled: Vec<&str> = cells.iter().copied().filter(|it| !it.is_empty()).collect();
            return text.push_str(&format!("{}\n", filled.join(GAP)));
        };
        let mut rest = cells.to_vec();
        loop {
            let mut line = String::new();
            for (cell, width) in rest.iter_mut().zip(widths) {
                let end = if self.wraps { break_at(cell, *width) } else { cell.len() };
                let (now, later) = cell.split_at(end);
                *cell = later.trim_start_matches(' ');
                line.push_str(now);
                let missing = width.saturating_sub(now.width());
                line.push_str(&" ".repeat(missing));
                line.push_str(GAP);
            }
            text.push_str(line.trim_end_matches(' '));
            text.push('\n');
            if rest.iter().all(|cell| cell.is_empty()) {
                return;
            }
        }
    }
}

/// Returns the widths that fill the room; `None` if there is too little of it.
fn widths(columns: &[Column], room: usize) -> Option<Vec<usize>> {
    let (mut fixed, mut shares) = (GAP.len() * columns.len().saturating_sub(1), 0);
    let of = |narrow: &usize, wide: &usize| if room < WIDE { *narrow } else { *wide };
    for column in columns {
        match column {
            Column::Fixed(_, narrow, wide) => fixed += of(narrow, wide),
            Column::Flexible(_, share) => shares += share,
        }
    }
    let left = room.checked_sub(fixed)?;
    let width = |column: &Column| match column {
        Column::Fixed(_, narrow, wide) => of(narrow, wide),
        Column::Flexible(_, share) => left * share / shares,
    };
    let widths: Vec<usize> = columns.iter().map(width).collect();
    let fits = |(column, width): (&Column, &usize)| {
        matches!(column, Column::Fixed(..)) || *width >= NARROWEST
    };
    columns.iter().zip(&widths).all(fits).then_some(widths)
}

/// Returns where the part of a cell ends that fits into a width: between words, if there are several.
fn break_at(cell: &str, width: usize) -> usize {
    let (mut used, mut blank) = (0, None);
    for (at, character) in cell.char_indices() {
        used += character.width().unwrap_or(0);
        // A character that is wider than the column gets through all the same, or nothing ever would.
        if used > width && at > 0 {
            return blank.unwrap_or(at);
        }
        if character == ' ' && at > 0 {
            blank = Some(at);
        }
    }
    cell.len()
}

#[cfg(test)]
mod tests {
    use super::{Column, Columns};
    use unicode_width::UnicodeWidthStr;

    const COLUMNS: [Column; 4] = [
        Column::Flexible("member", 2),
        Column::Flexible("email", 3),
        Column::Fixed("state", 9, 9),
        Column::Fixed("owner", 5, 5),
    ];

    fn row(room: usize, wraps: bool, cells: &[&str]) -> String {
        let mut text = String::new();
        Columns::new(&COLUMNS, room, wraps).row(cells, &mut text);
        text
    }

    #[test]
    fn a_row_goes_on_below_itself_and_loses_nothing() {
        assert_eq!(
            row(40, true, &["member-1", "member-1@sandbox.test", "unknown (hcp_sso)", ""]),
            "member-1  member-1@san  unknown\n          dbox.test     (hcp_sso)\n"
        );
        let wide = "日本".repeat(3000);
        for room in [36, 40, 80, 200] {
            let text = row(room, true, &[&wide, "a@b", "off", "owner"]);
            assert!(text.lines().all(|line| line.width() <= room), "{room}");
            let kept: String = text.chars().filter(|it| "日本".contains(*it)).collect();
            assert_eq!(kept, wide, "{room}");
        }
    }

    #[test]
    fn where_columns_have_no_room_there_are_none() {
        assert_eq!(row(20, true, &["alice", "", "off", "owner"]), "alice  off  owner\n");
        assert_eq!(row(0, true, &["alice", "", "off", ""]), "alice  off\n");
    }

    #[test]
    fn off_a_terminal_every_row_is_one_line() {
        let name = "a".repeat(200);
        let text = row(100, false, &[&name, "a@b", "off", ""]);
        assert_eq!(text.lines().count(), 1);
        assert!(text.starts_with(&format!("{name}  a@b ")), "{text}");
    }
}
