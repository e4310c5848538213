// A learning platform that speaks cmi5, as small as tests need: it launches a package, keeps its statements and documents, holds them against the rules of
// cmi5 and xAPI 1.0.3, and says whether the learner may move on. `faults` is what a real one would refuse or complain about.

import { createRequire } from "node:module";

const validate = createRequire(import.meta.url)("@learninglocker/xapi-validation").default;

const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";
const ACTOR = { objectType: "Agent", account: { homePage: "https://platform.example.org", name: "learner-7" } };
const REGISTRATION = "5b1f8f2e-6b0f-4c2c-9d43-0a6f3b1c2d3e";

/** What each rule of moving on asks for. */
const MOVE_ON = {
  Completed: ({ completed }) => completed,
  Passed: ({ passed }) => passed,
  CompletedAndPassed: ({ completed, passed }) => completed && passed,
  CompletedOrPassed: ({ completed, passed }) => completed || passed,
  NotApplicable: () => true,
};

/** Returns what the course structure of a package says of its assignable units. */
export const unitsOf = (files) => Array.from(files.get("cmi5.xml").toString().matchAll(/<au ([^>]*)>[^]*?<url>([^<]*)<\/url>/g), ([, attributes, url]) => ({
  ...Object.fromEntries(Array.from(attributes.matchAll(/(\w+)="([^"]*)"/g), ([, name, value]) => [name, value])),
  url,
}));

/** Makes a store behind a server of package.mjs: its routes answer at `/lrs/` and `/token`. */
export function store(unit, { launchMode = "Normal", moveOn = unit.moveOn || "NotApplicable", masteryScore = unit.masteryScore && Number(unit.masteryScore), returnURL } = {}) {
  const lrs = { statements: [], documents: new Map(), requests: [], faults: [], sessions: 0, fails: false, delay: 0 };
  let session = null;
  const activity = "https://platform.example.org/units/1";

  /** Starts a session; returns the address that the platform opens. */
  lrs.launch = (content, origin) => {
    lrs.sessions += 1;
    session = { id: "session-" + lrs.sessions, token: "", asked: new Set(), began: lrs.statements.length, ended: false };
    const given = { endpoint: origin + "/lrs", fetch: `${origin}/token?session=${session.id}`, actor: JSON.stringify(ACTOR), registration: REGISTRATION, activityId: activity };
    return content + unit.url + "?" + new URLSearchParams(given);
  };
  const template = () => ({
    contextActivities: { category: [{ id: "https://platform.example.org/categories/course" }], grouping: [{ id: unit.id }] },
    extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": session.id },
  });
  const launchData = () => ({
    contextTemplate: template(),
    launchMode,
    launchMethod: "OwnWindow",
    moveOn,
    ...(typeof masteryScore === "number" ? { masteryScore } : {}),
    ...(returnURL ? { returnURL } : {}),
  });

  const verbOf = (statement) => statement.verb.id.split("/").pop();
  lrs.of = (verb) => lrs.statements.filter((statement) => verbOf(statement) === verb);
  lrs.verbs = () => lrs.statements.map(verbOf);
  lrs.satisfied = () => MOVE_ON[moveOn]({ completed: lrs.of("completed").length > 0, passed: lrs.of("passed").length > 0 });
  lrs.state = () => JSON.parse(lrs.documents.get("throughline") || "null");

  function check(statement) {
    const fault = (text) => lrs.faults.push(verbOf(statement) + ": " + text);
    for (const warning of validate(statement)) fault("not xAPI: " + JSON.stringify(warning));
    const verb = verbOf(statement);
    const { context = {}, result = {} } = statement;
    const categories = ((context.contextActivities || {}).category || []).map(({ id }) => id);
    const own = lrs.statements.slice(session.began);
    if (JSON.stringify(statement.actor) !== JSON.stringify(ACTOR)) fault("another actor");
    if (context.registration !== REGISTRATION) fault("another registration");
    if (!/^\d{4}-.*Z$/.test(statement.timestamp || "")) fault("no time");
    if (categories[0] !== template().contextActivities.category[0].id) fault("the template's category is not first");
    if (JSON.stringify(context.contextActivities.grouping) !== JSON.stringify(template().contextActivities.grouping)) fault("the template's grouping is gone");
    if ((context.extensions || {})["https://w3id.org/xapi/cmi5/context/extensions/sessionid"] !== session.id) fault("no session");
    const isDefined = ["initialized", "completed", "passed", "failed", "terminated"].includes(verb);
    if (isDefined !== categories.includes(CATEGORY + "cmi5")) fault("the category of cmi5 is for its own statements, all of them");
    if (["completed", "passed", "failed"].includes(verb) !== categories.includes(CATEGORY + "moveon")) fault("the category of moving on");
    if (isDefined && statement.object.id !== activity) fault("another object");
    if (verb === "initialized" ? own.length : !own.length) fault("initialized comes first, and once");
    if (!session.asked.has("LMS.LaunchData") || !session.asked.has("cmi5LearnerPreferences")) fault("launch data and preferences are read first");
    if (session.ended) fault("after the end");
    if (["completed", "passed"].includes(verb) && lrs.of(verb).length) fault("said before");
    if (launchMode !== "Normal" && !["initialized", "terminated"].includes(verb)) fault("not in " + launchMode);
    if (["completed", "passed", "terminated"].includes(verb) && !/^PT\d+(\.\d{1,2})?S$/.test(result.duration)) fault("duration " + result.duration);
    if (verb === "completed" && (result.completion !== true || result.score || "success" in result)) fault("completed says completion alone");
    if (verb === "passed") {
      if (result.success !== true) fault("no success");
      if (typeof masteryScore === "number" && !(result.score && result.score.scaled >= masteryScore)) fault("below mastery");
      if (typeof masteryScore === "number" && context.extensions["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"] !== masteryScore) fault("no mastery score");
    }
    if (verb === "terminated") session.ended = true;
  }

  const CORS = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization, content-type, x-experience-api-version", "access-control-allow-methods": "GET, POST, PUT" };
  async function answer(request, response, { url, body }) {
    const send = (status, value) => {
      response.writeHead(status, { "content-type": "application/json", ...CORS });
      response.end(value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));
    };
    if (request.method === "OPTIONS") return send(204);
    const resource = url.pathname.replace(/^\/lrs\//, "");
    lrs.requests.push({ method: request.method, resource, size: body.length });
    if (lrs.delay) await new Promise((resolve) => setTimeout(resolve, lrs.delay));
    if (lrs.fails) return request.destroy();
    if (url.pathname === "/token") {
      if (session.token) return send(200, { "error-code": "1", "error-text": "given away before" });
      session.token = Buffer.from("learner:" + session.id).toString("base64");
      return send(200, { "auth-token": session.token });
    }
    if (request.headers.authorization !== "Basic " + session.token || request.headers["x-experience-api-version"] !== "1.0.3") return send(401);
    if (resource === "statements") return send(...keep(JSON.parse(body)));
    const stateId = url.searchParams.get("stateId");
    if (resource === "agents/profile") return session.asked.add(url.searchParams.get("profileId")) && send(404);
    if (resource !== "activities/state" || url.searchParams.get("activityId") !== activity || url.searchParams.get("registration") !== REGISTRATION) return send(400);
    if (stateId === "LMS.LaunchData") return session.asked.add(stateId) && send(200, launchData());
    if (request.method === "PUT") {
      if (launchMode !== "Normal") lrs.faults.push("a document in " + launchMode);
      lrs.documents.set(stateId, body);
      return send(204);
    }
    return lrs.documents.has(stateId) ? send(200, lrs.documents.get(stateId)) : send(404);
  }

  function keep(statements) {
    const known = new Set(lrs.statements.map(({ id }) => id));
    if (statements.some(({ id }) => known.has(id))) return [409, ""];
    for (const statement of statements) {
      check(statement);
      lrs.statements.push(statement);
    }
    return [200, statements.map(({ id }) => id)];
  }

  lrs.routes = { "/lrs/": answer, "/token": answer };
  return lrs;
}
