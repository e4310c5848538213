/* The search as readers see it: on its own page, and below the field of any other.
 *
 * In: forms with `data-find`, and `throughlineSearch` (search-engine.js). Out: an answer, topics and pages below the field. Text from the index enters a page
 * only as text. A query that speaks of a life at risk is kept nowhere: not in the address, not in the history. */
(function () {
  "use strict";

  const search = window.throughlineSearch;
  const root = new URL(document.querySelector("form[data-find]").dataset.root || ".", location.href);
  const SHOWN = 10; // results at a time
  const DEEP = 5; // results whose sentence is looked up in the whole text
  const EXCERPT = 220; // characters
  const LETTERS = 3; // before a search begins by itself
  const PAUSE = 120; // milliseconds after a key
  const SILENCE = 800; // before the number of results is said
  const PATIENCE = 2000; // before it is said that loading takes time

  search.load = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = () => resolve(script.remove());
    script.onerror = () => reject(new Error(address));
    script.src = new URL(address, root).href;
    document.head.append(script);
  });

  /* Showing ---------------------------------------------------------------- */

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

  /** Returns text with the words of the query in <mark>. */
  function marked(text, words) {
    const parts = [];
    let from = 0;
    search.foldWords(text, (word, start, end, compound) => {
      if (compound || start < from || !words.has(word)) return;
      parts.push(text.slice(from, start), make("mark", "", text.slice(start, end)));
      from = end;
    });
    parts.push(text.slice(from));
    return parts;
  }

  /** Returns the part of a text that holds the most different words of the query, with marks where something is left out. */
  function excerpt(text, words) {
    const places = [];
    search.foldWords(text, (word, start) => words.has(word) && places.push([word, start]));
    let start = 0;
    let most = 0;
    for (const [, at] of places) {
      const near = new Set(places.filter(([, other]) => other >= at && other < at + EXCERPT - 60).map(([word]) => word));
      if (near.size > most) [most, start] = [near.size, Math.max(0, at - 60)];
    }
    if (start) start = text.indexOf(" ", start) + 1;
    let end = Math.min(text.length, start + EXCERPT);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  }

  const title = (level, ...children) => make("h" + level, "result-title", ...children);

  /** Asks and shows below one form. */
  function attach(form) {
    const field = form.querySelector("[type=search]");
    let words = form.dataset; // until the index brings all of them
    let urgent = []; // services
    const own = document.querySelector("[data-search-results]"); // the search page's
    const panel = own ? own.parentElement : make("section", "find-panel");
    const status = own ? document.querySelector("[data-search-status]") : make("p", "search-status");
    const results = own || make("div", "results-list");
    const more = own ? document.querySelector("[data-search-more]") : null;
    const filter = form.querySelector("select");
    const level = own ? 2 : 3;
    let asked = 0; // the number of the last query: answers to older ones are dropped
    let shown = SHOWN;
    let said = 0;

    if (!own) {
      status.setAttribute("role", "status");
      panel.append(status, results);
      panel.hidden = true;
      form.parentElement.querySelector(".find-drop").append(panel);
      const close = () => (panel.hidden = true);
      document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || panel.hidden) return;
        event.preventDefault(); // the query stays
        close();
        field.focus();
      });
      document.addEventListener("focusin", (event) => panel.contains(event.target) || form.contains(event.target) || close());
      document.addEventListener("pointerdown", (event) => panel.contains(event.target) || form.contains(event.target) || close());
    }

    /** Returns a service as the card names it: whom it is for stands on its own card. */
    function service({ name, id, phone, tel, text }) {
      const ways = [tel ? link(tel, phone) : phone, text && words.text + ": " + text].filter(Boolean);
      return make("li", "", link("signposts.html#" + encodeURIComponent(id), name), ...ways.flatMap((way) => [", ", way]));
    }

    function card(answer) {
      const section = make("section", "find-crisis", title(level, words.risk_title), make("p", "", answer.text));
      section.append(make("ul", "", ...[answer.to, ...answer.also].map((place) => make("li", "", link(place.href, place.title)))));
      const line = document.querySelector("[data-risk]");
      if (line) {
        const copy = line.cloneNode(true);
        copy.removeAttribute("data-risk");
        section.append(copy);
      }
      const others = urgent.filter(({ tel }) => !tel || !line || !line.querySelector(`a[href="${tel}"]`));
      section.append(make("ul", "find-urgent", ...others.map(service)), make("p", "", words.risk_own));
      return section;
    }

    const answered = (answer) => make("section", "find-answer", make("p", "result-place", words.answer), title(level, link(answer.to.href, answer.to.title)), make("p", "", answer.text),
      ...(answer.also.length ? [make("ul", "", ...answer.also.map((place) => make("li", "", link(place.href, place.title))))] : []));
    const topic = (one) => make("li", "result-topic", make("p", "result-place", words.topic), title(level, link(one.href, one.name)), make("p", "", one.definition || ""));

    function page(entry, found, isDeep) {
      const place = entry.module.number + ". " + entry.module.title + (entry.heading ? " › " + entry.title : "");
      const text = make("p", "", ...marked(entry.text + (/[\p{L}\p{N}\p{M},;:]$/u.test(entry.text) ? " …" : ""), found.marked));
      if (isDeep) entry.deep().then((whole) => whole && text.replaceChildren(...marked(excerpt(whole, found.marked), found.marked)), () => {});
      return make("li", "", title(level, link(entry.href, ...marked(entry.heading || entry.title, found.marked))), make("p", "result-place", place), text);
    }

    /** Says something, once no more keys come. */
    function say(text, now) {
      clearTimeout(said);
      if (now) status.textContent = text;
      else said = setTimeout(() => (status.textContent = text), SILENCE);
    }

    function counted(query, found) {
      const number = found.pages.length + found.topics.length + (found.answer ? 1 : 0);
      const [none, one, many] = found.crisis ? [words.crisis_alone, words.count_crisis_one, words.count_crisis] : [words.none, words.one, words.count];
      const text = number === 0 ? none : number === 1 ? one : many;
      return text.replace("{n}", number).replace("{query}", () => query) + (search.isPartial() ? " " + words.partly : "");
    }

    async function draw(query, found, number) {
      const entries = await search.show(found.pages.slice(0, shown));
      if (number !== asked || results.contains(document.activeElement)) return;
      const list = make("ol", "results", ...found.topics.map(topic), ...entries.map((entry, position) => page(entry, found, position < DEEP)));
      results.replaceChildren(...[found.crisis && card(found.crisis), found.answer && answered(found.answer), list].filter(Boolean));
      if (!own && found.pages.length > shown) {
        const all = link("search.html", words.all);
        if (!found.crisis) all.search = "?" + new URLSearchParams({ q: query });
        results.append(make("p", "", all));
      }
      if (more) more.hidden = found.pages.length <= shown;
      panel.hidden = false;
    }

    /** Keeps a query in the address of the search page, unless it is nobody's business. */
    function remember(query, found) {
      if (!own) return;
      const kept = new URLSearchParams({ ...(query && !(found && found.crisis) && { q: query }), ...(filter && filter.value && { in: filter.value }) });
      try {
        history.replaceState(null, "", String(kept) ? "?" + kept : location.pathname);
      } catch { /* file:// may refuse: the search works without it */ }
    }

    async function run(now, isMore) {
      const query = field.value.trim();
      const number = (asked += 1);
      if (!isMore) shown = SHOWN;
      if (!query) {
        results.replaceChildren();
        results.removeAttribute("aria-busy");
        say("", true);
        if (more) more.hidden = true;
        if (!own) panel.hidden = true;
        remember("");
        return;
      }
      const waiting = setTimeout(() => number === asked && say(words.loading, true), PATIENCE);
      results.setAttribute("aria-busy", "true");
      try {
        const index = await search.start();
        words = { ...words, ...index.words };
        urgent = index.urgent;
        if (!own) panel.setAttribute("aria-label", words.results);
        if (!now && Array.from(query).length < LETTERS && !search.isName(query)) return;
        const found = await search.ask(query, { module: filter ? filter.value : "", typing: !now });
        if (number !== asked) return;
        remember(query, found);
        await draw(query, found, number);
        if (number === asked) say(counted(query, found), now);
      } catch {
        if (number === asked) say(words.failed, true);
      } finally {
        clearTimeout(waiting);
        if (number === asked) results.removeAttribute("aria-busy");
      }
    }

    let timer = 0;
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      run(true);
    });
    field.addEventListener("input", () => {
      clearTimeout(timer);
      clearTimeout(said); // of a query that is no longer in the field nothing is said or shown
      asked += 1;
      timer = setTimeout(() => run(false), PAUSE);
    });
    if (filter) {
      const chosen = new URLSearchParams(location.search).get("in");
      search.start().then(({ modules }) => filter.append(...modules.map((module) => new Option(module.number + ". " + module.title, module.id, false, module.id === chosen))), () => {});
      filter.addEventListener("change", () => run(true));
    }
    if (more) more.addEventListener("click", async () => {
      const next = shown;
      shown += SHOWN;
      await run(true, true);
      const links = results.querySelectorAll(".results > li:not(.result-topic) .result-title a");
      if (links[next]) links[next].focus();
    });

    const given = own ? new URLSearchParams(location.search).get("q") : null;
    if (given) {
      if (!field.value) field.value = given;
      // Out of the address before anything is drawn; what is harmless comes back.
      remember("");
    }
    // What was typed before this script came is still being typed, unless Enter was pressed or the address asked for it.
    if (field.value.trim()) run("asked" in form.dataset || field.value === given);
  }

  document.querySelectorAll("form[data-find]").forEach(attach);
})();
