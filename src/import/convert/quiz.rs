//! Turns quizzes into `question`s: LiaScript's boxes and inputs, and task lists that ask something and mark an answer.

use super::super::notes::Notes;

/// An option, with whether it is right.
type Choice<'t> = (bool, &'t str);

/// Converts the quiz that starts at a line. Returns the line after it; nothing where none does.
pub fn quiz(lines: &[&str], at: usize, out: &mut String, notes: &mut Notes) -> Option<usize> {
    let line = lines[at].trim();
    if is_box(line) {
        return Some(choices(lines, at, out, notes));
    }
    if let Some(answer) = input(line) {
        return Some(typed((lines, at), answer, out, notes));
    }
    if task(lines[at]).is_some() {
        return tasks(lines, at, out, notes);
    }
    None
}

/// Returns whether a line is an option of LiaScript's.
pub fn is_box(line: &str) -> bool {
    boxed(line.trim()).is_some()
}

/// Reads `[(X)] words` and `[[ ]] words`.
fn boxed(line: &str) -> Option<Choice<'_>> {
    let marks = [
        ("[( )]", false),
        ("[(X)]", true),
        ("[(x)]", true),
        ("[[ ]]", false),
        ("[[X]]", true),
        ("[[x]]", true),
    ];
    marks.into_iter().find_map(|(mark, right)| {
        let words = line.strip_prefix(mark)?;
        (words.starts_with(' ') && !words.trim().is_empty()).then(|| (right, words.trim()))
    })
}

/// Reads `[[answer]]` alone on its line.
fn input(line: &str) -> Option<&str> {
    let answer = line.strip_prefix("[[")?.strip_suffix("]]")?.trim();
    let plain = !answer.is_empty()
        && answer != "?"
        && answer != "!"
        && !answer.contains(['[', ']', '|', ':']);
    plain.then_some(answer)
}

fn task(line: &str) -> Option<Choice<'_>> {
    let rest = line
        .strip_prefix(['-', '*', '+'])?
        .strip_prefix(' ')?
        .trim_start();
    let marks = [("[ ] ", false), ("[x] ", true), ("[X] ", true)];
    marks
        .into_iter()
        .find_map(|(mark, right)| Some((right, rest.strip_prefix(mark)?.trim())))
}

/// Takes the paragraph that asks the question back from what was written.
fn asked(out: &mut String) -> String {
    let written = out.trim_end();
    let start = written.rfind("\n\n").map_or(0, |at| at + 2);
    let paragraph = &written[start..];
    let first = paragraph.trim_start();
    let is_text = !first.starts_with(['#', ':', '|', '>', '`', '~', '<', '+']);
    if paragraph.is_empty() || !is_text {
        return String::new();
    }
    let paragraph = format!("{paragraph}\n\n");
    out.truncate(start);
    paragraph
}

fn choices(lines: &[&str], at: usize, out: &mut String, notes: &mut Notes) -> usize {
    let question = asked(out);
    let mut end = at;
    out.push_str(&format!("::: question\n{question}"));
    while let Some((right, words)) = lines.get(end).and_then(|line| boxed(line.trim())) {
        let mark = if right { 'x' } else { ' ' };
        out.push_str(&format!("- [{mark}] {words}\n"));
        end += 1;
    }
    let end = help(lines, end, out);
    out.push_str(":::\n");
    notes.did("LiaScript's quizzes became `question`s");
    end
}

fn typed(
    (lines, at): (&[&str], usize),
    answer: &str,
    out: &mut String,
    notes: &mut Notes,
) -> usize {
    let question = asked(out);
    out.push_str(&format!("::: activity\n{question}"));
    let end = help(lines, at + 1, out);
    out.push_str(&format!("::: solution\n{answer}\n:::\n:::\n"));
    notes.did("LiaScript's quizzes became `question`s");
    end
}

/// Converts the hints behind a quiz, and the solution between two lines of stars.
fn help(lines: &[&str], from: usize, out: &mut String) -> usize {
    let mut end = from;
    while let Some(hint) = lines
        .get(end)
        .and_then(|line| line.trim().strip_prefix("[[?]]"))
    {
        out.push_str(&format!("\n::: hint\n{}\n:::\n", hint.trim()));
        end += 1;
    }
    let is_stars =
        |line: &&str| line.trim().len() >= 3 && line.trim().bytes().all(|byte| byte == b'*');
    if lines.get(end).is_some_and(is_stars)
        && let Some(length) = lines[end + 1..].iter().position(is_stars)
    {
        let inner: Vec<&str> = lines[end + 1..end + 1 + length]
            .iter()
            .map(|line| line.trim())
            .collect();
        out.push_str(&format!(
            "\n::: solution\n{}\n:::\n",
            inner.join("\n").trim()
        ));
        end += length + 2;
    }
    end
}

/// Converts a task list below a paragraph that asks something, where it marks an answer.
fn tasks(lines: &[&str], at: usize, out: &mut String, notes: &mut Notes) -> Option<usize> {
    let mut end = at;
    let (mut right, mut wrong) = (0, 0);
    while let Some(line) = lines.get(end) {
        match task(line) {
            Some((true, _)) => right += 1,
            Some((false, _)) => wrong += 1,
            // Feedback below an option, and blank lines between two.
            None if line.starts_with("  ") => {}
            None if line.trim().is_empty()
                && lines
                    .get(end + 1)
                    .is_some_and(|next| task(next).is_some() || next.starts_with("  ")) => {}
            None => break,
        }
        end += 1;
    }
    let asks = out.trim_end().ends_with('?') || out.trim_end().ends_with("?**");
    if right == 0 || wrong == 0 || !asks {
        // Looked at once: its other lines begin no quiz either.
        for line in &lines[at..end] {
            out.push_str(line);
            out.push('\n');
        }
        return Some(end);
    }
    let question = asked(out);
    out.push_str(&format!("::: question\n{question}"));
    for line in &lines[at..end] {
        match task(line) {
            Some((right, words)) => {
                let mark = if right { 'x' } else { ' ' };
                out.push_str(&format!("- [{mark}] {words}\n"));
            }
            None => out.push_str(&format!("{line}\n")),
        }
    }
    out.push_str(":::\n");
    notes.did("task lists with an answer became `question`s");
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str) -> String {
        super::super::blocks::blocks(text, &mut Notes::default())
    }

    #[test]
    fn quizzes_become_questions() {
        for (text, expected) in [
            (
                "# T\n\nWhat?\n\n[( )] a\n[(X)] b\n[[?]] think\n****\n\nbecause\n\n****\n",
                "# T\n\n::: question\nWhat?\n\n- [ ] a\n- [x] b\n\n::: hint\nthink\n:::\n\n::: solution\nbecause\n:::\n:::\n",
            ),
            (
                "Who?\n\n[[Ada]]\n",
                "::: activity\nWho?\n\n::: solution\nAda\n:::\n:::\n",
            ),
            (
                "Who?\n\n- [ ] a\n- [x] b\n  yes\n\nafter\n",
                "::: question\nWho?\n\n- [ ] a\n- [x] b\n  yes\n:::\n\nafter\n",
            ),
            (
                "To do:\n\n- [ ] a\n- [x] b\n",
                "To do:\n\n- [ ] a\n- [x] b\n",
            ),
            ("Who?\n\n- [ ] a\n- [ ] b\n", "Who?\n\n- [ ] a\n- [ ] b\n"),
        ] {
            assert_eq!(converted(text), expected, "{text}");
        }
    }
}
