/* Scenarios: one step at a time. What is chosen stays chosen; "back" goes back a step; where one is, is remembered; the end shows one's path beside
 * the best. The path is the list of the choices' numbers as they are written, each from 1 in its step: wherever they are dealt, they stay. */
(function (site) {
  "use strict";
  const { words, one, all, make, targetOf, announce, store } = site;

  function setUp(scenario) {
    const steps = all(".step", scenario);
    const choicesOf = (step) => all(".choice > details", step);
    const numberOf = (details) => Number(details.dataset.choice);
    const nextOf = (details) => {
      const link = one(".choice-next a", details);
      return link ? steps.find((step) => step.id === decodeURIComponent(link.hash.slice(1))) : null;
    };
    const back = make("button", { type: "button", className: "plain", textContent: words.back });
    const restart = make("button", { type: "button", className: "plain", textContent: words.restart });
    const end = make("p", { textContent: words.end, hidden: true });
    const own = pathBox(words.path);
    const best = pathBox(words.best);
    const path = make("div", { className: "path", hidden: true }, end,
      make("div", { className: "paths" }, own.box, best.box), make("p", { className: "actions" }, back, restart));
    scenario.append(path);
    let walked = []; // numbers of the choices
    let at = 0; // which station of the path is shown

    function pathBox(title) {
      const list = make("ol");
      return { list, box: make("div", {}, make("p", { className: "path-title", textContent: title }), list) };
    }

    /** Returns the stations of a path: each step with what was chosen in it, and the step behind the last choice. */
    function stations(numbers) {
      const found = [];
      let step = steps[0];
      for (const number of numbers) {
        const details = step && choicesOf(step).find((choice) => numberOf(choice) === number);
        if (!details) return found;
        found.push({ step, details });
        step = nextOf(details);
      }
      if (step) found.push({ step, details: null });
      return found;
    }

    /** Walks by the best choice of each step; a path that comes back to a step ends there. */
    function bestPath() {
      const numbers = [];
      const seen = new Set();
      for (let step = steps[0]; step && !seen.has(step);) {
        seen.add(step);
        const choices = choicesOf(step);
        const best = choices.find((details) => details.dataset.outcome === "best");
        if (!best) break;
        numbers.push(numberOf(best));
        step = nextOf(best);
      }
      return stations(numbers);
    }

    const line = ({ step, details }) => {
      const outcome = one(".outcome", details);
      return make("li", {}, one(".step-title", step).textContent + ": " + one("summary", details).textContent, outcome ? " (" + outcome.textContent + ")" : "");
    };

    function render(focus) {
      const way = stations(walked);
      at = Math.min(at, way.length - 1);
      const { step, details } = way[at];
      steps.forEach((other) => (other.hidden = other !== step));
      for (const choice of choicesOf(step)) {
        choice.open = choice === details;
        const isLocked = Boolean(details) && choice !== details;
        choice.parentElement.classList.toggle("locked", isLocked);
        if (isLocked) one("summary", choice).setAttribute("aria-disabled", "true");
        else one("summary", choice).removeAttribute("aria-disabled");
      }
      const chosen = way.filter((station) => station.details);
      const last = way[way.length - 1];
      const isEnd = at === way.length - 1 && (last.details ? !nextOf(last.details) : !choicesOf(step).length);
      path.hidden = !chosen.length;
      back.hidden = at === 0;
      end.hidden = !isEnd;
      own.list.replaceChildren(...chosen.map(line));
      best.box.hidden = !isEnd;
      if (isEnd) best.list.replaceChildren(...bestPath().filter((station) => station.details).map(line));
      if (!focus) return;
      const heading = one(".step-title", step);
      heading.tabIndex = -1;
      heading.focus();
    }

    function note() {
      store.change(() => {
        const kept = store.lesson().scenarios;
        if (walked.length) kept[scenario.id] = walked.slice();
        else delete kept[scenario.id];
      });
    }

    /** Shows another station, as a step of the browser's history. */
    function go(to) {
      at = to;
      history.pushState({ scenario: scenario.id, walked, at }, "");
      render(true);
    }

    scenario.addEventListener("click", (event) => {
      const summary = event.target.closest(".choice > details > summary");
      if (summary) {
        event.preventDefault();
        if (walked.length > at) return; // chosen is chosen
        const details = summary.parentElement;
        walked = walked.concat(numberOf(details));
        history.replaceState({ scenario: scenario.id, walked, at }, "");
        render();
        note();
        announce(all(".consequence > :not(.choice-next)", details).map((element) => element.textContent.trim()).join(" "));
        return;
      }
      const link = event.target.closest(".choice-next a");
      if (!link || !nextOf(link.closest("details"))) return;
      event.preventDefault();
      go(at + 1);
    });
    back.addEventListener("click", () => go(at - 1));
    restart.addEventListener("click", () => {
      walked = [];
      note();
      go(0);
    });
    function take(state) {
      const isOurs = state && state.scenario === scenario.id;
      if (isOurs && Array.isArray(state.walked)) walked = state.walked.length > walked.length ? state.walked : walked;
      at = isOurs ? state.at : 0;
    }
    addEventListener("popstate", (event) => {
      take(event.state);
      render(Boolean(event.state && event.state.scenario === scenario.id));
    });

    const kept = store.kept && store.data.lessons[site.here] && store.data.lessons[site.here].scenarios[scenario.id];
    walked = kept || [];
    at = Math.max(0, stations(walked).length - 1);
    if (history.state && history.state.scenario === scenario.id) take(history.state);
    render();

    /** Shows a step that a link leads to, wherever the path is. */
    return (step) => {
      const station = stations(walked).findIndex((station) => station.step === step);
      if (station >= 0) {
        at = station;
        render();
      } else {
        steps.forEach((other) => (other.hidden = other !== step));
      }
    };
  }

  const scenarios = all("[data-scenario]").filter((scenario) => one(".step", scenario)).map((scenario) => ({ scenario, show: setUp(scenario) }));

  function showTarget() {
    const target = targetOf(location.hash);
    const step = target && target.closest(".step");
    const found = step && step.hidden && scenarios.find(({ scenario }) => scenario.contains(step));
    if (!found) return;
    found.show(step);
    target.scrollIntoView();
  }
  addEventListener("hashchange", showTarget);
  showTarget();
})(window.throughline);
