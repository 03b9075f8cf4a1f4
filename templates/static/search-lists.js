// The lists of names (the frequent ones, and more) and pages in `pagefind/`: classic scripts, because they are all that a page opened from disk can load.
// They answer misspelt queries, browse by facet without words, and are all that a page opened from disk searches.
{
  const FACETS = ["kind", "type", "source", "year", "language", "author", "tag"];
  const OF_FACETS = { Author: "author", Tag: "tag", Source: "source" };
  const NEAR = 3; // suggestions

  const words = (text) => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const loading = new Map();

  /** Load one of the two lists once; its rows become objects. */
  function load(root, file, variable, read) {
    if (!loading.has(file)) {
      const script = document.createElement("script");
      const done = new Promise((resolve, reject) => {
        script.addEventListener("load", () => resolve(read(globalThis[variable])));
        script.addEventListener("error", () => reject(new Error(file)));
      });
      script.src = new URL("pagefind/" + file, root).href;
      document.head.append(script);
      loading.set(file, done);
    }
    return loading.get(file);
  }

  const readNames = ({ types, rows }) =>
    rows.map(([name, type, articles, path, ...aliases]) => {
      const facet = OF_FACETS[types[type]];
      const usual = facet ? `search.html?${facet}=${encodeURIComponent(name)}` : `entities/${words(name).join("-")}.html`;
      return { name, type: types[type], articles, path: path || usual, aliases, article: "" };
    });

  const readPages = ({ values, rows }) =>
    rows.map(([id, path, title, date, ...numbers]) => {
      const facets = {};
      FACETS.forEach((facet, at) => {
        const found = [numbers[at]].flat().filter((number) => number >= 0);
        if (found.length) facets[facet] = found.map((number) => values[facet][number]);
      });
      return { id, path, title, date, facets };
    });

  /** Return the least number of letters to change, add, drop or swap between neighbours; `limit` + 1 if it is more. */
  function distance(one, other, limit) {
    if (Math.abs(one.length - other.length) > limit) return limit + 1;
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  const limitOf = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

  /** Return how far a query is from a name, by its words in any order; Infinity if a word is like none of the name's. */
  function farness(asked, form) {
    let sum = 0;
    // If another word is spelt as it should be, a long word may differ by one letter more.
    const known = asked.length > 1 && asked.some((word) => form.includes(word));
    for (const word of asked) {
      const limit = limitOf(word) + (known && word.length > 4 ? 1 : 0);
      const least = Math.min(...form.map((other) => distance(word, other, limit)));
      if (least > limit) return Infinity;
      sum += least;
    }
    return sum;
  }

  /** Return the names that a misspelt query may mean, nearest first, then most frequent. */
  function nearest(names, query, filter = () => true) {
    const asked = words(query);
    const found = [];
    for (const entity of asked.length ? names.filter(filter) : []) {
      const far = Math.min(...[entity.name, ...entity.aliases].map((form) => farness(asked, words(form))));
      if (far > 0 && far < Infinity) found.push({ ...entity, far });
    }
    found.sort((a, b) => a.far - b.far || b.articles - a.articles);
    return [...new Map(found.map((entity) => [entity.name, entity])).values()].slice(0, NEAR);
  }

  const fits = (facets, chosen) => Object.entries(chosen).every(([name, value]) => (facets[name] ?? []).includes(value));

  /** Count the values of facets. */
  function countFacets(pages) {
    const counts = {};
    for (const { facets } of pages) {
      for (const [name, values] of Object.entries(facets)) {
        counts[name] ??= {};
        for (const value of values) counts[name][value] = (counts[name][value] ?? 0) + 1;
      }
    }
    return counts;
  }

  /** Return the pages whose title, authors, tags or source have words that begin with all words of a query. */
  function titled(pages, query) {
    const asked = words(query);
    const begins = (text, word) => (/^[a-z\d]/.test(word) ? words(text).some((other) => other.startsWith(word)) : foldText(text).includes(word));
    return pages.filter(({ title, facets }) => {
      const text = [title, ...["author", "tag", "source"].flatMap((name) => facets[name] ?? [])].join(" ");
      return asked.length && asked.every((word) => begins(text, word));
    });
  }

  /** Return all names of both lists. */
  async function names(root) {
    const both = [load(root, "names.js", "glossatorNames", readNames), load(root, "more-names.js", "glossatorMoreNames", readNames)];
    return (await Promise.all(both)).flat();
  }

  const pages = (root) => load(root, "pages.js", "glossatorPages", readPages);

  /** Return an index of names and titles, which is all that a page opened from disk can load. */
  async function openFromDisk(root) {
    const [every, listed] = [await names(root), await pages(root)];
    const isEntity = ({ type }) => !["Author", "Tag", "Source"].includes(type);
    const browse = async ({ entity, ...chosen }) => {
      const found = listed.filter(({ facets }) => fits(facets, chosen));
      const named = Object.keys(chosen).every((name) => name === "type" || (name === "kind" && chosen.kind === "Entity"));
      const entities = every.filter((one) => named && isEntity(one) && (!chosen.type || one.type === chosen.type));
      const paths = new Set(entities.map(({ path }) => path));
      entities.sort((a, b) => b.articles - a.articles);
      return { pages: found.filter(({ path }) => !paths.has(path)), entities, counts: countFacets(found) };
    };
    const search = async (query, { entity, ...chosen }) => {
      const found = titled(listed, query).filter(({ facets }) => fits(facets, chosen));
      const asked = words(query.replace(/['’]s?(?=\s|$)/gu, ""));
      const rank = (form) => {
        const own = words(form);
        if (own.join(" ") === asked.join(" ")) return 0;
        if (asked.every((word) => own.includes(word))) return 1;
        return asked.every((word) => own.some((other) => other.startsWith(word))) ? 2 : 3;
      };
      const only = Object.keys(chosen).some((name) => !["type", "kind"].includes(name)) || (chosen.kind ?? "Entity") !== "Entity";
      const fitting = only ? [] : every.filter((one) => !chosen.type || one.type === chosen.type);
      const entities = fitting.map((one) => ({ ...one, rank: Math.min(...[one.name, ...one.aliases].map(rank)) })).filter((one) => one.rank < 3);
      entities.sort((a, b) => a.rank - b.rank || isEntity(b) - isEntity(a) || b.articles - a.articles);
      const suggestions = entities.length || found.length ? [] : nearest(every, query);
      return { entities, pages: found, results: [], counts: countFacets(found), missing: [], suggestions };
    };
    const { counts: facets } = await browse({});
    return { facets, browse, search };
  }

  globalThis.searchLists = {
    frequent: (root) => load(root, "names.js", "glossatorNames", readNames),
    names,
    pages,
    nearest,
    fits,
    countFacets,
    titled,
    openFromDisk,
  };
}
