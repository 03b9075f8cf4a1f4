// Finds words with Pagefind, in a thread of its own: what a question costs holds up neither typing nor scrolling.
import "./fold.js";
import "./grammar-words.js";

const ZERO_WIDTH = "\u200b"; // Pagefind's separator of words in texts without spaces
const AFTER_DASH = /(?<=\S)([\u2012-\u2015](?:<\/mark>)?) /gu; // the index has a space behind each dash between words
const ANSWERS = 2; // answers whose pages can still be asked for: the latest, and the one that a reader still sees

const { foldText, grammarWords } = globalThis;
const fold = (text) => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Quotation marks of the languages of the interface: each may begin a phrase, and each may end it. */
const MARKS = "\"“„”«»「」『』";
const QUOTED = new RegExp(`[${MARKS}]`, "u");
/** Initials, such as "L.A.": a word of the index that is no beginning of another, or they would find each that begins with "la". */
const INITIALS = /^\(*(\p{L}\p{M}*\.)+\p{L}\p{M}*\.?[,;:!?)]*$/u;
const PHRASE = new RegExp(`[${MARKS}]([^${MARKS}]+)([${MARKS}]|$)`, "gu");

/** Dashes between words, which are spaces in the index; a hyphen is a part of its word. */
const DASHES = /[\u2012-\u2015…]+|--+|\s-\s/gu;

/** Return a phrase, and as it is written otherwise: with a space for each hyphen, or with a hyphen for one of its spaces. */
function spellings(phrase) {
  const words = phrase.split(/[\s-]+/u);
  const joined = words.slice(1).map((word, at) => [...words.slice(0, at), words[at] + word, ...words.slice(at + 2)].join(" "));
  return [...new Set([phrase, words.join(" "), ...(UNSPACED_ANY.test(phrase) ? [] : joined)])];
}

// Scripts without spaces: each character is a word of the index, and a run of them a phrase.
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;

const UNSPACED_ANY = new RegExp(UNSPACED.source, "u");

/** Divide a query into phrases and words, folded as the index is. A phrase without an end is one while it is typed. */
function parse(query) {
  const phrases = [];
  const spaced = (text) => foldText(text).replace(UNSPACED, " $& ").trim().replace(/\s+/g, " ");
  const unquoted = query.replace(DASHES, " ").replace(PHRASE, (_, phrase) => {
    if (fold(phrase).length) phrases.push(spaced(phrase));
    return " ";
  });
  const single = [];
  for (const word of unquoted.split(/\s+/).filter((text) => fold(text).length)) {
    if (INITIALS.test(word)) {
      phrases.push(fold(word).join(""));
      continue;
    }
    const runs = foldText(word).match(new RegExp(`(?:${UNSPACED.source})+|(?:(?!${UNSPACED.source}).)+`, "gu"));
    for (const run of runs.filter((text) => fold(text).length)) {
      (run.match(UNSPACED) ?? []).length > 1 ? phrases.push(spaced(run)) : single.push(run.trim());
    }
  }
  return { phrases, single };
}

/** Load a file before Pagefind asks for it, which it does only after another one has come. */
function loadAhead(address) {
  ahead.set(address, fetchPlainly(address));
}
const ahead = new Map();
const fetchPlainly = globalThis.fetch.bind(globalThis);
globalThis.fetch = (address, options) => {
  const loading = ahead.get(address);
  ahead.delete(address);
  return loading ?? fetchPlainly(address, options);
};

/** Return a function that searches both bundles, with the results of a single one that is up to date. */
async function openWords(root, about) {
  const base = new URL("pagefind/", root);
  for (const file of about.ahead) loadAhead(new URL(file, base).href);
  const pagefind = await import(new URL("pagefind.js", base).href);
  const settings = { excerptLength: 32, baseUrl: root.pathname };
  await pagefind.options({ ...settings, metaCacheTag: about.tag });
  await pagefind.init();
  const split = Object.keys(about.recent).length > 0;
  const recent = { bundle: "recent" };
  if (split) await pagefind.mergeIndex(new URL("recent/", base).pathname, { ...settings, mergeFilter: recent });

  // A word that most pages have narrows nothing and takes long to load, so it is used in a phrase only.
  const common = new Set(about.common);
  const withoutCommon = (asked) => {
    const rare = asked.map((word) => [word, word.replace(/[^\p{L}\p{N}_]/gu, "")]).filter(([, plain]) => !common.has(plain) && !grammarWords.has(plain)).map(([word]) => word);
    return rare.length ? rare : asked;
  };

  /** True if a result has a word that begins with the typed one. */
  async function begins(result, word) {
    const { content, locations } = await result.data();
    const all = content.includes(ZERO_WIDTH) ? content.split(ZERO_WIDTH) : content.split(/\s+/);
    const typed = fold(word).join("");
    return locations.some((at) => [...fold(all[at] ?? ""), fold(all[at] ?? "").join("")].some((found) => found.startsWith(typed)));
  }

  /**
   * Return what is found for a word, and where it occurs: whether in the large bundle, and in which recent pages. A
   * bundle that has no such word shortens it until something fits, which is no occurrence. In a language whose words have
   * few forms, pages with one of them (`forms`) are meant, and not those with words that begin alike, as long as there are any.
   */
  async function occurrences(word) {
    const exact = await pagefind.search(`"${word}"`);
    // Words that begin like a common one are very many, and take long to count.
    const loose = common.has(word) ? exact : await pagefind.search(word);
    const isRecent = ({ id }) => id in about.recent;
    const genuine = async (part) => {
      const [found, same] = [loose.results.filter(part), exact.results.some(part)];
      return found.length && (same || (await begins(found[0], word))) ? found : [];
    };
    const [inLarge, inRecent] = [await genuine((result) => !isRecent(result)), await genuine(isRecent)];
    const isThere = exact.results.some(({ id }) => !(id in about.gone));
    const forms = about.forms && isThere ? new Set(exact.results.map(({ id }) => id)) : null;
    const alone = forms ? { results: loose.results.filter(({ id }) => forms.has(id)), filters: exact.filters } : loose;
    return { word, alone, forms, inLarge: inLarge.length > 0, pages: new Set(inRecent.map(({ id }) => id)) };
  }

  let counting = null; // counts of facets, a few bytes for each page: in a large archive loaded only when a facet is chosen
  return async (query, chosen) => {
    const { phrases, single } = parse(query);
    if (about.counted || Object.keys(chosen).length) counting ??= pagefind.filters();
    const asked = phrases.length ? single : withoutCommon(single);
    // What counts and words need is loaded at once; the counts are part of each answer after that.
    await Promise.all([counting, ...asked.map((word) => pagefind.preload(word))]);
    const seen = await Promise.all(asked.map(occurrences));
    const known = seen.filter((word) => word.inLarge || word.pages.size);
    const missing = seen.filter((word) => !known.includes(word)).map(({ word }) => word);
    const questions = phrases.map((phrase) => spellings(phrase).map((text) => `"${text}"`));
    if (known.length) questions.push([known.map(({ word }) => word).join(" ")]);
    if (!questions.length) return { results: [], counts: null, missing };
    const filters = known.every((word) => word.inLarge) ? chosen : { ...chosen, ...recent };
    // The question of a single word has its answer already.
    const answered = known.length === 1 && !phrases.length && !Object.keys(filters).length;
    const answers = answered ? [known[0].alone] : [];
    for (const question of answered ? [] : questions) {
      let answer;
      for (const text of question) if (!answer?.results.length) answer = await pagefind.search(text, { filters });
      answers.push(answer);
    }
    const has = ({ id }) => !(id in about.gone) && !(id in about.recent && known.some((word) => !word.pages.has(id)));
    const [answer, ...others] = answers;
    const meant = ({ id }) => known.every(({ forms }) => !forms || forms.has(id));
    // Words of grammar find nothing, but articles that have all words side by side come first.
    const whole = asked.length < single.length && !phrases.length ? await pagefind.search(`"${single.join(" ")}"`, { filters }) : null;
    const sideBySide = new Set(whole?.results.map(({ id }) => id));
    const results = others.reduce((left, { results }) => {
      const ids = new Set(results.map(({ id }) => id));
      return left.filter(({ id }) => ids.has(id));
    }, answer.results);
    const there = results.filter(has);
    const isNarrowed = there.some(meant) && !there.every(meant);
    const counts = counting && !others.length && !isNarrowed ? answer.filters : null; // of several questions nobody counts
    for (const { id } of counts ? results.filter((result) => !has(result)) : []) {
      for (const [name, values] of Object.entries(about.gone[id] ?? about.recent[id])) {
        for (const value of values) counts[name][value] -= 1;
      }
    }
    const found = isNarrowed ? there.filter(meant) : there;
    return { results: [...found.filter(({ id }) => sideBySide.has(id)), ...found.filter(({ id }) => !sideBySide.has(id))], counts, missing };
  };
}

/** Return what a list of results shows of a page. */
async function shown(result) {
  const { url, meta, filters, excerpt, plain_excerpt, content } = await result.data();
  const part = plain_excerpt.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  const text = content.replaceAll(ZERO_WIDTH, "").trim();
  return { url, meta, filters, excerpt: excerpt.replace(AFTER_DASH, "$1"), begins: text.startsWith(part), ends: text.endsWith(part) };
}

let searching = null;
const answers = new Map(); // results by id, for each question by its number

const ACTIONS = {
  open([root, about]) {
    searching ??= openWords(new URL(root), about);
    return searching.then(() => null);
  },
  async search([query, chosen], number) {
    const { results, ...found } = await (await searching)(query, chosen);
    answers.set(number, new Map(results.map((result) => [result.id, result])));
    for (const old of [...answers.keys()].slice(0, -ANSWERS)) answers.delete(old);
    return { ...found, number, ids: results.map(({ id }) => id), quoted: QUOTED.test(query) };
  },
  /** Nothing for a page of an answer that a later one has replaced. */
  async page([number, id]) {
    const result = answers.get(number)?.get(id);
    return result ? shown(result) : null;
  },
};

addEventListener("message", async ({ data: { number, action, values } }) => {
  try {
    postMessage({ number, value: await ACTIONS[action](values, number) });
  } catch (error) {
    postMessage({ number, error: String(error) });
  }
});
