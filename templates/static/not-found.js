// The 404 page: what is there whose address is like the one that was asked for.
(async () => {
  "use strict";
  const place = document.getElementById("nearest");
  const SHOWN = 3;
  const WORDS = 3; // words that are asked for one by one, the longest ones
  const PAGES = 12; // pages looked at for each question, of about 2 kB each
  const ALIKE = 0.4; // likeness of two addresses from which on one is offered for the other

  const nameOf = (path) => {
    const last = path.split("/").filter(Boolean).at(-1) ?? "";
    try {
      return decodeURIComponent(last).replace(/\.[a-z]+$/i, "").toLowerCase();
    } catch {
      return ""; // no valid address
    }
  };
  const pairs = (text) => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

  /** Return how alike two texts are, from 0 to 1: Dice's coefficient of their pairs of letters (Dice, 1945). */
  function likeness(one, other) {
    const [mine, rest] = [pairs(one), pairs(other)];
    const all = mine.length + rest.length;
    let shared = 0;
    for (const pair of mine) {
      const at = rest.indexOf(pair);
      if (at >= 0) {
        shared += 1;
        rest.splice(at, 1);
      }
    }
    return all ? (2 * shared) / all : 0;
  }

  const asked = nameOf(location.pathname).slice(0, 100);
  const words = asked.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!words.length || location.protocol === "file:") return;
  const field = document.querySelector("main input[type=search]");
  if (field) field.value = words.join(" "); // an entity that is gone is found by its name
  const root = new URL(place.dataset.root || ".", location.href);
  const found = new Map();
  try {
    const index = await globalThis.searchIndex.open(root);
    const longest = [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, WORDS);
    for (const question of new Set([words.join(" "), ...longest])) {
      const { entities, results } = await index.search(question, {});
      for (const { path, name } of entities) found.set(new URL(path, root).href, name);
      const pages = await Promise.all(results.slice(0, PAGES).map((result) => result.data()));
      for (const { url, meta } of pages) found.set(new URL(url, root).href, meta.title || url);
    }
  } catch {
    return; // the site has no index
  }
  const ranked = [...found].map(([href, title]) => [likeness(asked, nameOf(new URL(href).pathname)), href, title]);
  const nearest = ranked.filter(([rank]) => rank >= ALIKE).sort(([a, x], [b, y]) => b - a || (x < y ? -1 : 1));
  for (const [, href, title] of nearest.slice(0, SHOWN)) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = title;
    const item = document.createElement("li");
    item.append(link);
    place.querySelector("ul").append(item);
  }
  place.hidden = !nearest.length;
})();
