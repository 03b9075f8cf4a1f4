// Before the first paint: apply the reader's choice of theme and marks, and record that scripts run.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  // `unmarked` lists the types whose names are not marked.
  for (const [name, allowed] of [["theme", /^(light|dark)$/], ["unmarked", /^[a-z]+( [a-z]+)*$/]]) {
    try {
      const choice = localStorage.getItem("glossator-" + name);
      if (allowed.test(choice)) root.dataset[name] = choice;
    } catch {
      // Storage may be forbidden; then the choice lasts only as long as the page.
    }
  }
})();
