/* Wakes the search when a reader turns to it: its scripts are loaded with the first use, from whatever page.
 * Ctrl+K (Cmd+K) leads to the field. Without this script the form leads to the search page, which says what to do. */
(function () {
  "use strict";

  const forms = Array.from(document.querySelectorAll("form[data-find]"));
  if (!forms.length) return;
  const assets = new URL(".", document.currentScript.src);

  function add(name) {
    const script = document.createElement("script");
    script.src = new URL(name, assets).href;
    script.async = false;
    document.head.append(script);
  }

  for (const form of forms) form.hidden = false; // the search page's is of no use without scripts

  let awake = false;
  function wake() {
    if (awake) return;
    awake = true;
    const looks = document.createElement("link");
    looks.rel = "stylesheet";
    looks.href = new URL("search.css", assets).href;
    document.head.append(looks);
    add("search-engine.js");
    add("search.js");
  }

  for (const form of forms) {
    form.addEventListener("focusin", wake);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      form.dataset.asked = ""; // search.js answers it when it comes
      wake();
    });
  }
  if (document.querySelector("[data-search-results]") && new URLSearchParams(location.search).get("q")) wake();

  document.addEventListener("keydown", (event) => {
    // No single key: whoever speaks to the machine would set it off (WCAG 2.1.4).
    const asked = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!asked) return;
    const field = forms.map((form) => form.querySelector("[type=search]")).find((one) => one.getClientRects().length);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
