// In the preview, highlights are kept in files of the archive, not in the browser: see templates/static/reader-store.js.
(() => {
  "use strict";
  const ADDRESS = "/_glossator/highlights";
  const { token } = document.currentScript.dataset;
  const articleOf = (path) => "?" + new URLSearchParams({ article: path.replace(/^articles\/|\.html$/g, "") });

  async function ask(query, body) {
    const headers = { "X-Glossator-Token": token, ...(body && { "Content-Type": "application/json" }) };
    const answer = await fetch(ADDRESS + query, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    if (answer.ok) return answer.json();
    const reason = answer.status === 422 ? (await answer.json()).error : "";
    throw new Error(reason || "The preview refused that. Load the page again.");
  }

  globalThis.highlightFiles = {
    paths: () => ask(""),
    read: (path) => ask(articleOf(path)).catch(() => null),
    write: (path, value) => ask(articleOf(path), value ?? { title: "", items: [] }),
  };
})();
