/* The player of a package: shows the site in a frame, and keeps what the learner does in the learning platform around it.
 *
 * One classic script, so that it runs under a policy without inline scripts and without eval. What the package holds is in `throughlinePackage`, which
 * package.js sets. Nothing about the learner goes to the device, apart from what one cmi5 session needs until its tab is closed.
 * The build joins the parts of this folder into one file, in the order of their names, behind the platform's; they share `window.throughlinePlayer`. */
window.throughlinePlayer = (function () {
  "use strict";

  const data = window.throughlinePackage;
  const own = document.body.dataset.module;
  const lessons = data.modules.flatMap((module) => module.lessons);

  /** Returns things by their keys, the former ones too. */
  function byKey(things) {
    const found = new Map();
    for (const thing of things) for (const key of thing.former || []) found.set(key, thing);
    for (const thing of things) found.set(thing.key, thing);
    return found;
  }
  /** Returns what all lessons have of a kind, each with its lesson. */
  const inAll = (kind) => lessons.flatMap((lesson) => (lesson[kind] || []).map((thing) => Object.assign(thing, { lesson })));

  return {
    data,
    /** The module that this page is about: what counts for completion and score. */
    module: data.modules.find(({ id }) => id === own) || data.modules[0],
    lessons,
    /** The share of right answers that passes; null where nothing does. */
    mastery: typeof data.mastery === "number" ? data.mastery / 100 : null,
    /** The lesson with an address, be it a former one. */
    lessonAt: (address) => lessons.find((lesson) => lesson.address === address) || lessons.find((lesson) => (lesson.aliases || []).includes(address)),
    byKey: { lesson: byKey(lessons), question: byKey(inAll("questions")), scenario: byKey(inAll("scenarios")) },
    /** Rounds to two decimals: platforms refuse more. */
    round: (number) => Math.round(number * 100) / 100,
  };
})();
