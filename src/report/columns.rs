//! A table whose rows are written one by one, so that its columns cannot wait for the longest cell.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal;

/// What is between two columns.
const GAP: &str = "  ";

/// The narrowest column that shares what is left; below it there are no columns.
const NARROWEST: usize = 6;

/// From where on there is enough room.
const WIDE: usize = 72;

/// The longest word that somebody may want to copy; longer ones break as the terminal would break them.
const COPIED: usize = 40;

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
    /// How wide paragraphs are, where all rows are known and there is no room for columns.
    paragraph: Option<usize>,
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
            false => (NARROWEST..room).rev().find(fits),
        };
        let names = names.iter().map(|name| name.to_uppercase()).collect();
        Self {
            names,
            widths: most.map(|most| widths(most).collect()),
            wraps,
            paragraph: Some(room),
        }
    }

    fn new(columns: &[Column], room: usize, wraps: bool) -> Self {
        let name = |column: &Column| match column {
            Column::Fixed(name, ..) | Column::Flexible(name, _) => name.to_uppercase(),
        };
        let names = columns.iter().map(name).collect();
        Self { names, widths: widths(columns, room), wraps, paragraph: None }
    }

    /// Adds the names of the columns.
    pub(super) fn header(&self, text: &mut String) {
        if self.widths.is_some() || self.paragraph.is_none() {
            let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
            self.row(&names, text);
        }
    }

    /// Adds a row, its cells escaped already.
    pub(super) fn row(&self, cells: &[&str], text: &mut String) {
        let Some(widths) = &self.widths else {
            return match self.paragraph {
                Some(room) => self.add_paragraph(cells, room, text),
                None => {
                    let filled: Vec<&str> =
                        cells.iter().copied().filter(|it| !it.is_empty()).collect();
                    text.push_str(&format!("{}\n", filled.join(GAP)));
                }
            };
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

    /// Adds a row as a paragraph: each name above its cell.
    fn add_paragraph(&self, cells: &[&str], room: usize, text: &mut String) {
        if !text.is_empty() {
            text.push('\n');
        }
        for (name, cell) in self.names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            text.push_str(&format!("{name}\n"));
            let mut rest = *cell;
            while !rest.is_empty() {
                let end = break_at(rest, room.saturating_sub(GAP.len()));
                let (line, later) = rest.split_at(end);
                text.push_str(&format!("{GAP}{line}\n"));
                rest = later.trim_start_matches(' ');
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
        let narrow = Columns::fitted_to(&names, &rows, 30, true);
        let mut text = String::new();
        narrow.header(&mut text);
        narrow.row(&cells, &mut text);
        let expected = "ID\n  at-kitvrNRmQ678ulnt\nDESCRIPTION\n  Made when the sandbox\n  started\nEXPIRES\n  2028-12-01\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn off_a_terminal_every_row_is_one_line() {
        let name = "a".repeat(200);
        let text = row(100, false, &[&name, "a@b", "off", ""]);
        assert_eq!(text.lines().count(), 1);
        assert!(text.starts_with(&format!("{name}  a@b ")), "{text}");
    }
}
