/* The search page.
 *
 * In: `search/index.js` and a script per module, which call `throughlineSearch` (docs/themes.md, "The search index"). They are loaded as
 * script elements when the reader first searches, since file:// allows no other way. Out: the list of results.
 * Text from the index enters the page only as text. */
(function () {
  "use strict";

  const form = document.querySelector("[data-search]");
  if (!form) return;
  const assets = new URL(".", document.currentScript.src);
  const root = new URL("..", assets);
  const words = form.dataset;
  const field = form.querySelector("#q");
  const filter = form.querySelector("#in");
  const status = document.querySelector("[data-search-status]");
  const results = document.querySelector("[data-search-results]");
  const more = document.querySelector("[data-search-more]");
  const PAGE = 20; // results shown at a time
  const EXCERPT = 220; // characters

  let engine = null;
  let modules = [];
  let topics = [];
  const sections = []; // {h, l, s, x, module}; a section's place here is its id in the engine
  let unread = 0; // modules whose sections have not arrived
  let shown = PAGE;

  /* Loading -------------------------------------------------------------- */

  function loadScript(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = resolve;
      script.onerror = () => reject(new Error(address));
      script.src = new URL(address, root).href;
      document.head.append(script);
    });
  }

  window.throughlineSearch = {
    manifest(index) {
      modules = index.modules;
      topics = index.topics.map((topic) => ({ ...topic, names: [topic.name, ...(topic.aliases || [])].map(plain) }));
    },
    sections(id, list) {
      const module = modules.find((one) => one.id === id);
      const added = list.map((section) => {
        const entry = { ...section, module, id: sections.length };
        sections.push(entry);
        return entry;
      });
      engine.addAll(added);
    },
  };

  let loading = null;
  /** Loads engine and index once; resolves when every module has arrived. */
  function load() {
    loading = loading || (async () => {
      status.textContent = words.loading;
      await loadScript(new URL("vendor/minisearch.js", assets));
      engine = new window.MiniSearch({
        fields: ["s", "l", "x"],
        searchOptions: { boost: { s: 3, l: 2 }, prefix: (term) => term.length > 2 },
      });
      await loadScript("search/index.js");
      const chosen = new URLSearchParams(location.search).get("in");
      for (const module of modules) {
        const option = new Option(module.number + ". " + module.title, module.id);
        option.selected = module.id === chosen;
        filter.append(option);
      }
      unread = modules.length;
      await Promise.all(modules.map((module) => loadScript("search/" + module.file).catch(() => {}).finally(() => {
        unread -= 1;
        if (unread && unread % 8 === 0) search(); // the first results need not wait for a large curriculum
      })));
    })();
    return loading;
  }

  /* Searching ------------------------------------------------------------ */

  const plain = (text) => text.toLowerCase().normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  /** Returns the topics that a query names, by name or alias: the whole query, a part of it in whole words, or a beginning. */
  function topicsNamed(query) {
    const padded = " " + query + " ";
    return topics.filter((topic) => topic.names.some((name) => name === query || padded.includes(" " + name + " ") || (query.length > 2 && name.startsWith(query)))).slice(0, 4);
  }

  const nearly = { fuzzy: (term) => (term.length > 4 ? 0.2 : false) };

  /** Returns `{id, terms, score}` of matching sections, best first: those with all the words, else with all nearly so spelt, else with any. */
  function sectionsFor(query, named) {
    const inModule = filter.value ? { filter: ({ id }) => sections[id].module.id === filter.value } : {};
    let found = engine.search(query, { ...inModule, combineWith: "AND" });
    if (!found.length) found = engine.search(query, { ...inModule, ...nearly, combineWith: "AND" });
    if (!found.length) found = engine.search(query, { ...inModule, ...nearly });
    // A synonym leads to the topic's own name as well.
    const seen = new Set(found.map(({ id }) => id));
    for (const topic of named) {
      const name = topic.names[0].split(" ").filter((word) => word.length > 3).join(" ");
      for (const match of engine.search(name, { ...inModule, combineWith: "AND", prefix: false })) {
        if (seen.has(match.id)) continue;
        seen.add(match.id);
        found.push({ ...match, score: match.score / 2 });
      }
    }
    return found.sort((a, b) => b.score - a.score);
  }

  function search() {
    const query = plain(field.value);
    if (!query || !engine) {
      results.replaceChildren();
      status.textContent = "";
      more.hidden = true;
      return;
    }
    const named = topicsNamed(query);
    const found = sectionsFor(field.value, named);
    const list = document.createElement("ol");
    list.className = "results";
    list.append(...named.map(topicResult), ...found.slice(0, shown).map(sectionResult));
    results.replaceChildren(list);
    more.hidden = found.length <= shown;
    const count = found.length + named.length;
    const text = count === 0 ? words.none : count === 1 ? words.one : words.count;
    status.textContent = text.replace("{n}", count).replace("{query}", () => field.value.trim());
  }

  /* Showing -------------------------------------------------------------- */

  function make(name, className, ...children) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  function link(href, ...children) {
    const element = make("a", "", ...children);
    element.href = new URL(href, root).href;
    return element;
  }

  /** Returns text with the matched words in <mark>; `terms` are words of the index, lower case. */
  function marked(text, terms) {
    const parts = [];
    let from = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!terms.has(match[0].toLowerCase())) continue;
      parts.push(text.slice(from, match.index), make("mark", "", match[0]));
      from = match.index + match[0].length;
    }
    parts.push(text.slice(from));
    return parts;
  }

  /** Returns the part of a text that holds the most different matched words. */
  function excerpt(text, terms) {
    const places = Array.from(text.matchAll(/[\p{L}\p{N}]+/gu)).filter((match) => terms.has(match[0].toLowerCase()));
    let start = 0;
    let best = 0;
    for (const place of places) {
      const near = new Set(places.filter((other) => other.index >= place.index && other.index < place.index + EXCERPT - 60).map((other) => other[0].toLowerCase()));
      if (near.size > best) {
        best = near.size;
        start = Math.max(0, place.index - 60);
      }
    }
    if (start) start = text.indexOf(" ", start) + 1;
    let end = Math.min(text.length, start + EXCERPT);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    return [start ? "… " : "", text.slice(start, end), end < text.length ? " …" : ""];
  }

  function topicResult(topic) {
    return make("li", "result-topic",
      make("p", "result-place", words.topic),
      make("h2", "result-title", link(topic.href, topic.name)),
      make("p", "", topic.definition || ""));
  }

  function sectionResult(match) {
    const section = sections[match.id];
    const terms = new Set(match.terms);
    const [before, text, after] = excerpt(section.x, terms);
    const place = section.module.number + ". " + section.module.title + (section.s ? " › " + section.l : "");
    return make("li", "",
      make("h2", "result-title", link(section.h, ...marked(section.s || section.l, terms))),
      make("p", "result-place", place),
      make("p", "", before, ...marked(text, terms), after));
  }

  /* The form ------------------------------------------------------------- */

  let timer = 0;
  function start(wait) {
    clearTimeout(timer);
    shown = PAGE;
    timer = setTimeout(() => {
      load().then(search, () => (status.textContent = words.failed));
      try {
        const asked = new URLSearchParams({ q: field.value, ...(filter.value && { in: filter.value }) });
        history.replaceState(null, "", field.value ? "?" + asked : location.pathname);
      } catch { /* file:// may refuse: the search works without it */ }
    }, wait);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(0);
  });
  field.addEventListener("input", () => start(150));
  filter.addEventListener("change", () => start(0));
  field.addEventListener("focus", () => load().catch(() => {}).then(() => status.textContent === words.loading && (status.textContent = "")), { once: true });
  more.addEventListener("click", () => {
    const next = shown;
    shown += PAGE;
    search();
    const links = results.querySelectorAll("li:not(.result-topic) a");
    if (links[next]) links[next].focus();
  });

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    field.value = asked;
    start(0);
  }
})();
