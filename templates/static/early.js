// Before the first paint: apply the reader's choice of theme and marks, and record that scripts run.
(() => {
  // A text of the interface: `words.js` has it in the language of a site that is not in English.
  globalThis.word = (text, values) =>
    (globalThis.glossatorWords?.texts[text] ?? text).replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const root = document.documentElement;
  root.dataset.script = "";
  // `unmarked` lists the types whose names are not marked.
  for (const [name, allowed] of [["theme", /^(light|dark)$/], ["unmarked", /^[a-z]+( [a-z]+)*$/], ["keys", /^off$/]]) {
    try {
      const choice = localStorage.getItem("glossator-" + name);
      if (allowed.test(choice)) root.dataset[name] = choice;
    } catch {
      // Storage may be forbidden; then the choice lasts only as long as the page.
    }
  }
})();
