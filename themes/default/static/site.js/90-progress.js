/* Progress as pages show it: the offer, what is done, what is left, where to carry on, and the learner's own copy. */
(function (site) {
  "use strict";
  const { here, one, all, make, fill, pathOf, store, root, route } = site;
  const panel = one("[data-progress]");
  if (!panel) return;
  const article = one("article.lesson");
  const doneButton = one("[data-progress-done]", panel);
  const offer = one("[data-progress-offer]");
  const entries = () => (store.kept ? Object.entries(store.data.lessons) : []);

  // The offer stands before the first question, so that no answer is lost.
  const first = one(".prose .block-question, .prose [data-scenario]");
  if (offer && first) first.before(offer);

  /** Returns a length of time as people say it. */
  const time = (minutes) => (minutes > 90 ? fill(panel.dataset.hours, { n: Math.round(minutes / 60) }) : fill(panel.dataset.minutes, { n: minutes }));

  /** Says how many lessons of a folder are done, and how much time the others take. */
  function showCount(line, folder) {
    const done = entries().filter(([path, lesson]) => path.startsWith(folder) && lesson.done && route.takes(path));
    const size = route.size(folder) || line.dataset;
    const of = Number(size.of || all("[data-lesson]").length);
    const left = Number(size.minutes || 0) - done.reduce((sum, [, lesson]) => sum + (lesson.minutes || 0), 0);
    const count = Math.min(done.length, of);
    line.hidden = !count;
    line.textContent = fill(line.dataset.text, { n: count, of }) + (count < of && left > 0 ? ", " + fill(panel.dataset.left, { time: time(left) }) : "");
  }

  /** Returns where to carry on: the lesson that was open last, or behind it the next one that is not done. */
  function wayOn() {
    let found = store.kept && store.data.last;
    const isBehind = (path) => store.isDone(path) || !route.takes(path);
    for (let steps = 0; found && isBehind(found.path) && steps < 10000; steps += 1) found = (store.data.lessons[found.path] || {}).next;
    return found && !isBehind(found.path) ? found : store.kept && store.data.last && route.open(entries());
  }

  function showResume(resume) {
    const next = wayOn();
    const address = next && new URL(encodeURI(next.path) + (next.section ? "#" + encodeURIComponent(next.section) : ""), root).href;
    resume.hidden = !address || !address.startsWith(root.href); // an imported file must not lead elsewhere
    if (resume.hidden) return;
    one("a", resume).href = address;
    one(".title", resume).textContent = next.title;
  }

  function showRevise(line) {
    const due = entries().flatMap(([, lesson]) => Object.values(lesson.questions)).filter(store.isDue).length;
    line.hidden = !due;
    one("a", line).textContent = fill(line.dataset.revise, { n: due });
  }

  function show() {
    panel.hidden = false;
    const said = one("[data-progress-kept]", panel);
    one("[data-progress-off]", panel).hidden = store.kept;
    one("[data-progress-on]", panel).hidden = !store.kept;
    const isClosed = store.isNewer || (site.isPackaged && !store.platform);
    if (isClosed) one("[data-progress-off] p", panel).textContent = store.isNewer ? said.dataset.newer : said.dataset.unrecorded;
    all("[data-progress-keep]").forEach((button) => (button.hidden = isClosed));
    if (store.platform) said.textContent = store.platform.records ? said.dataset.platform : said.dataset.unrecorded;
    // What a platform keeps is its own: it is neither loaded from a file nor forgotten here.
    one(".actions", panel).hidden = Boolean(store.platform);
    if (store.fails) said.textContent = said.dataset.failed;
    if (offer) offer.hidden = store.kept || isClosed || !first;
    if (doneButton) {
      doneButton.dataset.do = doneButton.dataset.do || doneButton.textContent;
      doneButton.textContent = store.isDone(here) ? doneButton.dataset.undo : doneButton.dataset.do;
      one("[data-done]").hidden = !store.isDone(here);
    }
    all("[data-lesson]").forEach((link) => (one(".done", link.closest("li")).hidden = !store.isDone(pathOf(link.href))));
    all(".siblings a").forEach((link) => link.classList.toggle("done", store.isDone(pathOf(link.href))));
    all("[data-module-progress]").forEach((line) => showCount(line, pathOf(new URL(".", new URL(line.dataset.moduleProgress, location.href)))));
    all("[data-route-progress]").forEach((line) => showCount(line, ""));
    all("[data-progress-resume]").forEach(showResume);
    all("[data-revise]").forEach(showRevise);
  }

  function noteLast(data) {
    data.last = { path: here, title: one("h1").textContent, section: site.section() };
    const entry = data.lessons[here];
    if (!entry) return;
    entry.title = data.last.title;
    const way = (route.way() || article).dataset;
    if (way.next) entry.next = { path: way.next, title: way.nextTitle };
    else delete entry.next;
  }

  const status = one("[data-progress-status]", panel);
  const say = (name) => {
    status.textContent = name ? status.dataset[name] : "";
  };
  const press = (name, action) => all("[data-progress-" + name + "]").forEach((button) => button.addEventListener("click", action));

  press("keep", (event) => {
    const atOffer = offer && offer.contains(event.target);
    store.begin();
    if (doneButton) store.change(noteLast);
    say("started");
    const next = atOffer && one("input, summary", first);
    (next || one("[data-progress-on] button", panel)).focus({ preventScroll: Boolean(next) });
  });
  press("done", () => {
    store.change((data) => {
      const lesson = store.lesson();
      if (lesson.done) delete lesson.done;
      else Object.assign(lesson, { done: new Date().toISOString().slice(0, 10), minutes: Number(article.dataset.minutes || 0) });
      noteLast(data);
    });
    say(store.isDone(here) ? "marked" : "unmarked");
  });
  press("export", () => {
    const link = make("a", { download: "progress.json", href: URL.createObjectURL(new Blob([JSON.stringify(store.data, null, 2)], { type: "application/json" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  const file = one("[data-progress-file]", panel);
  press("import", () => file.click());
  file.addEventListener("change", async () => {
    let found = null;
    try {
      found = store.sound(JSON.parse(await file.files[0].text()));
    } catch { /* said below */ }
    file.value = "";
    if (!found) return say("bad");
    store.change((data) => {
      Object.assign(data.lessons, found.lessons);
      data.last = found.last || data.last;
      data.route = found.route || data.route;
    });
    say("imported");
  });
  press("clear", () => {
    store.forget();
    say("cleared");
    const again = one("[data-progress-off] [data-progress-keep]", panel);
    if (!again.closest("[hidden]")) again.focus();
  });

  store.listen(show);
  // Leaving notes the section, so that the home page can lead back to it.
  if (doneButton && store.kept) store.change(noteLast);
  else show();
  if (!doneButton) return;
  const leaving = () => store.kept && store.change(noteLast);
  if (store.platform) store.platform.before = leaving;
  addEventListener("pagehide", leaving);
})(window.throughline);
