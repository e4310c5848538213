//! What the templates may make for one page, and what is taken from that.
//!
//! In: values that templates are about to use, by filters that [`super::metered`] writes into them. Out: the same values, or an error once a page has had its
//! share. The engine itself counts nothing: without this, thirty lines that double a text are a thousand million bytes.

use std::cell::Cell;

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::model::page::{Data, Fields};

/// What every page may have made, in bytes, whatever it is made of.
const SHARE: u64 = 16 << 20;

/// What it may have besides for each byte of its own.
const GROWTH: u64 = 16;

/// What an entry of a list or a field counts, whatever it holds, and so does a turn of a loop.
const ENTRY: u64 = 64;

/// Lists stand in lists no deeper than this: values are given up, compared and shown by functions that call themselves.
const DEEPEST: u32 = 32;

/// Powers of two that a use of a value may count by.
pub const MOST_TIMES: u32 = 24;

/// What a page is told that has had its share.
pub const SPENT: &str = "the page takes more work than a page may";

/// The filters that count. No theme calls a filter like these.
pub const MADE: &str = "__made_";
pub const TURNS: &str = "__turns_";
pub const BEGUN: &str = "__begun_";
pub const SHOWN: &str = "__shown";
pub const LINES: &str = "__lines";
pub const PAIRED: &str = "__paired";

thread_local! {
    /// A thread renders one page at a time, and filters are not told for which page they are called.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// Returns what a page of these fields may have made, in bytes.
pub fn of(fields: &Fields<'_>) -> u64 {
    SHARE.saturating_add(GROWTH.saturating_mul(weight_of_fields(fields)))
}

/// Begins a page on this thread.
pub fn begin(allowance: u64) {
    LEFT.set(allowance);
}

fn weight_of_fields(fields: &Fields<'_>) -> u64 {
    let fields = fields.0.iter();
    fields.fold(0, |sum: u64, (_, data)| {
        sum.saturating_add(weight_of_data(data))
    })
}

fn weight_of_data(data: &Data<'_>) -> u64 {
    let own = match data {
        Data::Text(text) => text.len() as u64,
        Data::Address(address) => address.as_str().len() as u64,
        Data::Html(html) => html.len() as u64,
        Data::Number(_) | Data::Flag(_) => 0,
        Data::List(list) => list
            .iter()
            .fold(0, |sum: u64, data| sum.saturating_add(weight_of_data(data))),
        Data::Fields(fields) => weight_of_fields(fields),
    };
    own.saturating_add(ENTRY)
}

/// Takes so many bytes, so often.
fn spend(bytes: u64, times: u64) -> TeraResult<()> {
    let taken = bytes.saturating_mul(times);
    LEFT.with(|left| match left.get().checked_sub(taken) {
        Some(rest) => {
            left.set(rest);
            Ok(())
        }
        None => {
            left.set(0);
            Err(tera::Error::message(SPENT))
        }
    })
}

/// Returns what a value is made of, in bytes; what several lists share counts in each, since it is shown in each.
///
/// Ends early where the rest of the page's share is less, or lists stand too deep inside each other.
fn weight(value: &Value) -> TeraResult<u64> {
    let mut left = LEFT.get();
    let before = left;
    weigh(value, DEEPEST, &mut left)?;
    Ok(before - left)
}

fn weigh(value: &Value, depth: u32, left: &mut u64) -> TeraResult<()> {
    let spent = || tera::Error::message(SPENT);
    let own = match (value.as_str(), value.as_bytes()) {
        (Some(text), _) => text.len(),
        (_, Some(bytes)) => bytes.len(),
        _ => 0,
    };
    // A text that stands alone is of a size that the engine keeps without asking for memory, or is somebody's already.
    *left = left.checked_sub(own as u64).ok_or_else(spent)?;
    let inner = |value: &Value, left: &mut u64| {
        let deeper = depth.checked_sub(1).ok_or_else(spent)?;
        *left = left.checked_sub(ENTRY).ok_or_else(spent)?;
        weigh(value, deeper, left)
    };
    if let Some(list) = value.as_array() {
        list.iter().try_for_each(|value| inner(value, left))?;
    } else if let Some(map) = value.as_map() {
        for (key, value) in map {
            let key = key.as_str().map_or(0, str::len) as u64;
            *left = left.checked_sub(key).ok_or_else(spent)?;
            inner(value, left)?;
        }
    }
    Ok(())
}

/// Adds the filters that count, and those whose results are a product of what they are given; they must be there before the templates are.
pub fn register(tera: &mut Tera) {
    for power in 0..=MOST_TIMES {
        let times = 1_u64 << power;
        let made = move |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            spend(weight(value)?, times)?;
            Ok(value.clone())
        };
        tera.register_filter(format!("{MADE}{power}"), made);
        let turns = move |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let length = match (value.as_str(), value.as_bytes()) {
                (Some(text), _) => text.len(),
                (_, Some(bytes)) => bytes.len(),
                _ => value.len().unwrap_or(0),
            };
            spend(length as u64, times)?;
            Ok(value.clone())
        };
        tera.register_filter(format!("{TURNS}{power}"), turns);
        let begun = move |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            spend(1, times)?;
            Ok(value.clone())
        };
        tera.register_filter(format!("{BEGUN}{power}"), begun);
    }
    tera.register_filter(
        SHOWN,
        |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            spend(
                weight(value)?,
                if value.is_safe() { 1 } else { LONGEST_ESCAPE },
            )?;
            Ok(value.clone())
        },
    );
    // The engine's `indent` puts at most 1,000 characters before a line.
    tera.register_filter(
        LINES,
        |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let lines = value.as_str().map_or(0, |text| text.lines().count());
            spend(lines as u64 + 1, 1000 * LONGEST_ESCAPE)?;
            Ok(value.clone())
        },
    );
    // `unique` compares each with each, sixteen bytes in the time in which one is made.
    tera.register_filter(
        PAIRED,
        |value: &Value, _: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            spend(weight(value)? / 16, value.len().unwrap_or(0) as u64)?;
            Ok(value.clone())
        },
    );
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
}

/// `"` becomes `&quot;`.
const LONGEST_ESCAPE: u64 = 6;

/// The engine's own, once what it makes is taken from the page's share.
#[expect(clippy::needless_pass_by_value, reason = "the engine calls filters so")]
fn replace(text: StringInput<'_>, words: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = words.must_get::<&str>("from")?;
    let to = words.must_get::<StringInput<'_>>("to")?;
    let is_safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let escaped = |input: &StringInput<'_>| match is_safe && !input.is_safe() {
        true => LONGEST_ESCAPE * input.as_str().len() as u64,
        false => input.as_str().len() as u64,
    };
    spend(escaped(&text), 2)?;
    let (whole, put) = if is_safe {
        (text.rendered(state)?, to.rendered(state)?)
    } else {
        (text.as_str().into(), to.as_str().into())
    };
    spend(whole.matches(from).count() as u64, put.len() as u64)?;
    let made = whole.replace(from, &put);
    Ok(match is_safe {
        true => Value::safe_string(&made),
        false => Value::from(made),
    })
}

/// The engine's own, once what it makes is taken from the page's share.
#[expect(clippy::needless_pass_by_value, reason = "the engine calls filters so")]
fn join(list: &[Value], words: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = words.get::<StringInput<'_>>("sep")?;
    let is_safe = |value: &Value| value.is_string() && value.is_safe();
    let is_safe = state.autoescaping_enabled()
        && (list.iter().any(is_safe) || between.as_ref().is_some_and(StringInput::is_safe));
    for value in list {
        spend(weight(value)?, LONGEST_ESCAPE)?;
    }
    let between = match &between {
        Some(text) if is_safe => text.rendered(state)?,
        Some(text) => text.as_str().into(),
        None => "".into(),
    };
    spend(list.len() as u64, between.len() as u64)?;
    let mut parts = Vec::with_capacity(list.len());
    for value in list {
        parts.push(match is_safe {
            true if value.is_undefined() => String::new(),
            true => state.escape_if_needed(value)?,
            false => value.to_string(),
        });
    }
    let made = parts.join(&between);
    Ok(match is_safe {
        true => Value::safe_string(&made),
        false => Value::from(made),
    })
}
