/* What goes on paper: the whole module, one lesson, or one activity. The copy (handout, key, everything) is chosen without scripts. */
(function (site) {
  "use strict";
  const { one, all, make } = site;

  const form = one("[data-copy]");
  const choice = one("[data-part]", form);
  const select = one("select", choice);
  const lessons = all(".whole-lesson");
  for (const lesson of lessons) {
    const title = one(".whole-title", lesson);
    const group = make("optgroup", { label: title.textContent });
    group.append(make("option", { value: title.id, textContent: title.textContent }));
    for (const block of all(".block-activity, .block-discussion, .block-scenario", lesson)) {
      if (!block.parentElement.closest(".block")) group.append(make("option", { value: block.id, textContent: one(".block-title", block).textContent }));
    }
    select.append(group);
  }
  choice.hidden = false;

  function show() {
    const route = select.selectedOptions[0].dataset.route;
    const isOff = (lesson) => Boolean(route) && !lesson.dataset.routes.split(" ").includes(route);
    const wanted = select.value && document.getElementById(select.value);
    const lesson = wanted && wanted.closest(".whole-lesson");
    document.body.classList.toggle("print-part", Boolean(wanted));
    for (const other of lessons) other.classList.toggle("left-out", (Boolean(lesson) && other !== lesson) || isOff(other));
    for (const key of all(".key-lesson")) key.classList.toggle("left-out", (Boolean(lesson) && key.dataset.keyOf !== one(".whole-title", lesson).id) || isOff(document.getElementById(key.dataset.keyOf).closest(".whole-lesson")));
    const isBlock = wanted && wanted.matches(".block");
    for (const part of all(".whole-lesson > *")) part.classList.toggle("left-out", Boolean(isBlock) && part.closest(".whole-lesson") === lesson && !part.contains(wanted) && !part.matches(".whole-title"));
  }
  select.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  // From a lesson one comes to its part.
  const asked = location.hash.slice(1);
  if (Array.from(select.options).some((option) => option.value === asked)) select.value = asked;
  show();
})(window.throughline);
