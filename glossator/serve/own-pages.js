// What the preview adds to pages of the archive's owner: how many rows are new since the last publication, notes beside
// rows, and lines below the words that the articles do not have.
(async () => {
  "use strict";
  const { token } = document.currentScript.dataset;
  const text = document.querySelector("article.text > .body, .own-words");
  if (!text) return;
  const headers = { "X-Glossator-Token": token };
  const ask = async (address) => {
    const answer = await fetch("/_glossator/" + address, { headers }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };
  const make = (tag, name, content) => Object.assign(document.createElement(tag), { className: name, textContent: content, lang: "en", dir: "auto" });

  async function tellOfAnswers() {
    const blocks = [...document.querySelectorAll(".answer[data-answer]")];
    const query = new URLSearchParams(blocks.map(({ dataset }) => ["of", dataset.answer]));
    const about = blocks.length ? await ask(`answers?${query}`) : null;
    for (const block of about ? blocks : []) {
      const rows = about.news[block.dataset.answer] ?? [];
      if (rows.length) block.prepend(make("p", "glossator-news", `${rows.length} new since your last publication`));
      const notes = about.notes[block.dataset.answer] ?? {};
      for (const row of block.querySelectorAll("[data-row]")) {
        row.classList.toggle("glossator-new-row", rows.includes(row.dataset.row));
        for (const note of notes[row.dataset.row] ?? []) (row.querySelector("td:last-child") ?? row).append(make("p", "glossator-note", `Note: ${note}`));
      }
    }
  }

  /** Return the text of the page outside of answers, with one space between words, and the place of each character. */
  function read() {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
      parentElement.closest(".answer, .unanswered, pre") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    let content = "";
    const places = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let offset = 0; offset < node.length; offset += 1) {
        const space = /\s/.test(node.data[offset]);
        if (space && (!content || content.endsWith(" "))) continue;
        content += space ? " " : node.data[offset];
        places.push([node, offset]);
      }
      if (content && !content.endsWith(" ") && !node.nextSibling && /^(block|list-item|table-cell)$/.test(getComputedStyle(node.parentElement).display)) {
        content += " ";
        places.push([node, node.length]);
      }
    }
    return { content, places };
  }

  function underline(findings) {
    const { content, places } = read();
    const stretches = [];
    let from = 0;
    for (const finding of findings) {
      const at = content.indexOf(finding.words, from);
      if (at < 0) continue;
      from = at + finding.words.length;
      stretches.push([finding, places.slice(at, from)]);
    }
    // From the end, so that the places before stay what they are.
    for (const [{ message, kind }, stretch] of stretches.reverse()) {
      const nodes = [...new Set(stretch.map(([node]) => node))].reverse();
      for (const node of nodes) {
        const offsets = stretch.filter(([other]) => other === node).map(([, offset]) => offset);
        const range = new Range();
        range.setStart(node, offsets[0]);
        range.setEnd(node, Math.min(offsets.at(-1) + 1, node.length));
        if (range.collapsed) continue;
        const mark = make("mark", "glossator-finding", "");
        mark.title = message;
        mark.dataset.kind = kind;
        mark.removeAttribute("lang");
        range.surroundContents(mark);
      }
    }
  }

  async function prove() {
    const path = decodeURI(location.pathname.slice(1)).replace(/(^|\/)$/, "$1index.html");
    const findings = (await ask(`page-findings?page=${encodeURIComponent(path)}`)) ?? [];
    if (!findings.length) return;
    underline(findings);
    const list = make("details", "glossator-findings", "");
    list.append(make("summary", "", `Proof: ${findings.length} ${findings.length === 1 ? "place is" : "places are"} not as the articles have it`));
    for (const { words, message } of findings) list.append(make("p", "", `“${words}”: ${message}`));
    text.before(list);
  }

  await tellOfAnswers();
  await prove();
})();
