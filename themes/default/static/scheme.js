/* Puts the chosen colours on before the page is first painted: loaded in the head, and does nothing else. */
try {
  const kept = localStorage.getItem("throughline-colours");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.scheme = kept;
} catch { /* this browser keeps nothing */ }
