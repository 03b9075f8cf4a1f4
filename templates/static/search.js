// The search page. `search-index.js` queries the index; the question and the facets are in the address.
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

  const FACETS = [
    ["kind", "Kind of page"],
    ["type", "Type of entity"],
    ["source", "Source"],
    ["year", "Year"],
    ["language", "Language"],
  ];
  const STEP = 8; // results at a time, of about 2 kB each
  const NAMES = 5; // entities in the list before it is opened
  const PAUSE = 200; // ms without a key before a search

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content.filter(Boolean));
    return element;
  };
  const say = (text) => {
    status.textContent = text;
  };

  const state = () => new URLSearchParams(location.search);
  box.value = state().get("q") ?? "";
  box.focus();

  if (location.protocol === "file:") {
    say(
      "Search works when the site comes from a server: a browser does not let a page opened from disk read the index. " +
        "Run “python build.py serve”, or use the lists of articles and entities, which work from disk.",
    );
    return;
  }

  const root = new URL(page.dataset.root || ".", location.href);
  const broken = () =>
    say("The search index could not be loaded. Reload the page; if that does not help, build the site again.");
  let index, whole;
  try {
    const module = await import(new URL("static/search-index.js", root).href);
    index = await module.open(root);
    whole = module.WHOLE;
  } catch {
    broken();
    return;
  }

  /** Return an excerpt as text and `mark` elements. The excerpt is escaped; only Pagefind's two tags are markup. */
  function marked(excerpt) {
    const text = (piece) =>
      piece.replace(/&(lt|gt|quot|#39|#x27|amp);/g, (whole, name) => {
        return { lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", amp: "&" }[name] ?? whole;
      });
    return excerpt.split(/(<mark>.*?<\/mark>)/s).flatMap((piece) => {
      const found = /^<mark>(.*)<\/mark>$/s.exec(piece);
      if (!found) return text(piece);
      const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(text(found[1]));
      return [before, make("mark", "", word), after]; // Pagefind's word may end with a comma
    });
  }

  /** Return the excerpt, with dots if text before or after it is left out. */
  function excerpt(result) {
    const text = result.plain_excerpt.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
    const [before, after] = [result.content.startsWith(text), result.content.endsWith(text)];
    return [before ? "" : "… ", ...marked(result.excerpt), after ? "" : "\u00a0…"];
  }

  /** Return the address of a result, with a text directive by which the browser marks the words on the page. */
  function address(result) {
    const words = [...result.excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].map((match) => match[1].replace(/[^\p{L}\p{N}]+$/u, ""));
    const unique = [...new Set(words)].filter((word) => word && !word.includes("&")).slice(0, 4);
    const encode = (word) => encodeURIComponent(word).replaceAll("-", "%2D");
    return result.url + (unique.length ? "#:~:" + unique.map((word) => "text=" + encode(word)).join("&") : "");
  }

  const first = (result, name) => result.filters[name]?.[0] ?? "";
  const human = (date) => {
    const moment = new Date(date + "T00:00:00Z");
    const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    return Number.isNaN(moment.getTime()) ? date : moment.toLocaleDateString("en-GB", format);
  };

  function typeIcon(type) {
    const icon = [...document.querySelectorAll("#search-icons [data-word]")].find((row) => row.dataset.word === type);
    return icon?.firstElementChild.cloneNode(true);
  }

  function line(result) {
    const type = first(result, "type"); // only the note of an entity has one
    const link = make("a", "", result.meta.title || result.url);
    link.href = type ? result.url : address(result);
    const facts = [first(result, "source"), result.meta.date && human(result.meta.date)].filter(Boolean).join(" · ");
    return make(
      "li",
      "",
      make("p", "item-title", link),
      type ? make("p", "facts", typeIcon(type), type) : facts && make("p", "facts", facts),
      make("p", "item-text", ...excerpt(result)),
    );
  }

  const amountOf = (count, noun) => `${count.toLocaleString("en-GB")} ${count === 1 ? noun : noun + "s"}`;
  const entityLink = (entity) => {
    const link = make("a", "", entity.name);
    link.href = new URL(entity.path, root).href;
    return link;
  };

  function nameLine(entity) {
    // A name without a page of its own leads to the glossary of its article.
    const where = entity.article ? "in " + entity.article : amountOf(entity.articles, "article");
    const facts = [entity.type, where].filter(Boolean).join(" · ");
    return make("li", "", typeIcon(entity.type), entityLink(entity), " ", make("span", "facts", facts));
  }

  /** Return the description on the entity's page; nothing if the page cannot be loaded. */
  async function description(entity) {
    try {
      const answer = await fetch(new URL(entity.path, root));
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      return [...page.querySelectorAll("[data-search-about]")].map((part) => (part.querySelector("p") ?? part).textContent.trim());
    } catch {
      return [];
    }
  }

  async function entityCard(entity) {
    const texts = await description(entity);
    return make(
      "div",
      "found",
      make("p", "kicker", typeIcon(entity.type), entity.type),
      make("h2", "item-title", entityLink(entity)),
      ...texts.map((text) => make("p", "descriptor", text)),
      entity.aliases.length && make("p", "aliases", "Also called " + entity.aliases.join(", ")),
      make("p", "facts", "In " + amountOf(entity.articles, "article")),
    );
  }

  /** Show the best match as a card, and other matching entities as a list that can be expanded. */
  async function showEntities(entities, mine) {
    const [best, ...rest] = entities;
    const meant = best?.rank <= whole && !best.article;
    const card = meant ? await entityCard(best) : null;
    if (mine !== run) return;
    const others = (meant ? rest : entities).map(nameLine);
    const shown = make("ul", "names", ...others.slice(0, NAMES));
    const hidden = others.slice(NAMES);
    const open = make("button", "", amountOf(hidden.length, "more name"));
    open.type = "button";
    const onward = make("p", "onward", open);
    open.addEventListener("click", () => {
      shown.append(...hidden);
      hidden[0].querySelector("a").focus();
      onward.remove();
    });
    const parts = [card, others.length && shown, hidden.length && onward];
    entityBox.replaceChildren(...parts.filter(Boolean));
  }

  /** Show the facets, with the number of results of each value if `counted`. */
  function showFacets(counts, chosen, counted) {
    const fields = [];
    for (const [name, label] of FACETS) {
      const values = Object.entries(counts[name] ?? {}).filter(([value, count]) => count > 0 || value === chosen[name]);
      if (chosen[name] && !values.some(([value]) => value === chosen[name])) values.push([chosen[name], 0]);
      if (values.length < 2 && !chosen[name]) continue;
      values.sort(([a], [b]) => (name === "year" ? b.localeCompare(a) : a.localeCompare(b)));
      const select = make("select", "", new Option("All", ""));
      for (const [value, count] of values) select.append(new Option(counted ? `${value} (${count})` : value, value));
      select.name = name;
      select.id = "facet-" + name;
      select.value = chosen[name] ?? "";
      const title = make("label", "", label);
      title.htmlFor = select.id;
      fields.push(make("div", "", title, select));
    }
    // The facet being used keeps its focus.
    const focused = facetForm.contains(document.activeElement) ? document.activeElement.id : "";
    facetForm.replaceChildren(...fields);
    facetForm.hidden = fields.length === 0;
    if (focused) document.getElementById(focused)?.focus();
  }

  /** Before a question: show all facets, and say what to do. */
  function invite(chosen) {
    list.replaceChildren();
    entityBox.replaceChildren();
    more.hidden = true;
    const within = Object.values(chosen).join(", ");
    const { Article = 0, Entity = 0 } = index.facets.kind ?? {};
    const size = `${amountOf(Article, "article")} and ${amountOf(Entity, "name")}.`;
    say(within ? `Type a name or a word to search in: ${within}.` : size);
    showFacets(index.facets, chosen, true);
  }

  let run = 0;
  async function search() {
    const mine = ++run;
    const query = (state().get("q") ?? "").trim();
    const chosen = Object.fromEntries(FACETS.map(([name]) => [name, state().get(name)]).filter(([, value]) => value));
    if (!query) {
      invite(chosen);
      return;
    }
    let answer;
    try {
      answer = await index.search(query, chosen);
    } catch {
      broken();
      return;
    }
    if (mine !== run) return;
    const { entities, results } = answer;
    const amount = entities.length + results.length;
    say(amount ? amountOf(amount, "result") : "Nothing found. Try fewer words, or another facet.");
    showFacets(answer.counts ?? index.facets, chosen, Boolean(answer.counts));
    let shown = 0;
    const next = async () => {
      const batch = await Promise.all(results.slice(shown, shown + STEP).map((result) => result.data()));
      if (mine !== run) return;
      if (!shown) list.replaceChildren();
      shown += batch.length;
      list.append(...batch.map(line));
      more.hidden = shown >= results.length;
    };
    more.onclick = next;
    await Promise.all([showEntities(entities, mine), next()]);
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
    const stops = [box, ...page.querySelectorAll(".found a, .names a, .results a")];
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
})();
