/* The page around the frame: what it says about the session, the button to leave, and the frame itself. */
(function (player) {
  "use strict";
  const { session, learning } = player;

  const PATIENCE = 3000; // milliseconds until the site is shown without waiting for the platform
  const html = document.documentElement;
  const status = document.querySelector("[data-status]");
  const leave = document.querySelector("[data-leave]");
  const frame = document.querySelector("[data-start]");

  function say(name) {
    document.body.dataset.state = name;
    if (status.textContent !== status.dataset[name]) status.textContent = status.dataset[name];
    leave.hidden = !/^(saved|unsaved|review)$/.test(name);
  }
  session.listen(say);

  let isShown = false;
  function show() {
    if (isShown) return;
    isShown = true;
    const place = learning.place;
    frame.src = place ? new URL("site/" + encodeURI(place), location.href.split("?")[0]).href : frame.dataset.start;
  }

  /** Prints the page in the frame alone: through the frame, a line of text may be cut by the edge of the paper. */
  function printPage(event) {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    frame.contentWindow.print();
  }
  addEventListener("keydown", printPage);
  frame.addEventListener("load", () => {
    // Keys go to the page at once: the way out by the keyboard is there.
    if (document.activeElement === document.body) frame.contentWindow.focus();
    try {
      document.title = frame.contentDocument.title || document.title;
      frame.contentWindow.addEventListener("keydown", printPage);
    } catch { /* another site's page */ }
  });

  /** Colours that a learner chooses in the frame are worn around it too. */
  Object.defineProperty(window.throughlineStore, "scheme", {
    get: () => html.dataset.scheme || "",
    set: (name) => (html.dataset.scheme = name),
  });

  leave.addEventListener("click", async () => {
    leave.disabled = true;
    const isSaved = await session.leave();
    leave.disabled = false;
    if (!isSaved) return;
    if (session.returnTo) return location.replace(session.returnTo);
    say("left");
    frame.remove();
    status.tabIndex = -1;
    status.focus();
    window.close(); // where the platform has opened a window for this
  });

  /* On paper the frame is as long as what it shows. */

  addEventListener("beforeprint", () => {
    try {
      frame.style.blockSize = frame.contentDocument.documentElement.scrollHeight + "px";
    } catch { /* another site's page */ }
  });
  addEventListener("afterprint", () => (frame.style.blockSize = ""));

  say("seeking");
  setTimeout(show, PATIENCE);
  session.start(window.throughlinePlatform(player, player.mastery)).then(show);
})(window.throughlinePlayer);
