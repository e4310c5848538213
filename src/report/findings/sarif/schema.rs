//! As much of JSON Schema as the schema of SARIF uses, for tests.
//!
//! In: a schema and a document. Out: every fault with its path. Panics at a keyword it does not know, so that no rule is passed over in silence.

use serde_json::{Map, Value};

/// Returns what is wrong with the document, as "path: fault".
pub fn faults(schema: &Value, document: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Check {
        root: schema,
        faults: &mut faults,
    }
    .value(schema, document, "");
    faults
}

struct Check<'a, 'f> {
    root: &'a Value,
    faults: &'f mut Vec<String>,
}

impl<'a> Check<'a, '_> {
    fn value(&mut self, schema: &Value, value: &Value, path: &str) {
        for (keyword, rule) in schema.as_object().expect("a schema is an object") {
            let holds = match keyword.as_str() {
                "$schema" | "$id" | "title" | "description" | "default" | "definitions"
                | "format" => true,
                "$ref" => {
                    self.value(self.definition(rule), value, path);
                    true
                }
                "type" => match rule {
                    Value::Array(types) => types.iter().any(|one| is_type(one, value)),
                    _ => is_type(rule, value),
                },
                "enum" => rule.as_array().is_some_and(|all| all.contains(value)),
                "minimum" => value.as_i64() >= rule.as_i64(),
                "maximum" => value.as_i64() <= rule.as_i64(),
                "minItems" => value.as_array().map(|all| all.len() as u64) >= rule.as_u64(),
                "uniqueItems" => rule == false || is_unique(value),
                "required" => rule.as_array().into_iter().flatten().all(|name| {
                    value
                        .get(name.as_str().expect("a property's name"))
                        .is_some()
                }),
                "properties" | "additionalProperties" => {
                    self.properties(schema, value, path);
                    true
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.value(rule, item, &format!("{path}/{index}"));
                    }
                    true
                }
                "anyOf" => self.fitting(rule, value) >= 1,
                "oneOf" => self.fitting(rule, value) == 1,
                _ => panic!("{path}: the tests do not know the keyword `{keyword}`"),
            };
            if !holds {
                self.faults
                    .push(format!("{path}: {value} against {keyword} {rule}"));
            }
        }
    }

    fn definition(&self, reference: &Value) -> &'a Value {
        let pointer = reference.as_str().and_then(|path| path.strip_prefix('#'));
        self.root
            .pointer(pointer.expect("a reference within the schema"))
            .expect("a definition")
    }

    fn properties(&mut self, schema: &Value, value: &Value, path: &str) {
        let none = Map::new();
        let known = schema["properties"].as_object().unwrap_or(&none);
        for (name, value) in value.as_object().unwrap_or(&none) {
            let path = format!("{path}/{name}");
            match (known.get(name), schema.get("additionalProperties")) {
                (Some(rule), _) => self.value(rule, value, &path),
                (None, Some(Value::Bool(false))) => {
                    self.faults.push(format!("{path}: is not a property"));
                }
                (None, Some(rule @ Value::Object(_))) => self.value(rule, value, &path),
                _ => {}
            }
        }
    }

    fn fitting(&self, schemas: &Value, value: &Value) -> usize {
        let fits = |schema: &&Value| {
            let mut faults = Vec::new();
            Check {
                root: self.root,
                faults: &mut faults,
            }
            .value(schema, value, "");
            faults.is_empty()
        };
        schemas
            .as_array()
            .into_iter()
            .flatten()
            .filter(fits)
            .count()
    }
}

fn is_type(name: &Value, value: &Value) -> bool {
    match name.as_str().expect("the name of a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the tests do not know the type `{other}`"),
    }
}

fn is_unique(value: &Value) -> bool {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .enumerate()
        .all(|(index, item)| !items[..index].contains(item))
}
