/* Light and dark: a choice is kept under a key of its own, whatever else is kept (scheme.js reads it before the page is painted). */
(function (site) {
  "use strict";
  const { html, one, platform, isPackaged } = site;

  const KEY = "throughline-colours";
  const button = one("[data-scheme-switch]");
  if (!button) return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (html.dataset.scheme ? html.dataset.scheme === "dark" : system.matches);
  // The button says what it does, not what is.
  const show = () => (one("span", button).textContent = isDark() ? button.dataset.light : button.dataset.dark);

  button.hidden = false;
  show();
  system.addEventListener("change", show);
  button.addEventListener("click", () => {
    html.dataset.scheme = isDark() ? "light" : "dark";
    show();
    if (platform) platform.scheme = html.dataset.scheme;
    if (platform || isPackaged) return;
    try {
      localStorage.setItem(KEY, html.dataset.scheme);
    } catch { /* it holds for this page */ }
  });
})(window.throughline);
