/* What the learner has done, as the site in the frame notes it, and what follows from that for the platform: completion, score, topics. */
(function (player) {
  "use strict";
  const { data, module, lessons, isRight, lessonAt, walk, round } = player;

  const FIRST = 1;
  const BEST = 2;
  let known = {}; // as state.write takes it
  let site = { kind: "throughline-progress", schema: 2, lessons: {} }; // as the site's script keeps it
  let answers = []; // those that the platform has not been told
  let place = "";

  /** Puts what was kept together with what has been done since, which is newer. */
  function restore(kept, location) {
    const now = known;
    known = kept || {};
    for (const [address, lesson] of Object.entries(now)) {
      const before = known[address] || { questions: {}, scenarios: {} };
      known[address] = {
        done: lesson.done || before.done,
        questions: { ...before.questions, ...lesson.questions },
        scenarios: { ...before.scenarios, ...lesson.scenarios },
      };
    }
    const found = /^([^#]*)(?:#(.*))?$/.exec(location || "");
    const lesson = lessonAt(found[1]);
    if (lesson && !place) place = lesson.address + (found[2] ? "#" + found[2] : "");
    if (place && lesson) site.last = { path: lesson.address, title: lesson.title, section: found[2] || "" };
    for (const address of Object.keys(known)) site.lessons[address] = ofSite(lessonAt(address), known[address]);
  }

  /** Returns a lesson's entry as the site's script keeps it. */
  function ofSite(lesson, entry) {
    const next = module.lessons[module.lessons.indexOf(lesson) + 1];
    const copy = { title: lesson.title, minutes: lesson.minutes, questions: {}, scenarios: {} };
    if (next) copy.next = { path: next.address, title: next.title };
    if (entry.done) copy.done = "done";
    for (const question of lesson.questions || []) {
      const answer = entry.questions[question.id];
      if (!answer) continue;
      const right = isRight(question, answer.chosen);
      copy.questions[question.id] = { chosen: answer.chosen.map(String), right, options: question.options6, title: question.title || question.text };
      if (!right) copy.questions[question.id].again = { step: 0, due: "" };
    }
    for (const scenario of lesson.scenarios || []) {
      const walked = entry.scenarios[scenario.id];
      if (walked) copy.scenarios[scenario.id] = walked.path;
    }
    return copy;
  }

  /** Takes what the site's script has to keep. */
  function take(written) {
    site = JSON.parse(JSON.stringify(written)); // the page that made it goes away
    if (site.last) place = site.last.path + (site.last.section ? "#" + site.last.section : "");
    for (const lesson of lessons) {
      const entry = site.lessons[lesson.address];
      if (!entry) continue;
      const before = known[lesson.address] || { questions: {}, scenarios: {} };
      const now = (known[lesson.address] = { done: Boolean(entry.done), questions: {}, scenarios: {} });
      for (const question of lesson.questions || []) {
        const answer = entry.questions[question.id];
        if (answer) now.questions[question.id] = taken(question, answer, before.questions[question.id]);
      }
      for (const scenario of lesson.scenarios || []) {
        const path = entry.scenarios[scenario.id] || [];
        const earlier = before.scenarios[scenario.id];
        const ended = Boolean(earlier && earlier.ended) || walk(scenario, path).isEnd;
        if (path.length || ended) now.scenarios[scenario.id] = { path, ended };
      }
    }
  }

  function taken(question, { chosen }, before) {
    const numbers = chosen.map(Number).sort((a, b) => a - b);
    if (before && before.chosen.join() === numbers.join()) return before;
    const right = isRight(question, numbers);
    answers.push({ question, chosen: numbers, right, at: new Date() });
    const marks = before ? before.marks : right ? FIRST : 0;
    return { chosen: numbers, marks: right ? marks | BEST : marks };
  }

  const questionsOf = (lesson) => (lesson.questions || []).map((question) => ({ question, answer: known[lesson.address] && known[lesson.address].questions[question.id] }));
  const counts = ({ question, answer }) =>
    Boolean(answer) && (data.score === "last" ? isRight(question, answer.chosen) : Boolean(answer.marks & (data.score === "first" ? FIRST : BEST)));
  const share = (list, holds) => (list.length ? list.filter(holds).length / list.length : 0);

  /** Returns what the platform should know now. */
  function record(mastery) {
    const own = module.lessons;
    const asked = own.flatMap(questionsOf);
    const scenarios = own.flatMap((lesson) => (lesson.scenarios || []).map((scenario) => (known[lesson.address] || { scenarios: {} }).scenarios[scenario.id]));
    // Where there is nothing to answer, reading is what there is to do.
    const isReading = data.completion === "done" || !(asked.length + scenarios.length);
    const measured = isReading
      ? share(own, ({ address }) => known[address] && known[address].done)
      : share([...asked.map(({ answer }) => Boolean(answer)), ...scenarios.map((walked) => Boolean(walked && walked.ended))], Boolean);
    const score = asked.some(({ answer }) => answer) ? share(asked, counts) : null;
    const complete = measured === 1;
    return {
      state: player.state.write(known),
      location: [place, place.split("#")[0]].find((one) => one.length < 256) || "",
      score: score === null ? null : round(score),
      measure: Math.floor(measured * 100) / 100,
      complete,
      passed: complete && mastery !== null && score !== null && score >= mastery,
      topics: data.topics.map((topic) => ofTopic(topic, asked)).filter(Boolean),
      answers,
    };
  }

  function ofTopic(topic, asked) {
    const about = asked.filter(({ question }) => question.topics.includes(topic.id));
    if (!about.some(({ answer }) => answer)) return null;
    return { id: "topic." + topic.id, score: round(share(about, counts)), complete: about.every(({ answer }) => answer) };
  }

  player.learning = {
    restore,
    take,
    record,
    read: () => site,
    get place() { return place; },
    /** Drops answers that the platform has been told. */
    told: (done) => (answers = answers.filter((answer) => !done.includes(answer))),
  };
})(window.throughlinePlayer);
