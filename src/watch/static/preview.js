/* Follows the sources while a page is open in `throughline watch`: reloads it when it has changed, keeps its scroll position, and shows what is wrong.
 *
 * An external classic script, so that the strictest content security policy allows it. Puts text into the page only as text. */
(function () {
  "use strict";

  const script = document.currentScript;
  const version = script.dataset.version;
  const PLACE = "throughline-preview:" + location.pathname;
  let overlay = null;
  let closed = ""; // The findings that the author has put away.
  let pause = 100;

  /* Scroll position ------------------------------------------------------ */

  /** Remembers the first element with an id that is in view, since what stands above it may change. */
  function remember() {
    const seen = Array.from(document.querySelectorAll("main [id]")).find((element) => element.getBoundingClientRect().bottom > 0);
    const place = { y: scrollY, x: scrollX, id: seen ? seen.id : "", offset: seen ? seen.getBoundingClientRect().top : 0, focus: document.activeElement ? document.activeElement.id : "" };
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(place));
      history.scrollRestoration = "manual";
    } catch {
      // Without storage the browser does what it can.
    }
  }

  function restore() {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
    } catch {
      return;
    }
    if (!place) return;
    const focus = place.focus && document.getElementById(place.focus);
    if (focus) focus.focus({ preventScroll: true });
    const go = () => {
      const mark = place.y > 0 && place.id ? document.getElementById(place.id) : null;
      const y = mark ? scrollY + mark.getBoundingClientRect().top - place.offset : place.y;
      scrollTo({ left: place.x, top: y, behavior: "instant" });
    };
    go();
    // Images and fonts may move the text once more, unless the author has moved it by then.
    let moved = false;
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, () => (moved = true), { once: true, passive: true });
    addEventListener("load", () => {
      if (!moved) go();
      history.scrollRestoration = "auto";
    });
  }

  /* Overlay -------------------------------------------------------------- */

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
    const item = make("li", finding.own ? "own" : "", head, make("p", "place", finding.file + ":" + finding.line + ":" + finding.column));
    if (finding.quote) item.append(quote(finding.quote));
    if (finding.help) item.append(make("p", "help", "help: " + finding.help));
    return item;
  }

  function counted(number, word) {
    return number + " " + word + (number === 1 ? "" : "s");
  }

  /** Shows errors open, and warnings of this page as one line that opens. */
  function show(state) {
    if (overlay) overlay.remove();
    overlay = null;
    const errors = state.findings.filter((finding) => finding.severity === "error");
    if (!state.failure && state.findings.length === 0) return;
    const pressing = Boolean(state.failure) || errors.length > 0;
    const key = JSON.stringify([state.failure, state.findings.map((finding) => [finding.rule, finding.file, finding.message])]);

    overlay = document.createElement("throughline-findings");
    const root = overlay.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_throughline/overlay.css";
    const box = make("details", pressing ? "pressing" : "");
    box.open = pressing && closed !== key;
    box.addEventListener("toggle", () => {
      closed = box.open ? "" : key;
    });
    const warnings = state.findings.length - errors.length;
    const counts = [];
    if (state.failure) counts.push("the site cannot be made");
    if (state.errors) counts.push(counted(state.errors, "error"));
    if (warnings) counts.push(counted(warnings, "warning") + " on this page");
    box.append(make("summary", "", counts.join(", ")));
    const body = make("div", "body");
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", "Findings");
    if (state.kept) body.append(make("p", "kept", "This page is shown as it was before."));
    if (state.failure) body.append(make("pre", "failure", state.failure));
    if (state.findings.length) body.append(make("ul", "", ...state.findings.map(entry)));
    if (errors.length < state.errors) body.append(make("p", "", "And " + (state.errors - errors.length) + " more."));
    const all = make("a", "", "All findings");
    all.href = "/_throughline/";
    body.append(make("p", "", all));
    box.append(body);
    root.append(style, box);
    document.documentElement.append(overlay);
  }

  /* The server ------------------------------------------------------------ */

  function take(state) {
    if (state.version !== version) {
      remember();
      location.reload();
      return;
    }
    if (document.body) show(state);
  }

  function follow() {
    const socket = new WebSocket("ws://" + location.host + "/_throughline/socket");
    socket.addEventListener("open", () => {
      pause = 100;
      socket.send(location.pathname);
    });
    socket.addEventListener("message", (event) => take(JSON.parse(event.data)));
    // The preview has ended, or begins again soon.
    socket.addEventListener("close", () => {
      setTimeout(follow, pause);
      pause = Math.min(pause * 2, 5000);
    });
  }

  restore();
  follow();
})();
