/* What is known about the learner, and where it is kept: on this device once the learner has asked, or by the learning platform around the site.
 *
 * A lesson goes by its address, an answer by its question's id and a digest of the options: where these have changed, it is dropped. Until
 * somebody asks, all this lives in the page alone. */
(function (site) {
  "use strict";

  const SCHEMA = 2;
  /** Days until a question comes back, by how often it was right since it was wrong. */
  const DAYS = [1, 3, 7, 21];
  // Curricula on one origin, or in one shared drive, must not mix: the key holds the site's path.
  const KEY = "throughline:" + site.root.pathname;
  const { platform, isPackaged } = site;
  const listeners = [];
  let isNewer = false; // a later version of this script wrote it: it is neither read nor written over
  let fails = false;
  let data = read();
  let kept = Boolean(data);
  data = data || empty();
  if (platform) {
    kept = !isNewer;
    platform.before = null; // the last page's
  }

  function empty() {
    return { kind: "throughline-progress", schema: SCHEMA, lessons: {} };
  }

  function read() {
    try {
      if (platform) return sound(platform.read());
      return isPackaged ? null : sound(JSON.parse(localStorage.getItem(KEY)));
    } catch {
      return null;
    }
  }

  function write() {
    if (isNewer) return;
    try {
      if (platform) platform.write(data);
      else localStorage.setItem(KEY, JSON.stringify(data));
    } catch {
      fails = true;
    }
  }

  /** Copies what is well formed from stored or imported data, of the first version too; null when it is not progress at all. */
  function sound(found) {
    if (!found || found.kind !== "throughline-progress" || typeof found.lessons !== "object") return null;
    if (found.schema > SCHEMA) isNewer = true;
    if (found.schema !== 1 && found.schema !== SCHEMA) return null;
    const copy = empty();
    for (const [path, lesson] of Object.entries(found.lessons || {})) {
      if (path !== "__proto__" && lesson && typeof lesson === "object") copy.lessons[path] = soundLesson(lesson);
    }
    if (typeof found.route === "string") copy.route = found.route;
    if (found.last && typeof found.last.path === "string") {
      copy.last = { path: found.last.path, title: String(found.last.title), section: String(found.last.section || "") };
    }
    return copy;
  }

  function soundLesson(lesson) {
    const copy = { questions: {}, scenarios: {} };
    for (const key of ["done", "title"]) if (typeof lesson[key] === "string") copy[key] = lesson[key];
    if (Number.isFinite(lesson.minutes)) copy.minutes = lesson.minutes;
    if (lesson.next && typeof lesson.next.path === "string") copy.next = { path: lesson.next.path, title: String(lesson.next.title) };
    for (const [id, answer] of Object.entries(lesson.questions || {})) {
      if (id === "__proto__" || !answer || !Array.isArray(answer.chosen)) continue;
      const own = (copy.questions[id] = { chosen: answer.chosen.map(String), right: answer.right === true });
      for (const key of ["options", "title"]) if (typeof answer[key] === "string") own[key] = answer[key];
      if (answer.again && Number.isInteger(answer.again.step)) own.again = { step: answer.again.step, due: String(answer.again.due || "") };
    }
    for (const [id, walked] of Object.entries(lesson.scenarios || {})) {
      if (id !== "__proto__" && Array.isArray(walked)) copy.scenarios[id] = walked.filter(Number.isInteger);
    }
    return copy;
  }

  const day = (ahead) => {
    const date = new Date();
    date.setDate(date.getDate() + ahead);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  };

  site.store = {
    platform,
    get data() { return data; },
    get kept() { return kept; },
    get isNewer() { return isNewer; },
    get fails() { return fails; },
    /** Calls back after every change. */
    listen: (listener) => listeners.push(listener),
    /** Changes what is known; it is kept if that was asked for. */
    change(change) {
      if (kept && !fails) {
        const stored = read(); // another tab may have written since
        if (stored) data = stored;
        else if (!platform) kept = false; // or forgotten
      }
      change(data);
      if (kept) write();
      listeners.forEach((listener) => listener());
    },
    /** Starts keeping, with what this page knows already. */
    begin() {
      kept = !isNewer;
      write();
      listeners.forEach((listener) => listener());
    },
    /** Forgets everything, here and where it was kept. */
    forget() {
      data = empty();
      if (platform) write();
      else {
        kept = false;
        try {
          localStorage.removeItem(KEY);
        } catch { /* nothing was kept */ }
      }
      listeners.forEach((listener) => listener());
    },
    /** Returns what a file that somebody loads holds, or null. */
    sound: (found) => {
      const before = isNewer;
      const copy = sound(found);
      isNewer = before;
      return copy;
    },
    /** Returns the entry of a lesson, this page's if none is named. */
    lesson: (path = site.here) => (data.lessons[path] = data.lessons[path] || { questions: {}, scenarios: {} }),
    isDone: (path) => Boolean(kept && data.lessons[path] && data.lessons[path].done),
    /** Notes an answer, and when its question comes back: never if it was right at once. */
    answer(id, answer) {
      site.store.change(() => {
        const questions = site.store.lesson().questions;
        const before = questions[id] && questions[id].again;
        const step = answer.right ? (before ? before.step + 1 : DAYS.length) : 0;
        // A question that was wrong comes back on its day, not with every try on the same page.
        const early = answer.right && before && before.due > day(0);
        // A learning platform keeps no days: what is wrong comes back until it is right.
        if (platform) questions[id] = answer.right ? answer : { ...answer, again: { step: 0, due: "" } };
        else questions[id] = early ? { ...answer, again: before } : step < DAYS.length ? { ...answer, again: { step, due: day(DAYS[step]) } } : answer;
      });
    },
    isDue: (answer) => Boolean(answer && answer.again) && answer.again.due <= day(0),
  };

  // A lesson that has moved takes its entry along.
  const before = (document.body.dataset.aliases || "").split("|").find((alias) => alias && data.lessons[alias]);
  if (before && kept && !data.lessons[site.here]) {
    data.lessons[site.here] = data.lessons[before];
    delete data.lessons[before];
    write();
  }
})(window.throughline);
