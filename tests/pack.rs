//! `throughline pack`: one file for whoever asks, as page, document, workbook and rows.

mod support;

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output};

use support::{laid_out, run, said, write};

const TODAY: &str = "2026-11-21";

/// Width of the text on the pages of a document, in twentieths of a point: A4 on its side, without its margins.
const TEXT: u32 = 14_838;

const FILES: [(&str, &str); 5] = [
    ("config.toml", "title = \"Training\"\n"),
    (
        "modules/topics.toml",
        "[[topic]]\nid = \"empathy\"\nname = \"Empathy\"\ndefinition = \"Seeing it as they do.\"\n[topic.requires]\npractised = [\"calls\"]\nassessed = [\"calls\"]\n",
    ),
    (
        "modules/commitments.toml",
        "[[commitment]]\nid = \"A\"\ntitle = \"Answer 12\"\nbody = \"The Minister\"\nanswered_on = 2026-07-01\nsource = \"https://parliament.example/12\"\n\
         [[commitment.claim]]\nid = \"A1\"\ntext = \"Empathy is taught.\"\nnote = \"In every call.\"\n\
         [[commitment.claim]]\nid = \"A2\"\ntext = \"Patience is taught.\"\n",
    ),
    (
        "modules/01-calls/index.md",
        "+++\ntitle = \"Calls & co\"\n+++\nHow calls go. Start with [listening](01-listening.md).\n",
    ),
    (
        "modules/01-calls/01-listening.md",
        "+++\ntitle = \"Listening\"\n+++\nCalls begin with a pause. Go to [the start](index.md).\n\n## Hear them out {#hear claims=A1}\n\n=SUM(A1) is what they say, & then \"tŷ\" <b>.\n\n\
         ::: activity [Try it] {#try topics=empathy}\nListen to a friend for a minute.\n:::\n",
    ),
];

struct Curriculum(tempfile::TempDir);

impl Curriculum {
    fn new() -> Self {
        Self(laid_out(&FILES))
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        write(self.0.path(), path, text);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let arguments = [&["pack", "--as-of", TODAY], arguments].concat();
        run(self.0.path(), &arguments)
    }

    /// Writes a pack, and returns its bytes.
    fn pack(&self, arguments: &[&str], file: &str) -> Vec<u8> {
        let output = self.run(&[arguments, &["-o", file]].concat());
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        fs::read(self.path(file)).expect("it is there")
    }

    fn text(&self, arguments: &[&str], file: &str) -> String {
        String::from_utf8(self.pack(arguments, file)).expect("it is UTF-8")
    }

    fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        said
    }
}

/// Returns the parts of an archive by name; each must be well-formed XML.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is an archive");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let name = part.name().expect("a name in UTF-8").into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).expect("it is UTF-8");
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}\n{text}"),
                }
            }
            (name, text)
        })
        .collect()
}

fn part(bytes: Vec<u8>, name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("a part {name}")).1
}

#[test]
fn every_format_has_the_statement_the_answer_and_the_evidence() {
    let curriculum = Curriculum::new();
    let said = [
        "Empathy is taught.",
        "Yes: borne out in 1 place of 1 module",
        "Answer 12",
        "=SUM(A1) is what they say, &amp; then",
        "In every call.",
        "https://parliament.example/12",
    ];
    let claim = ["--claim", "A1"];
    let html = curriculum.text(&claim, "a.html");
    for words in said {
        assert!(html.contains(words), "{words}\n{html}");
    }
    assert!(html.contains("As of 21 November 2026"));
    assert!(html.contains("Listening: Hear them out"));
    assert!(html.contains("<style>"));
    let docx = part(curriculum.pack(&claim, "a.docx"), "word/document.xml");
    for words in said.into_iter().chain([
        "As of 21 November 2026",
        "1 July 2026",
        "calls/listening.html#hear",
    ]) {
        assert!(docx.contains(words), "{words}\n{docx}");
    }
    // The columns of each table fill the width of the text.
    let mut grids = docx.split("<w:tblGrid>").skip(1).peekable();
    assert!(grids.peek().is_some(), "{docx}");
    for grid in grids {
        let grid = grid.split("</w:tblGrid>").next().expect("a first part");
        let widths: Vec<u32> = grid
            .split('"')
            .filter_map(|width| width.parse().ok())
            .collect();
        let whole: u32 = widths.iter().sum();
        assert!((TEXT - 20..=TEXT).contains(&whole), "{widths:?}");
    }
    let xlsx = part(curriculum.pack(&claim, "a.xlsx"), "xl/sharedStrings.xml");
    for words in said {
        assert!(xlsx.contains(words), "{words}\n{xlsx}");
    }
    let csv = curriculum.text(&claim, "a.csv");
    let row = csv.lines().nth(1).expect("a row");
    assert!(row.starts_with("claim,A1,Empathy is taught.,Answer 12,https://parliament.example/12,2026-07-01,current,"), "{row}");
    assert!(
        row.contains("\"'=SUM(A1) is what they say, & then \"\"tŷ\"\" .\""),
        "{row}"
    );
    assert!(
        row.ends_with(",Calls & co,Listening,calls/listening.html#hear"),
        "{row}"
    );
    assert!(
        curriculum
            .text(&["--claim", "A1", "--bom"], "b.csv")
            .starts_with("\u{feff}kind,id,")
    );
}

/// Returns what stands in each row of a workbook's first sheet, by number.
fn rows(workbook: &[u8]) -> Vec<(u32, Vec<String>)> {
    let words = |string: &str| {
        let text = string.split_once('>').map_or("", |(_, text)| text);
        let text = text.split("</t>").next().unwrap_or_default();
        [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (written, meant)| {
            text.replace(written, meant)
        })
    };
    let strings = part(workbook.to_vec(), "xl/sharedStrings.xml");
    let strings: Vec<String> = strings.split("<si><t").skip(1).map(words).collect();
    let sheet = part(workbook.to_vec(), "xl/worksheets/sheet1.xml");
    let rows = sheet.split("<row r=\"").skip(1);
    rows.map(|row| {
        let (number, row) = row.split_once('"').expect("a number");
        let row = row.split("</row>").next().unwrap_or_default();
        let cells = row.split("t=\"s\"><v>").skip(1);
        let texts = cells.map(|cell| {
            let index = cell.split("</v>").next().unwrap_or_default();
            strings[index.parse::<usize>().expect("a number")].clone()
        });
        (number.parse().expect("a number"), texts.collect())
    })
    .collect()
}

#[test]
fn a_workbook_has_a_row_for_each_thing_and_an_empty_one_between_sections() {
    let workbook = Curriculum::new().pack(&["--claim", "A1"], "a.xlsx");
    let rows = rows(&workbook);
    let expected: [(u32, &[&str]); 10] = [
        (1, &["What the training says on claim A1"]),
        (2, &["As of 21 November 2026"]),
        (3, &["Yes: borne out in 1 place of 1 module: said in 1."]),
        (5, &["A1: Empathy is taught."]),
        (6, &["Yes: borne out in 1 place of 1 module: said in 1"]),
        (
            7,
            &["Part of “Answer 12” (The Minister), answered 1 July 2026."],
        ),
        (8, &["https://parliament.example/12"]),
        (9, &["Limits: In every call."]),
        (
            10,
            &["Depth", "What it says", "Module", "Lesson", "Address"],
        ),
        (
            11,
            &[
                "said",
                "=SUM(A1) is what they say, & then \"tŷ\" .",
                "1. Calls & co",
                "Listening: Hear them out",
                "calls/listening.html#hear",
            ],
        ),
    ];
    assert_eq!(rows.len(), expected.len(), "{rows:?}");
    for ((number, texts), (row, expected)) in rows.iter().zip(expected) {
        assert_eq!(
            (
                *number,
                texts.iter().map(|text| &**text).collect::<Vec<_>>()
            ),
            (row, expected.to_vec())
        );
    }
}

#[test]
fn places_are_counted_by_the_modules_in_which_they_stand() {
    let curriculum = Curriculum::new();
    curriculum.write(
        "modules/02-money/index.md",
        "+++\ntitle = \"Money\"\n+++\nGo to [the start](../01-calls/index.md).\n\n## What it means {#means claims=A1}\n\nAsk what a payment means to them.\n",
    );
    let claim = ["--claim", "A1"];
    let html = curriculum.text(&claim, "a.html");
    assert!(
        html.contains("Yes: borne out in 2 places of 2 modules"),
        "{html}"
    );
    let csv = curriculum.text(&claim, "a.csv");
    for row in [
        ",calls,modules/01-calls/01-listening.md,6,hear,",
        ",money,modules/02-money/index.md,6,means,",
    ] {
        assert!(csv.contains(row), "{row}\n{csv}");
    }
}

#[test]
fn what_nothing_shows_is_said() {
    let curriculum = Curriculum::new();
    let html = curriculum.text(&["--commitment", "A"], "a.html");
    assert!(
        html.contains("No: nothing in the training bears it out"),
        "{html}"
    );
    assert!(
        html.contains("2 claims, 1 of them with the answer yes"),
        "{html}"
    );
    let csv = curriculum.text(&["--claim", "A2"], "a.csv");
    assert!(csv.contains("claim,A2,Patience is taught.,"), "{csv}");
    // Neither is what is less deep than the register expects, nor what is not shown kept back.
    curriculum.write(
        "modules/commitments.toml",
        "[[commitment]]\nid = \"A\"\n\
         [[commitment.claim]]\nid = \"A1\"\ntext = \"Empathy is taught.\"\nexpects = \"assessed\"\nnote = \"In every call.\"\n\
         [[commitment.claim]]\nid = \"A2\"\ntext = \"Patience is taught.\"\nexpects = \"said\"\nnote = \"Not yet.\"\n",
    );
    let answer = "Less deep than expected (assessed): borne out in 1 place of 1 module: said in 1";
    let html = curriculum.text(&["--commitment", "A"], "a.html");
    assert!(html.contains(answer), "{html}");
    assert!(
        html.contains("2 claims, 0 of them with the answer yes"),
        "{html}"
    );
    let csv = curriculum.text(&["--commitment", "A"], "a.csv");
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].contains(",anchor,expects,limits_overall,"), "{csv}");
    assert!(rows[1].contains(answer), "{csv}");
    assert!(rows[1].contains(",hear,assessed,In every call.,"), "{csv}");
    assert!(rows[2].contains(",,,Not yet.,,"), "{csv}");
    let met = FILES[2]
        .1
        .replace("note = \"In every call.\"", "expects = \"said\"");
    curriculum.write("modules/commitments.toml", &met);
    let html = curriculum.text(&["--claim", "A1"], "a.html");
    assert!(
        html.contains("Yes, as deep as expected (said): borne out in 1 place"),
        "{html}"
    );
    let topic = curriculum.text(&["--topic", "empathy"], "b.html");
    for words in [
        "Seeing it as they do.",
        "No: in 0 of 1 required module, 1 gap",
        "practised in 1 place",
        "Limits: calls: Gap: not assessed",
    ] {
        assert!(topic.contains(words), "{words}\n{topic}");
    }
}

#[test]
fn no_link_dies_where_the_curriculum_is_not() {
    let curriculum = Curriculum::new();
    let hrefs = |html: &str| -> Vec<String> {
        let links = html.split("href=\"").skip(1);
        links
            .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
            .collect()
    };
    for asked in [["--claim", "A1"], ["--topic", "empathy"], ["--since", "."]] {
        assert_eq!(
            hrefs(&curriculum.text(&asked, "a.html")),
            [""; 0],
            "{asked:?}"
        );
        let relations = part(
            curriculum.pack(&asked, "a.docx"),
            "word/_rels/document.xml.rels",
        );
        assert!(!relations.contains("hyperlink"), "{relations}");
    }
    curriculum.write(
        "config.toml",
        "title = \"Training\"\nbase_url = \"https://training.example/x\"\n",
    );
    let address = "https://training.example/x/calls/listening.html#hear";
    let links = hrefs(&curriculum.text(&["--claim", "A1"], "a.html"));
    assert!(
        !links.is_empty() && links.iter().all(|link| link == address),
        "{links:?}"
    );
    let relations = part(
        curriculum.pack(&["--claim", "A1"], "a.docx"),
        "word/_rels/document.xml.rels",
    );
    assert!(
        relations.contains(&format!("Target=\"{address}\"")),
        "{relations}"
    );
}

#[test]
fn the_same_is_packed_into_the_same_bytes_and_nothing_is_a_formula() {
    let curriculum = Curriculum::new();
    for file in ["a.docx", "a.xlsx", "a.html", "a.csv"] {
        let first = curriculum.pack(&["--commitment", "A"], file);
        assert_eq!(
            curriculum.pack(&["--commitment", "A"], file),
            first,
            "{file}"
        );
    }
    for (name, text) in parts(curriculum.pack(&["--claim", "A1"], "b.xlsx")) {
        assert!(!text.contains("<f>"), "{name}: {text}");
    }
    // Letters that XML cannot hold, wherever they come from, break no part.
    curriculum.write("modules/commitments.toml", "[[commitment]]\nid = \"A\"\n[[commitment.claim]]\nid = \"A1\"\ntext = \"Bell\\u0007 and \\uFFFF.\"\n");
    for file in ["c.docx", "c.xlsx"] {
        parts(curriculum.pack(&["--claim", "A1"], file));
    }
}

#[test]
fn what_cannot_be_packed_is_refused() {
    let curriculum = Curriculum::new();
    curriculum.write("mine.html", "<p>Mine.</p>");
    curriculum.write("mine.docx", "Mine.");
    curriculum.write("mine.csv", "a,b\n1,2\n");
    for (arguments, expected) in [
        (
            &["-o", "a.html"][..],
            "the following required arguments were not provided",
        ),
        (
            &["--claim", "A1", "--topic", "empathy", "-o", "a.html"],
            "cannot be used with",
        ),
        (&["--claim", "A1"], "--output <FILE>"),
        (
            &["--claim", "B1", "-o", "a.html"],
            "no claim is called `B1`\n  help: did you mean `A1`?",
        ),
        (
            &["--topic", "empathi", "-o", "a.html"],
            "no topic is called `empathi`\n  help: did you mean `empathy`?",
        ),
        (
            &["--commitment", "ZZZ", "-o", "a.html"],
            "no statement is called `ZZZ`\n  help: known are A",
        ),
        (
            &["--claim", "A1", "-o", "a.doc"],
            "a pack is no `a.doc` file\n  help: did you mean `docx`?",
        ),
        (&["--claim", "A1", "-o", "a"], "end its name with"),
        (
            &["--claim", "A1", "-o", "a.html", "--bom"],
            "only CSV begins with a mark",
        ),
        (
            &["--claim", "A1", "-o", "mine.html"],
            "`mine.html` is not a pack that throughline wrote",
        ),
        (
            &["--claim", "A1", "-o", "mine.docx"],
            "`mine.docx` is not a pack that throughline wrote",
        ),
        (
            &["--claim", "A1", "-o", "mine.csv"],
            "`mine.csv` is not a pack that throughline wrote",
        ),
        (
            &["--claim", "A1", "-o", "gone/a.html"],
            "cannot write `gone/a.html`",
        ),
        (
            &["--since", "gone", "-o", "a.html"],
            "is in no git repository",
        ),
    ] {
        let said = curriculum.refusal(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    assert_eq!(
        fs::read(curriculum.path("mine.docx")).expect("it stays"),
        b"Mine."
    );
    let help = curriculum.run(&["--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("see `package`"));
}

/// An office program opens the document and the workbook, and reads in them what was asked for.
#[test]
fn office_programs_open_packs() {
    let Some(office) = ["soffice", "libreoffice"].into_iter().find(|name| {
        let found = Command::new(name).arg("--version").output();
        found.is_ok_and(|output| output.status.success())
    }) else {
        // Not through the macros, whose words a passing test keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: no LibreOffice here opens packs"
        );
        return;
    };
    let curriculum = Curriculum::new();
    curriculum.pack(&["--commitment", "A"], "a.docx");
    curriculum.pack(&["--commitment", "A"], "a.xlsx");
    for (file, filter, read) in [
        ("a.docx", "txt:Text (encoded):UTF8", "a.txt"),
        (
            "a.xlsx",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            "a-Pack.csv",
        ),
    ] {
        let profile = format!(
            "-env:UserInstallation=file://{}",
            curriculum.path("profile").display()
        );
        let output = Command::new(office)
            .current_dir(curriculum.0.path())
            .args([&profile, "--headless", "--convert-to", filter, file])
            .output()
            .expect("it starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let text = fs::read_to_string(curriculum.path(read))
            .unwrap_or_else(|error| panic!("{file}: {error}: {said}"));
        for words in [
            "Empathy is taught.",
            "=SUM(A1) is what they say, & then",
            "No: nothing in the training bears it out",
            "As of 21 November 2026",
        ] {
            assert!(text.contains(words), "{file}: {words}\n{text}");
        }
    }
    let rows =
        fs::read_to_string(curriculum.path("a-Rows.csv")).expect("the sheet of rows was read");
    assert!(rows.starts_with("kind,id,text,"), "{rows}");
    assert!(rows.contains("calls/listening.html#hear"), "{rows}");
}
