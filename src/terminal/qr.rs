//! Provisioning addresses of authenticator apps: drawn as a QR code, or grouped for typing.
//!
//! Only `otpauth://totp/` is ever drawn: a phone acts on what it scans, and a server chose the text.

use std::collections::HashMap;

use qrcode::{Color, EcLevel, QrCode};
use secrecy::SecretString;
use url::Url;

use crate::environment;

/// Black and white in every theme; the first sixteen colours are the theme's own.
const DARK: &str = "16";
const LIGHT: &str = "231";

/// Returns the drawing of a provisioning address for a terminal of a size, or why there is none.
///
/// Where the whole address is too wide, one that means the same to an app is drawn: what it leaves out are
/// defaults and repetitions.
pub fn draw(uri: &str, columns: usize, rows: usize) -> Result<String, &'static str> {
    if !environment::has_unicode() {
        return Err("the locale is not UTF-8");
    }
    let ink = if super::may_color() { Ink::Colored } else { Ink::Plain };
    let mut candidates = std::iter::once(uri.to_owned()).chain(shorter(uri));
    candidates
        .find_map(|uri| draw_with(&uri, columns, ink).filter(|it| it.lines().count() < rows))
        .ok_or("the terminal is too small")
}

/// How modules are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ink {
    /// In black and white, on every theme.
    Colored,
    /// In the terminal's own: right on dark ones. Most scanners read the negative too.
    Plain,
}

fn draw_with(uri: &str, columns: usize, ink: Ink) -> Option<String> {
    if !uri.starts_with("otpauth://totp/") || !uri.bytes().all(|b| b.is_ascii_graphic()) {
        return None;
    }
    let code = QrCode::with_error_correction_level(uri, EcLevel::L).ok()?;
    // The standard wants four modules of quiet zone; scanners are content with two, most with one.
    let quiet = [4, 2, 1].into_iter().find(|quiet| code.width() + 2 * quiet <= columns)?;
    let is_dark = |x: usize, y: usize| match (x.checked_sub(quiet), y.checked_sub(quiet)) {
        (Some(x), Some(y)) if x < code.width() && y < code.width() => code[(x, y)] == Color::Dark,
        _ => false,
    };
    let size = code.width() + 2 * quiet;
    let end = if ink == Ink::Colored { "\x1b[0m" } else { "" };
    let rows: Vec<String> = (0..size)
        .step_by(2)
        .map(|y| {
            let cells = (0..size).map(|x| cell(is_dark(x, y), is_dark(x, y + 1), ink));
            cells.chain([end.to_owned()]).collect()
        })
        .collect();
    Some(rows.join("\n"))
}

/// Two modules in one cell. Never `▀` in colour: several fonts leave a light line below it, and the code does not
/// scan.
fn cell(top: bool, bottom: bool, ink: Ink) -> String {
    let color = |is_dark| if is_dark { DARK } else { LIGHT };
    match (ink, top, bottom) {
        (Ink::Colored, ..) if top == bottom => format!("\x1b[48;5;{}m ", color(top)),
        (Ink::Colored, ..) => format!("\x1b[38;5;{};48;5;{}m▄", color(bottom), color(top)),
        (Ink::Plain, false, false) => "█".to_owned(),
        (Ink::Plain, false, true) => "▀".to_owned(),
        (Ink::Plain, true, false) => "▄".to_owned(),
        (Ink::Plain, true, true) => " ".to_owned(),
    }
}

/// Returns addresses that mean the same: without parameters that are the default, and then without an issuer that
/// the label names too.
fn shorter(uri: &str) -> Vec<String> {
    let Some((label, parameters)) = uri.split_once('?') else {
        return Vec::new();
    };
    let is_default = |parameter: &&str| {
        ["algorithm=SHA1", "digits=6", "period=30"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(parameter))
    };
    let needed: Vec<&str> = parameters.split('&').filter(|it| !is_default(it)).collect();
    let name = label.trim_start_matches("otpauth://totp/");
    let is_repeated = |parameter: &&str| {
        let issuer = parameter.strip_prefix("issuer=").map(|issuer| issuer.replace('+', "%20"));
        issuer.and_then(|issuer| Some(name.strip_prefix(&issuer)?.starts_with(':'))) == Some(true)
    };
    let least: Vec<&str> = needed.iter().copied().filter(|it| !is_repeated(it)).collect();
    [needed, least].iter().map(|parameters| format!("{label}?{}", parameters.join("&"))).collect()
}

/// Returns a secret in groups of four, for typing.
pub fn grouped(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// What an authenticator app is told.
#[derive(Debug)]
pub struct Provisioning {
    /// The shared secret in base32, upper case, without padding.
    pub secret: SecretString,
}

impl Provisioning {
    /// Parses `otpauth://totp/LABEL?secret=BASE32[&…]`; `None` if it is anything else.
    ///
    /// A parameter that is there twice could be read in two ways, so it is refused.
    pub fn parse(uri: &str) -> Option<Self> {
        let url = Url::parse(uri).ok()?;
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let has_label = url.path().starts_with('/');
        if url.scheme() != "otpauth" || url.host_str() != Some("totp") || !plain || !has_label {
            return None;
        }
        let mut parameters = HashMap::new();
        for (name, value) in url.query_pairs() {
            if parameters.insert(name.into_owned(), value.into_owned()).is_some() {
                return None;
            }
        }
        let secret = base32(parameters.get("secret")?)?;
        Some(Self { secret: secret.into() })
    }
}

fn base32(text: &str) -> Option<String> {
    let secret = text.trim_end_matches('=').to_ascii_uppercase();
    let is_digit = |b: u8| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b);
    (!secret.is_empty() && secret.bytes().all(is_digit)).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::{Ink, Provisioning, draw_with, grouped, shorter};
    use secrecy::ExposeSecret;

    const URI: &str = "otpauth://totp/Terraform%20Enterprise:user-2fa?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Terraform%20Enterprise&algorithm=SHA1&digits=6&period=30";

    /// What a camera sees: each module's darkness, from the colours alone, on a terminal with this theme.
    fn pixels(drawing: &str, theme: (bool, bool)) -> Vec<Vec<bool>> {
        let mut rows = Vec::new();
        for line in drawing.lines() {
            let (mut top, mut bottom) = (Vec::new(), Vec::new());
            let (mut ink, mut paper) = theme;
            let mut rest = line;
            while let Some(character) = rest.chars().next() {
                rest = &rest[character.len_utf8()..];
                match character {
                    '\x1b' => {
                        let (codes, after) = rest.split_once('m').expect("an SGR sequence");
                        rest = after;
                        (ink, paper) = colors(codes, (ink, paper), theme);
                    }
                    ' ' => (top.push(paper), bottom.push(paper)).0,
                    '▄' => (top.push(paper), bottom.push(ink)).0,
                    other => panic!("{other:?} in the drawing"),
                }
            }
            rows.extend([top, bottom]);
        }
        rows
    }

    fn colors(codes: &str, now: (bool, bool), theme: (bool, bool)) -> (bool, bool) {
        let (mut ink, mut paper) = now;
        let codes: Vec<&str> = codes.trim_start_matches('[').split(';').collect();
        if codes == ["0"] {
            return theme;
        }
        for triple in codes.chunks(3) {
            let dark = match triple[2] {
                "16" => true,
                "231" => false,
                other => panic!("colour {other} depends on the theme"),
            };
            match triple[0] {
                "38" => ink = dark,
                "48" => paper = dark,
                other => panic!("SGR {other}"),
            }
        }
        (ink, paper)
    }

    fn scan(rows: &[Vec<bool>]) -> Option<String> {
        let scale = 4;
        let (width, height) = (rows[0].len() * scale, rows.len() * scale);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            if rows[y / scale][x / scale] { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        grids.first()?.decode().ok().map(|(_, content)| content)
    }

    #[test]
    fn the_drawing_scans_to_the_very_address_on_dark_and_on_light_terminals() {
        for columns in [120, 53, 52] {
            let drawing = draw_with(URI, columns, Ink::Colored).expect("a drawing");
            for (ink, paper) in [(false, true), (true, false)] {
                let rows = pixels(&drawing, (ink, paper));
                assert!(rows.iter().all(|row| row.len() == rows[0].len() && row.len() <= columns));
                assert_eq!(scan(&rows).as_deref(), Some(URI), "{columns} columns");
            }
            assert!(drawing.lines().all(|line| line.ends_with("\x1b[0m")));
        }
    }

    #[test]
    fn what_does_not_fit_or_is_no_totp_address_is_not_drawn() {
        assert!(draw_with(URI, 40, Ink::Colored).is_none());
        for other in [
            "https://evil.example/?otpauth://totp/",
            "otpauth://hotp/a?secret=AAAA",
            "OTPAUTH://totp/a?secret=AAAA",
            "otpauth://totp/a b?secret=AAAA",
            "otpauth://totp/a\u{1b}[2J?secret=AAAA",
        ] {
            assert!(draw_with(other, 500, Ink::Colored).is_none(), "{other}");
        }
    }

    #[test]
    fn a_provisioning_address_is_parsed_strictly() {
        let parsed = Provisioning::parse(URI).expect("an address");
        assert_eq!(parsed.secret.expose_secret(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let bare =
            Provisioning::parse("otpauth://totp/a+b%40c.d?secret=mfrgg===").expect("an address");
        assert_eq!(bare.secret.expose_secret(), "MFRGG");
        for bad in [
            "otpauth://totp/a",
            "otpauth://totp/a?secret=",
            "otpauth://totp/a?secret=018",
            "otpauth://totp/a?secret=MFRGG&secret=MFRGH",
            "otpauth://hotp/a?secret=MFRGG",
            "https://totp/a?secret=MFRGG",
            "otpauth://x@totp/a?secret=MFRGG",
        ] {
            assert!(Provisioning::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_narrow_terminal_gets_an_address_that_means_the_same() {
        let least = "otpauth://totp/Terraform%20Enterprise:user-2fa?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let issuer = "&issuer=Terraform%20Enterprise";
        assert_eq!(shorter(URI), [format!("{least}{issuer}"), least.to_owned()]);
        for kept in ["digits=8", "period=60", "algorithm=SHA256", "issuer=Other"] {
            let uri = format!("otpauth://totp/Acme:a?secret=GEZDGNBV&{kept}");
            assert_eq!(shorter(&uri), [uri.clone(), uri.clone()], "{kept}");
        }
        assert!(draw_with(least, 41, Ink::Plain).is_some_and(|it| it.lines().count() < 24));
    }

    #[test]
    fn a_secret_is_grouped_in_fours() {
        assert_eq!(grouped("GEZDGNBVGY"), "GEZD GNBV GY");
        assert_eq!(grouped(""), "");
    }
}
