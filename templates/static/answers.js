// On pages with answers, after they have loaded: which rows are new since the reader's last visit, if that is remembered. A
// visit is a day, so that a page that is loaded again still says it.
(() => {
  "use strict";
  const { make } = elements;
  const path = readerStore.pathOf(location.href);
  const day = new Date().toISOString().slice(0, 10);
  const rowsOf = (block) => [...block.querySelectorAll("[data-row]")];

  /** Return what a block shows: the keys of its rows, or their number if no row is shown. */
  const contentOf = (block) => ({ keys: rowsOf(block).map((row) => row.dataset.row), total: Number(block.dataset.total ?? 0) });
  const nameOf = ({ dataset }) => dataset.answer + ("total" in dataset ? "#" : "");

  function tell(block, { keys, total }, former) {
    const seen = new Set(former.keys);
    const fresh = rowsOf(block).filter((row) => !seen.has(row.dataset.row));
    for (const row of fresh) row.dataset.new = "";
    const num = keys.length ? fresh.length : Math.max(0, total - former.total);
    if (!num) return;
    const news = make("p", "news", word("%(num)s new since your last visit", { num }));
    news.dataset.reader = "";
    block.prepend(news);
  }

  let visited = false;
  function visit() {
    if (visited && readerStore.remembers) return;
    visited = readerStore.remembers;
    for (const news of document.querySelectorAll(".answer > .news[data-reader]")) news.remove();
    for (const row of document.querySelectorAll("[data-new]")) delete row.dataset.new;
    if (!visited) return;
    const seen = readerStore.answers(path);
    const now = {};
    for (const block of document.querySelectorAll(".answer[data-answer]")) {
      const last = seen[nameOf(block)];
      const former = last?.day === day ? last.former : last && { keys: last.keys, total: last.total };
      const content = contentOf(block);
      if (former) tell(block, content, former);
      now[nameOf(block)] = { day, ...content, former };
    }
    readerStore.setAnswers(path, now);
  }
  readerStore.onChange(visit);
  visit();
})();
