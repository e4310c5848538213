/* Says that scripts run, and puts the chosen colours on, before the page is first painted: loaded in the head, and does nothing else. */
document.documentElement.dataset.script = "";
try {
  // In a package the page around it knows them: others may use this device.
  const kept = "package" in document.documentElement.dataset ? parent.throughlineStore.scheme : localStorage.getItem("throughline-colours");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.scheme = kept;
} catch { /* this browser keeps nothing */ }
