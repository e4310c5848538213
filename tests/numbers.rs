//! Recomputes every calculation in the curriculum, and holds its rates to a small table of the published figures.
//!
//! Lessons write one operation to an equation: `£550 × 12% = £66`. A result may be rounded to as many decimals as it shows.

mod support;

use std::fs;
use std::path::Path;

/// Percentages that a lesson may multiply by, each with what it is.
const RATES: [(f64, &str); 25] = [
    (12.0, "basic rate, one child, first £800 a week"),
    (16.0, "basic rate, two children, first £800 a week"),
    (
        19.0,
        "basic rate, three or more children, first £800 a week",
    ),
    (9.0, "basic plus rate, one child"),
    (15.0, "basic plus rate, three or more children"),
    (17.0, "reduced rate, one child"),
    (25.0, "income tolerance; reduced rate, two children"),
    (75.0, "lower edge of the income tolerance"),
    (125.0, "upper edge of the income tolerance"),
    (31.0, "reduced rate, three or more children"),
    (
        14.1,
        "reduced rate, one child, one other child in the household",
    ),
    (13.2, "reduced rate, one child, two others"),
    (12.4, "reduced rate, one child, three or more others"),
    (21.2, "reduced rate, two children, one other"),
    (19.9, "reduced rate, two children, two others"),
    (18.9, "reduced rate, two children, three or more others"),
    (26.4, "reduced rate, three or more children, one other"),
    (24.9, "reduced rate, three or more children, two others"),
    (
        23.8,
        "reduced rate, three or more children, three or more others",
    ),
    (11.0, "one other child in the household"),
    (14.0, "two other children in the household"),
    (20.0, "added for the paying parent under Collect and Pay"),
    (4.0, "taken from the receiving parent under Collect and Pay"),
    (2.0, "announced charge for each parent"),
    (
        60.0,
        "net earnings protected under a deduction from earnings order",
    ),
];

/// What the protected share leaves, written where a lesson takes the other side of it.
const DEDUCTION_CAP: f64 = 40.0;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(Number),
    Operator(char),
    Equals,
    Other,
}

#[derive(Debug, Clone, PartialEq)]
struct Number {
    value: f64,
    decimals: i32,
    percent: bool,
    written: String,
}

fn tokens(line: &str) -> Vec<Token> {
    let chars: Vec<char> = line.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let starts_number =
            c.is_ascii_digit() || (c == '£' && chars.get(at + 1).is_some_and(char::is_ascii_digit));
        if starts_number {
            let start = at;
            at += 1;
            while at < chars.len()
                && (chars[at].is_ascii_digit()
                    || (matches!(chars[at], '.' | ',')
                        && chars.get(at + 1).is_some_and(char::is_ascii_digit)))
            {
                at += 1;
            }
            let percent = chars.get(at) == Some(&'%');
            at += usize::from(percent);
            let written: String = chars[start..at].iter().collect();
            let digits: String = written
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            tokens.push(Token::Number(Number {
                value: digits.parse().expect("digits are a number"),
                decimals: digits
                    .split_once('.')
                    .map_or(0, |(_, after)| after.len() as i32),
                percent,
                written,
            }));
            continue;
        }
        match c {
            '×' | '÷' | '−' | '+' => tokens.push(Token::Operator(c)),
            '=' => tokens.push(Token::Equals),
            ' ' | '*' | '`' => {}
            _ => {
                if tokens.last() != Some(&Token::Other) {
                    tokens.push(Token::Other);
                }
            }
        }
        at += 1;
    }
    tokens
}

/// Returns what is wrong with `a operator b = result`, if anything.
fn fault(a: &Number, operator: char, b: &Number, result: &Number) -> Option<String> {
    let factor = |number: &Number| {
        if number.percent {
            number.value / 100.0
        } else {
            number.value
        }
    };
    let plain = |number: &Number| number.value;
    let computed = match operator {
        '×' => factor(a) * factor(b),
        '÷' => plain(a) / plain(b),
        '+' => plain(a) + plain(b),
        _ => plain(a) - plain(b),
    };
    let is_ratio = operator == '÷' && result.percent && !a.percent;
    let is_product_of_percents = operator == '×' && result.percent;
    let shown = if is_ratio || is_product_of_percents {
        computed * 100.0
    } else {
        computed
    };
    let half = 0.5 * 10_f64.powi(-result.decimals) + 1e-9;
    if (shown - result.value).abs() > half {
        return Some(format!("is {shown:.4}"));
    }
    let known = |rate: f64| {
        rate == DEDUCTION_CAP || RATES.iter().any(|(known, _)| (*known - rate).abs() < 1e-9)
    };
    if operator == '×' {
        for number in [a, b].into_iter().filter(|number| number.percent) {
            if !known(number.value) {
                return Some(format!("{} stands in no table of figures", number.written));
            }
        }
    }
    None
}

#[test]
fn every_calculation_in_the_lessons_is_right() {
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("modules");
    let (mut faults, mut seen) = (Vec::new(), Vec::new());
    for page in support::pages(&modules) {
        let text = fs::read_to_string(&page).expect("a lesson is UTF-8");
        for (index, line) in text.lines().enumerate() {
            for window in tokens(line).windows(5) {
                let [
                    Token::Number(a),
                    Token::Operator(operator),
                    Token::Number(b),
                    Token::Equals,
                    Token::Number(result),
                ] = window
                else {
                    continue;
                };
                let place = page
                    .strip_prefix(&modules)
                    .expect("below modules")
                    .display();
                let sum = format!(
                    "{} {operator} {} = {}",
                    a.written, b.written, result.written
                );
                seen.push(sum.clone());
                if let Some(fault) = fault(a, *operator, b, result) {
                    faults.push(format!("{place}:{}: {sum}: {fault}", index + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for anchor in ["£550 × 12% = £66", "£550 − £137.50 = £412.50"] {
        assert!(
            seen.iter().any(|sum| sum == anchor),
            "the lessons no longer show {anchor}"
        );
    }
}

#[test]
fn wrong_sums_and_unknown_rates_are_seen() {
    let check = |line: &str| match tokens(line).as_slice() {
        [
            Token::Number(a),
            Token::Operator(operator),
            Token::Number(b),
            Token::Equals,
            Token::Number(result),
        ] => fault(a, *operator, b, result).is_some(),
        other => panic!("{line} reads as {other:?}"),
    };
    for (line, wrong) in [
        ("£550 × 12% = £66", false),
        ("£550 × 12% = £67", true),
        ("£100 ÷ £550 = 18.2%", false),
        ("£100 ÷ £550 = 18.3%", true),
        ("£1,248 ÷ 24 = £52", false),
        ("£66 + £13.20 = £79.20", false),
        ("£66 − £2.64 = £63.36", false),
        ("£100 × 13% = £13", true),
    ] {
        assert_eq!(check(line), wrong, "{line}");
    }
}
