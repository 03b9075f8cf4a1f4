// Text quote selectors (Web Annotation Data Model, 4.2.4): a passage of a text, told by its words and those around it, and
// found again in a later state of the text, or not at all. Words are compared, not characters: quotation marks, spaces,
// hyphens at ends of lines and emphasis may change.

/* exported quoteSelector */
const quoteSelector = (() => {
  "use strict";
  const CONTEXT = 20; // words remembered on either side
  const WIDEST = 160; // of a passage that stands elsewhere with the same words around it
  const CERTAIN = 4; // words that stood and stand only once are found whatever stands around them
  const MARGIN = 3; // words of context by which a place has to be better than any other
  const SHARE = 0.4; // of the context that has to be there still
  const IGNORED = /[\u00ad\u200b-\u200d\u2060]/g; // hyphens and joiners that are not seen
  const WORD = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060]+/gu;
  // Writings without spaces: every character is a word.
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*/u;
  const PARTS = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source})[^])+`, "gu");

  /** The words of a text, folded, each with the offsets of its start and end. */
  function wordsOf(text) {
    const words = [];
    for (const { 0: run, index } of text.matchAll(WORD)) {
      for (const { 0: part, index: at } of UNSPACED.test(run) ? run.matchAll(PARTS) : [{ 0: run, index: 0 }]) {
        const folded = part.replace(IGNORED, "").normalize("NFKC").toLowerCase();
        if (folded) words.push({ folded, start: index + at, end: index + at + part.length });
      }
    }
    return words;
  }

  const foldedWords = (text) => wordsOf(text).map(({ folded }) => folded);

  /** Length of the longest common subsequence: words that both have in the same order. */
  function common(left, right) {
    let row = new Uint8Array(right.length + 1);
    for (const word of left) {
      const next = new Uint8Array(right.length + 1);
      for (let at = 0; at < right.length; at++) next[at + 1] = word === right[at] ? row[at] + 1 : Math.max(next[at], row[at + 1]);
      row = next;
    }
    return row[right.length];
  }

  /** Number of words that both have in common without a gap, from the end that touches the passage. */
  function touching(left, right) {
    let count = 0;
    while (count < left.length && count < right.length && left[count] === right[count]) count += 1;
    return count;
  }

  /**
   * The places of a run of words. `near` is the number of words around a place that agree and touch it; `agreeing` is
   * the number of those that agree in their order, and counts these twice.
   */
  function places(words, run, before, after) {
    const found = [];
    const reach = Math.max(CONTEXT, before.length, after.length);
    for (let at = 0; at + run.length <= words.length; at++) {
      if (!run.every((word, step) => word === words[at + step].folded)) continue;
      const left = words.slice(Math.max(0, at - reach), at).map(({ folded }) => folded);
      const right = words.slice(at + run.length, at + run.length + reach).map(({ folded }) => folded);
      const near = touching(left.toReversed(), before.toReversed()) + touching(right, after);
      found.push({ at, agreeing: common(left, before) + common(right, after) + near, near });
    }
    return found;
  }

  return {
    /** Return the selector of the passage from `start` to `end`, widened to whole words; null if it has no word. */
    create(text, start, end) {
      const words = wordsOf(text);
      const first = words.findIndex((word) => word.end > start);
      const last = words.findLastIndex((word) => word.start < end);
      if (first < 0 || last < first) return null;
      const selected = text.slice(start, end);
      const from = Math.min(words[first].start, start + selected.length - selected.trimStart().length);
      const to = Math.max(words[last].end, start + selected.trimEnd().length);
      const run = words.slice(first, last + 1).map(({ folded }) => folded);
      for (let reach = CONTEXT; ; reach *= 2) {
        const prefix = text.slice(words[Math.max(0, first - reach)].start, from);
        const suffix = text.slice(to, words[Math.min(words.length - 1, last + reach)].end);
        const [before, after] = [prefix, suffix].map(foldedWords);
        const others = places(words, run, before, after).filter(({ at }) => at !== first);
        // Words that have to touch the passage, because they are more than touch any other place: 0 if there is none.
        const rival = others.length ? 1 + Math.max(...others.map(({ near }) => near)) : 0;
        const apart = rival <= before.length + after.length;
        if (apart || 2 * reach > WIDEST) return { exact: text.slice(from, to), prefix, suffix, rival };
      }
    },

    /** Return the offsets of a passage in a text; null if it is not there, or might be in several places. */
    find(text, { exact, prefix = "", suffix = "", rival = 0 }) {
      const [run, before, after] = [exact, prefix, suffix].map(foldedWords);
      const words = wordsOf(text);
      if (!run.length) return null;
      const all = places(words, run, before, after);
      const [best, second] = all.filter(({ near }) => near >= rival).sort((a, b) => b.agreeing - a.agreeing);
      if (!best) return null;
      const alone = all.length === 1 && rival === 0 && (run.length >= CERTAIN || best.near >= MARGIN);
      const enough = Math.ceil(SHARE * (before.length + after.length));
      const sure = best.agreeing >= enough && !(second && best.agreeing < second.agreeing + MARGIN);
      if (!alone && !sure) return null;
      const [first, last] = [words[best.at], words[best.at + run.length - 1]];
      // The signs at the passage's edges, such as quotation marks, as far as they are still there.
      const [lead] = /^[^\p{L}\p{N}]*/u.exec(exact);
      const [tail] = /[^\p{L}\p{M}\p{N}]*$/u.exec(exact);
      const from = text.slice(0, first.start).endsWith(lead) ? first.start - lead.length : first.start;
      const to = text.startsWith(tail, last.end) ? last.end + tail.length : last.end;
      return { start: from, end: to };
    },
  };
})();
