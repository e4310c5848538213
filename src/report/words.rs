//! Words that many reports share: numbers with their nouns, lists, and dates as people read them.

use jiff::civil::Date;

use crate::model::blocks::Depth;

pub use crate::model::counted;

/// Returns depths as words with commas between them.
pub fn depth_names(depths: &[Depth]) -> String {
    let names: Vec<&str> = depths.iter().map(|depth| depth.name()).collect();
    names.join(", ")
}

/// Returns a date as people read it: "5 January 2026".
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Returns a share in hundredths, of which even the smallest is more than none: "14%", "<1%".
pub fn percent(share: f64) -> String {
    let hundredths = (share * 100.0).round();
    if share > 0.0 && hundredths < 1.0 {
        return "<1%".into();
    }
    format!("{hundredths}%")
}

/// Returns how long ago something was, roughly where it is long: "12 days ago", "7 months ago".
pub fn ago(days: i32) -> String {
    let days = usize::try_from(days).unwrap_or(0);
    match days {
        0 => "today".into(),
        1..60 => counted(days, "day") + " ago",
        60..730 => counted(days * 12 / 365, "month") + " ago",
        _ => counted(days / 365, "year") + " ago",
    }
}

/// Returns a word or sentence that begins with a capital letter.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_share_is_not_none() {
        for (share, expected) in [(0.0, "0%"), (0.001, "<1%"), (0.1449, "14%"), (1.0, "100%")] {
            assert_eq!(percent(share), expected, "{share}");
        }
    }

    #[test]
    fn what_is_long_ago_is_told_in_months_and_years() {
        for (days, expected) in [
            (-3, "today"),
            (0, "today"),
            (1, "1 day ago"),
            (59, "59 days ago"),
            (61, "2 months ago"),
            (184, "6 months ago"),
            (365, "12 months ago"),
            (730, "2 years ago"),
        ] {
            assert_eq!(ago(days), expected, "{days}");
        }
    }
}
