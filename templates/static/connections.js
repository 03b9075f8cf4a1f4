// "How are two names connected?": the sentences that name both, else articles that do, else one or two names between
// them. Each name has a file with its sentences, which is loaded if somebody asks; the question is in the address.
(() => {
  "use strict";
  const section = document.getElementById("connections");
  if (!section) return;
  const form = section.querySelector("form");
  if (location.protocol === "file:") return form.remove(); // the line of the page says where to look
  const { make, titled } = elements;
  const status = section.querySelector("[role=status]");
  const answer = section.querySelector(".answer");
  const [first, second] = form.querySelectorAll("input");
  const list = section.querySelector("datalist");
  const root = new URL("..", location.href);
  const SHOWN = 5; // articles
  const OTHERS = 6; // names that stand with one, if nothing stands between two
  const TRIED = 8; // names whose files are read for a second name between
  const { lang } = document.documentElement;
  const format = new Intl.DateTimeFormat(/^en(-|$)/.test(lang) ? "en-GB" : lang + "-u-nu-latn", {
    ...{ year: "numeric", month: "long", day: "numeric", timeZone: "UTC" },
  });
  const loaded = new Map();
  let names = null;
  let asked = 0;

  /** The names with pages: id, name, aliases, number of articles; from the lists of the search page. */
  async function known() {
    if (names) return names;
    const lists = await Promise.all(["names.js", "more-names.js"].map((file) => load(`pagefind/${file}`, "text")));
    names = lists.filter(Boolean).flatMap((script) => {
      const { types, rows } = JSON.parse(script.slice(script.indexOf("{"), script.lastIndexOf("}") + 1));
      return rows
        .filter(([, type, , path]) => !["Author", "Source", "Tag"].includes(types[type]) && !String(path).includes("#"))
        .map(([name, , articles, path, ...aliases]) => {
          const usual = foldText(name).match(/[\p{L}\p{N}]+/gu)?.join("-");
          return { id: path ? /([^/]+)\.html$/.exec(path)[1] : usual, name, aliases, articles };
        });
    });
    return names;
  }

  async function idOf(written) {
    const wanted = foldText(written).trim();
    const every = await known();
    const best = (fitting) => fitting.sort((one, other) => other.articles - one.articles)[0]?.id;
    return (
      every.find(({ id }) => id === written)?.id ??
      best(every.filter(({ name }) => foldText(name) === wanted)) ??
      best(every.filter(({ aliases }) => aliases.some((alias) => foldText(alias) === wanted)))
    );
  }

  function load(path, type) {
    const loading = () => fetch(new URL(path, root)).then((got) => (got.ok ? got[type]() : null));
    if (!loaded.has(path)) loaded.set(path, loading().catch(() => null));
    return loaded.get(path);
  }

  const read = (id) => load(`connections/${encodeURIComponent(id)}.json`, "json");

  const rowsOf = ({ articles, sentences }) =>
    sentences.map(([article, anchor, text, others]) => {
      const [href, title, site, stated, saved, language] = articles[article];
      return { href, title, site, stated, saved, language, anchor, text, others };
    });
  const idsOf = ({ others }) => others.map(([id]) => id);
  const between = (file, id) => rowsOf(file).filter(({ others }) => others.includes(idsOf(file).indexOf(id)));
  const linkTo = (id, name) => Object.assign(titled(name, `${encodeURIComponent(id)}.html`), { className: "name" });

  /** An article, named once, and its sentences. */
  function item(rows) {
    const [{ href, title, site, stated, saved, language }] = rows;
    const date = stated || saved;
    const day = date && format.format(new Date(date));
    const when = make("p", "facts", stated ? make("time", "", day) : day ? word("Saved %(day)s", { day }) : word("Undated"));
    const told = rows.map(({ anchor, text }) => {
      const words = make("span", "", text);
      if (language) words.lang = language;
      const line = make("p", "", words);
      line.dir = "auto";
      const to = { href: `${href}#${anchor}`, ariaLabel: word("To this paragraph") };
      if (anchor) line.append(" ", Object.assign(make("a", "first", "¶"), to));
      return make("div", "", line);
    });
    const head = make("p", "item-title", titled(title, href), ...(site ? [make("span", "facts", site)] : []));
    return make("li", "", when, make("article", "", head, ...told));
  }

  const listed = (groups) => make("ol", "events", ...groups.map(item));
  const placeOf = ([{ stated, saved }]) => stated || saved || "9999"; // undated ones last

  /** Rows of sentences by article, the oldest first. */
  function byArticle(rows) {
    const groups = new Map(rows.map(({ href }) => [href, []]));
    for (const row of rows) groups.get(row.href).push(row);
    return [...groups.values()].sort((one, other) => placeOf(one).localeCompare(placeOf(other)));
  }

  /** Ids, the rarest name first: what is in many articles connects everything. */
  async function rarestFirst(ids) {
    const articles = new Map((await known()).map(({ id, articles: amount }) => [id, amount]));
    return ids.sort((one, other) => (articles.get(one) ?? 0) - (articles.get(other) ?? 0));
  }

  /** Names with which sentences of both have something to do: the chain of ids from one to the other, or null. */
  async function chain([a, one], [b, other]) {
    const ends = await rarestFirst(idsOf(other));
    const direct = (await rarestFirst(idsOf(one))).filter((id) => id !== b && ends.includes(id));
    if (direct.length) return [a, direct[0], b];
    for (const id of (await rarestFirst(idsOf(one))).slice(0, TRIED)) {
      const file = await read(id);
      const last = file && ends.find((next) => next !== a && idsOf(file).includes(next));
      if (last) return [a, id, last, b];
    }
    return null;
  }

  /** A name, and those that stand with it in sentences, of which each is a way on. */
  async function withOthers([id, { name, others }]) {
    const rarest = (await rarestFirst(others.map(([key]) => key))).slice(0, OTHERS);
    const links = rarest.flatMap((key, at) => [at ? " · " : "", titled(others.find(([other]) => other === key)[1], `${encodeURIComponent(key)}.html`)]);
    return links.length ? [make("h4", "", linkTo(id, name)), make("p", "facts", `${word("Appears with")} `, ...links)] : [];
  }

  /** Put the question at the head of the page, above the list of names, for whoever asks it. */
  function raise() {
    const header = document.querySelector(".index > header");
    const focused = document.activeElement;
    if (header?.nextElementSibling !== section) header?.after(section);
    if (section.contains(focused)) focused.focus();
    scrollTo(0, 0);
  }

  /** Show how two names, given by their ids, are connected. */
  async function show(a, b) {
    const turn = ++asked;
    status.textContent = word("Searching…");
    answer.replaceChildren();
    section.querySelector("h3")?.remove();
    const files = await Promise.all([read(a), read(b)]);
    if (turn !== asked) return;
    if (files.includes(null)) {
      status.textContent = word("The sentences of these names could not be loaded.");
      return;
    }
    const [one, other] = files;
    status.before(make("h3", "", linkTo(a, one.name), " · ", linkTo(b, other.name)));
    const limited = one.limited || other.limited;
    const keyed = new Map([...between(one, b), ...between(other, a)].map((row) => [row.href + row.anchor + row.text, row]));
    const direct = byArticle([...keyed.values()]);
    const [mine, theirs] = [rowsOf(one), rowsOf(other)];
    const firstIn = (rows, article) => rows.find(({ href }) => href === article);
    const both = [...new Set(mine.map(({ href }) => href))].filter((href) => !firstIn(direct.flat(), href) && firstIn(theirs, href));
    const apart = byArticle(both.flatMap((href) => [firstIn(mine, href), firstIn(theirs, href)]));
    let said = direct.length
      ? word("Sentences that name both, the oldest first")
      : word("No sentence names both; these articles do, each with a sentence about either");
    const shown = (direct.length ? direct : apart).slice(0, SHOWN);
    if (shown.length) {
      const rest = [...direct, ...apart].slice(shown.length);
      const summary = word("Further articles that name both: %(count)s", { count: rest.length });
      answer.append(listed(shown));
      if (rest.length) answer.append(make("details", "", make("summary", "facts", summary), listed(rest)));
    } else {
      const steps = await chain([a, one], [b, other]);
      if (turn !== asked) return;
      said = word(
        steps
          ? "No article names both; these names stand between them"
          : limited
            ? "Of the articles that were searched, none names both, and no name in them stands between."
            : "No article names both, and no third name stands in a sentence with each.",
      );
      for (const [at, id] of steps?.entries() ?? []) {
        if (!at) continue;
        const [last, file] = [steps[at - 1], await read(steps[at - 1])];
        const row = between(file, id)[0] ?? between(await read(id), last)[0];
        const name = file.others.find(([key]) => key === id)?.[1] ?? id;
        if (turn !== asked) return;
        answer.append(make("h4", "", linkTo(last, file.name), " – ", linkTo(id, name)), listed(row ? [[row]] : []));
      }
      if (!steps) answer.append(...(await Promise.all([[a, one], [b, other]].map(withOthers))).flat());
    }
    const left = limited ? ` ${word("Of names in very many articles, the newest are searched, and not all of their sentences.")}` : "";
    status.textContent = `${said}.${left}`.replace("..", ".");
  }

  async function ask() {
    const wanted = new URLSearchParams(location.search);
    const [a, b] = [wanted.get("a") ?? "", wanted.get("b") ?? ""];
    const every = a || b ? await known() : [];
    const nameOf = (written) => every.find(({ id }) => id === written)?.name ?? written;
    first.value = nameOf(a);
    second.value = nameOf(b);
    if (a || b || location.hash === "#connections") raise();
    if (!a || !b) return;
    const ids = [(await idOf(a)) ?? "", (await idOf(b)) ?? ""];
    const unknown = [first, second].find((_, at) => !ids[at]);
    if (unknown) status.textContent = word("No page for “%(name)s”.", { name: unknown.value });
    else if (ids[0] === ids[1]) status.textContent = word("Choose two different names.");
    else await show(...ids);
  }

  form.hidden = false;
  status.textContent = ""; // what to do without this script
  form.addEventListener(
    "focusin",
    async () => list.childElementCount || list.append(...(await known()).map(({ name }) => new Option(name))),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const ids = await Promise.all([first, second].map(async ({ value }) => (await idOf(value)) ?? value));
    history.pushState(null, "", "?" + new URLSearchParams({ a: ids[0], b: ids[1] }));
    ask();
  });
  addEventListener("popstate", ask);
  ask();
})();
