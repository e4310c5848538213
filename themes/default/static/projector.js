/* Shows a module one screen at a time: a heading with its text, or a block. The keys of a presenter go on and back; without scripts the page is read
 * from top to bottom. */
(function (site) {
  "use strict";
  const { one, all, make, html, targetOf } = site;
  const box = one("[data-projector]");
  const bar = one("[data-screens]", box);
  const count = one("[data-screen-count]", bar);

  /** Gathers the parts of a lesson into screens: a block, a drawing or a table has one of its own; text goes with the heading above it. */
  function divide(lesson) {
    let screen = null;
    for (const part of Array.from(lesson.children)) {
      const isAlone = part.matches(".block, .diagram, .table, figure");
      if (!screen || isAlone || screen.isClosed || part.matches("h2, h3")) {
        const element = make("div", { className: "screen" });
        part.before(element);
        screen = { element, isClosed: isAlone };
      }
      screen.element.append(part);
    }
  }
  all(".screens-of", box).forEach(divide);
  const screens = all(".screen", box);
  /** Sizes of letters, as multiples of the usual: the largest with which a screen fits the window is taken, and the last in any case. */
  const SIZES = [1.4, 1.3, 1.2, 1.1, 1, 0.9];
  let at = 0;

  function fit() {
    for (const size of SIZES) {
      box.style.fontSize = size + "em";
      if (html.scrollHeight <= innerHeight) return;
    }
  }

  function show(to, focus) {
    at = Math.max(0, Math.min(to, screens.length - 1));
    screens.forEach((screen, index) => (screen.hidden = index !== at));
    all(".screens-of", box).forEach((lesson) => (lesson.hidden = !lesson.contains(screens[at])));
    // Who projects begins at the first screen, with what stands around every page; the others have the window to themselves.
    html.dataset.projector = at ? "on" : "";
    fit();
    count.textContent = at + 1 + " / " + screens.length;
    history.replaceState(null, "", "#" + (at + 1));
    scrollTo(0, 0);
    if (!focus) return;
    screens[at].tabIndex = -1;
    screens[at].focus({ preventScroll: true });
  }
  bar.hidden = false;
  addEventListener("resize", fit);
  one("[data-screen-on]", bar).addEventListener("click", () => show(at + 1));
  one("[data-screen-back]", bar).addEventListener("click", () => show(at - 1));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const isControl = event.target.closest("a, button, summary");
    const to = { ArrowRight: at + 1, PageDown: at + 1, ArrowLeft: at - 1, PageUp: at - 1, Home: 0, End: screens.length - 1, " ": isControl ? undefined : at + 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to, true);
  });
  const wanted = Number(location.hash.slice(1));
  const target = targetOf(location.hash);
  const found = target ? screens.findIndex((screen) => screen.contains(target)) : wanted - 1;
  show(found > 0 ? found : 0);
})(window.throughline);
