/* What scripts add to pages that already work without them.
 *
 * A classic script, so that it runs from file://. It makes no requests, puts text in pages only as text, and keeps nothing on the
 * device before the learner presses "Keep my progress on this device". Its words come from the page (`#page-words` and data attributes). */
(function () {
  "use strict";

  const root = new URL("..", document.currentScript.src);
  const html = document.documentElement;
  const here = document.body.dataset.path || "";
  const words = (document.getElementById("page-words") || html).dataset;
  const one = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** Makes an element; `properties` are set on it, `children` are elements or text. */
  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  /** Returns a link's path from the top of the site, or null when it leaves the site. */
  function pathOf(href) {
    const url = new URL(href, location.href);
    return url.origin === root.origin && url.pathname.startsWith(root.pathname) ? url.pathname.slice(root.pathname.length) : null;
  }

  /* Progress: what is kept ------------------------------------------------ */

  // Curricula on one origin, or in one shared drive, must not mix: the key holds the site's path.
  const KEY = "throughline:" + root.pathname;
  const emptyProgress = () => ({ kind: "throughline-progress", schema: 1, lessons: {} });
  const isLesson = Boolean(one("[data-progress-done]"));
  let progress = readProgress(); // null until the learner asks
  let storageFails = false;

  function readProgress() {
    try {
      return soundProgress(JSON.parse(localStorage.getItem(KEY)));
    } catch {
      return null;
    }
  }

  /** Copies what is well formed from stored or imported data; null when it is not progress at all. */
  function soundProgress(data) {
    if (!data || data.kind !== "throughline-progress" || data.schema !== 1 || typeof data.lessons !== "object") return null;
    const sound = emptyProgress();
    for (const [path, lesson] of Object.entries(data.lessons || {})) {
      if (path === "__proto__" || !lesson || typeof lesson !== "object") continue;
      const kept = (sound.lessons[path] = { questions: {} });
      if (typeof lesson.done === "string") kept.done = lesson.done;
      for (const [id, answer] of Object.entries(lesson.questions || {})) {
        if (id !== "__proto__" && answer && Array.isArray(answer.chosen)) kept.questions[id] = { chosen: answer.chosen.map(String), right: answer.right === true };
      }
    }
    if (data.last && typeof data.last.path === "string") {
      sound.last = { path: data.last.path, title: String(data.last.title), section: String(data.last.section || "") };
    }
    if (data.scheme === "light" || data.scheme === "dark") sound.scheme = data.scheme;
    return sound;
  }

  /** Changes what is kept, if the learner has asked for anything to be kept. */
  function keep(change) {
    if (!progress) return;
    progress = readProgress() || progress; // another tab may have written since
    change(progress);
    try {
      localStorage.setItem(KEY, JSON.stringify(progress));
    } catch {
      storageFails = true;
    }
    showProgress();
  }

  const lessonOf = (data) => (data.lessons[here] = data.lessons[here] || { questions: {} });

  /* Colours --------------------------------------------------------------- */

  const schemeSwitch = one("[data-scheme-switch]");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (html.dataset.scheme ? html.dataset.scheme === "dark" : systemDark.matches);
  const showScheme = () => schemeSwitch && schemeSwitch.setAttribute("aria-pressed", String(isDark()));

  if (progress && progress.scheme) html.dataset.scheme = progress.scheme;
  if (schemeSwitch) {
    schemeSwitch.hidden = false;
    showScheme();
    systemDark.addEventListener("change", showScheme);
    schemeSwitch.addEventListener("click", () => {
      html.dataset.scheme = isDark() ? "light" : "dark";
      showScheme();
      keep((data) => (data.scheme = html.dataset.scheme));
    });
  }

  /* Leaving and printing -------------------------------------------------- */

  const exit = one("[data-exit]");
  if (exit) {
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      document.title = "";
      document.body.hidden = true;
      location.replace(exit.href); // so that "back" does not return here
    });
  }

  const printButton = one("[data-print]");
  if (printButton) {
    printButton.hidden = false;
    printButton.addEventListener("click", () => print());
  }

  let openedForPrint = [];
  addEventListener("beforeprint", () => {
    openedForPrint = all("details:not([open])");
    openedForPrint.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => {
    openedForPrint.forEach((details) => (details.open = false));
    openedForPrint = [];
  });

  /* Rails: open beside the text, folded on phones -------------------------- */

  const wide = matchMedia("(min-width: 58em)");
  const foldRails = () => all(".rail .fold").forEach((fold) => (fold.open = wide.matches));
  foldRails();
  wide.addEventListener("change", foldRails);
  html.dataset.script = "";

  /* Drawings that scroll within themselves can be reached by keyboard --------- */

  const drawings = all(".diagram");
  const reachDrawings = () => drawings.forEach((drawing) => (drawing.scrollWidth > drawing.clientWidth + 1 ? (drawing.tabIndex = 0) : drawing.removeAttribute("tabindex")));
  if (drawings.length) {
    reachDrawings();
    addEventListener("resize", reachDrawings);
  }

  /* Contents: the current section ----------------------------------------- */

  const sections = all(".contents a[href^='#']")
    .map((link) => ({ link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((section) => section.heading && !section.link.closest(".to-topics"));
  let currentSection = null;

  function findSection() {
    let found = null;
    for (const section of sections) {
      if (section.heading.getBoundingClientRect().top < innerHeight * 0.35) found = section;
    }
    if (found === currentSection) return;
    if (currentSection) currentSection.link.removeAttribute("aria-current");
    if (found) found.link.setAttribute("aria-current", "location");
    currentSection = found;
  }
  if (sections.length) {
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        findSection();
      });
    }, { passive: true });
    findSection();
  }

  /* Topics: the definition where a topic is linked -------------------------- */

  const definitions = new Map(all("[data-topic-definition]").map((p) => [p.dataset.topicDefinition, p.textContent.trim()]));
  let note = null; // {link, box}

  function closeNote(refocus) {
    if (!note) return;
    const { link, box } = note;
    note = null;
    box.remove();
    link.setAttribute("aria-expanded", "false");
    if (refocus) link.focus();
  }

  function openNote(link) {
    closeNote();
    const close = make("button", { type: "button", className: "plain", textContent: words.close });
    const box = make("span", { className: "topic-note" },
      make("span", {}, definitions.get(link.dataset.topic)),
      make("a", { href: link.href, textContent: words.topic }), close);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", link.textContent);
    link.after(box);
    link.setAttribute("aria-expanded", "true");
    note = { link, box };
    close.addEventListener("click", () => closeNote(true));
    placeNote();
    announce(definitions.get(link.dataset.topic));
  }

  function placeNote() {
    if (!note) return;
    const rects = note.link.getClientRects();
    const at = rects[rects.length - 1];
    const parent = note.box.offsetParent;
    const base = parent && parent !== document.body ? parent.getBoundingClientRect() : { left: -scrollX, top: -scrollY };
    const left = Math.max(16, Math.min(at.left, html.clientWidth - note.box.offsetWidth - 16));
    note.box.style.left = left - base.left + "px";
    note.box.style.top = at.bottom + 6 - base.top + "px";
  }

  for (const link of all("a.topic[data-topic]")) {
    if (!definitions.has(link.dataset.topic) || link.closest("summary, label")) continue;
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    const toggle = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // opens the topic's page as links do
      event.preventDefault();
      if (note && note.link === link) closeNote();
      else openNote(link);
    };
    link.addEventListener("click", toggle);
    link.addEventListener("keydown", (event) => event.key === " " && toggle(event));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && note) closeNote(note.box.contains(document.activeElement));
  });
  document.addEventListener("click", (event) => {
    if (note && !note.box.contains(event.target) && !note.link.contains(event.target)) closeNote();
  });
  document.addEventListener("focusin", (event) => {
    if (note && !note.box.contains(event.target) && event.target !== note.link) closeNote();
  });
  addEventListener("resize", placeNote);

  const status = document.body.appendChild(make("div", { className: "visually-hidden" }));
  status.setAttribute("role", "status");
  function announce(text) {
    status.textContent = "";
    setTimeout(() => (status.textContent = text), 50);
  }

  /* Questions --------------------------------------------------------------- */

  all("form.question").forEach((form) => {
    const options = all(".option", form).map((option) => ({ input: one("input", option), feedback: one(".feedback", option) }));
    const id = options.length ? options[0].input.name : "";
    const check = make("button", { textContent: words.check });
    const again = make("button", { type: "button", className: "plain", textContent: words.again, hidden: true });
    const result = make("p");
    result.setAttribute("role", "status");
    form.append(make("div", { className: "answer" }, check, again, result));
    form.classList.add("live");

    function clear() {
      options.forEach(({ feedback }) => feedback && feedback.removeAttribute("data-shown"));
      result.textContent = "";
      result.className = "";
      again.hidden = true;
    }

    function show(before) {
      clear();
      const chosen = options.filter(({ input }) => input.checked);
      if (!chosen.length) {
        result.textContent = words.first;
        return null;
      }
      const isRight = ({ feedback }) => Boolean(feedback) && feedback.dataset.right === "true";
      const wrong = chosen.some((option) => !isRight(option));
      const missing = options.filter(isRight).length > chosen.filter(isRight).length;
      for (const { feedback } of chosen) {
        if (!feedback) continue;
        feedback.dataset.shown = "";
        feedback.open = true;
      }
      const right = !wrong && !missing;
      result.className = right ? "is-right" : "is-wrong";
      result.append([right ? words.right : words.wrong, !wrong && missing ? words.missing : "", before ? words.before : ""].filter(Boolean).join(". ").replace(/\.\./g, "."));
      if (!before) {
        const said = chosen.map(({ feedback }) => (feedback ? all(".feedback-body > :not(.verdict)", feedback).map((p) => p.textContent).join(" ") : "")).join(" ");
        result.append(make("span", { className: "visually-hidden", textContent: " " + said }));
      }
      again.hidden = false;
      return { chosen: chosen.map(({ input }) => input.value), right };
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = show(false);
      if (answer && isLesson) keep((data) => (lessonOf(data).questions[id] = answer));
    });
    form.addEventListener("change", clear);
    again.addEventListener("click", () => {
      form.reset();
      clear();
      options[0].input.focus();
    });

    const kept = progress && progress.lessons[here] && progress.lessons[here].questions[id];
    if (kept) {
      options.forEach(({ input }) => (input.checked = kept.chosen.includes(input.value)));
      show(true);
    }
  });

  /* Scenarios: one step at a time -------------------------------------------- */

  const scenarios = all("[data-scenario]").filter((scenario) => one(".step", scenario)).map((scenario) => {
    const steps = all(".step", scenario);
    const list = make("ol");
    const back = make("button", { type: "button", className: "plain", textContent: words.back });
    const restart = make("button", { type: "button", className: "plain", textContent: words.restart });
    const end = make("p", { textContent: words.end, hidden: true });
    const path = make("div", { className: "path", hidden: true }, end,
      make("p", { className: "path-title", textContent: words.path }), list, make("p", { className: "actions" }, back, restart));
    scenario.append(path);
    let current = steps[0];
    let walked = []; // {step, details} chosen in earlier steps
    let chosen = null; // the choice that is open in this step

    function showPath() {
      const shown = chosen ? walked.concat(chosen) : walked;
      path.hidden = !shown.length;
      end.hidden = !chosen || Boolean(one(".choice-next a", chosen.details));
      list.replaceChildren(...shown.map(({ step, details }) => {
        const outcome = one(".outcome", details);
        return make("li", {}, one(".step-title", step).textContent + ": " + one("summary", details).textContent, outcome ? " (" + outcome.textContent + ")" : "");
      }));
    }

    function go(step, focus) {
      current = step;
      chosen = null;
      steps.forEach((other) => (other.hidden = other !== step));
      all(".choice > details", step).forEach((details) => (details.open = false));
      showPath();
      if (!focus) return;
      const heading = one(".step-title", step);
      heading.tabIndex = -1;
      heading.focus();
    }

    all(".choice > details", scenario).forEach((details) => details.addEventListener("toggle", () => {
      if (!current.contains(details) || openedForPrint.includes(details)) return;
      if (details.open) {
        chosen = { step: current, details };
        all(".choice > details", current).forEach((other) => other !== details && (other.open = false));
      } else if (chosen && chosen.details === details) chosen = null;
      showPath();
    }));
    scenario.addEventListener("click", (event) => {
      const link = event.target.closest(".choice-next a");
      const next = link && steps.find((step) => step.id === decodeURIComponent(link.hash.slice(1)));
      if (!next) return;
      event.preventDefault();
      walked.push({ step: current, details: link.closest("details") });
      go(next, true);
    });
    back.addEventListener("click", () => go(walked.length ? walked.pop().step : steps[0], true));
    restart.addEventListener("click", () => {
      walked = [];
      go(steps[0], true);
    });
    go(steps[0]);
    return { scenario, go };
  });

  /** Shows a link's target that stands in a folded rail or in a step that is not shown. */
  function showTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.id === "page-topics") one(".fold", target).open = true;
    const step = target.closest(".step");
    const walk = step && step.hidden && scenarios.find(({ scenario }) => scenario.contains(step));
    if (!walk) return;
    walk.go(step);
    target.scrollIntoView();
  }
  addEventListener("hashchange", showTarget);
  showTarget();

  /* Support services: filters ------------------------------------------------- */

  const filter = one("[data-filter]");
  if (filter) {
    const cards = all(".directory > li").map((item) => ({ item, text: item.textContent.toLowerCase() }));
    const need = one("#need", filter);
    const nation = one("#nation", filter);
    const said = one("[role='status']", filter);
    const apply = () => {
      const wanted = need.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const { item, text } of cards) {
        const nations = item.dataset.nations;
        const fits = wanted.every((word) => text.includes(word)) && (!nation.value || nations === "|" || nations.includes("|" + nation.value + "|"));
        item.hidden = !fits;
        if (fits) count += 1;
      }
      said.textContent = count ? fill(filter.dataset.count, { n: count, of: cards.length }) : filter.dataset.none;
    };
    filter.hidden = false;
    filter.addEventListener("submit", (event) => event.preventDefault());
    filter.addEventListener("input", apply);
    apply();
    // A link to a card must find it, whatever is typed.
    addEventListener("hashchange", () => {
      need.value = nation.value = "";
      apply();
    });
  }

  /* Progress: what is shown ----------------------------------------------------- */

  const panel = one("[data-progress]");
  const done = (path) => Boolean(progress && progress.lessons[path] && progress.lessons[path].done);
  const say = (name) => (one("[data-progress-status]", panel).textContent = name ? one("[data-progress-status]", panel).dataset[name] : "");

  function showProgress() {
    if (!panel) return;
    panel.hidden = false;
    one("[data-progress-off]", panel).hidden = Boolean(progress);
    one("[data-progress-on]", panel).hidden = !progress;
    if (storageFails) one("[data-progress-kept]", panel).textContent = one("[data-progress-kept]", panel).dataset.failed;

    const button = one("[data-progress-done]", panel);
    if (button) {
      button.dataset.do = button.dataset.do || button.textContent;
      button.textContent = done(here) ? button.dataset.undo : button.dataset.do;
      one("[data-done]").hidden = !done(here);
      const answers = progress && progress.lessons[here] ? Object.values(progress.lessons[here].questions) : [];
      const line = one("[data-progress-questions]", panel);
      line.hidden = !answers.length;
      line.textContent = fill(line.dataset.progressQuestions, { n: answers.filter((answer) => answer.right).length });
    }
    all("[data-lesson]").forEach((link) => (one(".done", link.closest("li")).hidden = !done(pathOf(link.href))));
    all(".siblings a").forEach((link) => link.classList.toggle("done", done(pathOf(link.href))));
    all("[data-module-progress]").forEach((line) => {
      const folder = pathOf(new URL(".", new URL(line.dataset.moduleProgress, location.href)));
      const count = progress ? Object.keys(progress.lessons).filter((path) => path.startsWith(folder) && done(path)).length : 0;
      const of = Number(line.dataset.of || all("[data-lesson]").length);
      line.hidden = !count;
      line.textContent = fill(line.dataset.text, { n: Math.min(count, of), of });
    });
    const resume = one("[data-progress-resume]");
    if (resume) {
      const last = progress && progress.last;
      const address = last && new URL(last.path + (last.section ? "#" + last.section : ""), root).href;
      resume.hidden = !address || !address.startsWith(root.href); // an imported file must not lead elsewhere
      if (!resume.hidden) {
        one("a", resume).href = address;
        one(".title", resume).textContent = last.title;
      }
    }
  }

  function noteLast(data) {
    data.last = { path: here, title: one("h1").textContent, section: currentSection ? currentSection.heading.id : "" };
  }

  if (panel) {
    const file = one("[data-progress-file]", panel);
    const press = (name, action) => {
      const button = one("[data-progress-" + name + "]", panel);
      if (button) button.addEventListener("click", action);
    };
    press("keep", () => {
      progress = emptyProgress();
      keep((data) => {
        if (isLesson) noteLast(data);
        if (html.dataset.scheme) data.scheme = html.dataset.scheme;
      });
      say("");
      one("[data-progress-on] button", panel).focus();
    });
    press("done", () => keep((data) => {
      const lesson = lessonOf(data);
      if (lesson.done) delete lesson.done;
      else lesson.done = new Date().toISOString().slice(0, 10);
    }));
    press("export", () => {
      const link = make("a", { download: "progress.json", href: URL.createObjectURL(new Blob([JSON.stringify(progress, null, 2)], { type: "application/json" })) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    press("import", () => file.click());
    file.addEventListener("change", async () => {
      let found = null;
      try {
        found = soundProgress(JSON.parse(await file.files[0].text()));
      } catch { /* said below */ }
      file.value = "";
      if (!found) return say("bad");
      keep((data) => {
        Object.assign(data.lessons, found.lessons);
        data.last = found.last || data.last;
        data.scheme = data.scheme || found.scheme;
      });
      say("imported");
    });
    press("clear", () => {
      try {
        localStorage.removeItem(KEY);
      } catch { /* nothing was kept */ }
      progress = null;
      showProgress();
      say("cleared");
      one("[data-progress-keep]", panel).focus();
    });

    // Leaving notes the section, so that the home page can lead back to it.
    if (isLesson && progress) keep(noteLast);
    else showProgress();
    if (isLesson) addEventListener("pagehide", () => progress && keep(noteLast));
  }
})();
