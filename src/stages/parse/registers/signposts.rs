//! Reads a support service.

use super::entry::{former, former_ids, id};
use crate::model::address::Address;
use crate::model::registers::Signpost;
use crate::model::{Place, Rule};
use crate::stages::parse::table::Reader;

pub(super) fn signpost(reader: &mut Reader<'_, '_, '_>) -> Option<Signpost> {
    let id = id(reader);
    let name = reader.required_title("name");
    let signpost = Signpost {
        former_ids: former_ids(reader),
        serves: reader.passage("for"),
        nations: reader.plain_texts("nations"),
        phone: reader.contact("phone", |phone| Ok(Address::telephone(phone))),
        text: reader.passage("text"),
        relay: reader.passage("relay"),
        email: reader.contact("email", |email| Address::mailbox(email).map(Some)),
        web: reader.contact("web", |web| Address::web(web).map(Some)),
        hours: reader.passage("hours"),
        cost: reader.passage("cost"),
        urgent: reader.flag("urgent").unwrap_or(false),
        note: reader.passage("note"),
        last_verified_on: reader.past_day("last_verified_on"),
        review_in: reader.length_of_time("review_in"),
        source: reader.contact("source", Address::source),
        owner: reader.text("owner"),
        verified_by: reader.text("verified_by"),
        permanent: reason(reader, "permanent"),
        ..Signpost::default()
    };
    let (id, name) = (id?, name?);
    Some(Signpost {
        id: id.value,
        place: Some(id.place),
        name: name.value,
        ..signpost
    })
}

/// Returns a reason, which must say something where it is given.
fn reason(reader: &mut Reader<'_, '_, '_>, key: &'static str) -> String {
    let Some(text) = reader.placed_text(key) else {
        return String::new();
    };
    if text.value.trim().is_empty() {
        let message = format!("`{key}` has no reason");
        let help = format!(
            "write why, such as `{key} = \"the number is fixed by law\"`, or remove the line"
        );
        reader
            .file()
            .report(Rule::InvalidRegister, text.place, message, Some(help));
        return String::new();
    }
    text.value
}

/// Returns every id that one of them has or had, with its place.
pub(super) fn ids(signposts: &[Signpost]) -> impl Iterator<Item = (&str, Place)> {
    signposts
        .iter()
        .filter_map(|signpost| Some((signpost.id.as_str(), signpost.place?)))
        .chain(former(
            signposts.iter().map(|signpost| &signpost.former_ids),
        ))
}
