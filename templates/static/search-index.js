// Queries of the search page: an index of names in small files, and Pagefind's two bundles of words, large and recent.

// The search page has loaded these two, which are no modules; the 404 page has not.
if (!globalThis.foldText) await import("./fold.js");
if (!globalThis.searchLists) await import("./search-lists.js");

const ZERO_WIDTH = "\u200b"; // Pagefind's separator of words in texts without spaces

const FETCHED = 4; // words of a question for which names are loaded, the longest ones
const OF_ARTICLES = ["source", "year", "language", "author", "tag", "entity"]; // facets that no entity has

/** The words of a text without case and accents, folded as `glossator/search/names.py` folds names. */
export const fold = (text) => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const { foldText, searchLists } = globalThis;

/** Open the index of the site at an address. Throws if there is none. */
export async function open(root) {
  const base = new URL("pagefind/", root);
  const about = await fetched(new URL("search.json", base), { cache: "no-cache" });
  const askNames = names(new URL("names/", base), new Set(about.names));
  const nothing = async () => ({ results: [], counts: null, missing: [] });
  let words = null;
  const askWords = () => (words ??= about.pages ? openWords(root, base, about) : Promise.resolve(nothing));

  /**
   * Return entities and pages for a question. `counts` of the facets are null until they are loaded, `missing` are words
   * that no page has, `suggestions` are names that may be meant, `within` are names
   * that are a part of the question. `early` is called with the entities if they are known before the pages and nothing
   * that the pages tell can change them; the search for pages waits for it.
   */
  async function search(query, chosen, early) {
    const { author, tag, entity, ...filters } = chosen;
    // Names are in a few small files; the program that finds words, ten times as large, would make them late.
    const named = await askNames(query, chosen);
    const entities = named.filter(({ rank }) => rank <= PART);
    if (entities.some(({ rank }) => rank < PART)) await early?.(entities);
    const found = await (await askWords())(query, filters);
    const within = QUOTED.test(query) ? [] : named.filter(({ rank }) => rank === WITHIN);
    const among = author || tag || entity ? await only(root, { author, tag }, entity) : null;
    const ids = new Set(found.results.map((result) => result.id));
    const notes = new Set(entities.map((entity) => entity.note));
    const results = found.results.filter((result) => !notes.has(result.id) && (!among || among.has(result.id)));
    const counts = among ? null : found.counts;
    if (counts) countEntities(counts, entities.filter(({ note }) => !ids.has(note)));
    const doubtful = !entities.some(({ rank }) => rank < PART) && (found.missing.length || !results.length);
    const suggestions = doubtful ? await suggest(root, query, found.missing) : [];
    return { entities, results, counts, missing: found.missing, suggestions, within };
  }

  /** Return pages and names of the chosen facets, newest and most frequent first. */
  async function browse({ entity, ...chosen }) {
    const [pages, names] = [await searchLists.pages(root), await searchLists.names(root)];
    const among = entity ? await only(root, {}, entity) : null;
    const found = pages.filter((page) => searchLists.fits(page.facets, chosen) && (!among || among.has(page.id)));
    const kinds = Object.keys(chosen).every((name) => name === "type" || (name === "kind" && chosen.kind === "Entity"));
    const entities = kinds && !entity ? names.filter(({ type }) => ENTITY_TYPES(type) && (!chosen.type || type === chosen.type)) : [];
    entities.sort((a, b) => b.articles - a.articles || (a.name < b.name ? -1 : 1));
    const paths = new Set(entities.map(({ path }) => path));
    return { pages: found.filter(({ path }) => !paths.has(path)), entities, counts: searchLists.countFacets(found) };
  }
  /** Load what the next question needs. */
  const prepare = () => void askWords().catch(() => {}); // the question will say so
  return { facets: about.facets, search, browse, prepare };
}

/** Quotation marks of the languages of the interface: each may begin a phrase, and each may end it. */
const MARKS = "\"“„”«»「」『』";
const QUOTED = new RegExp(`[${MARKS}]`, "u");
const PHRASE = new RegExp(`[${MARKS}]([^${MARKS}]+)([${MARKS}]|$)`, "gu");
const ENTITY_TYPES = (type) => !["Author", "Tag", "Source"].includes(type);

/** Return the ids of the pages that have these values of facets and are linked from the pages of an entity. */
async function only(root, facets, entity) {
  const chosen = Object.fromEntries(Object.entries(facets).filter(([, value]) => value));
  const pages = (await searchLists.pages(root)).filter((page) => searchLists.fits(page.facets, chosen));
  const paths = entity ? await articlesOf(root, entity) : null;
  return new Set(pages.filter(({ path }) => !paths || paths.has(path)).map(({ id }) => id));
}

/** Return the addresses of the articles of an entity: its page lists them, or leads to lists of each year. */
async function articlesOf(root, entity) {
  const named = (await searchLists.names(root)).find(({ name, type }) => name === entity && ENTITY_TYPES(type));
  const paths = new Set();
  const asked = new Set();
  const read = async (path) => {
    asked.add(path);
    const answer = await fetch(new URL(path, root));
    if (!answer.ok) return;
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const below = [];
    for (const link of parsed.querySelectorAll(".passages h3 a, .items a, .rows a, .years a, td a")) {
      const target = new URL(link.getAttribute("href"), new URL(path, root));
      const relative = target.pathname.slice(new URL(root).pathname.length);
      if (relative.startsWith("articles/")) paths.add(decodeURIComponent(relative));
      else if (relative.startsWith(path.replace(/\.html$/, "/")) && !asked.has(relative)) below.push(relative);
    }
    await Promise.all([...new Set(below)].map(read));
  };
  if (named?.path.includes("#")) paths.add(named.path.split("#")[0]);
  else if (named) await read(named.path);
  return paths;
}

/** Return names that are nearly spelt like a query, or like a word of it that nothing has. */
async function suggest(root, query, missing) {
  for (const load of [searchLists.frequent, searchLists.names]) {
    const names = await load(root).catch(() => []);
    const whole = searchLists.nearest(names, query);
    const found = whole.length ? whole : missing.flatMap((word) => searchLists.nearest(names, word)).slice(0, 3);
    if (found.length) return found;
  }
  return [];
}

async function fetched(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// Scripts without spaces: each character is a word of the index, and a run of them a phrase.
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;

/** Divide a query into phrases and words, folded as the index is. A phrase without an end is one while it is typed. */
function parse(query) {
  const phrases = [];
  const spaced = (text) => foldText(text).replace(UNSPACED, " $& ").trim().replace(/\s+/g, " ");
  const unquoted = query.replace(PHRASE, (_, phrase) => {
    if (fold(phrase).length) phrases.push(spaced(phrase));
    return " ";
  });
  const single = [];
  for (const word of unquoted.split(/\s+/).filter((text) => fold(text).length)) {
    const runs = foldText(word).match(new RegExp(`(?:${UNSPACED.source})+|(?:(?!${UNSPACED.source}).)+`, "gu"));
    for (const run of runs.filter((text) => fold(text).length)) {
      (run.match(UNSPACED) ?? []).length > 1 ? phrases.push(spaced(run)) : single.push(run.trim());
    }
  }
  return { phrases, single };
}

/** Return a function that searches both bundles, with the results of a single one that is up to date. */
async function openWords(root, base, about) {
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
    const rare = asked.filter((word) => !common.has(word.replace(/[^\p{L}\p{N}_]/gu, "")));
    return rare.length ? rare : asked;
  };

  /** True if a result has a word that begins with the typed one. */
  async function begins(result, word) {
    const { content, locations } = await result.data();
    const all = content.includes(ZERO_WIDTH) ? content.split(ZERO_WIDTH) : content.split(/\s+/);
    const typed = fold(word).join("");
    return locations.some((at) => [...fold(all[at] ?? ""), fold(all[at] ?? "").join("")].some((found) => found.startsWith(typed)));
  }

  /**
   * Return what is found for a word, and where it occurs: whether in the large bundle, and in which recent pages. A
   * bundle that has no such word shortens it until something fits, which is no occurrence.
   */
  async function occurrences(word) {
    const exact = await pagefind.search(`"${word}"`);
    // Words that begin like a common one are very many, and take long to count.
    const loose = common.has(word) ? exact : await pagefind.search(word);
    const isRecent = ({ id }) => id in about.recent;
    const genuine = async (part) => {
      const [found, same] = [loose.results.filter(part), exact.results.some(part)];
      return found.length && (same || (await begins(found[0], word))) ? found : [];
    };
    const [inLarge, inRecent] = [await genuine((result) => !isRecent(result)), await genuine(isRecent)];
    return { word, loose, inLarge: inLarge.length > 0, pages: new Set(inRecent.map(({ id }) => id)) };
  }

  let counting = null; // counts of facets, a few bytes for each page: in a large archive loaded only when a facet is chosen
  return async (query, chosen) => {
    const { phrases, single } = parse(query);
    if (about.counted || Object.keys(chosen).length) counting ??= pagefind.filters();
    const asked = phrases.length ? single : withoutCommon(single);
    // What counts and words need is loaded at once; the counts are part of each answer after that.
    await Promise.all([counting, ...asked.map((word) => pagefind.preload(word))]);
    const seen = await Promise.all(asked.map(occurrences));
    const known = seen.filter((word) => word.inLarge || word.pages.size);
    const missing = seen.filter((word) => !known.includes(word)).map(({ word }) => word);
    const questions = phrases.map((phrase) => `"${phrase}"`);
    if (known.length) questions.push(known.map(({ word }) => word).join(" "));
    if (!questions.length) return { results: [], counts: null, missing };
    const filters = known.every((word) => word.inLarge) ? chosen : { ...chosen, ...recent };
    // The question of a single word has its answer already.
    const answered = known.length === 1 && !phrases.length && !Object.keys(filters).length;
    const answers = answered ? [known[0].loose] : [];
    for (const question of answered ? [] : questions) answers.push(await pagefind.search(question, { filters }));
    const has = ({ id }) => !(id in about.gone) && !(id in about.recent && known.some((word) => !word.pages.has(id)));
    const [answer, ...others] = answers;
    const results = others.reduce((left, { results }) => {
      const ids = new Set(results.map(({ id }) => id));
      return left.filter(({ id }) => ids.has(id));
    }, answer.results);
    const counts = counting && !others.length ? answer.filters : null; // of several questions nobody counts
    for (const { id } of counts ? results.filter((result) => !has(result)) : []) {
      for (const [name, values] of Object.entries(about.gone[id] ?? about.recent[id])) {
        for (const value of values) counts[name][value] -= 1;
      }
    }
    return { results: results.filter(has), counts, missing };
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
  const findNames = async (asked, chosen) => {
    const longest = [...new Set(asked)].sort((a, b) => b.length - a.length).slice(0, FETCHED);
    const rows = await Promise.all([...new Set(longest.map(startOf))].filter(Boolean).map(load));
    const found = new Map();
    for (const [path, type, articles, note, article, about, ...forms] of rows.flat()) {
      const ranks = forms.map((form) => likeness(fold(form), asked));
      const rank = Math.min(...ranks);
      if (rank > WITHIN || (chosen.type && chosen.type !== type)) continue;
      if ((chosen.type || chosen.kind) && !ENTITY_TYPES(type)) continue;
      const length = Math.min(...forms.filter((_, at) => ranks[at] === rank).map((form) => fold(form).length));
      const weight = articles * Math.min(asked.length / length, 1); // "Jose" means a Jose rather than the San Jose News
      const of = ENTITY_TYPES(type) ? 0 : 1;
      found.set(path, { path, type, articles, note, article, about: about || [], name: forms[0], aliases: forms.slice(1), rank, weight, of });
    }
    return [...found.values()];
  };
  return async (query, chosen) => {
    if (OF_ARTICLES.some((name) => chosen[name]) || (chosen.kind && chosen.kind !== "Entity")) return [];
    const best = new Map();
    for (const asked of readings(query)) {
      for (const entity of await findNames(asked, chosen)) {
        if (entity.rank < (best.get(entity.path)?.rank ?? Infinity)) best.set(entity.path, entity);
      }
    }
    const all = [...best.values()];
    const found = all.some(({ rank }) => rank <= PART) ? all.filter(({ rank }) => rank <= PART) : all;
    const order = (a, b) => a.rank - b.rank || a.of - b.of || b.weight - a.weight || (a.name < b.name ? -1 : 1);
    return found.sort(order);
  };
}

const ARTICLES = /^(the|an?|der|die|das|le|la|les|el|los|las|il|lo|het|de)$/;

/** Return the words of a query as typed, without the ending of a possessive, and without "the" before them. */
function readings(query) {
  const typed = fold(query);
  const plain = fold(query.replace(/['’ʼ]s?(?=[\s"”»]|$)/gu, ""));
  const without = (asked) => (asked.length > 1 && ARTICLES.test(asked[0]) ? asked.slice(1) : asked);
  const all = [typed, plain, without(typed), without(plain)].filter((asked) => asked.length);
  return [...new Map(all.map((asked) => [asked.join(" "), asked])).values()];
}

const SAME = 0;
/** Rank of a name whose words include all typed words; lower ranks match better. */
export const WHOLE = 1;
const PART = 2;
/** Rank of a name that stands whole in a longer query. */
const WITHIN = 3;

function likeness(form, asked) {
  if (form.join(" ") === asked.join(" ")) return SAME;
  if (asked.every((word) => form.includes(word))) return WHOLE;
  if (asked.every((word) => form.some((other) => other.startsWith(word)))) return PART;
  const within = form.length && form.join(" ").length > 3 && ` ${asked.join(" ")} `.includes(` ${form.join(" ")} `);
  return within ? WITHIN : Infinity;
}
