// The page of all years: sentences of any month that have some words, or stand in articles of a topic. The files of the
// months are read one by one, the newest first. From disk nothing can be fetched, and the boxes go.
(() => {
  "use strict";
  const form = document.getElementById("everywhere");
  if (!form) return;
  if (location.protocol === "file:") return form.remove();
  const box = document.getElementById("words");
  const MOST = 200; // sentences that are shown
  const chosen = document.getElementById("topic"); // null if there are no topics
  const table = document.getElementById("found");
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

  function row({ date, until, sentence, article, anchor, title, publication, reckoned }) {
    const when = make("th", time(date), ...(until ? [" – ", time(until)] : []), reckoned ? " *" : "");
    when.scope = "row";
    const link = make("a", sentence);
    link.href = `../articles/${encodeURIComponent(article)}.html#${anchor}`;
    const cells = [make("td", link), make("td", title, ...(publication ? [" ", make("small", publication)] : []))];
    for (const cell of cells) cell.dir = "auto";
    return make("tr", when, ...cells);
  }

  async function search() {
    const turn = ++asked;
    if (box.value.trim() || chosen?.value) output.textContent = word("Searching…");
    const words = foldText(box.value).split(/\s+/).filter(Boolean);
    const articles = chosen?.value ? await articlesOf(new URL(chosen.value, location.href).href) : null;
    const asks = words.length > 0 || articles !== null;
    const rows = [];
    let all = 0;
    everything.hidden = asks;
    for (const month of asks ? months : []) {
      if (rows.length >= MOST) break;
      const sentences = (await read(month, "json")) ?? [];
      if (turn !== asked) return;
      all += sentences.length;
      for (const one of sentences) {
        const text = foldText([one.sentence, one.title, one.publication, ...one.who].join(" "));
        if ((!articles || articles.has(one.article)) && words.every((word) => text.includes(word))) rows.push(one);
      }
    }
    if (turn !== asked) return;
    table.hidden = !rows.length;
    rows.sort((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0)); // a year stands among its months
    table.tBodies[0].replaceChildren(...rows.slice(0, MOST).map(row));
    output.textContent = all ? word("%(left)s of %(all)s", { left: rows.length, all }) : "";
  }

  for (const line of form.children) line.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", search);
  chosen?.addEventListener("change", search);
  search(); // the browser may have restored the words
})();
