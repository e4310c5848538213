/* Questions: what is chosen is checked, feedback opens, and the page counts what was right and says what to read again. */
(function (site) {
  "use strict";
  const { words, one, all, make, fill, store } = site;
  const isLesson = Boolean(one("[data-progress-done]"));
  const forms = all("form.question");
  const results = new Map(); // form -> whether the last answer was right

  // Whoever teaches sees what every answer is worth; learners alone have something to check.
  if (one(".lesson-with-notes")) {
    for (const form of forms) form.addEventListener("submit", (event) => event.preventDefault());
    for (const feedback of all("form.question .feedback")) feedback.open = true;
    return;
  }

  function setUp(form) {
    const options = all(".option", form).map((option) => ({ input: one("input", option), feedback: one(".feedback", option) }));
    const id = options.length ? options[0].input.name : "";
    const block = form.closest(".block");
    const check = one("[type='submit']", form) || make("button", { type: "submit", textContent: words.check });
    check.hidden = false;
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
      results.set(form, right);
      return { chosen: chosen.map(({ input }) => input.value), right };
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = show(false);
      if (!answer || !isLesson) return;
      const title = block ? one(".block-title", block).lastChild.textContent.trim() : "";
      store.answer(id, { ...answer, options: form.dataset.options || "", title });
      tally();
    });
    form.addEventListener("change", clear);
    again.addEventListener("click", () => {
      form.reset();
      clear();
      options[0].input.focus();
    });

    const kept = store.kept && store.data.lessons[site.here] && store.data.lessons[site.here].questions[id];
    // What was answered when the options were others says nothing about these.
    if (!kept || (kept.options && kept.options !== form.dataset.options)) return;
    if (store.isDue(kept) && !store.platform) {
      form.prepend(make("p", { className: "due", textContent: words.due }));
      return;
    }
    options.forEach(({ input }) => (input.checked = kept.chosen.includes(input.value)));
    show(true);
  }

  forms.forEach(setUp);

  /* How many are right, and where the others are taught. */

  const last = forms.length > 1 ? forms[forms.length - 1].closest(".block") : null;
  const score = make("p");
  score.setAttribute("role", "status");
  const list = make("ul");
  const box = make("div", { className: "tally", hidden: true }, score, list);
  if (last) last.after(box);

  function tally() {
    if (!last) return;
    const right = Array.from(results.values()).filter(Boolean).length;
    box.hidden = !results.size;
    const wrong = new Map(Array.from(results).filter(([form, right]) => !right && form.dataset.read).map(([form]) => [form.dataset.read, form.dataset.readTitle]));
    score.textContent = fill(words.tally, { n: right, of: forms.length }) + (wrong.size ? " " + words.read : "");
    list.replaceChildren(...Array.from(wrong, ([href, textContent]) => make("li", {}, make("a", { href, textContent }))));
  }
  tally();
})(window.throughline);
