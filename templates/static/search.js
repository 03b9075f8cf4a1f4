// The search page: the question and the facets are in the address. `search-index.js` queries the index, `search-results.js`
// makes what is shown of an answer.
(async () => {
  "use strict";
  const page = document.querySelector(".search-page");
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const entityBox = document.getElementById("search-entity");
  const facetForm = document.getElementById("facets");
  const more = document.getElementById("search-more");
  const suggestionLine = document.getElementById("search-suggestions");
  const narrow = document.getElementById("narrow");
  const ways = document.getElementById("ways-in"); // before a question
  const columns = page.querySelector(".search-columns"); // hidden until the first answer, so that nothing moves
  const { searchIndex, searchLists, searchResults } = globalThis;
  const { amountOf, entityLink, isSame, lines, make, pageLine, titledFirst, withoutAlike } = searchResults;
  const disk = location.protocol === "file:";

  const FACETS = [
    ["kind", word("Kind of page")],
    ["type", word("Type of name")],
    ["source", word("Source")],
    ["year", word("Year")],
    ["language", word("Language")],
    ["author", word("Author")],
    ["tag", word("Tag")],
    ["entity", word("Name in the text")],
  ];
  // These facets have the same values, and so addresses, in every language of the interface.
  const NAMED = ["kind", "type"];
  const OFFERED = 300; // values of a facet in its list, the most frequent
  const STEP = 8; // results at a time, of about 2 kB each
  const KNOWN = 5; // names that are a part of the question, at most
  const PAUSE = 200; // ms without a key before a search

  const say = (text) => {
    status.textContent = text;
    status.dataset.answered = "";
    columns.classList.remove("waiting");
  };

  const state = () => new URLSearchParams(location.search);
  box.value = state().get("q") ?? "";
  box.focus();

  narrow.open = matchMedia("(width >= 46rem)").matches;

  const root = new URL(page.dataset.root || ".", location.href);
  const broken = () =>
    say(word("The search index could not be loaded. Reload the page; if that does not help, build the site again."));
  if (box.value) status.textContent = word("Searching…");
  columns.classList.toggle("asking", Boolean(box.value));
  let index;
  try {
    index = await (disk ? searchLists.openFromDisk(root) : searchIndex.open(root));
  } catch {
    disk ? say(word("This copy of the site was opened from disk, and it has no search. The lists of articles and names have everything.")) : broken();
    return;
  }

  const entityParts = (entities) => searchResults.entityParts(entities, Object.keys(index.facets.source ?? {}));

  /** Say for which name this is `instead`, which names may be meant, or which are a part of the question. */
  function suggest(suggestions, within = [], instead = "") {
    const between = (links) => links.flatMap((link, at) => (at ? [word(at < links.length - 1 ? ", " : " or "), link] : [link]));
    const asked = suggestions.map(({ name }) => {
      const link = make("a", "", name);
      link.href = "?" + new URLSearchParams({ q: name });
      return link;
    });
    const known = within.slice(0, KNOWN).map((entity, at) => [at ? " · " : word("Names in it:") + " ", entityLink(entity)]);
    const paged = within.filter(({ path }) => path?.startsWith("entities/"));
    const [a, b] = paged.map(({ path }) => /([^/]+)\.html/.exec(path)[1]);
    if (a && b && !disk) {
      const link = make("a", "", word("How are %(first)s and %(second)s connected?", { first: paged[0].name, second: paged[1].name }));
      link.href = new URL("entities/index.html?" + new URLSearchParams({ a, b }), root).href;
      known.push([" · ", link]);
    }
    suggestionLine.replaceChildren(instead, ...(asked.length ? [word("Did you mean") + " ", ...between(asked), word("?")] : known.flat()));
  }

  const shownValue = (name, value) =>
    value === "Entity" ? word("Name") : NAMED.includes(name) ? word(value) : name === "language" ? languageName(value) : value;

  function languageName(code) {
    try {
      return new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(code);
    } catch {
      return code; // of a mistyped address
    }
  }

  function labelFor(field, text) {
    const label = make("label", "", text);
    label.htmlFor = field.id;
    return label;
  }

  /** Return the field for a name in the text. Its list, all names of the archive, is loaded when a reader comes to it. */
  function entityField(value) {
    const list = make("datalist");
    list.id = "names-in-text";
    const field = make("input");
    Object.assign(field, { name: "entity", id: "facet-entity", value, autocomplete: "off", placeholder: word("All") });
    field.setAttribute("list", list.id);
    field.addEventListener("focus", async () => {
      const names = list.childElementCount ? [] : await searchLists.names(root).catch(() => []);
      list.append(...names.filter(({ type }) => !["Author", "Tag", "Source"].includes(type)).map(({ name }) => new Option(name)));
    });
    return make("div", "", labelFor(field, word("Name in the text")), field, list);
  }

  /** Show the facets, with the number of results of each value if `counted`. */
  function showFacets(counts, chosen, counted) {
    const fields = [];
    for (const [name, label] of FACETS.filter(([name]) => name !== "entity")) {
      const values = Object.entries(counts[name] ?? {}).filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]).slice(0, OFFERED);
      if (chosen[name] && !values.some(([value]) => value === chosen[name])) values.push([chosen[name], 0]);
      if (values.length < 2 && !chosen[name]) continue; // it would narrow nothing
      values.sort(([a], [b]) => (name === "year" ? b.localeCompare(a) : a.localeCompare(b)));
      const select = make("select", "", new Option(word("All"), ""));
      for (const [value, count] of values) select.append(new Option(shownValue(name, value) + (counted ? ` (${count})` : ""), value));
      select.name = name;
      select.id = "facet-" + name;
      select.value = chosen[name] ?? "";
      fields.push(make("div", "", labelFor(select, label), select));
    }
    if (!disk && (fields.length || chosen.entity)) fields.push(entityField(chosen.entity ?? ""));
    // The facet being used keeps its focus.
    const focused = facetForm.contains(document.activeElement) ? document.activeElement.id : "";
    facetForm.replaceChildren(...fields);
    narrow.classList.toggle("idle", !fields.length); // it keeps its place, so that nothing moves
    if (focused) document.getElementById(focused)?.focus();
  }

  const DISK = word(
    "Opened from disk, search knows names, titles, authors, tags and sources. The words within articles are found once the site comes from a web server.",
  );

  /** Before a question: show all facets, and say what there is. */
  function invite() {
    const { Article = 0 } = index.facets.kind ?? {};
    show([], [], `${amountOf(Article, "%(num)s article")}. ${disk ? DISK : word("Type a name or a word, or choose from a list.")}`, index.facets, {}, true);
  }

  /** Return links to pages in a line. */
  function linksTo(...pages) {
    const links = pages.map(([text, path]) => {
      const link = make("a", "", text);
      link.href = new URL(path, root).href;
      return link;
    });
    return make("p", "onward", ...links.flatMap((link, at) => (at ? [" · ", link] : [link])));
  }

  /** Where to go on if nothing was found: without what narrows the question, or to the lists. */
  function elsewhere(query, chosen) {
    const wider = Object.keys(chosen).length ? [[word("Search everything"), "search.html?" + new URLSearchParams({ q: query })]] : [];
    return linksTo(...wider, [word("All articles"), "articles/index.html"], [word("All names"), "entities/index.html"]);
  }

  /** Put everything in place at once, so that nothing moves afterwards; `parts` are null if they are there already. */
  function show(parts, lines, text, counts, chosen, counted) {
    if (parts) entityBox.replaceChildren(...parts);
    if (entityBox.nextElementSibling !== list) list.before(entityBox);
    list.replaceChildren(...lines);
    showFacets(counts, chosen, counted);
    suggest([]);
    more.hidden = true;
    say(text);
  }

  /** Show what has the chosen facets, without words. */
  async function browse(chosen, mine) {
    const { pages, entities, counts } = await index.browse(chosen);
    const parts = entityParts(entities);
    const amount = pages.length + entities.length;
    const facets = Object.entries(chosen).map(([name, value]) => shownValue(name, value)).join(word(", "));
    const text = amount ? word("%(results)s in: %(facets)s", { results: amountOf(amount, "%(num)s result"), facets }) : word("Nothing has all of these.");
    const merged = { ...index.facets, ...Object.fromEntries(["author", "tag"].filter((name) => counts[name]).map((name) => [name, counts[name]])) };
    show(parts, [], text, pages.length ? { ...counts, type: index.facets.type } : merged, chosen, true);
    inSteps(pages, (batch) => batch.map(pageLine), mine);
  }

  /** Show items, some at a time. */
  function inSteps(items, lines, mine) {
    let shown = 0;
    const next = async () => {
      const batch = await lines(items.slice(shown, shown + STEP));
      if (mine !== run) return;
      shown += STEP;
      list.append(...batch);
      more.hidden = shown >= items.length;
    };
    more.onclick = next;
    return next();
  }

  /** Return what is shown of results; of an answer that a later one has replaced, nothing. */
  const dataOf = async (results) => (await Promise.all(results.map((result) => result.data()))).filter(Boolean);

  const quoted = (words) => words.map((text) => word("“%(text)s”", { text })).join(word(", "));

  /** Wait until what was changed is on the screen; in a hidden tab nothing is ever painted. */
  const painted = () =>
    new Promise((done) => (document.hidden ? done() : requestAnimationFrame(() => setTimeout(done))));

  // After Back, the answer is as long as it was, and at the same place.
  history.scrollRestoration = "manual";
  page.addEventListener("click", ({ target }) => {
    if (target.closest("a[href]")) history.replaceState({ shown: list.childElementCount, y: scrollY }, "");
  });
  async function restore({ shown = 0, y = 0 } = history.state ?? {}) {
    for (let tries = 0; list.childElementCount < shown && !more.hidden && tries < shown / STEP; tries++) await more.onclick();
    if (y) scrollTo(0, y);
  }

  let run = 0;
  /** Answer the question in the address, or for the first of the names `near` to it if nothing is found. */
  async function search(near = []) {
    const mine = ++run;
    delete status.dataset.answered;
    const written = (state().get("q") ?? "").trim();
    const query = near[0]?.name ?? written;
    const chosen = Object.fromEntries(FACETS.map(([name]) => [name, state().get(name)]).filter(([, value]) => value));
    ways.hidden = Boolean(query || Object.keys(chosen).length);
    try {
      if (query && columns.classList.contains("waiting")) status.textContent = word("Searching…");
      if (!query) setTimeout(() => index.prepare?.());
      if (!query) return Object.keys(chosen).length ? await browse(chosen, mine) : invite();
      // The first answer shows names before the pages are found, which then stand below them.
      const instead = near.length ? `${word("Nothing found for %(words)s; this is for %(name)s", { words: quoted([written]), name: quoted([query]) })}. ` : "";
      let early = false;
      const showEarly = async (entities) => {
        if (mine !== run || !columns.classList.contains("waiting")) return;
        entityBox.replaceChildren(...entityParts(entities));
        suggest(near.slice(1), [], instead);
        columns.classList.remove("waiting");
        early = true;
        await painted();
      };
      const { entities, results, pages, counts, missing, suggestions, within } = await index.search(query, chosen, showEarly);
      const loaded = pages ? [] : await dataOf(results.slice(0, STEP));
      if (mine !== run) return;
      if (!entities.length && !(pages ?? results).length && suggestions.length && !near.length) return search(suggestions);
      const data = titledFirst(query, withoutAlike(query, loaded));
      const listed = new Map();
      const found = pages ?? results;
      const amount = entities.length + found.length;
      const parts = early ? null : amount ? entityParts(entities) : [elsewhere(query, chosen)];
      const typed = (folded) => query.split(/\s+/).find((part) => foldText(part).trim() === folded) ?? folded;
      const lost = quoted(missing.map(typed));
      const without = missing.length && results.length ? word(", without %(words)s, which no article has", { words: lost }) : "";
      const none = word(missing.length ? "Nothing found: no article has %(words)s." : "Nothing found. Try fewer words, or another facet.", { words: lost });
      const text = amount ? amountOf(amount, "%(num)s result") + without : none;
      show(parts, pages ? [] : lines(data, listed), disk ? `${text}${amount ? "." : ""} ${DISK}` : text, counts ?? (amount ? index.facets : {}), chosen, Boolean(counts));
      // An article of this title is what is meant, rather than a tag of the same words, or names that have only some of them.
      if (data.length && isSame(query, data[0].meta.title ?? "") && entities.every(({ of, rank }) => of || rank)) list.after(entityBox);
      suggest(near.length ? near.slice(1) : suggestions, within, instead);
      if (pages) inSteps(pages, (batch) => batch.map(pageLine), mine);
      else if (results.length > STEP) {
        more.hidden = false;
        more.onclick = () => inSteps(results.slice(STEP), async (batch) => lines(await dataOf(batch), listed), mine);
      }
    } catch {
      broken();
    }
  }

  function go(changes, keep) {
    const next = state();
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
    const target = location.pathname + (next.size ? "?" + next : "");
    keep ? history.replaceState(null, "", target) : history.pushState(null, "", target);
    return search();
  }

  let timer;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => go({ q: box.value.trim() }, true), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go({ q: box.value.trim() }, false);
  });
  facetForm.addEventListener("submit", (event) => event.preventDefault());
  facetForm.addEventListener("change", (event) => go({ [event.target.name]: event.target.value }, false));
  addEventListener("popstate", () => {
    box.value = state().get("q") ?? "";
    search();
  });

  // Arrow keys move from the box through the results, Escape returns to the box.
  page.addEventListener("keydown", (event) => {
    const stops = [box, ...page.querySelectorAll(".suggestions a, .found a, .names a, .results a")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    if (to === undefined || to === at || !stops[to]) return;
    event.preventDefault();
    stops[to].focus();
  });

  // Use what was typed while the index was loading.
  const typed = box.value.trim();
  await (typed === (state().get("q") ?? "").trim() ? search() : go({ q: typed }, true));
  await restore();
})();
