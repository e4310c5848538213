/* Reading a page: rails, the current section, and the meaning of a topic where it is named. */
(function (site) {
  "use strict";
  const { html, words, one, all, make, targetOf, announce } = site;

  /* Rails: open beside the text, folded on phones. */

  const wide = matchMedia("(min-width: 58em)");
  const foldRails = () => all(".rail .fold").forEach((fold) => (fold.open = wide.matches));
  foldRails();
  wide.addEventListener("change", foldRails);

  /* Notes that stand beside the text make room for each other. */

  const notes = all(".lesson-with-notes .block-facilitator");
  function placeNotes() {
    let edge = 0;
    for (const note of notes) {
      note.style.marginBlockStart = "";
      if (getComputedStyle(note).position !== "absolute") continue;
      const top = note.getBoundingClientRect().top + scrollY;
      if (top < edge) note.style.marginBlockStart = edge - top + 8 + "px";
      edge = note.getBoundingClientRect().bottom + scrollY;
    }
  }
  if (notes.length) {
    placeNotes();
    addEventListener("resize", placeNotes);
  }

  /* Contents: the current section. */

  const sections = all(".contents a[href^='#']")
    .map((link) => ({ link, heading: targetOf(link.hash) }))
    .filter((section) => section.heading && !section.link.closest(".to-topics"));
  let current = null;

  function findSection() {
    let found = null;
    for (const section of sections) {
      if (section.heading.getBoundingClientRect().top < innerHeight * 0.35) found = section;
    }
    if (found === current) return;
    if (current) current.link.removeAttribute("aria-current");
    if (found) found.link.setAttribute("aria-current", "location");
    current = found;
  }
  if (sections.length) {
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        findSection();
      });
    }, { passive: true });
    findSection();
  }
  /** Returns the id of the section that is being read. */
  site.section = () => (current ? current.heading.id : "");

  /* Topics: the definition where a topic is linked. */

  const meanings = new Map(all("[data-topic-definition]").map((element) => {
    const name = one(".strand-name", element.closest("li"));
    return [element.dataset.topicDefinition, { text: element.textContent.trim(), name: name ? name.textContent : "" }];
  }));
  let note = null; // {link, box}

  function closeNote(refocus) {
    if (!note) return;
    const { link, box } = note;
    note = null;
    box.remove();
    link.setAttribute("aria-expanded", "false");
    if (refocus) link.focus();
  }

  function openNote(link) {
    closeNote();
    const { text, name } = meanings.get(link.dataset.topic);
    const close = make("button", { type: "button", className: "plain", textContent: words.close });
    const box = make("span", { className: "topic-note" },
      make("strong", { textContent: name || link.textContent }),
      make("span", { textContent: text }),
      make("a", { href: link.href, textContent: words.topic }), close);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", name || link.textContent);
    link.after(box);
    link.setAttribute("aria-expanded", "true");
    note = { link, box };
    close.addEventListener("click", () => closeNote(true));
    placeNote();
    announce((name ? name + ". " : "") + text);
  }

  function placeNote() {
    if (!note) return;
    const rects = note.link.getClientRects();
    const at = rects[rects.length - 1];
    const parent = note.box.offsetParent;
    const base = parent && parent !== document.body ? parent.getBoundingClientRect() : { left: -scrollX, top: -scrollY };
    const left = Math.max(16, Math.min(at.left, html.clientWidth - note.box.offsetWidth - 16));
    note.box.style.left = left - base.left + "px";
    note.box.style.top = at.bottom + 6 - base.top + "px";
  }

  for (const link of all("a.topic[data-topic]")) {
    if (!meanings.has(link.dataset.topic) || link.closest("summary, label")) continue;
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    const toggle = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // opens the topic's page as links do
      event.preventDefault();
      if (note && note.link === link) closeNote();
      else openNote(link);
    };
    link.addEventListener("click", toggle);
    link.addEventListener("keydown", (event) => event.key === " " && toggle(event));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && note) closeNote(note.box.contains(document.activeElement));
  });
  document.addEventListener("click", (event) => {
    if (note && !note.box.contains(event.target) && !note.link.contains(event.target)) closeNote();
  });
  document.addEventListener("focusin", (event) => {
    if (note && !note.box.contains(event.target) && event.target !== note.link) closeNote();
  });
  addEventListener("resize", placeNote);

  /** Shows a link's target that is folded away. */
  function showTarget() {
    const target = targetOf(location.hash);
    if (!target) return;
    if (target.id === "page-topics") one(".fold", target).open = true;
    const folded = target.closest("details:not([open])");
    for (let fold = folded; fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    if (folded) target.scrollIntoView();
  }
  addEventListener("hashchange", showTarget);
  if (location.hash.length > 1) showTarget();
})(window.throughline);
