// In the preview, highlights are kept in files of the archive, not in the browser: see templates/static/reader-store.js.
(() => {
  "use strict";
  const ADDRESS = "/_glossator/highlights";
  const IMPORTED = "/_glossator/imported";
  const { token } = document.currentScript.dataset;
  const articleOf = (path) => "?" + new URLSearchParams({ article: path.replace(/^articles\/|\.html$/g, "") });

  async function ask(query, body, address = ADDRESS) {
    const headers = { "X-Glossator-Token": token, ...(body && { "Content-Type": "application/json" }) };
    const sending = fetch(address + query, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    const answer = await sending.catch(() => {
      throw new Error("The preview does not answer. Start it again, then try once more.");
    });
    if (answer.ok) return answer.json();
    const reason = answer.status === 422 ? (await answer.json()).error : "";
    throw new Error(reason || "The preview refused that. Load the page again.");
  }

  // One change after another, also those of other tabs: each begins with what the one before it wrote.
  const inTurn = (work) => navigator.locks?.request(ADDRESS, work) ?? work();

  const read = (path) => ask(articleOf(path));
  globalThis.highlightFiles = {
    paths: () => ask(""),
    read,
    // What cannot be read is not written over: `read` throws.
    change: (path, title, alter) =>
      inTurn(async () => {
        const items = alter((await read(path))?.items ?? []);
        await ask(articleOf(path), { title, items });
      }),
  };

  // ---- what came from saved pages and other programs, on the page of all highlights

  const make = (...given) => elements.make(...given);
  const linked = (words, path) => make("p", "item-title", elements.titled(words, new URL(path, readerStore.root).href));
  const programs = { "": "", "saved page": "From the saved page", text: "In the text" };

  function quoted({ exact, note, source = "", colour, made = "" }, ...more) {
    const told = [programs[source] ?? "Imported from " + source, colour, made.slice(0, 10)].filter(Boolean).join(" · ");
    const notes = note ? [make("p", "my-note", make("bdi", "", note))] : [];
    return make("blockquote", "quotation", make("p", "", make("bdi", "", exact || "(a note without a passage)")), ...notes, make("p", "facts", told), ...more);
  }

  async function showImported(page) {
    const box = make("div", "imported-highlights");
    Object.assign(box, { lang: "en", dir: "ltr" });
    page.append(box);
    const change = (body) => () =>
      inTurn(() => ask("", body, IMPORTED)).then(show, (error) => box.prepend(make("p", "", error.message)));
    const button = (label, body) => elements.button(label, change(body), "plain-button");
    const idOf = (path) => path.replace(/^articles\/|\.html$/g, "");
    const part = (title, told, lines) => (lines.length ? [make("section", "", make("h2", "", title), make("p", "", told), make("ul", "items", ...lines))] : []);
    async function show() {
      const { pages, unplaced, texts } = await ask("", null, IMPORTED);
      const ofPage = ({ path, title, items }) =>
        make("li", "", linked(title, path), make("p", "buttons", button("Accept this page's", { accept: idOf(path) }), " ", button("Delete them", { refuse: idOf(path) })), ...items.map((item) => quoted(item)));
      const lost = (item) =>
        make("li", "", make("p", "item-title", item.title || item.address || "Of no known article"), quoted(item, button("Remove", { remove: item.id })));
      const marked = ({ path, title, items }) => make("li", "", linked(title, path), ...items.map((item) => quoted({ ...item, source: "text" })));
      box.replaceChildren(
        ...part("From saved pages, not accepted", "These pages say that somebody marked them. If you did, accept them; until then they are shown nowhere else.", pages.map(ofPage)),
        ...part("Without a place", "Their articles are not in the archive, or their words are not there, or in several places. Each build looks for them again.", unplaced.map(lost)),
        ...part("Marked in the texts", "Words between == and == in the files of articles.", texts.map(marked)),
      );
    }
    await show().catch((error) => box.append(make("p", "", error.message)));
  }

  addEventListener("DOMContentLoaded", () => {
    const said = document.querySelector(".my-highlights [data-part=kept]");
    const truth = "Highlights and notes are files of the archive, in content/highlights/. The rest is in this browser alone.";
    if (!said) return;
    Object.assign(said, { lang: "en", dir: "ltr", textContent: truth });
    showImported(said.closest(".my-highlights"));
  });
})();
