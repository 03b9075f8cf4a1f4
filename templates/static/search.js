// The search page: its own face over Pagefind's programming interface. The question and the facets are in the address.
(async () => {
  "use strict";
  const page = document.querySelector(".search-page");
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const entityPlace = document.getElementById("search-entity");
  const facetForm = document.getElementById("facets");
  const more = document.getElementById("search-more");

  const FACETS = [
    ["kind", "Kind of page"],
    ["type", "Type of entity"],
    ["source", "Source"],
    ["year", "Year"],
    ["language", "Language"],
  ];
  const STEP = 12; // results at a time
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
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

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

  let pagefind;
  try {
    const root = new URL(page.dataset.root || ".", location.href);
    pagefind = await import(new URL("pagefind/pagefind.js", root).href);
    await pagefind.options({ excerptLength: 32, baseUrl: root.pathname });
    await pagefind.init();
    await pagefind.filters(); // loads them: without, an answer counts none
  } catch {
    say("The search index could not be loaded. Reload the page; if that does not help, build the site again.");
    return;
  }

  /** An excerpt as text and `mark` elements. It comes escaped; only our own two tags are told from text. */
  function marked(excerpt) {
    const text = (piece) =>
      piece.replace(/&(lt|gt|quot|#39|#x27|amp);/g, (whole, name) => {
        return { lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", amp: "&" }[name] ?? whole;
      });
    return excerpt.split(/(<mark>.*?<\/mark>)/s).map((piece) => {
      const found = /^<mark>(.*)<\/mark>$/s.exec(piece);
      return found ? make("mark", "", text(found[1])) : text(piece);
    });
  }

  /** The browser itself marks the words on the page that the link leads to (URL fragment text directives). */
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

  function kindLine(result, className) {
    const type = first(result, "type");
    const icon = [...document.querySelectorAll("#search-icons [data-word]")].find((each) => each.dataset.word === type);
    return make("p", className, icon?.firstElementChild.cloneNode(true), type);
  }

  function line(result) {
    const entity = first(result, "kind") === "Entity";
    const link = make("a", "", result.meta.title || result.url);
    link.href = entity ? result.url : address(result);
    const facts = [first(result, "source"), result.meta.date && human(result.meta.date)].filter(Boolean).join(" · ");
    return make(
      "li",
      "",
      make("p", "item-title", link),
      entity ? kindLine(result, "facts") : facts && make("p", "facts", facts),
      make("p", "item-text", ...marked(result.excerpt)),
    );
  }

  function entityCard(result) {
    const link = make("a", "", result.meta.title);
    link.href = result.url;
    return make(
      "div",
      "found",
      kindLine(result, "kicker"),
      make("h2", "item-title", link),
      result.meta.description && make("p", "descriptor", result.meta.description),
      result.meta.aliases && make("p", "aliases", "Also called " + result.meta.aliases),
    );
  }

  /** The entity whose name or alias is just what was asked for, or whose name contains it. */
  async function entityFor(query, filters) {
    if (!query || (filters.kind && filters.kind !== "Entity")) return null;
    const answer = await pagefind.search(query, { filters: { ...filters, kind: "Entity" } });
    const results = await Promise.all(answer.results.slice(0, 5).map((result) => result.data()));
    const asked = plain(query);
    const names = (result) => [result.meta.title, ...(result.meta.aliases ?? "").split(" · ")].map(plain);
    return (
      results.find((result) => names(result).includes(asked)) ??
      results.find((result) => plain(result.meta.title).includes(asked)) ??
      null
    );
  }

  function showFacets(counts, chosen) {
    const fields = [];
    for (const [name, label] of FACETS) {
      const values = Object.entries(counts[name] ?? {}).filter(([value, count]) => count || value === chosen[name]);
      if (values.length < 2 && !chosen[name]) continue;
      if (name === "year") values.sort(([a], [b]) => (a < b ? 1 : -1));
      const select = make("select", "", new Option("All", ""));
      for (const [value, count] of values) select.append(new Option(`${value} (${count})`, value));
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

  let run = 0;
  async function search() {
    const mine = ++run;
    const query = (state().get("q") ?? "").trim();
    const chosen = Object.fromEntries(FACETS.map(([name]) => [name, state().get(name)]).filter(([, value]) => value));
    if (!query && !Object.keys(chosen).length) {
      list.replaceChildren();
      entityPlace.replaceChildren();
      more.hidden = true;
      say("");
      showFacets(await pagefind.filters(), chosen);
      return;
    }
    const answer = await pagefind.search(query || null, { filters: chosen, sort: query ? {} : { date: "desc" } });
    const entity = await entityFor(query, chosen);
    if (mine !== run) return;
    const amount = answer.results.length;
    say(amount ? `${amount} ${amount === 1 ? "result" : "results"}` : "Nothing found. Try fewer words, or another facet.");
    showFacets(answer.filters ?? {}, chosen);
    entityPlace.replaceChildren(...(entity ? [entityCard(entity)] : []));
    list.replaceChildren();
    let shown = 0;
    const next = async () => {
      const batch = await Promise.all(answer.results.slice(shown, shown + STEP).map((result) => result.data()));
      if (mine !== run) return;
      shown += batch.length;
      list.append(...batch.filter((result) => result.url !== entity?.url).map(line));
      more.hidden = shown >= amount;
    };
    more.onclick = next;
    await next();
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

  // Arrows go from the box through the results, Escape comes back to the box.
  page.addEventListener("keydown", (event) => {
    const stops = [box, ...page.querySelectorAll(".found a, .results a")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    if (to === undefined || to === at || !stops[to]) return;
    event.preventDefault();
    stops[to].focus();
  });

  // What was typed while the index was loading counts.
  const typed = box.value.trim();
  await (typed === (state().get("q") ?? "").trim() ? search() : go({ q: typed }, true));
})();
