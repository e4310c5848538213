//! Takes the program out of MDX: what it imports and exports, and its comments.

use super::super::notes::Notes;
use super::code;

/// Converts a page of MDX to Markdown; components are left to the HTML's own pass.
pub fn mdx(text: &str, notes: &mut Notes) -> String {
    let code = code::all(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    let mut before_is_blank = true;
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let is_program = before_is_blank
            && ["import ", "export ", "import{"]
                .iter()
                .any(|mark| line.starts_with(mark))
            && !code.contain(start);
        if !is_program {
            before_is_blank = line.trim().is_empty();
            out.push_str(line);
            continue;
        }
        notes.taken_out(line, "a page here runs no program");
        // A statement goes on to the next blank line.
        while let Some(next) = lines.peek().filter(|next| !next.trim().is_empty()) {
            let is_next = ["import ", "export "]
                .iter()
                .any(|mark| next.starts_with(mark));
            if is_next {
                break;
            }
            at += next.len();
            lines.next();
        }
    }
    comments(&out)
}

/// Turns `{/* ... */}` into comments of HTML.
fn comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let code = code::all(text);
    let mut copied = 0;
    let mut from = 0;
    while let Some(at) = text[from..].find("{/*").map(|at| from + at) {
        let Some(end) = text[at..].find("*/}").map(|end| at + end) else {
            break;
        };
        from = end + 3;
        if !code.contain(at) {
            out.push_str(&text[copied..at]);
            out.push_str("<!--");
            out.push_str(&text[at + 3..end]);
            out.push_str("-->");
            copied = from;
        }
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_goes_and_the_text_stays() {
        let text = "import A from 'a';\nimport {\n  B\n} from 'b';\n\nexport const x = 1;\n\nText {/* note */} here.\n\n```js\nimport c from 'c';\n```\nimport duties are taxes.\n";
        let out = mdx(text, &mut Notes::default());
        assert_eq!(
            out,
            "\n\nText <!-- note --> here.\n\n```js\nimport c from 'c';\n```\nimport duties are taxes.\n"
        );
    }
}
