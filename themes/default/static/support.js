/* Filters the directory of support services: by words (for whom, for what), by nation and by urgency. */
(function (site) {
  "use strict";
  const { one, all, fill } = site;

  const filter = one("[data-filter]");
  if (!filter) return;
  const cards = all(".directory > li").map((item) => ({ item, text: item.textContent.toLowerCase() }));
  const [need, nation, urgent] = ["#filter_need", "#filter_nation", "#filter_urgent"].map((id) => one(id, filter));
  const said = one("[role='status']", filter);

  function apply() {
    const wanted = need.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { item, text } of cards) {
      const nations = item.dataset.nations;
      const fits = wanted.every((word) => text.includes(word))
        && (!nation.value || nations === "|" || nations.includes("|" + nation.value + "|"))
        && (!urgent.checked || "urgent" in item.dataset);
      item.hidden = !fits;
      if (fits) count += 1;
    }
    said.textContent = count ? fill(filter.dataset.count, { n: count, of: cards.length }) : filter.dataset.none;
  }
  filter.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", apply);
  apply();
  // A link to a card must find it, whatever is typed.
  addEventListener("hashchange", () => {
    need.value = nation.value = "";
    urgent.checked = false;
    apply();
  });
})(window.throughline);
