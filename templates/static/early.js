// Before the first paint: apply the reader's choice of theme and marks, and record that scripts run.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  for (const name of ["theme", "marks"]) {
    try {
      const choice = localStorage.getItem("glossator-" + name);
      if (/^(light|dark|person|off)$/.test(choice)) root.dataset[name] = choice;
    } catch {
      // Storage may be forbidden; then the choice lasts only as long as the page.
    }
  }
})();
