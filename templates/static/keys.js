// On pages with lists, after they have loaded: single keys go from entry to entry. The menu "Aa" switches them off.
(() => {
  "use strict";
  const { make, button } = elements;
  const ENTRIES = "main :is(.items, .lines, .results, .lead, .beside-lead) :is(.item-title, .lead-title) > a[href]";
  const entries = () => [...new Set(document.querySelectorAll(ENTRIES))].filter((link) => link.offsetParent);

  function go(step) {
    const links = entries();
    const at = links.indexOf(document.activeElement);
    const link = links[at < 0 ? (step > 0 ? links.findIndex((each) => each.getBoundingClientRect().top >= 0) : -1) : at + step];
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
  }

  const help = make("dialog", "keys-help");
  help.setAttribute("aria-labelledby", "keys-title");
  help.dataset.reader = "";
  const title = make("h2", "", word("Keys"));
  title.id = "keys-title";
  const rows = [["j", word("Next in the list")], ["k", word("The one before")], ["o", word("Open")], ["/", word("Search")], ["?", word("This list")]];
  const list = make("dl", "", ...rows.flatMap(([key, text]) => [make("dt", "", make("kbd", "", key)), make("dd", "", text)]));
  help.append(title, list, make("p", "facts", word("The menu Aa switches them off.")), button(word("Close"), () => help.close(), "plain-button"));
  document.body.append(help);

  const KEYS = { j: () => go(1), k: () => go(-1), o: () => entries().find((link) => link === document.activeElement)?.click(), "?": () => help.showModal() };
  document.addEventListener("keydown", (event) => {
    const action = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off") return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    event.preventDefault();
    action();
  });
})();
