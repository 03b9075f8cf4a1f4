// Queries of the search page: an index of names in small files, and Pagefind's two bundles of words, large and recent.

import "./fold.js";

const FETCHED = 4; // words of a question for which names are loaded, the longest ones
const OF_ARTICLES = ["source", "year", "language"]; // facets that no entity has

/** The words of a text without case and accents, folded as `glossator/search/names.py` folds names. */
export const fold = (text) => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Open the index of the site at an address. Throws if there is none. */
export async function open(root) {
  const base = new URL("pagefind/", root);
  const about = await fetched(new URL("search.json", base), { cache: "no-cache" });
  const askNames = names(new URL("names/", base), new Set(about.names));
  const askWords = about.pages ? await words(root, base, about) : async () => ({ results: [], counts: null });

  /** Return entities and pages for a question; `counts` of the facets are null until they are loaded. */
  async function search(query, chosen) {
    const [entities, found] = await Promise.all([askNames(query, chosen), askWords(query, chosen)]);
    const ids = new Set(found.results.map((result) => result.id));
    const notes = new Set(entities.map((entity) => entity.note));
    const results = found.results.filter((result) => !notes.has(result.id));
    if (found.counts) countEntities(found.counts, entities.filter((entity) => !ids.has(entity.note)));
    return { entities, results, counts: found.counts };
  }
  return { facets: about.facets, search };
}

async function fetched(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Return a function that searches both bundles, with the results of a single one that is up to date. */
async function words(root, base, about) {
  const pagefind = await import(new URL("pagefind.js", base).href);
  const settings = { excerptLength: 32, baseUrl: root.pathname };
  await pagefind.options({ ...settings, noWorker: true }); // the worker is another 40 kB and gains nothing at this size
  await pagefind.init();
  const split = Object.keys(about.recent).length > 0;
  const recent = { bundle: "recent" };
  if (split) await pagefind.mergeIndex(new URL("recent/", base).pathname, { ...settings, mergeFilter: recent });

  // A word that most pages have narrows nothing and takes long to load, so it is used in a phrase only.
  const common = new Set(about.common);
  const withoutCommon = (asked) => {
    const rare = asked.filter((word) => !common.has(word.toLowerCase().replace(/[^\p{L}\p{N}_]/gu, "")));
    return rare.length ? rare : asked;
  };

  /** Return the bundles and pages of each word, because Pagefind ignores a word that a bundle does not contain. */
  async function occurrences(asked) {
    if (!split || asked.length < 2) return [];
    const answers = await Promise.all(asked.map((word) => pagefind.search(word, { filters: recent })));
    const found = answers.map(({ results, unfilteredResultCount }) => ({
      inLarge: unfilteredResultCount > results.length,
      pages: new Set(results.map((result) => result.id)),
    }));
    return found.filter((word) => word.inLarge || word.pages.size);
  }

  let counting = null; // counts of facets, a few bytes for each page: in a large archive loaded only when a facet is chosen
  return async (query, chosen) => {
    if (about.counted || Object.keys(chosen).length) counting ??= pagefind.filters();
    await counting;
    const asked = /^\s*".+"\s*$/.test(query) ? [query] : withoutCommon(query.split(/\s+/));
    const known = await occurrences(asked);
    const filters = known.every((word) => word.inLarge) ? chosen : { ...chosen, ...recent };
    const answer = await pagefind.search(asked.join(" "), { filters });
    const has = ({ id }) => !(id in about.gone) && !(id in about.recent && known.some((word) => !word.pages.has(id)));
    const counts = counting && answer.filters;
    for (const { id } of counting ? answer.results.filter((result) => !has(result)) : []) {
      for (const [name, values] of Object.entries(about.gone[id] ?? about.recent[id])) {
        for (const value of values) counts[name][value] -= 1;
      }
    }
    return { results: answer.results.filter(has), counts };
  };
}

/** Add entities to Pagefind's counts, which include only the notes that it found. */
function countEntities(counts, entities) {
  for (const { type } of entities) {
    for (const [name, value] of Object.entries({ kind: "Entity", type })) {
      counts[name] ??= {};
      counts[name][value] = (counts[name][value] ?? 0) + 1;
    }
  }
}

/** Return a function that finds entities whose name has all words of a question: exact matches first, then frequent. */
function names(base, starts) {
  const loaded = new Map();
  const load = (start) => {
    const letters = [...start].map((letter) => (letter < "\x80" ? letter : "_" + letter.codePointAt(0).toString(16)));
    const address = new URL(`n-${letters.join("")}.json`, base);
    if (!loaded.has(start)) loaded.set(start, fetched(address).catch(() => []));
    return loaded.get(start);
  };
  const startOf = (word) => {
    const letters = [...word];
    const longest = letters.findLastIndex((_, at) => starts.has(letters.slice(0, at + 1).join("")));
    return letters.slice(0, longest + 1).join("");
  };
  return async (query, chosen) => {
    if (OF_ARTICLES.some((name) => chosen[name]) || (chosen.kind && chosen.kind !== "Entity")) return [];
    const asked = fold(query);
    const longest = [...new Set(asked)].sort((a, b) => b.length - a.length).slice(0, FETCHED);
    const rows = await Promise.all([...new Set(longest.map(startOf))].filter(Boolean).map(load));
    const found = new Map();
    for (const [path, type, articles, note, article, ...forms] of rows.flat()) {
      const rank = Math.min(...forms.map((form) => likeness(fold(form), asked)));
      if (rank > PART || (chosen.type && chosen.type !== type)) continue;
      found.set(path, { path, type, articles, note, article, name: forms[0], aliases: forms.slice(1), rank });
    }
    return [...found.values()].sort((a, b) => a.rank - b.rank || b.articles - a.articles || (a.name < b.name ? -1 : 1));
  };
}

const SAME = 0;
/** Rank of a name whose words include all typed words; lower ranks match better. */
export const WHOLE = 1;
const PART = 2;

function likeness(form, asked) {
  if (form.join(" ") === asked.join(" ")) return SAME;
  if (asked.every((word) => form.includes(word))) return WHOLE;
  return asked.every((word) => form.some((other) => other.startsWith(word))) ? PART : Infinity;
}
