/* Leads from an old address to the new one, to the same place in the page. Runs in the page's head, and from file:// too. */
(function () {
  "use strict";
  const to = document.currentScript.dataset.target;
  location.replace(new URL(to, location.href).href + location.hash);
})();
