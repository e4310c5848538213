/* Printing: what is folded is opened on paper, apart from answers; those only in a copy with notes and answers (`data-print="copy"` on the root). */
(function (site) {
  "use strict";
  const { html, one, all } = site;
  const ANSWERS = ".feedback, .reveal-solution, .choice > details";

  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (button.dataset.print === "copy") html.dataset.print = "copy";
      print();
    });
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])").filter((details) => html.dataset.print === "copy" || !details.matches(ANSWERS));
    opened.forEach((details) => (details.open = true));
    const printed = one("[data-printed-on]");
    if (printed) printed.textContent = new Date().toLocaleDateString(html.lang || undefined, { dateStyle: "long" });
    const address = one("[data-address]");
    if (address) address.textContent = location.protocol === "file:" ? site.here : location.href.split("#")[0];
  });
  addEventListener("afterprint", () => {
    opened.forEach((details) => (details.open = false));
    opened = [];
    delete html.dataset.print;
  });
})(window.throughline);
