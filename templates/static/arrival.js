// On pages that quote: links to a paragraph also mark the quoted words there, by a text directive. A browser that knows none
// goes to the paragraph. On an article: the address of a name without a page leads on to the sentence that names it first.
(() => {
  "use strict";
  const WORDS = 3; // words that tell the place of a name, or the ends of a sentence
  const wordsOf = (text) => text.match(/[\p{L}\p{N}][^\s]*/gu) ?? [];
  const coded = (words) => encodeURIComponent(words.join(" ").replace(/[^\p{L}\p{M}\p{N}]+$/u, "")).replaceAll("-", "%2D");

  /** Return the directive for a name between other words, or for a whole sentence. */
  function directive(passage) {
    const name = passage.querySelector("b");
    if (!name) {
      const words = wordsOf(passage.firstChild?.textContent ?? "");
      if (words.length <= 2 * WORDS) return coded(words);
      return `${coded(words.slice(0, WORDS))},${coded(words.slice(-WORDS))}`;
    }
    const before = wordsOf(name.previousSibling?.textContent ?? "").slice(-WORDS);
    const after = wordsOf(name.nextSibling?.textContent ?? "").slice(0, WORDS);
    return `${before.length ? coded(before) + "-," : ""}${coded(wordsOf(name.textContent))}${after.length ? ",-" + coded(after) : ""}`;
  }

  for (const link of document.querySelectorAll(":is(.passage, .quotation > p) > a.first")) {
    const text = directive(link.parentElement);
    if (link.hash && text) link.href += ":~:text=" + text;
  }

  const entry = location.hash.startsWith("#g-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = entry && (entry.matches("span") || entry.querySelector(".name[href^='#']")) && entry.querySelector(".first");
  const sentence = link && document.getElementById(link.hash.slice(1));
  if (!sentence) return;
  const names = { name: entry.querySelector(".name, bdi").textContent, kind: entry.closest("[data-word]").dataset.word };
  const once = entry.dataset.times === "1";
  const said = once ? word("%(name)s (%(kind)s): named once, here", names) : word("%(name)s (%(kind)s): first named here", names);
  const line = elements.make("p", "facts", said);
  line.dataset.reader = "";
  (sentence.closest(".body > *") ?? sentence).before(line);
  location.replace(link.hash);
  line.scrollIntoView({ block: "center" });
})();
