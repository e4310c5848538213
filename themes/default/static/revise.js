/* Lists the questions that come back: those to answer now, and those to come, each with a link to its place. */
(function (site) {
  "use strict";
  const { one, make, store, html, root } = site;
  const box = one("[data-revision]");

  function line({ path, id, lesson, answer }, date) {
    const address = new URL(encodeURI(path) + "#" + encodeURIComponent(id), root).href;
    // An imported file must not lead elsewhere.
    if (!address.startsWith(root.href)) return "";
    const link = make("a", { href: address, textContent: (answer.title || box.dataset.question) });
    const when = date && answer.again.due ? make("span", { className: "quiet", textContent: " " + new Date(answer.again.due + "T12:00").toLocaleDateString(html.lang || undefined, { dateStyle: "long" }) }) : "";
    return make("li", {}, link, " ", make("span", { className: "quiet", textContent: lesson.title || path }), when);
  }

  function show() {
    if (!store.kept) return box.replaceChildren(make("p", { textContent: box.dataset.off }));
    const all = Object.entries(store.data.lessons).flatMap(([path, lesson]) =>
      Object.entries(lesson.questions).filter(([, answer]) => answer.again).map(([id, answer]) => ({ path, id, lesson, answer })));
    const due = all.filter(({ answer }) => store.isDue(answer));
    const later = all.filter(({ answer }) => !store.isDue(answer)).sort((a, b) => a.answer.again.due.localeCompare(b.answer.again.due));
    box.replaceChildren(
      ...(due.length ? [make("h2", { textContent: box.dataset.now }), make("ol", {}, ...due.map((one) => line(one)))] : [make("p", { textContent: box.dataset.none })]),
      ...(later.length ? [make("h2", { textContent: box.dataset.later }), make("ol", {}, ...later.map((one) => line(one, true)))] : []));
  }
  store.listen(show);
  show();
})(window.throughline);
