// What the preview adds to each of its pages: which bytes of the page are shown, and a panel that says what is wrong.
(() => {
  "use strict";
  const ADDRESS = "/_glossator/problems";
  const HIDDEN = "glossator-hidden-problems";
  const { shown } = document.currentScript.dataset;
  let panel;

  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  };

  async function show() {
    const answer = await fetch(ADDRESS).catch(() => null);
    if (!answer?.ok) return;
    const told = await answer.text();
    const { title, each } = JSON.parse(told);
    panel?.remove();
    if (!title || sessionStorage.getItem(HIDDEN) === told) return;
    const hide = make("button", { type: "button" }, "Hide");
    hide.addEventListener("click", () => {
      sessionStorage.setItem(HIDDEN, told);
      panel.remove();
    });
    const items = each.map((one) => {
      const where = one.where ? [make("code", {}, make("bdi", {}, one.where)), " "] : [];
      const remedy = one.remedy ? [" ", make("span", { class: "remedy" }, one.remedy)] : [];
      return make("li", {}, ...where, make("bdi", {}, one.message), ...remedy);
    });
    panel = make("section", { class: "problems", role: "alert", lang: "en", dir: "ltr" });
    panel.append(make("div", { class: "problems-head" }, make("h2", {}, title), hide), make("ul", {}, ...items));
    document.body.append(panel);
  }

  // livereload's script takes every class of such a name for a plugin: `analyze` is told to the server, `reload` asked
  // before anything is loaded again.
  window.LiveReloadPluginGlossator = class {
    static identifier = "glossator";
    static version = "1";
    analyze() {
      return { shown };
    }
    reload(path) {
      if (path === ADDRESS) show();
      return path === ADDRESS;
    }
  };
})();
