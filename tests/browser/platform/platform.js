/* A learning platform for tests: npm scorm-again in the frame around a package. What it keeps goes to the server with every commit, since its own page is
 * closed too. `?version=12|2004&mode=...&start=ADDRESS&absent&refuses&bare&once&window`; tests set `platform.refuses`, `.gone` and `.delay` (milliseconds). */
(function () {
  "use strict";
  const asked = new URLSearchParams(location.search);
  const is12 = asked.get("version") === "12";
  const platform = (window.platform = { calls: [], refuses: asked.has("refuses"), gone: false, delay: 0 });
  const real = is12 ? new window.Scorm12API({ logLevel: 5 }) : new window.Scorm2004API({ logLevel: 5 });
  platform.real = real;

  const isCommit = (name) => /Commit|Finish|Terminate/.test(name);
  const keep = (name) => navigator.sendBeacon("/kept", JSON.stringify({ cmi: real.renderCMIToJSONObject().cmi, name, calls: platform.calls }));
  const names = is12
    ? ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"]
    : ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"];
  const api = {};
  for (const name of names) {
    api[name] = (...values) => {
      if (platform.gone) throw new Error("gone");
      for (const until = Date.now() + platform.delay; Date.now() < until;);
      if (asked.has("once") && /Initialize/.test(name) && platform.calls.some(([name]) => /Initialize/.test(name))) throw new Error("a platform that cannot begin again");
      // What platforms of SCORM 1.2 need not have.
      if (asked.has("bare") && /mode|interactions|objectives/.test(values[0])) {
        platform.calls.push([name, ...values, ""]);
        platform.error = "401";
        return /Get/.test(name) ? "" : "false";
      }
      if (platform.error && /GetLastError/.test(name)) return platform.error;
      platform.error = "";
      if (platform.refuses && /Initialize|SetValue|Commit|Finish|Terminate/.test(name)) return platform.calls.push([name, ...values, "false"]) && "false";
      const result = real[name](...values);
      platform.calls.push([name, ...values, result]);
      if (isCommit(name)) keep(name);
      return result;
    };
  }

  async function begin() {
    const kept = await (await fetch("/kept")).json();
    if (kept) {
      for (const part of kept.cmi.core ? [kept.cmi.core] : [kept.cmi]) for (const element of ["session_time", "exit"]) delete part[element];
      real.loadFromJSON({ cmi: kept.cmi }, "");
    }
    if (asked.get("mode")) real.loadFromJSON(is12 ? { cmi: { core: { lesson_mode: asked.get("mode") } } } : { cmi: { mode: asked.get("mode") } }, "");
    if (!asked.has("absent")) window[is12 ? "API" : "API_1484_11"] = api;
    if (asked.has("window")) return; // a test opens the content in a window of its own
    const frame = document.createElement("iframe");
    frame.title = "Content";
    frame.src = asked.get("start") || "/content/start.html";
    frame.width = innerWidth - 20;
    frame.height = innerHeight - 20;
    document.body.append(frame);
  }
  begin();
})();
