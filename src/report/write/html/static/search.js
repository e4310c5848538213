/* The one search of the reports: public claims, topics and the text of the lessons.
 *
 * A classic script, so that it runs from file://. It makes no requests and keeps nothing: `search-index.js` has set `throughlineReports`. */
(function () {
  "use strict";

  const KINDS = [
    ["topic", "Topics", 6],
    ["claim", "Public claims", 8],
    ["text", "In the lessons", 30],
  ];
  /** An entry must have this much of what the query's words weigh together. */
  const ENOUGH = 0.45;
  const NAME = 2; // how much more a word says in a name
  const WORD = /[\p{L}\p{N}\p{M}'’]+(?:[-\u2010\u2011][\p{L}\p{N}\p{M}'’]+)*/gu;

  const index = window.throughlineReports;
  const input = document.getElementById("search-input");
  const results = document.getElementById("search-results");
  const status = document.getElementById("search-status");
  if (!index || !input) return;
  const numbers = new Map(index.numbers);

  /** Returns a word in the form in which words are compared: without accents, apostrophes and case, numbers in digits. */
  function fold(word) {
    const folded = word.normalize("NFD").replace(/[\p{M}'’\u00ad]/gu, "").toLowerCase();
    return numbers.get(folded) || folded;
  }

  /** Returns what a text is found by: "six-step" by "6" and "step". */
  function words(text) {
    const found = [];
    for (const [word] of text.matchAll(WORD)) for (const part of word.split(/[-\u2010\u2011]/)) found.push(fold(part));
    return found.filter(Boolean);
  }

  /** Returns whether somebody who writes one word means the other as well: forms of a word differ in what they end with. */
  function alike(a, b) {
    if (a === b) return true;
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    if (short.length < 4 || /\d/.test(short)) return false;
    return long.length - short.length <= 3 && long.startsWith(short.replace(/[ey]$/, ""));
  }

  let known = null;
  /** Gathers once which word stands in which entries, and how much it says there. */
  function gather() {
    if (known) return known;
    known = new Map();
    index.entries.forEach((entry, number) => {
      const put = (text, weight) => {
        for (const word of words(text)) {
          if (!known.has(word)) known.set(word, new Map());
          const places = known.get(word);
          places.set(number, Math.max(places.get(number) || 0, weight));
        }
      };
      put(entry.name, NAME);
      put(entry.text, 1);
    });
    return known;
  }

  /** How many entries there are of each kind. */
  const sizes = new Map();
  for (const { kind } of index.entries) sizes.set(kind, (sizes.get(kind) || 0) + 1);

  /** Returns how much a word says, by the entries that have it: nothing where it stands everywhere. What is common in what was said in public, such as
   * "caseworkers" and "training", and what is common in lessons, such as "do" and "on", is the frame of a question and not its subject. */
  function rarity(places) {
    const counts = new Map([["claim", 0], ["text", 0]]);
    for (const number of places.keys()) {
      const { kind } = index.entries[number];
      if (counts.has(kind)) counts.set(kind, counts.get(kind) + 1);
    }
    const say = ([kind, count]) => Math.log((1 + (sizes.get(kind) || 0)) / (1 + count));
    return Math.max(0.05, Math.min(...[...counts].filter(([kind]) => sizes.get(kind) > 9).map(say), Math.log(1 + index.entries.length)));
  }

  /** Returns whether a query names a topic: all words of its name, or of another of its names. */
  function isNamed(entry, asked) {
    return [entry.name, ...entry.names].some((name) => words(name).every((word) => asked.some((other) => alike(other, word))));
  }

  /** Returns the entries that answer a query, the best first: rare words say more than words that stand everywhere. */
  function find(query) {
    const asked = [...new Set(words(query))];
    const scores = new Map();
    let whole = 0;
    for (const word of asked) {
      const places = new Map();
      for (const [other, found] of gather()) {
        if (!alike(word, other)) continue;
        const share = word === other ? 1 : 0.8;
        for (const [number, weight] of found) places.set(number, Math.max(places.get(number) || 0, weight * share));
      }
      const weightOf = rarity(places);
      // A word that stands nowhere is looked for in vain, however rare: half of it counts.
      whole += places.size ? weightOf : weightOf / 2;
      for (const [number, weight] of places) {
        const score = scores.get(number) || { has: 0, score: 0 };
        score.has += weightOf;
        score.score += weightOf * weight;
        scores.set(number, score);
      }
    }
    const is = ([number, score]) => score.has >= whole * ENOUGH || (index.entries[number].kind === "topic" && isNamed(index.entries[number], asked));
    const enough = [...scores].filter(is);
    enough.sort((a, b) => b[1].has - a[1].has || b[1].score - a[1].score || a[0] - b[0]);
    return { asked, found: enough.map(([number]) => index.entries[number]) };
  }

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  /** Returns a text with the words that were asked for marked. */
  function marked(text, asked) {
    const parts = [];
    let from = 0;
    for (const match of text.matchAll(WORD)) {
      if (!words(match[0]).some((word) => asked.some((other) => alike(other, word)))) continue;
      parts.push(text.slice(from, match.index), make("mark", {}, match[0]));
      from = match.index + match[0].length;
    }
    parts.push(text.slice(from));
    return parts;
  }

  /** Returns the sentence of a text that has most of what was asked for. */
  function sentence(text, asked) {
    let best = "";
    let most = -1;
    for (const line of text.split(/\n|(?<=[.!?]) /)) {
      const has = new Set(words(line));
      const count = asked.filter((word) => [...has].some((other) => word.length > 3 && alike(word, other))).length;
      if (count > most && line.trim()) [best, most] = [line.trim(), count];
    }
    return best.length > 300 ? best.slice(0, 300) + "…" : best;
  }

  function shown(entry, asked) {
    const name = marked(entry.name, asked);
    const link = entry.href ? make("a", { href: entry.href }, ...name) : make("strong", {}, ...name);
    const item = make("li", {}, link);
    if (entry.answer) item.append(make("p", { className: entry.kind === "text" ? "quiet" : "" }, entry.answer));
    if (entry.kind === "text") item.append(make("p", {}, ...marked(sentence(entry.text, asked), asked)));
    return item;
  }

  function show() {
    const query = input.value.trim();
    results.replaceChildren();
    status.textContent = "";
    if (!words(query).length) return;
    const { asked, found } = find(query);
    const counts = [];
    for (const [kind, heading, most] of KINDS) {
      const own = found.filter((entry) => entry.kind === kind);
      if (!own.length) continue;
      counts.push(heading.toLowerCase() + " " + own.length);
      results.append(make("h2", { id: kind + "s" }, heading), make("ul", { className: "found" }, ...own.slice(0, most).map((entry) => shown(entry, asked))));
      if (own.length > most) results.append(make("p", { className: "quiet" }, "The first " + most + " of " + own.length + ". More words find fewer."));
    }
    status.textContent = counts.length ? "Found: " + counts.join(", ") + "." : "Nothing has these words. Try fewer, or others.";
  }

  input.value = new URLSearchParams(location.search).get("q") || "";
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  show();
  if (!input.value) input.focus();
})();
