/* cmi5: the platform's addresses stand in this page's own, and a store for statements is asked over the network.
 *
 * A token is given away once, so it is kept for this tab, as is whether the session has begun and ended. What a platform is, scorm.js says. */
window.throughlinePlatform = function (player, mastery) {
  "use strict";
  const { data, round } = player;

  const VERB = "http://adlnet.gov/expapi/verbs/";
  const CMI5 = { id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" };
  const MOVE_ON = { id: "https://w3id.org/xapi/cmi5/context/categories/moveon" };
  const MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
  const STATE = "throughline";
  const PATIENCE = 20000; // milliseconds
  // Browsers take 64 KiB with requests that outlive the page, all of them together.
  const LAST = 58000;

  /** Makes the id of a statement; `randomUUID` is there over https alone. */
  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, (byte, index) => ([4, 6, 8, 10].includes(index) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
  }

  /** What this tab knows of the session. */
  function memory(key) {
    let kept = {};
    try {
      kept = JSON.parse(sessionStorage.getItem(key)) || {};
    } catch { /* it holds for this page */ }
    return {
      get: (name) => kept[name],
      set(name, value) {
        kept[name] = value;
        try {
          sessionStorage.setItem(key, JSON.stringify(kept));
        } catch { /* as above */ }
      },
    };
  }

  const given = new URLSearchParams(location.search);
  const [endpoint, fetchUrl, actor, registration, activity] = ["endpoint", "fetch", "actor", "registration", "activityId"].map((name) => given.get(name));
  if (!endpoint || !fetchUrl || !actor || !activity) return null;
  const tab = memory("throughline-cmi5:" + fetchUrl);
  const language = data.language;
  let launch = {};
  let unsent = []; // statements that the store has not confirmed
  let keptState = "";
  let isReview = false;
  const done = { completed: false, passed: false };

  async function ask(address, { method = "GET", body, lasting, missing } = {}) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const headers = { "X-Experience-API-Version": "1.0.3" };
    if (tab.get("token")) headers.Authorization = "Basic " + tab.get("token");
    if (body) headers["Content-Type"] = "application/json";
    try {
      const answer = await fetch(address, { method, headers, body, keepalive: Boolean(lasting), signal: lasting ? undefined : stop.signal });
      if (answer.status === missing) return null;
      if (!answer.ok) throw Object.assign(new Error(method + " " + answer.status), { status: answer.status });
      return method === "GET" || address === fetchUrl ? answer.json() : null;
    } finally {
      clearTimeout(timer);
    }
  }
  const at = (resource, values) => new URL(resource, endpoint.replace(/\/*$/, "/")) + "?" + new URLSearchParams(values);
  const stateAt = (stateId) => at("activities/state", { activityId: activity, agent: actor, ...(registration ? { registration } : {}), stateId });

  /** Makes a statement; `own` says that it is one of cmi5's, and whether it counts for moving on. */
  function statement(verb, { object = {}, result, categories = [CMI5], extensions }) {
    const template = JSON.parse(JSON.stringify(launch.contextTemplate || {}));
    const around = template.contextActivities || {};
    // The template's own categories come first.
    const category = [].concat(around.category || [], categories);
    const context = { ...template, ...(registration ? { registration } : {}) };
    context.contextActivities = { ...around, ...(category.length ? { category } : {}) };
    if (extensions) context.extensions = { ...context.extensions, ...extensions };
    return {
      id: uuid(),
      actor: JSON.parse(actor),
      verb: { id: VERB + verb, display: { en: verb } },
      object: { objectType: "Activity", id: activity, ...object },
      ...(result ? { result } : {}),
      context,
      timestamp: new Date().toISOString(),
    };
  }

  function answered({ question, chosen, right, at }) {
    const join = (numbers) => numbers.join("[,]");
    const text = (words) => ({ [language]: words });
    const choices = Array.from({ length: question.options }, (_, index) => ({
      id: String(index + 1),
      ...(question.choices ? { description: text(question.choices[index]) } : {}),
    }));
    const definition = {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      description: text(question.text),
      interactionType: "choice",
      correctResponsesPattern: [join(question.right)],
      choices,
    };
    const object = { id: new URL(question.interaction, data.identifier || activity.replace(/[#?].*$/, "").replace(/\/*$/, "/")).href, definition };
    return { ...statement("answered", { object, result: { response: join(chosen), success: right }, categories: [] }), timestamp: at.toISOString() };
  }

  const duration = (seconds) => "PT" + round(seconds) + "S";
  const wanted = () => (typeof launch.masteryScore === "number" ? launch.masteryScore : mastery);

  /** Makes statements of what is new in a record. */
  function note(record) {
    unsent.push(...record.answers.map(answered));
    player.learning.told(record.answers);
    if (record.complete && !done.completed) {
      done.completed = true;
      unsent.push(statement("completed", { result: { completion: true, duration: duration(record.seconds) }, categories: [CMI5, MOVE_ON] }));
    }
    // A platform that moves on when this is passed must not wait for a score that nobody asked for.
    const isPassed = wanted() === null ? record.complete && /Passed/.test(launch.moveOn || "") && !/Or/.test(launch.moveOn) : record.passed;
    if (!isPassed || done.passed) return;
    done.passed = true;
    const result = { success: true, duration: duration(record.seconds) };
    if (record.score !== null) result.score = { scaled: record.score };
    const extensions = typeof launch.masteryScore === "number" ? { [MASTERY]: launch.masteryScore } : undefined;
    unsent.push(statement("passed", { result, categories: [CMI5, MOVE_ON], extensions }));
  }

  const documentOf = ({ state, location }) => JSON.stringify({ state, location, ...done });
  /** Tells the store; it has them already where it says that there is a conflict. */
  const post = (statements, lasting) =>
    ask(at("statements", {}).replace(/\?$/, ""), { method: "POST", body: JSON.stringify(statements), lasting, missing: 409 });
  const put = (text, lasting) => ask(stateAt(STATE), { method: "PUT", body: text, lasting });

  /** Returns as many of the statements as fit a last request, without what describes the questions where they are many. */
  function fitting(statements, room) {
    const size = (list) => new Blob([JSON.stringify(list)]).size;
    if (size(statements) <= room) return statements;
    const lean = statements.map((statement) => ({ ...statement, object: { objectType: "Activity", id: statement.object.id } }));
    while (lean.length && size(lean) > room) lean.shift();
    return lean;
  }

  async function begin() {
    if (tab.get("ended")) return { ended: true };
    if (!tab.get("token")) {
      const answer = await ask(fetchUrl, { method: "POST" });
      // A token that has been given away belongs to a page that is gone.
      if (answer["error-code"] === "1") return { ended: true };
      if (!answer["auth-token"]) throw new Error(answer["error-text"] || "no token");
      tab.set("token", answer["auth-token"]);
    }
    launch = await ask(stateAt("LMS.LaunchData"));
    isReview = launch.launchMode === "Browse" || launch.launchMode === "Review";
    // The learner's preferences must be asked for before anything is said.
    await ask(at("agents/profile", { agent: actor, profileId: "cmi5LearnerPreferences" }), { missing: 404 });
    if (!tab.get("initialized")) {
      await post([statement("initialized", {})]);
      tab.set("initialized", true);
    }
    const kept = (await ask(stateAt(STATE), { missing: 404 })) || {};
    Object.assign(done, { completed: Boolean(kept.completed), passed: Boolean(kept.passed) });
    return { state: kept.state, location: kept.location, complete: done.completed, passed: done.passed, review: isReview, mastery: wanted() };
  }

  return {
    begin,
    async save(record) {
      note(record);
      if (unsent.length) {
        const sending = unsent.slice();
        await post(sending);
        unsent = unsent.filter((statement) => !sending.includes(statement));
      }
      const text = documentOf(record);
      if (text === keptState) return;
      await put(text);
      keptState = text;
    },
    /** Ends the session with requests that outlive the page; promises when they are answered. */
    end(record, seconds) {
      const sent = [];
      if (record) {
        note(record);
        const text = documentOf(record);
        if (text !== keptState) sent.push(put(text, true));
        const last = fitting(unsent, LAST - text.length);
        if (last.length) sent.push(post(last, true));
      }
      tab.set("ended", true);
      sent.push(post([statement("terminated", { result: { duration: duration(seconds) } })], true));
      return Promise.allSettled(sent);
    },
    get returnTo() { return /^https?:/.test(launch.returnURL || "") ? launch.returnURL : ""; },
  };
};
