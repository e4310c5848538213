/* Puts clock times into a run sheet, from the start time that the facilitator sets. */
(function (site) {
  "use strict";
  const { one, all } = site;
  const line = one("[data-session]");
  const start = one("input", line);
  const cells = all("[data-at]");

  function show() {
    const [hours, minutes] = start.value.split(":").map(Number);
    if (!Number.isFinite(hours)) return;
    for (const cell of cells) {
      const at = hours * 60 + minutes + Number(cell.dataset.at);
      cell.textContent = [Math.floor(at / 60) % 24, at % 60].map((part) => String(part).padStart(2, "0")).join(":");
    }
  }
  line.hidden = false;
  start.addEventListener("input", show);
  show();
})(window.throughline);
