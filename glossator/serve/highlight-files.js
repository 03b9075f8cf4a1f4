// In the preview, highlights are kept in files of the archive, not in the browser: see templates/static/reader-store.js.
(() => {
  "use strict";
  const ADDRESS = "/_glossator/highlights";
  const { token } = document.currentScript.dataset;
  const articleOf = (path) => "?" + new URLSearchParams({ article: path.replace(/^articles\/|\.html$/g, "") });

  async function ask(query, body) {
    const headers = { "X-Glossator-Token": token, ...(body && { "Content-Type": "application/json" }) };
    const sending = fetch(ADDRESS + query, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
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

  addEventListener("DOMContentLoaded", () => {
    const said = document.querySelector(".my-highlights [data-part=kept]");
    const truth = "Highlights and notes are files of the archive, in content/highlights/. The rest is in this browser alone.";
    if (said) Object.assign(said, { lang: "en", dir: "ltr", textContent: truth });
  });
})();
