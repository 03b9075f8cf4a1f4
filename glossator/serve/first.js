// The pages that are shown while the first build runs: they ask what was read meanwhile, and give way to the site.
(() => {
  "use strict";
  const { address } = document.currentScript.dataset;
  const WORDS = { extract: "read", annotate: "searched for names", rematch: "compared", render: "pages made" };
  const EVERY = 500; // milliseconds
  const list = document.getElementById("articles");
  const progress = document.getElementById("progress");

  function add([path, title, source]) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/${path}`;
    link.textContent = title;
    link.dir = "auto";
    const where = document.createElement("span");
    where.textContent = source ? ` · ${source}` : "";
    item.append(link, where);
    list.append(item);
  }

  async function ask() {
    const answer = await fetch(address).catch(() => null);
    if (answer && answer.headers.get("Content-Type") !== "application/json") {
      location.reload(); // the site is there
      return;
    }
    if (answer?.ok) {
      const { articles, stages } = await answer.json();
      for (const article of list ? articles.slice(list.children.length) : []) add(article);
      const told = Object.entries(stages).map(([stage, [done, total]]) => `${WORDS[stage] ?? stage} ${done} of ${total}`);
      progress.textContent = told.length ? `Being built: ${told.join(", ")}.` : "The first build has begun.";
    }
    setTimeout(ask, EVERY);
  }

  ask();
})();
