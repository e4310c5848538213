/* The path that somebody has chosen: which modules and lessons belong to it, and where it goes on. It is kept with the progress and forgotten with it. */
(function (site) {
  "use strict";
  const { one, all, fill, pathOf, store } = site;
  const known = (document.body.dataset.allRoutes || "").split(" ").filter(Boolean);
  const isIn = (list) => (list || "").split(" ").includes(chosen());
  const folderOf = (link) => pathOf(new URL(".", link.href));
  const list = () => all("[data-route]").find((item) => item.dataset.route === chosen());

  /** Returns the id of the chosen path; nothing where the site no longer has it. */
  function chosen() {
    return known.includes(store.data.route) ? store.data.route : "";
  }

  site.route = {
    /** Returns whether a lesson belongs to the chosen path, as far as the page can tell. */
    takes(path) {
      if (!chosen()) return true;
      const item = list();
      if (item) {
        return all("[data-route-module]", item).some((module) => {
          const lessons = all("[data-route-lesson]", module);
          return lessons.length ? lessons.some((link) => pathOf(link.href) === path) : path.startsWith(folderOf(one("a", module)));
        });
      }
      const entry = all("[data-lesson]").find((link) => pathOf(link.href) === path);
      return !entry || isIn(entry.closest("[data-routes]").dataset.routes);
    },
    /** Returns how many lessons of a folder the chosen path takes, and their minutes; nothing where none is chosen. */
    size(folder) {
      if (!chosen()) return null;
      const item = list();
      if (item) return folder ? (all("[data-route-module]", item).find((module) => folderOf(one("a", module)) === folder) || { dataset: { of: 0 } }).dataset : item.dataset;
      const lessons = all("[data-lesson]").filter((link) => isIn(link.closest("[data-routes]").dataset.routes));
      return { of: lessons.length, minutes: lessons.reduce((sum, link) => sum + Number(link.dataset.minutes || 0), 0) };
    },
    /** Returns the first module of the chosen path that is not done, on the page that lists them. */
    open(entries) {
      const item = chosen() && list();
      const isDone = (module) => entries.filter(([path, lesson]) => lesson.done && path.startsWith(folderOf(one("a", module))) && site.route.takes(path)).length >= Number(module.dataset.of);
      const module = item && all("[data-route-module]", item).find((module) => !isDone(module));
      const link = module && one("a", module);
      return link && { path: pathOf(link.href), title: link.textContent };
    },
    /** Returns the line that says where the chosen path goes on, where that is not where everybody does. */
    way: () => chosen() && all("[data-route-way]").find((way) => isIn(way.dataset.routeWay)),
  };
  if (!known.length) return;

  function show() {
    for (const part of all("[data-routes]")) {
      const isOff = Boolean(chosen()) && !isIn(part.dataset.routes);
      part.classList.toggle("off-route", isOff);
      all("[data-off-route]", part).forEach((note) => (note.hidden = !isOff));
    }
    all("[data-route-everything]").forEach((line) => (line.hidden = Boolean(chosen())));
    const way = site.route.way();
    all("[data-route-way]").forEach((line) => (line.hidden = line !== way));
    all(".pagination .to-next, .rail-next").forEach((link) => (link.hidden = Boolean(way)));
    for (const item of all("[data-route]")) {
      const isChosen = item.dataset.route === chosen();
      all("[data-route-chosen]", item).forEach((mark) => (mark.hidden = !isChosen));
      const button = one("[data-route-choose]", item);
      if (!button) continue;
      button.hidden = false;
      button.dataset.choose = button.dataset.choose || button.firstChild.data;
      button.firstChild.data = isChosen ? button.dataset.back : button.dataset.choose;
    }
  }

  const status = one("[data-route-said]");
  for (const button of all("[data-route-choose]")) {
    button.addEventListener("click", () => {
      const item = button.closest("[data-route]");
      store.change((data) => {
        if (data.route === item.dataset.route) delete data.route;
        else data.route = item.dataset.route;
      });
      const name = one("h3", item).firstChild.data.trim();
      status.textContent = chosen() ? fill(status.dataset.shown, { name }) + (store.kept ? "" : " " + status.dataset.forgotten) : status.dataset.everything;
    });
  }
  store.listen(show);
  show();
})(window.throughline);
