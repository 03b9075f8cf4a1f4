// The page "My highlights": what this browser keeps of an archive, as lists; export to files, and import from them.
(() => {
  "use strict";
  const page = document.querySelector(".my-highlights");
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const status = part("status");
  const LARGEST = 20_000_000; // bytes of a file that is read
  const { make, button } = elements;
  const { lang } = document.documentElement;
  const format = new Intl.DateTimeFormat(/^en(-|$)/.test(lang) ? "en-GB" : lang + "-u-nu-latn", { dateStyle: "long" });
  const titled = (path, { title }, hash = "") =>
    make("p", "item-title", elements.titled(String(title || path), new URL(path, readerStore.root).href + hash));

  function fill(name, lines) {
    part(name).hidden = !lines.length;
    part(name).querySelector("ul").replaceChildren(...lines.map((line) => make("li", "", ...line)));
  }

  // Other pages of the host can write into this browser, too: only what names an article is listed.
  const ofArticles = async () => (await readerStore.allHighlights()).filter(({ path }) => annotations.isPath(path));
  const entriesOf = (all) => Object.entries(all).filter(([path, entry]) => annotations.isPath(path) && entry);
  const newestFirst = (entries) => entries.sort(([, a], [, b]) => String(b.day).localeCompare(String(a.day)));

  async function show() {
    const articles = await ofArticles();
    const reading = newestFirst(entriesOf(readerStore.reading()));
    const later = newestFirst(entriesOf(readerStore.later()));
    fill("later", later.map(([path, one]) => [titled(path, one), button(word("Take off the list"), () => readerStore.setLater(path, null), "plain-button")]));
    const at = ({ at }) => (/^p\d+$/.test(at) ? "#" + at : "");
    fill("begun", reading.filter(([, one]) => !one.done).map(([path, one]) => [titled(path, one, at(one)), make("p", "facts", word("%(part)s read", { part: `${Math.round(100 * one.part) || 0} %` }))]));
    fill("read", reading.filter(([, one]) => one.done).map(([path, one]) => [titled(path, one)]));
    fill("highlights", articles.map(({ path, items, ...one }) => [titled(path, one), ...items.map((item) => quotation(path, one.title, item))]));
    for (const name of ["json", "markdown"]) part(name).disabled = !articles.length;
    part("nothing").hidden = Boolean(articles.length || reading.length || later.length);
    part("delete").hidden = readerStore.isEmpty;
    part("remember").checked = readerStore.remembers;
    part("kept").hidden = !readerStore.lasting;
    part("lost").hidden = readerStore.lasting;
    if (readerStore.problem) status.textContent = readerStore.problem;
  }

  /** The fragment that leads to a passage: the words at its two ends. */
  function placeOf(passage) {
    const words = passage.trim().split(/\s+/);
    const ends = words.length > 6 ? [words.slice(0, 3), words.slice(-3)] : [words];
    return "#:~:text=" + ends.map((end) => encodeURIComponent(end.join(" ")).replaceAll("-", "%2D")).join(",");
  }

  function quotation(path, title, item) {
    const remove = button(word("Remove"), () => readerStore.changeHighlights(path, title, (all) => all.filter(({ id }) => id !== item.id)), "plain-button");
    const link = make("a", "", make("bdi", "", item.exact));
    link.href = new URL(path, readerStore.root).href + placeOf(item.exact);
    const quoted = make("p", "", link);
    const made = Date.parse(item.made);
    const when = made ? [make("p", "facts", format.format(made))] : [];
    const note = item.note ? [make("p", "my-note", make("bdi", "", item.note))] : [];
    const from = item.source ? [make("p", "facts", word("Imported from %(program)s", { program: item.source }))] : [];
    return make("blockquote", "quotation", quoted, ...note, ...when, ...from, remove);
  }

  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
  part("json").addEventListener("click", async () => save("highlights.json", "application/ld+json", annotations.toJson(await ofArticles(), readerStore.root)));
  part("markdown").addEventListener("click", async () =>
    save("highlights.md", "text/markdown", annotations.toMarkdown(await ofArticles(), readerStore.root, document.querySelector("h1").textContent)),
  );

  /** Add the highlights of a file to those that are here; one that is here already stays as it is. */
  async function bringIn(file) {
    if (file.size > LARGEST) return word("That file is too large.");
    let found;
    try {
      found = annotations.read(await file.text());
    } catch {
      return word("That file has no highlights: it is neither a Web Annotation file nor Markdown exported here.");
    }
    const byPath = new Map();
    for (const one of found.highlights) byPath.set(one.path, [...(byPath.get(one.path) ?? []), one]);
    let added = 0;
    for (const [path, all] of byPath) {
      await readerStore.changeHighlights(path, all[0].title, (items) => {
        const known = new Set(items.map(({ id }) => id));
        const fresh = all.map(({ item }) => item).filter(({ id }) => !known.has(id));
        added += fresh.length;
        return [...items, ...fresh];
      });
      if (readerStore.problem) return readerStore.problem;
    }
    const refused = found.refused ? " " + word("%(refused)s could not be understood.", found) : "";
    return word("%(added)s highlights were added.", { added }) + refused;
  }
  part("import").addEventListener("click", () => part("file").click());
  part("file").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (file) status.textContent = await bringIn(file);
    target.value = "";
  });

  const deleteAll = () => confirm(word("Delete from this browser what you read, your list and your highlights of this archive?")) && readerStore.forget();
  part("delete").addEventListener("click", deleteAll);
  part("remember").addEventListener("change", ({ target }) => {
    if (target.checked) readerStore.remember();
    else if (!readerStore.isEmpty && !deleteAll()) target.checked = true;
    show();
  });
  // Who opens a site on a machine of his own shares its address with nobody.
  const isLocal = /^(localhost|127\.[\d.]+|\[::1\]|)$/.test(location.hostname);
  if (isLocal) part("host")?.remove();
  else part("host")?.querySelector("code").append(location.host);
  page.hidden = false;
  readerStore.onChange(show);
  show();
})();
