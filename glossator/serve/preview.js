// What the preview adds to each of its pages: a digest of the bytes that are shown, a panel of problems, and
// a link to the page that checks drafts.
(() => {
  "use strict";
  const ADDRESS = "/_glossator/problems";
  const HIDDEN = "glossator-hidden-problems";
  const { digest } = document.currentScript.dataset;
  // The own page that is shown, as the server names it.
  const own = decodeURI(location.pathname).replace(/^\//, "").replace(/(^|\/)$/, "$1index").replace(/\.html$/, "");
  let panel;

  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  };

  // A question without an answer left an empty place; the last one that begins before the line is meant.
  function showAtQuestion(entry) {
    const place = [...document.querySelectorAll(".unanswered")].filter((each) => each.dataset.line <= entry.line).pop();
    if (!place) return;
    place.hidden = false;
    place.append(make("p", { class: "question-problem", lang: "en", dir: "ltr" }, `Line ${entry.line}: ${entry.message}`));
  }

  async function show() {
    const answer = await fetch(ADDRESS).catch(() => null);
    if (!answer?.ok) return;
    const content = await answer.text();
    const { title, entries } = JSON.parse(content);
    panel?.remove();
    for (const shown of document.querySelectorAll(".question-problem")) shown.remove();
    for (const entry of entries) if (entry.page === own) showAtQuestion(entry);
    if (!title || sessionStorage.getItem(HIDDEN) === content) return;
    const hide = make("button", { type: "button" }, "Hide");
    hide.addEventListener("click", () => {
      sessionStorage.setItem(HIDDEN, content);
      panel.remove();
    });
    const items = entries.map((entry) => {
      const where = entry.where ? [make("code", {}, make("bdi", {}, entry.where)), " "] : [];
      const remedy = entry.remedy ? [" ", make("span", { class: "remedy" }, entry.remedy)] : [];
      return make("li", {}, ...where, make("bdi", {}, entry.message), ...remedy);
    });
    panel = make("section", { class: "problems", role: "alert", lang: "en", dir: "ltr" });
    panel.append(make("div", { class: "problems-head" }, make("h2", {}, title), hide), make("ul", {}, ...items));
    document.body.append(panel);
  }

  const nav = make("nav", { "aria-label": "Preview", lang: "en", dir: "ltr" });
  nav.append(make("a", { class: "proof-link", href: "/_glossator/proof" }, "Proof"));
  document.body.append(nav);

  // livereload's script takes every class whose name begins with LiveReloadPlugin for a plugin: it sends what `analyze`
  // returns to the server, and calls `reload` before it reloads anything.
  window.LiveReloadPluginGlossator = class {
    static identifier = "glossator";
    static version = "1";
    analyze() {
      return { digest };
    }
    reload(path) {
      if (path === ADDRESS) show();
      if (path === ADDRESS || path.endsWith(".css")) return path === ADDRESS;
      const editor = document.querySelector(".note-editor");
      editor?.addEventListener("toggle", () => location.reload(), { once: true }); // a note is written to its end
      return Boolean(editor);
    }
  };
})();
