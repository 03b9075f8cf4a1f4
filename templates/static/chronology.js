// The page of all years: events of any month with a name, some words, or in articles of a topic. The files of the
// months are read one by one, the newest first. From disk nothing can be fetched, and the boxes go.
(() => {
  "use strict";
  const form = document.getElementById("everywhere");
  if (!form) return;
  if (location.protocol === "file:") return form.remove();
  const box = document.getElementById("words");
  const MOST = 200; // events that are shown
  const name = document.getElementById("name");
  const chosen = document.getElementById("topic"); // null if there are no topics
  const list = document.getElementById("found");
  const output = form.querySelector("output");
  const everything = document.getElementById("everything");
  const months = [...document.querySelectorAll("[data-month]")]
    .sort((one, other) => (one.dataset.month < other.dataset.month ? 1 : -1))
    .map((link) => link.href.replace(/html$/, "json"));
  const { lang } = document.documentElement;
  const format = /^en(-|$)/.test(lang) ? "en-GB" : lang + "-u-nu-latn";
  const parts = { year: "numeric", month: "long", day: "numeric" };
  const loaded = new Map();
  let asked = 0;

  function read(address, responseType) {
    if (!loaded.has(address)) {
      loaded.set(
        address,
        new Promise((done) => {
          const request = new XMLHttpRequest();
          request.open("GET", address);
          request.responseType = responseType;
          request.onload = () => done(request.status === 200 ? request.response : null);
          request.onerror = () => done(null);
          request.send();
        }),
      );
    }
    return loaded.get(address);
  }

  /** The ids of the articles that the page of a topic lists, and its pages of years. */
  async function articlesOf(address) {
    const ids = new Set();
    const further = address.replace(/\.html$/, "/");
    const waiting = [address];
    for (const at of waiting) {
      const page = await read(at, "document");
      for (const link of page?.querySelectorAll("main a[href]") ?? []) {
        const to = new URL(link.getAttribute("href"), at).href.split("#")[0];
        const article = /\/articles\/([^/]+)\.html$/.exec(to);
        if (article) ids.add(decodeURIComponent(article[1]));
        else if (to.startsWith(further) && !waiting.includes(to)) waiting.push(to);
      }
    }
    return ids;
  }

  const make = (tag, ...content) => {
    const element = document.createElement(tag);
    element.append(...content);
    return element;
  };

  function time(date) {
    const known = Object.fromEntries(Object.entries(parts).slice(0, date.split("-").length));
    const shown = make("time", new Intl.DateTimeFormat(format, { ...known, timeZone: "UTC" }).format(new Date(date)));
    shown.dateTime = date;
    return shown;
  }

  /** An event, whose sentences stand side by side. */
  function row(sentences) {
    const [{ date, until, reckoned }] = sentences;
    const when = make("p", time(date), ...(until ? [" – ", time(until)] : []), reckoned ? " *" : "");
    when.className = "facts";
    const told = sentences.map(({ sentence, article, anchor, title, publication }) => {
      const link = make("a", title);
      link.href = `../articles/${encodeURIComponent(article)}.html#${anchor}`;
      const words = make("p", sentence, " ", make("cite", link, publication ? ` · ${publication}` : ""));
      words.dir = "auto";
      return words;
    });
    return make("li", when, make("div", ...told));
  }

  async function search() {
    const turn = ++asked;
    const named = foldText(name.value).trim();
    const words = foldText(box.value).split(/\s+/).filter(Boolean);
    const asks = words.length > 0 || named !== "" || Boolean(chosen?.value);
    if (asks) output.textContent = word("Searching…");
    const articles = chosen?.value ? await articlesOf(new URL(chosen.value, location.href).href) : null;
    const events = new Map();
    everything.hidden = asks;
    for (const month of asks ? months : []) {
      if (events.size >= MOST) break;
      const sentences = (await read(month, "json")) ?? [];
      if (turn !== asked) return;
      for (const one of sentences.filter(({ event }) => event !== null)) {
        const text = foldText([one.sentence, one.title, one.publication, ...one.who].join(" "));
        const fits = words.every((word) => text.includes(word)) && (!named || one.who.some((who) => foldText(who).includes(named)));
        const key = `${month} ${one.event}`;
        if (fits && (!articles || articles.has(one.article))) events.set(key, [...(events.get(key) ?? []), one]);
      }
    }
    if (turn !== asked) return;
    const rows = [...events.values()].sort(([{ date: one }], [{ date: other }]) => (one < other ? -1 : one > other ? 1 : 0));
    list.hidden = !rows.length;
    list.replaceChildren(...rows.slice(-MOST).map(row)); // oldest first
    output.textContent = asks ? word("%(count)s found", { count: rows.length }) : "";
    const kept = { name: name.value, words: box.value, topic: chosen?.value.split("/").pop() ?? "" };
    const query = new URLSearchParams(Object.entries(kept).filter(([, value]) => value)).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  const wanted = new URLSearchParams(location.search);
  name.value = wanted.get("name") ?? name.value;
  box.value = wanted.get("words") ?? box.value;
  const topic = [...(chosen?.options ?? [])].find(({ value }) => value && value.split("/").pop() === wanted.get("topic"));
  if (topic) chosen.value = topic.value;

  for (const line of form.children) line.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  name.addEventListener("input", search);
  box.addEventListener("input", search);
  chosen?.addEventListener("change", search);
  search(); // the browser may have restored the words
})();
