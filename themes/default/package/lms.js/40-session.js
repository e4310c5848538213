/* The session at the platform: seeking -> alone | saved <-> unsaved -> ended. In review, and where a newer version has written, nothing is written.
 *
 * A change is saved half a second later, when the page is hidden, and when it goes away, which also ends the session. What the platform does not take is
 * tried again after growing pauses. */
(function (player) {
  "use strict";
  const { learning } = player;

  const SOON = 500; // milliseconds after a change
  const SLOW = 2000; // until what is on its way counts as not saved
  const MOST = 60000; // the longest pause
  const listeners = [];
  let platform = null;
  let state = "seeking";
  let { mastery } = player;
  let isOpen = false; // the platform has begun, and may be written to
  let isReading = false; // it has begun, and must not
  let isDirty = false; // something is not saved
  let wasComplete = false;
  let saving = null;
  let failures = 0;
  let timer = 0;

  /* Time counts while the page can be seen. */

  let counted = 0;
  let since = document.visibilityState === "visible" ? performance.now() : null;
  const seconds = () => (counted + (since === null ? 0 : performance.now() - since)) / 1000;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") since = since === null ? performance.now() : since;
    else {
      counted = seconds() * 1000;
      since = null;
      collect();
      save();
    }
  });

  /* A leave prompt stands only while something would be lost. */

  const ask = (event) => event.preventDefault();
  let isAsking = false;
  function show(now) {
    state = now;
    const asks = state === "unsaved" && isDirty;
    if (asks !== isAsking) (asks ? addEventListener : removeEventListener)("beforeunload", ask);
    isAsking = asks;
    listeners.forEach((listener) => listener(state));
  }

  /** Lets the page in the frame say where it is before that is saved. */
  function collect() {
    try {
      if (store.before) store.before();
    } catch { /* that page is gone */ }
  }

  function record() {
    const now = Object.assign(learning.record(mastery), { seconds: seconds(), wasComplete });
    wasComplete = wasComplete || now.complete;
    return now;
  }

  function later(attempt) {
    show("unsaved");
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(attempt, Math.min(MOST, 1000 * 2 ** failures));
  }

  async function begin() {
    try {
      const kept = await platform.begin();
      const known = kept.ended ? null : player.state.read(kept.state);
      if (state === "ended") return;
      if (kept.ended) return show("ended");
      if (kept.mastery !== undefined) mastery = kept.mastery;
      isReading = Boolean(kept.review) || known === "newer";
      isOpen = !isReading;
      wasComplete = Boolean(kept.complete);
      failures = 0;
      learning.restore(known === "newer" ? null : known, kept.location);
      show(known === "newer" ? "newer" : isReading ? "review" : "saved");
      if (isDirty && isOpen) save();
    } catch {
      // A page that is shown again has ended its session before, and not every platform begins another.
      const [shown] = performance.getEntriesByType("navigation");
      if (shown && shown.type !== "navigate") show("ended");
      else later(begin);
    }
  }

  /** Saves what is not saved; promises whether that went well. */
  function save() {
    if (!isOpen) return Promise.resolve(!platform || isReading);
    if (saving) return saving.then(() => (isDirty ? save() : true));
    clearTimeout(timer);
    saving = attempt().then((went) => {
      saving = null;
      return went;
    });
    return saving;
  }

  async function attempt() {
    isDirty = false;
    // A platform that answers at once has answered before anything is shown.
    const slow = setTimeout(() => {
      isDirty = true;
      show("unsaved");
    }, SLOW);
    try {
      const changes = counter;
      await platform.save(record());
      failures = 0;
      isDirty = changes !== counter;
      if (isOpen) show("saved");
      if (isDirty) soon();
      return true;
    } catch {
      isDirty = true;
      if (isOpen) later(save);
      return false;
    } finally {
      clearTimeout(slow);
    }
  }

  let counter = 0; // of changes
  function soon() {
    if (!isOpen || failures) return; // a pause is a pause
    clearTimeout(timer);
    timer = setTimeout(save, SOON);
  }

  /** Ends the session at once, as the page goes away. */
  function end() {
    const was = { isOpen, isReading };
    isOpen = isReading = isDirty = false;
    clearTimeout(timer);
    if (platform) show("ended");
    if (!was.isOpen && !was.isReading) return null;
    try {
      return platform.end(was.isOpen ? record() : null, seconds());
    } catch {
      return null; // nobody is left to tell
    }
  }

  addEventListener("online", () => {
    if (state === "unsaved") (isOpen ? save : begin)();
  });
  addEventListener("pagehide", () => {
    collect();
    end();
  });
  // A page that the browser kept has no session any more.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  /** What the site's script keeps everything through. */
  const store = (window.throughlineStore = {
    read: learning.read,
    write(written) {
      learning.take(written);
      isDirty = true;
      counter += 1;
      if (state === "unsaved") show(state);
      soon();
    },
    /** Ends the session before the page is replaced by another site's. */
    leave: () => {
      collect();
      end();
    },
    /** Set by a page that has something to note before it is left. */
    before: null,
    /** The colours that were chosen; they last as long as the frame does. */
    scheme: "",
    get records() { return isOpen; },
  });

  player.session = {
    /** Begins with a platform; null where there is none. Promises when the first attempt is over. */
    start(found) {
      platform = found;
      if (platform) return begin();
      show("alone");
      return Promise.resolve();
    },
    listen: (listener) => listeners.push(listener),
    /** Saves and ends the session; promises whether all was saved. */
    async leave() {
      collect();
      if (!(await save())) return false;
      await end();
      return true;
    },
    get returnTo() { return (platform && platform.returnTo) || ""; },
  };
})(window.throughlinePlayer);
