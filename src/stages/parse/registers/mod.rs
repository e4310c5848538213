//! Reads the registers.
//!
//! In: their texts. Out: the registers, with every fault as a finding. What they say about modules is checked later, by `link`.

mod answers;
mod commitments;
mod entry;
mod paths;
mod reviews;
mod signposts;
mod terms;
mod topics;

use super::ignores::in_register;
use crate::model::registers::Registers;
use crate::model::sources::RegisterSources;
use crate::model::{Register, Staged};

use entry::{Found, read, report_duplicates};

/// Reads all registers; one that does not exist is empty.
pub fn registers(sources: &RegisterSources) -> Staged<Registers> {
    let mut found = Found::default();
    let mut value = Registers::default();
    for (register, text) in sources.iter() {
        let source = (register, &**text);
        match register {
            Register::Topics => {
                value.topics = read(source, topics::topic, &mut found);
                report_duplicates(register, topics::ids(&value.topics), &mut found.findings);
            }
            Register::Signposts => {
                value.signposts = read(source, signposts::signpost, &mut found);
                let ids = signposts::ids(&value.signposts);
                report_duplicates(register, ids, &mut found.findings);
            }
            Register::Commitments => {
                value.commitments = read(source, commitments::commitment, &mut found);
                let ids = commitments::ids(&value.commitments);
                report_duplicates(register, ids, &mut found.findings);
                let ids = commitments::claim_ids(&value.commitments);
                report_duplicates(register, ids, &mut found.findings);
            }
            Register::Terms => value.terms = read(source, terms::term, &mut found),
            Register::Answers => {
                value.answers = read(source, answers::answer, &mut found);
                answers::report_same_words(&value.answers, &mut found.findings);
                report_duplicates(register, answers::ids(&value.answers), &mut found.findings);
            }
            Register::Paths => {
                value.paths = read(source, paths::learning_path, &mut found);
                report_duplicates(register, paths::ids(&value.paths), &mut found.findings);
            }
            Register::Reviews => {
                let entries = read(source, reviews::sign_off, &mut found);
                report_duplicates(register, reviews::paths(&entries), &mut found.findings);
                let sign_offs = entries.into_iter().map(|(_, sign_off)| sign_off);
                value.sign_offs = sign_offs.collect();
            }
        }
        value.ignores.push((register.name(), in_register(text)));
    }
    value.addresses = found.addresses;
    value.days = found.days;
    Staged {
        value: value.indexed(),
        findings: found.findings,
    }
}
