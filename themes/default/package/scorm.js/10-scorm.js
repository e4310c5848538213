/* The two versions of SCORM: where the platform's interface is, what its elements are called, and how their values are written.
 *
 * A package holds this file or the one for cmi5, before the player's own: it sets `throughlinePlatform`, which the player calls with itself.
 * A platform is `{begin(), save(record), end(record)}`. `begin` returns or promises what was kept; all throw what the platform refuses. */
window.throughlinePlatform = function (player, mastery) {
  "use strict";
  const { round } = player;

  const pad = (number) => String(number).padStart(2, "0");
  const clock = (date) => [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(":");
  const day = (date) => date.getFullYear() + "-" + pad(date.getMonth() + 1) + "-" + pad(date.getDate());
  /** Options go by one character, as SCORM 1.2 wants: 1 to 9, then a to q. */
  const letter = (number) => (number > 9 ? String.fromCharCode(87 + number) : String(number));
  const percent = (share) => String(Math.round(share * 100));

  /** With mastery nothing is completed before it is passed: Moodle lets a learner only look back at what is completed, so that nobody could improve. */
  const isDone = ({ complete, passed }) => (mastery === null ? complete : passed);

  const VERSIONS = {
    scorm12: {
      api: "API",
      calls: ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish", "LMSGetLastError"],
      mode: "cmi.core.lesson_mode",
      location: "cmi.core.lesson_location",
      exit: "cmi.core.exit",
      time: "cmi.core.session_time",
      score: "cmi.core.score.",
      separator: ",",
      statuses: ["cmi.core.lesson_status"],
      /** One status says both: without mastery `completed`, else `passed`. */
      status: (record) => ({ "cmi.core.lesson_status": isDone(record) && (mastery === null ? "completed" : "passed") }),
      duration: (seconds) => [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part, index) => String(Math.floor(part)).padStart(index ? 2 : 4, "0")).join(":") + ".00",
      scaled: () => ({}),
      measure: () => ({}),
      asked: ({ right, at, chosen }, join) => ({ time: clock(at), student_response: join(chosen), result: right ? "correct" : "wrong" }),
      topic: ({ complete, score }) => ({ status: !complete ? "incomplete" : mastery !== null && score >= mastery ? "passed" : "completed" }),
    },
    scorm2004: {
      api: "API_1484_11",
      calls: ["Initialize", "GetValue", "SetValue", "Commit", "Terminate", "GetLastError"],
      mode: "cmi.mode",
      location: "cmi.location",
      exit: "cmi.exit",
      time: "cmi.session_time",
      score: "cmi.score.",
      separator: "[,]",
      statuses: ["cmi.completion_status", "cmi.success_status"],
      status: (record) => ({ "cmi.completion_status": isDone(record) && "completed", "cmi.success_status": record.passed && "passed" }),
      duration: (seconds) => "PT" + round(seconds) + "S",
      scaled: (score) => ({ scaled: String(score) }),
      measure: ({ measure }) => ({ "cmi.progress_measure": String(measure) }),
      asked: ({ question, right, at, chosen }, join) => ({
        timestamp: day(at) + "T" + clock(at),
        learner_response: join(chosen),
        result: right ? "correct" : "incorrect",
        description: question.text.slice(0, 250),
      }),
      topic: ({ complete, score }) => ({
        completion_status: complete ? "completed" : "incomplete",
        ...(complete && mastery !== null && score >= mastery ? { success_status: "passed" } : {}),
      }),
    },
  };

  /** Looks for the platform's interface in the frames around this page, and in those around the page that opened it. */
  function find(name) {
    const attempt = (look) => {
      try {
        return look() || null;
      } catch {
        return null; // a window of others
      }
    };
    const around = (start) => {
      for (let frame = start, steps = 0; frame && steps < 100; steps += 1) {
        const found = attempt(() => frame[name]);
        if (found) return found;
        const outer = attempt(() => frame.parent);
        frame = outer === frame ? null : outer;
      }
      return null;
    };
    return around(attempt(() => parent !== window && parent)) || around(attempt(() => opener)) || around(attempt(() => top.opener));
  }

  const version = VERSIONS[player.data.format];
  const api = find(version.api);
  if (!api) return null;
  const [initialize, get, set, commit, finish, lastError] = version.calls;
  const call = (name, ...values) => String(api[name](...values));
  const value = (element) => {
    const found = api[get](element);
    return found === undefined || found === null ? "" : String(found);
  };
  const sent = new Map();
  const topics = new Map(); // id -> its number at the platform
  const lacking = new Set(); // "interactions" and "objectives", where the platform has no such thing
  let interactions = 0;
  let isUncommitted = false;

  /** Sets a value if it is another one; returns whether the platform has it. */
  function put(element, now) {
    if (sent.get(element) === now) return true;
    if (call(set, element, now) !== "true") return false;
    sent.set(element, now);
    isUncommitted = true;
    return true;
  }
  function must(values) {
    for (const [element, now] of Object.entries(values)) {
      if (now && !put(element, now)) throw new Error(element + ": " + call(lastError));
    }
  }
  /** Sets the values of an entry in a list that platforms need not have, its id first. */
  function may(list, number, { id, ...values }) {
    if (lacking.has(list)) return false;
    const entry = "cmi." + list + "." + number + ".";
    if (!put(entry + "id", id)) {
      if (/^40[123]$/.test(call(lastError))) lacking.add(list);
      return false;
    }
    for (const [name, now] of Object.entries(values)) put(entry + name, now);
    return true;
  }
  const countOf = (list) => {
    const count = parseInt(value("cmi." + list + "._count"), 10);
    if (Number.isNaN(count)) lacking.add(list);
    return count || 0;
  };
  const graded = (score) => ({ raw: percent(score), min: "0", max: "100", ...version.scaled(score) });

  function begin() {
    // An interface that is open already belongs to this session: the platform opened it, or the page was shown again.
    if (call(initialize, "") !== "true") {
      const error = call(lastError);
      if (error === "104") return { ended: true };
      if (!value(version.statuses[0]) || !/^(101|103)$/.test(error)) throw new Error(initialize + ": " + error);
    }
    const kept = { state: value("cmi.suspend_data"), location: value(version.location), review: /^(review|browse)$/.test(value(version.mode)) };
    const statuses = version.statuses.map((element) => [element, value(element)]);
    kept.complete = statuses.some(([, status]) => /^(completed|passed)$/.test(status));
    kept.passed = statuses.some(([, status]) => status === "passed");
    for (const [element, now] of [...statuses, ["cmi.suspend_data", kept.state], [version.location, kept.location]]) sent.set(element, now);
    if (kept.review || (player.state.read(kept.state) === "newer")) return kept;
    interactions = countOf("interactions");
    const objectives = countOf("objectives");
    for (let number = 0; number < objectives; number += 1) topics.set(value("cmi.objectives." + number + ".id"), number);
    // A platform may call a session without a status completed.
    if (!statuses.some(([, status]) => /^(completed|passed|failed)$/.test(status))) must({ [version.statuses[0]]: "incomplete" });
    must({ [version.exit]: "suspend" });
    if (call(commit, "") !== "true") throw new Error(commit + ": " + call(lastError));
    isUncommitted = false;
    return kept;
  }

  function write(record) {
    must({ ...version.status(record), [version.location]: record.location, "cmi.suspend_data": record.state });
    // What was completed may have other questions now: that takes nothing back.
    if (record.complete || !record.wasComplete) {
      must(version.measure(record));
      if (record.score !== null) for (const [name, now] of Object.entries(graded(record.score))) must({ [version.score + name]: now });
    }
    for (const topic of record.topics) {
      if (!topics.has(topic.id)) topics.set(topic.id, topics.size);
      const { score, ...values } = { ...version.topic(topic), score: topic.score };
      const named = Object.entries(graded(score)).map(([name, now]) => ["score." + name, now]);
      may("objectives", topics.get(topic.id), { id: topic.id, ...values, ...Object.fromEntries(named) });
    }
    for (const answer of record.answers) {
      report(answer);
      player.learning.told([answer]);
    }
    must({ [version.time]: version.duration(record.seconds), [version.exit]: "suspend" });
  }

  function report(answer) {
    const { question } = answer;
    const join = (numbers) => numbers.map(letter).join(version.separator);
    const entry = { id: question.interaction, type: "choice" };
    question.topics.forEach((topic, number) => (entry["objectives." + number + ".id"] = "topic." + topic));
    entry["correct_responses.0.pattern"] = join(question.right);
    if (may("interactions", interactions, Object.assign(entry, version.asked(answer, join)))) interactions += 1;
  }

  return {
    begin,
    save(record) {
      write(record);
      if (isUncommitted && call(commit, "") !== "true") throw new Error(commit + ": " + call(lastError));
      isUncommitted = false;
    },
    /** Ends the session, with what is to be saved last; `record` is null where nothing may be written. */
    end(record) {
      try {
        if (record) write(record);
        if (isUncommitted) call(commit, "");
      } finally {
        if (call(finish, "") !== "true") throw new Error(finish + ": " + call(lastError));
      }
    },
  };
};
