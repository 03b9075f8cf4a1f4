// What a reader keeps in this browser: articles read and begun, a list to read, answers seen, highlights. Nothing is sent anywhere.
// Nothing is stored before the reader marks something, or switches "remember what I read" on.

/* exported readerStore */
const readerStore = (() => {
  "use strict";
  // Other archives of the same host have keys of their own.
  const root = new URL("..", document.currentScript.src);
  const PREFIX = `glossator:${root.pathname}:`;
  const HIGHLIGHTS = "highlights:";
  const listeners = [];
  const memory = new Map();
  // A file's page has no address that others could not share: what is marked lasts as long as the page.
  let lasting = location.protocol !== "file:";
  let problem = "";

  const keys = () => (lasting ? Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)) : [...memory.keys()]);

  function get(name) {
    try {
      return JSON.parse((lasting ? localStorage.getItem(PREFIX + name) : memory.get(PREFIX + name)) ?? "null");
    } catch {
      return null; // another program wrote it
    }
  }

  /** Store a value, or delete it if it is empty; false if there is no space. */
  function set(name, value) {
    const text = JSON.stringify(value);
    try {
      if (!lasting) value ? memory.set(PREFIX + name, text) : memory.delete(PREFIX + name);
      else if (value) localStorage.setItem(PREFIX + name, text);
      else localStorage.removeItem(PREFIX + name);
      problem = "";
    } catch {
      problem = word("This browser has no space left: the last change was not kept. Export your highlights, then delete some.");
      return false;
    } finally {
      for (const listener of listeners) listener();
    }
    return true;
  }

  /** Change a value as it is now, which another tab may have changed since it was shown. */
  const change = (name, alter) => {
    const value = get(name) ?? {};
    alter(value);
    return set(name, Object.keys(value).length ? value : null);
  };

  try {
    if (lasting) localStorage.getItem(PREFIX);
  } catch {
    lasting = false;
  }
  addEventListener("storage", ({ key }) => {
    if (!key || key.startsWith(PREFIX)) for (const listener of listeners) listener();
  });

  const isItem = (item) => typeof item?.id === "string" && typeof item.exact === "string";
  const itemsOf = (value) => (Array.isArray(value?.items) ? value.items.filter(isItem) : []);
  // The preview keeps highlights in files of the archive.
  const files = () => globalThis.highlightFiles;

  return {
    root,
    /** Path of a page below the top of the site. */
    pathOf: (address) => {
      const { pathname } = new URL(address, location.href);
      return pathname.startsWith(root.pathname) ? decodeURI(pathname.slice(root.pathname.length)) : "";
    },
    get lasting() {
      return lasting || Boolean(files());
    },
    get problem() {
      return problem;
    },
    onChange: (listener) => listeners.push(listener),

    get remembers() {
      return get("remember") === true;
    },
    remember: () => set("remember", true),
    /** Delete everything that this archive has stored in this browser. */
    forget() {
      for (const key of keys()) lasting ? localStorage.removeItem(key) : memory.delete(key);
      for (const listener of listeners) listener();
    },
    get isEmpty() {
      return keys().length === 0;
    },

    /** Articles read or begun, by path: title, day, part that was read, id of the paragraph, and whether to the end. */
    reading: () => get("reading") ?? {},
    setReading: (path, value) => change("reading", (all) => (all[path] = { ...value, done: value.done || all[path]?.done === true })),
    /** Articles to read, by path: title and day. */
    later: () => get("later") ?? {},
    setLater: (path, value) => change("later", (all) => (value ? (all[path] = value) : delete all[path])),

    /** Whether this browser keeps the pages that were read, for when there is no network. */
    get offline() {
      return get("offline") === true;
    },
    setOffline: (on) => set("offline", on || null),

    /** The last visit to the home page: time, paths of the newest articles then; and the same of the visit before. */
    visit: () => get("visit"),
    setVisit: (value) => set("visit", value),
    /** Answers on a page that the reader saw, by question: the day, the rows then, and those of the visit before. */
    answers: (path) => get("answers")?.[path] ?? {},
    setAnswers: (path, value) => change("answers", (all) => (all[path] = value)),

    /** Highlights of an article, or nothing: title, and items with selector, note and time. */
    async highlights(path) {
      if (files()) return files().read(path).catch(() => null);
      const value = get(HIGHLIGHTS + path);
      return value && { title: String(value.title ?? ""), items: itemsOf(value) };
    },
    /** Change the highlights of an article: `alter` is given the list as it is now. */
    async changeHighlights(path, title, alter) {
      if (files()) {
        try {
          await files().change(path, title, alter);
          problem = "";
        } catch (error) {
          problem = error.message;
        }
        for (const listener of listeners) listener();
        return !problem;
      }
      const items = alter((await this.highlights(path))?.items ?? []);
      return set(HIGHLIGHTS + path, items.length ? { title, items } : null);
    },
    /** All highlights: path, title and items of each article. */
    async allHighlights() {
      const paths = files() ? await files().paths() : keys().filter((key) => key.startsWith(PREFIX + HIGHLIGHTS)).map((key) => key.slice((PREFIX + HIGHLIGHTS).length));
      const found = await Promise.all(paths.sort().map(async (path) => ({ path, ...(await this.highlights(path)) })));
      return found.filter(({ items }) => items?.length);
    },
  };
})();
