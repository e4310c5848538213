/* The state as one short text: platforms of SCORM 1.2 keep 4,096 characters.
 *
 * `1;` and then records. Each begins with a character that no key has and ends where the next one begins:
 *   *KEY        a lesson that is done
 *   :KEYdN..    a question: a character that digests its options, and the answer in base 64
 *   ~KEYs..     a scenario and its path, one character a step; `!` instead of `~` where an end has been reached at some time
 * An answer is the option's number from 0, or a bit for each option where several are right, times 4; 1 is added where the first answer was right, 2 where
 * one ever was. What the package does not know, or knows with other options, is dropped. */
(function (player) {
  "use strict";
  const { byKey, lessons } = player;

  const VERSION = 1;
  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

  function toDigits(number) {
    let text = "";
    do {
      text = DIGITS[number % 64] + text;
      number = Math.floor(number / 64);
    } while (number);
    return text;
  }
  const fromDigits = (text) => Array.from(text).reduce((number, digit) => number * 64 + DIGITS.indexOf(digit), 0);

  const isMany = (question) => question.right.length > 1;

  /** Returns whether chosen numbers are exactly the right ones. */
  const isRight = (question, chosen) => chosen.length === question.right.length && question.right.every((number) => chosen.includes(number));

  /** Walks a path: `at` is the step it leads to, -1 behind an end; `path` is without what led back to a step. */
  function walk(scenario, numbers) {
    let path = [];
    let at = 0;
    const steps = [0];
    for (const number of numbers) {
      const next = scenario.ways[at] && scenario.ways[at][number - 1];
      if (next === undefined) break;
      path.push(number);
      at = next;
      if (at < 0) break;
      const before = steps.indexOf(at);
      if (before >= 0) {
        path = path.slice(0, before);
        steps.length = before;
      }
      steps.push(at);
    }
    return { path, isEnd: numbers.length > 0 && (at < 0 || !(scenario.ways[at] || []).length) };
  }

  function questionRecord(question, { chosen, marks }) {
    const numbers = chosen.map(Number);
    const value = isMany(question) ? numbers.reduce((sum, number) => sum + 2 ** (number - 1), 0) : numbers[0] - 1;
    return ":" + question.key + question.digest + toDigits(value * 4 + marks);
  }

  /** Reads a question's record: what was chosen, and the marks of former answers; null where that says nothing about these options. */
  function answerOf(question, text) {
    if (text[0] !== question.digest) return null;
    const number = fromDigits(text.slice(1));
    const value = Math.floor(number / 4);
    const options = Array.from({ length: question.options }, (_, index) => index + 1);
    const chosen = options.filter((option) => (isMany(question) ? Math.floor(value / 2 ** (option - 1)) % 2 : value === option - 1));
    return chosen.length ? { chosen, marks: number % 4 } : null;
  }

  /**
   * Writes down what is known: `lessons` by address, each `{done, questions: {id: {chosen, marks}}, scenarios: {id: {path, ended}}}`.
   */
  function write(known) {
    let text = VERSION + ";";
    for (const lesson of lessons) {
      const { done, questions = {}, scenarios = {} } = known[lesson.address] || {};
      if (done) text += "*" + lesson.key;
      for (const question of lesson.questions || []) if (questions[question.id]) text += questionRecord(question, questions[question.id]);
      for (const scenario of lesson.scenarios || []) {
        const walked = scenarios[scenario.id];
        if (walked) text += (walked.ended ? "!" : "~") + scenario.key + walk(scenario, walked.path).path.map((number) => DIGITS[number]).join("");
      }
    }
    return text;
  }

  /** Reads such a text: what is known, null where there is nothing, and "newer" where a later version of this script wrote it. */
  function read(text) {
    const version = /^(\d+);/.exec(text || "");
    if (!version) return null;
    if (Number(version[1]) > VERSION) return "newer";
    const known = {};
    const entry = ({ address }) => (known[address] = known[address] || { questions: {}, scenarios: {} });
    for (const [, kind, key, rest] of text.matchAll(/([*:~!])([\w-]{3})([\w-]*)/g)) {
      const thing = byKey[kind === "*" ? "lesson" : kind === ":" ? "question" : "scenario"].get(key);
      if (!thing) continue;
      if (kind === "*") entry(thing).done = true;
      else if (kind === ":") {
        const answer = answerOf(thing, rest);
        if (answer) entry(thing.lesson).questions[thing.id] = answer;
      } else entry(thing.lesson).scenarios[thing.id] = { path: walk(thing, Array.from(rest, (digit) => DIGITS.indexOf(digit))).path, ended: kind === "!" };
    }
    return known;
  }

  Object.assign(player, { state: { write, read }, isRight, walk });
})(window.throughlinePlayer);
