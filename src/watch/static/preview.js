/* Follows the sources while a page is open in `throughline watch`: reloads it when it has changed, leaves the reader where they were, and shows what
 * is wrong.
 *
 * An external classic script, so that the strictest content security policy allows it. Puts text into the page only as text. */
(function () {
  "use strict";

  const version = document.currentScript.dataset.version;
  const PLACE = "throughline-preview:" + location.pathname;
  const CHOICE = "throughline-preview";
  const BLOCKS = "main :is(h1, h2, h3, h4, h5, h6, p, li, dt, dd, tr, pre, figure, summary)";
  /** So many blocks in view are remembered: an edit may change the first ones. */
  const MARKS = 12;
  /** A preview that is started again is back sooner. */
  const PATIENCE = 1500;
  const LONGEST_PAUSE = 2000;

  /** Keeps a value for this tab; without storage it is forgotten, and nothing else goes wrong. */
  function store(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      // The browser keeps nothing.
    }
  }

  function stored(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  const textOf = (element) => element.textContent.trim().slice(0, 200);

  /* Where the reader is --------------------------------------------------- */

  /** Returns elements by what they are called, which stays the same when others come or go. */
  function named(selector) {
    const counts = {};
    const names = new Map();
    for (const element of document.querySelectorAll(selector)) {
      const label = element.id || element.localName + " " + textOf(element.localName === "details" ? element.firstElementChild || element : element);
      counts[label] = (counts[label] || 0) + 1;
      names.set(label + " " + counts[label], element);
    }
    return names;
  }

  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

  let leaving = false; // For the newer version of the page.

  function remember() {
    leaving = true;
    const inView = Array.from(document.querySelectorAll(BLOCKS), (block) => ({ text: textOf(block), box: block.getBoundingClientRect() }))
      .filter(({ text, box }) => text && box.height > 0 && box.bottom > 0 && box.top < innerHeight);
    const open = Array.from(named("details"), ([name, details]) => [name, details.open]);
    const focus = Array.from(named(FOCUSABLE)).find(([, element]) => element === document.activeElement);
    store(PLACE, { x: scrollX, y: scrollY, marks: inView.slice(0, MARKS).map(({ text, box }) => [text, box.top]), open, focus: focus ? focus[0] : "" });
    // The browser knows only how far the former page was scrolled.
    history.scrollRestoration = "manual";
  }

  function restore() {
    const place = stored(PLACE);
    if (!place) return;
    sessionStorage.removeItem(PLACE);
    const details = named("details");
    for (const [name, open] of place.open) if (details.has(name)) details.get(name).open = open;
    const focus = named(FOCUSABLE).get(place.focus);
    if (focus) focus.focus({ preventScroll: true });
    const go = () => scrollTo({ left: place.x, top: place.y > 0 ? heightOf(place) : 0, behavior: "instant" });
    go();
    // Images and fonts may move the text once more, unless the reader has moved it by then.
    let moved = false;
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, () => (moved = true), { once: true, passive: true });
    addEventListener("load", () => moved || go());
    // Not before: as soon as it is asked to, the browser scrolls. It is to do so when the reader comes back.
    addEventListener("pagehide", () => {
      if (!leaving) history.scrollRestoration = "auto";
    });
  }

  /** Returns how far to scroll so that the first block that is still there stands where it stood. */
  function heightOf(place) {
    const blocks = Array.from(document.querySelectorAll(BLOCKS));
    for (const [text, top] of place.marks) {
      const heights = blocks.filter((block) => textOf(block) === text).map((block) => scrollY + block.getBoundingClientRect().top - top);
      // Words that stand in several places are those nearest to where they were.
      heights.sort((one, other) => Math.abs(one - place.y) - Math.abs(other - place.y));
      if (heights.length) return heights[0];
    }
    return place.y;
  }

  /* Overlay ---------------------------------------------------------------- */

  function make(name, text, ...children) {
    const element = document.createElement(name);
    if (text) element.className = text;
    element.append(...children);
    return element;
  }

  function quote(lines) {
    const [before, fault, after] = lines.parts;
    const number = make("span", "number", String(lines.first));
    return make("pre", "", number, before, make("mark", "", fault), after);
  }

  function entry(finding) {
    const head = make("p", "", make("strong", finding.severity, finding.severity + "[" + finding.rule + "]"), " " + finding.message);
    const item = make("li", "", head, make("p", "place", finding.file + ":" + finding.line + ":" + finding.column));
    if (finding.quote) item.append(quote(finding.quote));
    if (finding.help) item.append(make("p", "help", "help: " + finding.help));
    return item;
  }

  const counted = (number, word) => number + " " + word + (number === 1 ? "" : "s");

  /** Makes the overlay, which stays in the page and shows nothing yet. */
  function makeOverlay() {
    const host = document.createElement("throughline-findings");
    const style = make("link");
    style.rel = "stylesheet";
    style.href = "/_throughline/overlay.css";
    const lost = make("p", "lost", "The preview does not answer: is `throughline watch` still running?");
    const summary = make("summary");
    const list = make("div");
    const all = make("a", "", "All findings");
    all.href = "/_throughline/";
    const body = make("div", "body", list, make("p", "", all));
    // It scrolls, so it must be within the keyboard's reach.
    Object.assign(body, { role: "region", ariaLabel: "Findings", tabIndex: 0 });
    const box = make("details", "", summary, body);
    const status = make("p", "status");
    status.role = "status";
    lost.hidden = true;
    box.hidden = true;
    host.attachShadow({ mode: "open" }).append(style, status, lost, box);
    document.documentElement.append(host);
    return { lost, summary, list, body, box, status };
  }

  const overlay = makeOverlay();
  let shown = ""; // What the author opens and puts away: the errors, and all warnings as one.

  /** Opens or closes the findings, and remembers it until there are other errors. */
  function choose(open) {
    store(CHOICE, { shown, open });
  }

  overlay.summary.addEventListener("click", () => choose(!overlay.box.open));
  overlay.box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    overlay.box.open = false;
    overlay.summary.focus();
    choose(false);
  });

  /** Returns what the overlay says in one line; nothing where it has nothing to show. */
  function headline(state, warnings) {
    const counts = [];
    // The reviewer's view lists all errors itself.
    if (!state.failure && !state.findings.length) return "";
    if (state.failure) counts.push("the site cannot be made");
    if (state.errors) counts.push(counted(state.errors, "error"));
    if (warnings) counts.push(counted(warnings, "warning") + " on this page");
    return counts.join(", ");
  }

  /** Shows errors open, and warnings of this page as one line that opens. */
  function show(state) {
    const errors = state.findings.filter((finding) => finding.severity === "error");
    const pressing = Boolean(state.failure) || errors.length > 0;
    const { box, list, status, summary } = overlay;
    summary.textContent = headline(state, state.findings.length - errors.length);
    // Said aloud when it changes.
    if (status.textContent !== summary.textContent) status.textContent = summary.textContent;
    box.hidden = !summary.textContent;
    box.className = pressing ? "pressing" : "";
    const key = JSON.stringify([state.failure, errors.map((finding) => [finding.rule, finding.file, finding.message].join(" ")).sort()]);
    if (key !== shown) {
      shown = key;
      const choice = stored(CHOICE);
      box.open = choice && choice.shown === key ? choice.open : pressing;
    }
    list.replaceChildren();
    if (state.kept) list.append(make("p", "kept", "This page is the last good version."));
    if (state.failure) list.append(make("pre", "failure", state.failure));
    if (state.findings.length) list.append(make("ul", "", ...state.findings.map(entry)));
    if (errors.length < state.errors) list.append(make("p", "", "And " + counted(state.errors - errors.length, "more error") + "."));
  }

  /* The server ------------------------------------------------------------ */

  let pause = 100;
  let waiting = 0;

  function take(state) {
    if (state.version === version) {
      show(state);
      return;
    }
    remember();
    location.reload();
  }

  function follow() {
    const socket = new WebSocket("ws://" + location.host + "/_throughline/socket");
    socket.addEventListener("open", () => {
      pause = 100;
      clearTimeout(waiting);
      waiting = 0;
      overlay.lost.hidden = true;
      socket.send(location.pathname);
    });
    socket.addEventListener("message", (event) => take(JSON.parse(event.data)));
    // The preview has ended, or begins again soon.
    socket.addEventListener("close", () => {
      waiting = waiting || setTimeout(() => (overlay.lost.hidden = false), PATIENCE);
      setTimeout(follow, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  }

  restore();
  follow();
})();
