//! Shows what a change would do, as `diff -u` and git show it.

use similar::TextDiff;

use super::plan::Plan;

/// Lines around a change that are shown with it.
const CONTEXT: usize = 1;

/// Returns the renames and the changes of a plan.
pub fn shown(plan: &Plan) -> String {
    let mut out = String::new();
    for (from, to) in &plan.renames {
        out.push_str(&format!(
            "rename from modules/{from}\nrename to modules/{to}\n"
        ));
    }
    for changed in &plan.texts {
        let diff = TextDiff::from_lines(&*changed.before, &changed.after);
        let (from, to) = (
            format!("modules/{}", changed.path),
            format!("modules/{}", changed.now),
        );
        let mut lines = diff.unified_diff();
        out.push_str(&lines.context_radius(CONTEXT).header(&from, &to).to_string());
    }
    for (path, text) in &plan.created {
        let diff = TextDiff::from_lines("", text);
        let mut lines = diff.unified_diff();
        out.push_str(
            &lines
                .header("/dev/null", &format!("modules/{path}"))
                .to_string(),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::plan::Changed;
    use super::*;

    #[test]
    fn renames_come_first_and_then_the_lines() {
        let plan = Plan {
            renames: vec![("01-a".into(), "02-a".into())],
            texts: vec![Changed {
                path: "01-a/x.md".into(),
                now: "02-a/x.md".into(),
                before: "one\ntwo\nthree\nfour\n".into(),
                after: "one\ntwo\n3\nfour\n".into(),
            }],
            created: vec![("01-b/index.md".into(), "new\n".into())],
            ..Plan::default()
        };
        assert_eq!(
            shown(&plan),
            "rename from modules/01-a\nrename to modules/02-a\n--- modules/01-a/x.md\n+++ modules/02-a/x.md\n@@ -2,3 +2,3 @@\n two\n-three\n+3\n four\n--- /dev/null\n+++ modules/01-b/index.md\n@@ -0,0 +1 @@\n+new\n"
        );
    }
}
