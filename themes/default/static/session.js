/* Puts clock times, breaks and lunch into a run sheet, from the start and the lunch that the facilitator sets; the rules are those of the build (rests.rs). */
(function (site) {
  "use strict";
  const { one, all, make } = site;
  const WORK = 100;
  const EARLY = 60;

  const line = one("[data-session]");
  const [start, lunch] = all("input", line);
  const rests = {
    break: { minutes: Number(line.dataset.break), word: line.dataset.wordBreak },
    lunch: { minutes: Number(line.dataset.lunch), word: line.dataset.wordLunch },
  };
  const lessons = all(".run-lesson");

  /** Returns minutes since midnight, or nothing for an empty field. */
  function minutesOf(field) {
    const [hours, minutes] = field.value.split(":").map(Number);
    return field.value && Number.isFinite(hours + minutes) ? hours * 60 + minutes : null;
  }
  const clock = (at) => [Math.floor(at / 60) % 24, at % 60].map((part) => String(part).padStart(2, "0")).join(":");

  /** Returns which rest stands before each lesson, and when the session ends. */
  function walk(from, lunchAt) {
    const before = [];
    let at = from;
    let since = 0;
    let meal = lunchAt;
    for (const lesson of lessons) {
      const minutes = Number(lesson.dataset.minutes);
      let rest = since > 0 && since + minutes > WORK ? rests.break : null;
      if (since > 0 && meal !== null && at + EARLY >= meal && Math.abs(at - meal) <= Math.abs(at + minutes - meal)) {
        rest = rests.lunch;
        meal = null;
      }
      if (rest) {
        at += rest.minutes;
        since = 0;
      }
      before.push(rest);
      at += minutes;
      since += minutes;
    }
    return { before, end: at };
  }

  function row(rest) {
    const row = make("tr", { className: "run-rest" });
    const time = make("td");
    time.dataset.at = "";
    row.append(time, make("td", { textContent: rest.minutes }), make("th", { scope: "row", textContent: rest.word }), make("td"));
    return row;
  }

  function show() {
    const from = minutesOf(start);
    if (from === null) return;
    let plan = walk(from, null);
    const meal = minutesOf(lunch);
    if (meal !== null && from + EARLY <= meal && plan.end > meal + rests.lunch.minutes) plan = walk(from, meal);
    for (const old of all(".run-rest")) old.remove();
    lessons.forEach((lesson, index) => plan.before[index] && lesson.before(row(plan.before[index])));
    let at = from;
    for (const cell of all("[data-at]")) {
      cell.textContent = clock(at);
      if (!cell.parentElement.matches(".run-lesson")) at += Number(cell.nextElementSibling.textContent);
    }
    one("[data-from]").textContent = clock(from);
    one("[data-to]").textContent = clock(plan.end);
    one("[data-rests]").hidden = !plan.before.some(Boolean);
  }
  line.hidden = false;
  for (const field of [start, lunch]) field.addEventListener("input", show);
  show();
})(window.throughline);
