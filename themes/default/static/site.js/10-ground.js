/* What scripts add to pages that already work without them.
 *
 * Classic scripts, so that they run from file://. They make no requests, put text in pages only as text, and keep nothing on the device but the
 * chosen colours before the learner asks. Their words come from the page (`#page-words` and data attributes).
 * The build joins the parts of this folder into one file, in the order of their names; they share `window.throughline`. */
window.throughline = (function () {
  "use strict";

  const root = new URL("..", document.currentScript.src);
  const html = document.documentElement;
  const here = document.body.dataset.path || "";
  const one = (selector, within) => (within || document).querySelector(selector);
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const words = (one("#page-words") || html).dataset;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** Makes an element; `properties` are set on it, `children` are elements or text. */
  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  /** Returns a link's path from the top of the site, or null when it leaves the site. */
  function pathOf(href) {
    const url = new URL(href, location.href);
    return url.origin === root.origin && url.pathname.startsWith(root.pathname) ? decodeURIComponent(url.pathname.slice(root.pathname.length)) : null;
  }

  /** Returns the element that an address's fragment names, if the page has it. */
  function targetOf(hash) {
    try {
      return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    } catch {
      return null; // no fragment of ours
    }
  }

  const status = document.body.appendChild(make("div", { className: "visually-hidden" }));
  status.setAttribute("role", "status");
  let waiting = 0;
  /** Says a text to those who do not see the page change. */
  function announce(text) {
    clearTimeout(waiting);
    status.textContent = "";
    waiting = setTimeout(() => (status.textContent = text), 50);
  }

  /** Returns what a learning platform's page around this one keeps things through: `{read(), write(data), leave(), before, scheme, records}`. */
  function platformAround() {
    try {
      return (parent !== window && parent.throughlineStore) || null;
    } catch {
      return null; // a frame of others
    }
  }

  html.dataset.script = "";
  html.dataset.running = document.title; // what stands at the head of printed pages
  return { root, html, here, words, one, all, fill, make, pathOf, targetOf, announce, platform: platformAround(), isPackaged: "package" in html.dataset };
})();
