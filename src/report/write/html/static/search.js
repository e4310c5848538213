/* The one search of the reports: public claims, topics and the text of the lessons.
 *
 * A classic script, so that it runs from file://. It makes no requests and keeps nothing: `search-index.js` has set `throughlineReports`. */
(function () {
  "use strict";

  const KINDS = [
    ["claim", "Public claims", 8],
    ["topic", "Topics", 6],
    ["text", "In the lessons", 30],
  ];
  /** An entry must have this much of what the query's words weigh together. */
  const ENOUGH = 0.5;
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

  /** Returns the entries that answer a query, the best first: rare words say more than words that stand everywhere. */
  function find(query) {
    const asked = [...new Set(words(query))];
    const all = index.entries.length;
    const scores = new Map();
    let whole = 0;
    for (const word of asked) {
      const places = new Map();
      for (const [other, found] of gather()) {
        if (!alike(word, other)) continue;
        const share = word === other ? 1 : 0.8;
        for (const [number, weight] of found) places.set(number, Math.max(places.get(number) || 0, weight * share));
      }
      const rarity = Math.log(1 + all / (1 + places.size));
      // A word that stands nowhere is looked for in vain, however rare: half of it counts.
      whole += places.size ? rarity : rarity / 2;
      for (const [number, weight] of places) {
        const score = scores.get(number) || { has: 0, score: 0 };
        score.has += rarity;
        score.score += rarity * weight;
        scores.set(number, score);
      }
    }
    const enough = [...scores].filter(([, score]) => score.has >= whole * ENOUGH);
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
      counts.push(own.length + " " + heading.toLowerCase());
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
