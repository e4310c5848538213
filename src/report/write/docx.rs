//! Documents for word processors: WordprocessingML in a ZIP ([ECMA-376](https://ecma-international.org/publications-and-standards/standards/ecma-376/)).
//!
//! Five parts, written by hand: `docx-rs` 0.4, the one crate that is kept up, says neither the language nor the title of a document and repeats no table
//! head on the next page, all of which people with a screen reader and people with paper need. The same document makes the same bytes.

use std::io::{self, Cursor, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::lines::{KEYWORD, Words, clean, line, lines, widths};
use crate::report::cell::Line;
use crate::report::data::{Document, Extent, Report, Section};
use crate::report::places::Places;
use crate::report::table::Table;
use crate::report::words::{capitalised, long_date};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The width of a page's text, in twentieths of a point.
const TEXT_WIDTH: usize = 14_838;

/// Writes a report.
///
/// # Errors
///
/// When nothing more can be written.
pub fn write(report: &dyn Report, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = report.document(Extent::Full);
    let title = clean(&document.title);
    let mut body = Body::new(places);
    body.paragraph("Title", &[words(&title)])?;
    let day = format!("As of {}", long_date(places.around.as_of));
    body.paragraph("Quiet", &[words(&day)])?;
    body.document(&document, "Heading1")?;
    for part in report.parts() {
        body.paragraph("Heading1", &[words(&clean(&part.document.title))])?;
        body.document(&part.document, "Heading2")?;
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let links = body.links.clone();
    for (name, content) in [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations_of_package()),
        ("docProps/core.xml", core(&title, places)),
        (
            "word/_rels/document.xml.rels",
            relations_of_document(&links),
        ),
        ("word/styles.xml", styles(places.around.language)),
        ("word/document.xml", body.finish()?),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    out.write_all(&zip.finish()?.into_inner())
}

fn words(text: &str) -> Words {
    Words {
        text: text.to_owned(),
        href: None,
    }
}

/// The text of a document while it is written.
struct Body<'p> {
    xml: Writer<Vec<u8>>,
    places: &'p Places<'p>,
    /// Where links lead, by their number.
    links: Vec<String>,
}

type Inside<'f, 'p> = &'f mut dyn FnMut(&mut Body<'p>) -> io::Result<()>;

impl<'p> Body<'p> {
    fn new(places: &'p Places<'p>) -> Self {
        let opening =
            format!("{HEAD}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><w:body>");
        Self {
            xml: Writer::new(opening.into_bytes()),
            places,
            links: Vec::new(),
        }
    }

    /// Returns the part's XML. Pages lie on their side: tables are wide.
    fn finish(self) -> io::Result<String> {
        let mut bytes = self.xml.into_inner();
        bytes.extend_from_slice(
            b"<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
              <w:pgMar w:top=\"1000\" w:right=\"1000\" w:bottom=\"1000\" w:left=\"1000\" w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/>\
              </w:sectPr></w:body></w:document>",
        );
        String::from_utf8(bytes).map_err(io::Error::other)
    }

    fn document(&mut self, document: &Document<'_>, heading: &str) -> io::Result<()> {
        let lede = format!("{}.", capitalised(&clean(&document.lede)));
        self.paragraph("Lede", &[words(&lede)])?;
        for remark in &document.remarks {
            self.line(remark)?;
        }
        for section in &document.sections {
            self.section(section, heading)?;
        }
        Ok(())
    }

    fn section(&mut self, section: &Section<'_>, heading: &str) -> io::Result<()> {
        let is_empty = section.table.rows.is_empty();
        if is_empty && section.without.is_empty() {
            return Ok(());
        }
        self.paragraph(heading, &line(&section.title, self.places))?;
        for remark in &section.lede {
            self.line(remark)?;
        }
        if is_empty {
            return self.paragraph("Normal", &[words(section.without)]);
        }
        self.table(&section.table)?;
        // Without a paragraph between them, word processors make one of two tables.
        self.paragraph("Quiet", &[words(&clean(&section.note))])
    }

    fn line(&mut self, said: &Line<'_>) -> io::Result<()> {
        let said = line(said, self.places);
        if said.iter().all(|words| words.text.is_empty()) {
            return Ok(());
        }
        self.paragraph("Normal", &said)
    }

    fn paragraph(&mut self, style: &str, said: &[Words]) -> io::Result<()> {
        self.element("w:p", &mut |body| {
            body.element("w:pPr", &mut |body| {
                body.empty("w:pStyle", &[("w:val", style)])
            })?;
            said.iter().try_for_each(|words| body.run(words))
        })
    }

    fn run(&mut self, words: &Words) -> io::Result<()> {
        let Some(href) = &words.href else {
            return self.text(&words.text, None);
        };
        let number = self.links.len() + 1;
        self.links.push(href.clone());
        let id = format!("link{number}");
        self.open("w:hyperlink", &[("r:id", &id)])?;
        self.text(&words.text, Some("Hyperlink"))?;
        self.close("w:hyperlink")
    }

    fn text(&mut self, text: &str, style: Option<&str>) -> io::Result<()> {
        self.element("w:r", &mut |body| {
            if let Some(style) = style {
                body.element("w:rPr", &mut |body| {
                    body.empty("w:rStyle", &[("w:val", style)])
                })?;
            }
            body.xml
                .create_element("w:t")
                .with_attribute(("xml:space", "preserve"))
                .write_text_content(BytesText::new(text))?;
            Ok(())
        })
    }

    fn table(&mut self, table: &Table<'_>) -> io::Result<()> {
        let places = self.places;
        self.open("w:tbl", &[])?;
        self.element("w:tblPr", &mut |body| {
            body.empty("w:tblStyle", &[("w:val", "Lines")])?;
            body.empty("w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
            body.empty("w:tblLayout", &[("w:type", "fixed")])?;
            body.empty("w:tblLook", &[("w:firstRow", "1"), ("w:noVBand", "1")])
        })?;
        let widths = widths(table, places);
        let all: usize = widths.iter().sum();
        let width = |index: usize| (TEXT_WIDTH * widths[index] / all.max(1)).to_string();
        self.element("w:tblGrid", &mut |body| {
            (0..widths.len())
                .try_for_each(|index| body.empty("w:gridCol", &[("w:w", &width(index))]))
        })?;
        self.element("w:tr", &mut |body| {
            body.element("w:trPr", &mut |body| {
                body.empty("w:cantSplit", &[])?;
                body.empty("w:tblHeader", &[])
            })?;
            let mut heads = table.columns.iter().enumerate();
            heads.try_for_each(|(index, column)| {
                body.cell("Head", &width(index), &[line(&column.long, places)])
            })
        })?;
        let columns = table.columns.len();
        table.rows.each(&mut |row| {
            self.element("w:tr", &mut |body| {
                body.element("w:trPr", &mut |body| body.empty("w:cantSplit", &[]))?;
                for index in 0..columns {
                    let said = row
                        .cells
                        .get(index)
                        .map_or_else(Vec::new, |cell| lines(cell, places));
                    body.cell("Cell", &width(index), &said)?;
                }
                Ok(())
            })
        })?;
        self.close("w:tbl")
    }

    /// Writes a cell, which must have a paragraph.
    fn cell(&mut self, style: &str, width: &str, said: &[Vec<Words>]) -> io::Result<()> {
        self.element("w:tc", &mut |body| {
            body.element("w:tcPr", &mut |body| {
                body.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")])
            })?;
            if said.is_empty() {
                return body.paragraph(style, &[]);
            }
            said.iter().try_for_each(|line| body.paragraph(style, line))
        })
    }

    fn element(&mut self, name: &str, inside: Inside<'_, 'p>) -> io::Result<()> {
        self.open(name, &[])?;
        inside(self)?;
        self.close(name)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Start(start))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        let end = BytesEnd::new(name);
        self.xml.write_event(Event::End(end))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Empty(start))
    }
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    let package = "application/vnd.openxmlformats-package";
    format!(
        "{HEAD}<Types xmlns=\"{types}\"><Default Extension=\"rels\" ContentType=\"{package}.relationships+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{word}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{word}.styles+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"{package}.core-properties+xml\"/></Types>"
    )
}

fn relations(inside: &str) -> String {
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!("{HEAD}<Relationships xmlns=\"{package}\">{inside}</Relationships>")
}

fn relations_of_package() -> String {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relations(&format!(
        "<Relationship Id=\"document\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"core\" Type=\"{core}\" Target=\"docProps/core.xml\"/>"
    ))
}

fn relations_of_document(links: &[String]) -> String {
    let mut inside =
        format!("<Relationship Id=\"styles\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>");
    for (index, href) in links.iter().enumerate() {
        inside.push_str(&format!(
            "<Relationship Id=\"link{}\" Type=\"{RELATIONS}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
            index + 1,
            escaped(href)
        ));
    }
    relations(&inside)
}

/// The title, the language and the day; and, in the keywords, what wrote it.
fn core(title: &str, places: &Places<'_>) -> String {
    let day = format!("{}T00:00:00Z", places.around.as_of);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{}</dc:language><cp:keywords>{}</cp:keywords>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created></cp:coreProperties>",
        escaped(title),
        escaped(&clean(places.around.title)),
        escaped(places.around.language),
        KEYWORD,
    )
}

fn styles(language: &str) -> String {
    let paragraph = |id: &str, name: &str, rest: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>{rest}</w:style>"
        )
    };
    let heading = |number: u8, size: u8| {
        let rest = format!(
            "<w:pPr><w:keepNext/><w:spacing w:before=\"280\" w:after=\"80\"/><w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"{size}\"/></w:rPr>",
            number - 1
        );
        paragraph(
            &format!("Heading{number}"),
            &format!("heading {number}"),
            &rest,
        )
    };
    let mut all = format!(
        "{HEAD}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/>\
         <w:sz w:val=\"22\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"80\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
        escaped(language)
    );
    all.push_str(&paragraph(
        "Title",
        "Title",
        "<w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>",
    ));
    all.push_str(&heading(1, 28));
    all.push_str(&heading(2, 24));
    all.push_str(&paragraph(
        "Lede",
        "Lede",
        "<w:rPr><w:sz w:val=\"24\"/></w:rPr>",
    ));
    all.push_str(&paragraph(
        "Quiet",
        "Quiet",
        "<w:rPr><w:color w:val=\"595959\"/><w:sz w:val=\"18\"/></w:rPr>",
    ));
    let small = "<w:pPr><w:spacing w:before=\"20\" w:after=\"20\"/></w:pPr>";
    all.push_str(&paragraph(
        "Cell",
        "Cell",
        &format!("{small}<w:rPr><w:sz w:val=\"18\"/></w:rPr>"),
    ));
    all.push_str(&paragraph(
        "Head",
        "Head",
        &format!("{small}<w:rPr><w:b/><w:sz w:val=\"18\"/></w:rPr>"),
    ));
    all.push_str(
        "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0A5A64\"/><w:u w:val=\"single\"/></w:rPr></w:style>\
         <w:style w:type=\"table\" w:styleId=\"Lines\"><w:name w:val=\"Lines\"/><w:tblPr><w:tblBorders>\
         <w:top w:val=\"single\" w:sz=\"4\" w:color=\"8A9C9F\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"8A9C9F\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:color=\"CAD5D3\"/></w:tblBorders>\
         <w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>",
    );
    all
}
