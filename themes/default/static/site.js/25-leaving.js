/* The way out: the page is emptied at once and replaced in the history, so that "back" does not return here. Shift three times does the same. */
(function (site) {
  "use strict";

  const link = site.one("[data-exit]");
  if (!link) return;

  // What one jumps to stops below the bar, however many lines its words take.
  const bar = link.closest(".exit");
  new ResizeObserver(() => document.documentElement.style.setProperty("--exit-height", Math.ceil(bar.getBoundingClientRect().height) + "px")).observe(bar);
  const WITHIN = 5000; // milliseconds from the first press to the third

  function leave() {
    document.title = "";
    document.body.hidden = true;
    if (site.platform) {
      try {
        site.platform.leave(); // saves and ends the session first
        top.location.replace(link.href);
        return;
      } catch { /* the page around does not let go: this frame at least is emptied */ }
    }
    location.replace(link.href);
  }
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = 0;
  let first = 0;
  let alone = false;
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && (!event.repeat || alone);
    if (!alone) presses = 0; // Shift and a letter is writing
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    if (!presses || Date.now() - first > WITHIN) {
      presses = 0;
      first = Date.now();
    }
    presses += 1;
    if (presses === 3) leave();
    else site.announce(presses === 2 ? link.dataset.once : link.dataset.twice);
  });
})(window.throughline);
