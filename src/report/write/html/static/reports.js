/* Lets reviewers filter and sort the tables of the reports, which read without it.
 *
 * A classic script, so that it runs from file://. It makes no requests and keeps nothing. */
(function () {
  "use strict";

  const ROWS_TO_SORT = 4;
  const ROWS_TO_FILTER = 10;

  /** Makes an element; `properties` are set on it, `children` are elements or text. */
  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  /** Returns what a cell sorts by: a number where it is one. */
  function keyOf(row, column) {
    const cell = row.cells[column];
    const text = cell.dataset.sort || cell.textContent.trim();
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text.toLowerCase();
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a).localeCompare(String(b), undefined, { numeric: true });
  }

  function sortBy(table, header, column) {
    const descending = header.getAttribute("aria-sort") === "ascending";
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [keyOf(row, column), row]);
    rows.sort((a, b) => (descending ? compare(b[0], a[0]) : compare(a[0], b[0])));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    body.append(...rows.map(([, row]) => row));
  }

  function addSorting(table) {
    Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
      const button = make("button", { type: "button" }, header.textContent);
      button.addEventListener("click", () => sortBy(table, header, column));
      header.replaceChildren(button, make("span", { className: "on-paper" }, header.textContent));
    });
  }

  function addFilter(table) {
    const rows = Array.from(table.tBodies[0].rows, (row) => [row, row.textContent.toLowerCase()]);
    const id = table.id + "-filter";
    const input = make("input", { type: "search", id, autocomplete: "off" });
    const count = make("p", { role: "status" });
    const show = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [row, text] of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      count.textContent = words.length ? shown + " of " + rows.length + " rows" : "";
    };
    input.addEventListener("input", show);
    const name = document.getElementById(table.parentElement.getAttribute("aria-labelledby"));
    const which = make("span", { className: "visually-hidden" }, ": " + name.textContent);
    const label = make("label", { htmlFor: id }, "Filter rows", which);
    const box = make("div", { className: "filter" }, make("div", {}, label, input), count);
    table.parentElement.before(box);
    // A link from elsewhere to a row must find it whatever the filter hides.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.hidden && table.contains(target)) {
        input.value = "";
        show();
        target.scrollIntoView();
      }
    });
  }

  for (const table of document.querySelectorAll(".scroll > table")) {
    const rows = table.tBodies[0].rows.length;
    if (rows >= ROWS_TO_SORT) addSorting(table);
    if (rows >= ROWS_TO_FILTER) addFilter(table);
  }
})();
