// On the home page, after it has loaded: what is new since the reader's last visit, what was begun, and the list to read.
// Nothing is stored unless the reader wants it; until then the line offers that.
(async () => {
  "use strict";
  const { make, button, titled } = elements;
  const line = document.getElementById("visit");
  const APART = 30 * 60_000; // ms after which a visit is another one
  const DAY = 86_400_000;
  const now = Date.now();
  const site = (path) => new URL(path, readerStore.root).href;
  const paths = (value) => (Array.isArray(value) ? value : []).filter((path) => typeof path === "string");

  /** Return the rows that are new since some paths were the newest: what stands below all of them came up as others left. */
  function newer(rows, seen) {
    const last = rows.findLastIndex(([, path]) => seen.has(path));
    return rows.slice(0, last < 0 ? rows.length : last).filter(([, path]) => !seen.has(path));
  }

  function since(time) {
    const locale = document.documentElement.lang;
    const day = now - time < 6 * DAY ? { weekday: "long" } : { day: "numeric", month: "long" };
    if (new Date(time).toDateString() === new Date(now).toDateString()) return word("since earlier today");
    return word("since %(day)s", { day: new Intl.DateTimeFormat(/^en(-|$)/.test(locale) ? "en-GB" : locale + "-u-nu-latn", day).format(time) });
  }

  /** Note this visit, and return the one before with what is new since. */
  function visited(rows) {
    const known = readerStore.visit();
    const today = { time: now, seen: rows.map(([, path]) => path) };
    if (!(known?.time <= now)) {
      readerStore.setVisit(today);
      return null;
    }
    const before = now - known.time < APART ? known.before : { time: known.time, seen: paths(known.seen) };
    readerStore.setVisit({ ...today, before });
    return before && { time: Number(before.time) || 0, rows: newer(rows, new Set(paths(before.seen))) };
  }

  let rows = null;
  let visit = null;
  async function show() {
    if (!readerStore.lasting) return line.replaceChildren();
    if (!readerStore.remembers) {
      visit = rows = null;
      const offer = button(word("Remember what I read"), () => readerStore.remember(), "plain-button");
      return line.replaceChildren(offer, " ", make("span", "facts", word("and say what is new: in this browser only")));
    }
    if (!rows) {
      rows = [];
      const answer = await fetch("front/newest.json").catch(() => null);
      rows = answer?.ok ? await answer.json() : [];
      visit = rows.length ? visited(rows) : null;
    }
    const begun = Object.values(readerStore.reading()).filter(({ done }) => !done).length;
    const later = Object.keys(readerStore.later()).length;
    const mine = (text) => titled(text, site("highlights.html"));
    const parts = [];
    if (visit) {
      const amount = visit.rows.length;
      const values = { number: amount === rows.length ? amount + "+" : amount, since: since(visit.time) };
      const text = word(amount ? "%(number)s new %(since)s" : "Nothing new %(since)s", values);
      const items = visit.rows.map(([title, path]) => make("li", "", make("p", "item-title", titled(title, site(path)))));
      parts.push(amount ? make("details", "", make("summary", "", text), make("ul", "items short", ...items)) : text);
    }
    if (begun) parts.push(mine(word("%(number)s begun", { number: begun })));
    if (later) parts.push(mine(word("%(number)s to read", { number: later })));
    if (!parts.length) parts.push(word("From the next visit on, what is new stands here."));
    line.replaceChildren(...parts.map((part) => make("span", "", part)));
  }
  readerStore.onChange(show);
  await show();
})();
