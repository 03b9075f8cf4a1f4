// Queries of the search page: an index of names in small files, and words, which `search-words.js` finds. Not a module,
// because a page opened from disk may load none ahead.
{
  const FETCHED = 4; // words of a question for which names are loaded, the longest ones
  const OF_ARTICLES = ["source", "year", "language", "author", "tag", "entity"]; // facets that no entity has

  /** The words of a text without case and accents, folded as `glossator/search/names.py` folds names. */
  const fold = (text) => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  const { foldText, searchLists, searchDates } = globalThis;

  /** Open the index of the site at an address. Throws if there is none. */
  async function open(root) {
    const base = new URL("pagefind/", root);
    const about = await fetched(new URL("search.json", base), { cache: "no-cache" });
    const { ask: askNames, near } = names(new URL("names/", base), new Set(about.names));
    const nothing = async () => ({ results: [], counts: null, missing: [], quoted: false });
    let words = null;
    const askWords = () => (words ??= about.pages ? startWords(root, about) : Promise.resolve(nothing));

    /**
     * Return entities and pages for a question. `counts` of the facets are null until they are loaded, `missing` are words
     * that no page has, `suggestions` are names that may be meant, `within` are names that are a part of the question.
     * `early` is called with the entities if they are known before the pages and nothing that the pages tell can change
     * them; the answer waits for it.
     */
    async function search(query, chosen, early) {
      const dated = searchDates.parse(query);
      const then = dated ? await publishedThen(dated, chosen) : null;
      if (then?.length && !dated.rest) return listed(then);
      if (then?.length) return searchWords(dated.rest, chosen, early, new Set(then.map(({ id }) => id)));
      return searchWords(query, chosen, early, null);
    }

    /** Return the pages of the date that a question asks for, newest first. */
    async function publishedThen({ prefix }, { entity, ...chosen }) {
      const found = (await searchLists.pages(root)).filter(({ date, facets }) => date?.startsWith(prefix) && searchLists.fits(facets, chosen));
      const among = entity ? await only(root, {}, entity) : null;
      return found.filter(({ id }) => !among || among.has(id)).sort((a, b) => b.date.localeCompare(a.date));
    }
    const listed = (pages) => ({ entities: [], pages, results: [], counts: searchLists.countFacets(pages), missing: [], suggestions: [], within: [] });

    async function searchWords(query, chosen, early, then) {
      const { author, tag, entity, ...filters } = chosen;
      // Names are in a few small files; the program that finds words, ten times as large, would make them late.
      const named = await askNames(query, chosen);
      const entities = named.filter(({ rank }) => rank <= PART);
      prepare();
      // A tag, source or author waits for an article of the same title, and so does a name that is not the whole of several words.
      const certain = ({ rank, of }) => !of && (rank === SAME || (rank < PART && fold(query).length < 3));
      if (!then && entities.some(certain)) await early?.(entities);
      const found = await (await askWords())(query, filters);
      const within = found.quoted ? [] : named.filter(({ rank, type }) => rank === WITHIN && ENTITY_TYPES(type));
      const chosenOnes = author || tag || entity ? await only(root, { author, tag }, entity) : null;
      const among = chosenOnes && then ? new Set([...then].filter((id) => chosenOnes.has(id))) : (chosenOnes ?? then);
      const ids = new Set(found.results.map((result) => result.id));
      const notes = new Set(entities.map((entity) => entity.note));
      const results = found.results.filter((result) => !notes.has(result.id) && (!among || among.has(result.id)));
      // Who names a day or a month asks for what was published then; a name is a part of the question.
      if (then && results.length) return { entities: [], results, counts: null, missing: found.missing, suggestions: [], within: [...entities, ...within] };
      const counts = among ? null : found.counts;
      if (counts) countEntities(counts, entities.filter(({ note }) => !ids.has(note)));
      const isNamelike = !entities.length && fold(query).length < 5 && query.split(/\s+/).every((word) => /^\p{Lu}/u.test(word));
      const doubtful = !entities.some(({ rank }) => rank < PART) && (found.missing.length || !results.length || isNamelike);
      const suggestions = doubtful ? await suggest(root, near, query, found.missing) : [];
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
  async function suggest(root, near, query, missing) {
    // If nothing has any of several words, a name that is like one of them is not what is meant.
    const single = missing.length < fold(query).length || missing.length === 1 ? missing : [];
    for (const load of [searchLists.frequent, searchLists.names]) {
      const names = await load(root).catch(() => []);
      const whole = [searchLists.nearest(names, query), await near(query)].find(({ length }) => length);
      const found = whole ?? single.flatMap((word) => searchLists.nearest(names, word)).slice(0, 3);
      if (found.length) return found;
    }
    return [];
  }

  async function fetched(address, options) {
    const answer = await fetch(address, options);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  /**
   * Start the thread that finds words, and Pagefind in it. Returns a function from a question to its pages, as long as no
   * other question but one came after it.
   */
  async function startWords(root, about) {
    const worker = new Worker(new URL("static/search-words.js", root), { type: "module" });
    const waiting = new Map();
    let last = 0;
    const failed = new Promise((_, reject) => worker.addEventListener("error", () => reject(new Error("search-words.js"))));
    failed.catch(() => {}); // whoever asks is told
    worker.addEventListener("message", ({ data: { number, value, error } }) => {
      const { resolve, reject } = waiting.get(number);
      waiting.delete(number);
      error ? reject(new Error(error)) : resolve(value);
    });
    const ask = (action, ...values) => {
      last += 1;
      const answer = new Promise((resolve, reject) => waiting.set(last, { resolve, reject }));
      worker.postMessage({ number: last, action, values });
      return Promise.race([answer, failed]);
    };
    const { ahead, tag, recent, gone, common, counted } = about;
    const forms = /^en/.test(document.documentElement.lang);
    await ask("open", root.href, { ahead, tag, recent, gone, common, counted, forms });
    return async (query, chosen) => {
      const { number, ids, ...found } = await ask("search", query, chosen);
      return { ...found, results: ids.map((id) => ({ id, data: () => ask("page", number, id) })) };
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

  /**
   * Return two functions of a question: `ask` finds entities whose name has all of its words, exact matches first, then
   * frequent ones; `near` finds misspelt names, also of entities without a page, in the files of its words.
   */
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
    const near = async (query) => {
      const rows = await Promise.all([...new Set(fold(query).map(startOf))].filter(Boolean).map(load));
      return searchLists.nearest(rows.flat().map(([, , articles, , , , name, ...aliases]) => ({ name, articles, aliases })), query);
    };
    const findNames = async (asked, chosen) => {
      const longest = [...new Set(asked)].sort((a, b) => b.length - a.length).slice(0, FETCHED);
      const rows = await Promise.all([...new Set(longest.map(startOf))].filter(Boolean).map(load));
      const found = new Map();
      for (const [path, type, articles, note, article, about, ...forms] of rows.flat()) {
        const ranks = forms.map((form) => likeness(fold(form), asked));
        const surname = Math.min(...ranks) > WITHIN && type === "Person" ? surnameIn(forms[0], asked) : "";
        const rank = surname ? WITHIN : Math.min(...ranks);
        if (rank > WITHIN || (chosen.type && chosen.type !== type)) continue;
        if ((chosen.type || chosen.kind) && !ENTITY_TYPES(type)) continue;
        const length = Math.min(...forms.filter((_, at) => ranks[at] === rank).map((form) => fold(form).length));
        const weight = articles * Math.min(asked.length / length, 1); // "Jose" means a Jose rather than the San Jose News
        const of = ENTITY_TYPES(type) ? 0 : 1;
        found.set(path, { path, type, articles, note, article, about: about || [], name: forms[0], aliases: forms.slice(1), rank, weight, of, surname });
      }
      return [...found.values()];
    };
    const ask = async (query, chosen) => {
      if (OF_ARTICLES.some((name) => chosen[name]) || (chosen.kind && chosen.kind !== "Entity")) return [];
      const best = new Map();
      for (const asked of readings(query)) {
        for (const entity of await findNames(asked, chosen)) {
          if (entity.rank < (best.get(entity.path)?.rank ?? Infinity)) best.set(entity.path, entity);
        }
      }
      const all = likeliest([...best.values()]);
      const owner = ownerOf(query, all);
      const only = owner ?? bearerOf(query, all);
      if (only) only.rank = SAME;
      const found = all.some(({ rank }) => rank <= PART) ? all.filter(({ rank }) => rank <= PART) : all;
      const order = (a, b) => a.rank - b.rank || a.of - b.of || b.weight - a.weight || (a.name < b.name ? -1 : 1);
      return found.sort(order);
    };
    return { ask, near };
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

  /** Return the entity whose possessive begins a question, such as "Trump's advisers": of several the most frequent one. */
  function ownerOf(query, entities) {
    const named = fold(/^(.+?)(?:['’ʼ]s|s['’ʼ])\s/u.exec(query)?.[1] ?? "").join(" ");
    const owners = named ? entities.filter(({ name, aliases, rank }) => rank === WITHIN && [name, ...aliases].some((form) => fold(form).join(" ") === named)) : [];
    return owners.sort((a, b) => b.weight - a.weight)[0];
  }

  /** Return the person whose surname a query is, if only one bears it and nothing else has the name. */
  function bearerOf(query, entities) {
    const surname = fold(query).join(" ");
    const bearers = entities.filter(({ type, name, rank }) => type === "Person" && rank === WHOLE && fold(name).at(-1) === surname);
    return bearers.length === 1 && !entities.some(({ rank }) => rank === SAME) ? bearers[0] : null;
  }

  /** Return the surname of a name if a longer question has it. */
  function surnameIn(name, asked) {
    const words = fold(name);
    return words.length > 1 && asked.length > 1 && asked.includes(words.at(-1)) ? words.at(-1) : "";
  }

  /** Of those whose surname alone is asked, keep the one in most articles, if another name is too. */
  function likeliest(entities) {
    const others = entities.filter(({ surname }) => !surname);
    const whole = others.filter(({ rank }) => rank === WITHIN);
    const taken = new Set(whole.flatMap(({ name, aliases }) => [name, ...aliases].flatMap(fold)));
    const bearers = entities.filter(({ surname }) => surname && !taken.has(surname));
    const kept = bearers.filter((one) => !bearers.some((other) => other !== one && other.surname === one.surname && other.articles >= one.articles));
    return kept.length + whole.filter(({ of }) => !of).length > 1 ? [...others, ...kept] : others;
  }

  const SAME = 0;
  /** Rank of a name whose words include all typed words; lower ranks match better. */
  const WHOLE = 1;
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

  globalThis.searchIndex = { open, WHOLE };
}
