// What the search page shows of an answer: results and pages as items of a list, the entity that is meant as a card.
{
  const root = () => new URL(document.querySelector(".search-page").dataset.root || ".", location.href);
  const locale = document.documentElement.lang;
  const format = /^en(-|$)/.test(locale) ? "en-GB" : locale + "-u-nu-latn";
  const long = new Intl.DateTimeFormat(format, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const plural = new Intl.PluralRules(locale);
  const decimal = new Intl.NumberFormat(format);
  const NAMES = 5; // entities in the list before it is opened
  const CARD = 3; // articles of a name that gets a card although the question has only a part of the name

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content.filter(Boolean));
    return element;
  };

  /** Return an excerpt as text and `mark` elements. The excerpt is escaped; only Pagefind's two tags are markup. */
  function marked(excerpt) {
    const text = (piece) =>
      piece.replace(/&(lt|gt|quot|#39|#x27|amp);/g, (whole, name) => {
        return { lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", amp: "&" }[name] ?? whole;
      });
    return excerpt.split(/(<mark>.*?<\/mark>)/s).flatMap((piece) => {
      const found = /^<mark>(.*)<\/mark>$/s.exec(piece);
      if (!found) return text(piece);
      const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(text(found[1]));
      return [before, make("mark", "", word), after]; // Pagefind's word may end with a comma
    });
  }

  /** Return the excerpt from the beginning of a sentence that has a word of the question, with dots for what is left out. */
  function excerpt({ excerpt: text, begins, ends }) {
    const whole = begins ? null : /^.*?[.!?…。！？]["”’)]*\s+(?=["“(]?(?:<mark>)?["“(]?\p{Lu})(?=.*<mark>)/su.exec(text);
    return [begins || whole ? "" : "… ", ...marked(text.slice(whole?.[0].length ?? 0)), ends ? "" : "\u00a0…"];
  }

  /** Return the address of a result, with a text directive by which the browser marks the words on the page. */
  function address(result) {
    // Words that stand side by side, as those of a phrase do, are marked as one.
    const runs = [...result.excerpt.matchAll(/<mark>.*?<\/mark>(?:\s*<mark>.*?<\/mark>)*/gs)];
    const words = runs.flatMap(([run]) => run.replace(/<\/?mark>/g, "").split(/[.:;!?。！？]+(?:\s+|$)/u));
    const trimmed = words.map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, ""));
    const unique = [...new Set(trimmed)].filter((word) => word && !word.includes("&")).slice(0, 4);
    const encode = (word) => encodeURIComponent(word).replaceAll("-", "%2D");
    return result.url + (unique.length ? "#:~:" + unique.map((text) => "text=" + encode(text)).join("&") : "");
  }

  const first = (result, name) => result.filters[name]?.[0] ?? "";
  const human = (date) => {
    const moment = new Date(date + "T00:00:00Z");
    return Number.isNaN(moment.getTime()) ? date : long.format(moment);
  };

  function typeIcon(type) {
    const icon = [...document.querySelectorAll("#search-icons [data-word]")].find((row) => row.dataset.word === type);
    return icon?.firstElementChild.cloneNode(true);
  }

  /** Return source and date as a line, each in its own direction; nothing if neither is known. */
  function factsOf(source, date) {
    const parts = [source, date && human(date)].filter(Boolean).map((text) => make("bdi", "", text));
    return parts.length && make("p", "facts", ...parts.flatMap((part, at) => (at ? [" · ", part] : [part])));
  }

  function line(result) {
    const type = first(result, "type"); // only the note of an entity has one
    const link = make("a", "", make("bdi", "", result.meta.title || result.url));
    link.href = type ? result.url : address(result);
    const facts = factsOf(first(result, "source"), result.meta.date);
    return make(
      "li",
      "",
      make("p", "item-title", link),
      type ? make("p", "facts", typeIcon(type), word(type)) : facts,
      make("p", "item-text", make("bdi", "", ...excerpt(result))),
    );
  }

  /**
   * Return results as lines; those that are mostly a copy of an article, or its original, are folded below the first of
   * them. `listed` holds the lines so far, by the address of the original.
   */
  function lines(results, listed) {
    return results.map((result) => {
      const original = new URL(result.meta.copy ? new URL(result.meta.copy, root()) : result.url, location.href).pathname;
      const above = listed.get(original);
      const item = line(result);
      if (!above) return listed.set(original, item) && item;
      let folded = above.querySelector("details");
      if (!folded) above.append((folded = make("details", "copies", make("summary", "facts"), make("ul", ""))));
      folded.lastChild.append(item);
      folded.firstChild.textContent = amountOf(folded.lastChild.childElementCount, "%(num)s nearly equal article");
      return null;
    }).filter(Boolean);
  }

  /** Return a page as an item of a list, without an excerpt. */
  function pageLine({ path, title, date, facets }) {
    const link = make("a", "", make("bdi", "", title || path));
    link.href = new URL(path, root()).href;
    return make("li", "", make("p", "item-title", link), factsOf(facets.source?.[0], date));
  }

  /** Return an amount with its noun: `one` is the text with the noun in the singular. */
  const amountOf = (count, one) => {
    const { amounts = {}, forms = {} } = globalThis.glossatorWords ?? {};
    const form = amounts[one]?.[forms[plural.select(count)]] ?? (count === 1 ? one : one + "s");
    return form.replace("%(num)s", decimal.format(count));
  };
  const entityLink = (entity) => {
    const link = make("a", "", make("bdi", "", entity.name));
    link.href = new URL(entity.path, root()).href;
    return link;
  };

  function nameLine(entity) {
    // A name without a page of its own leads to the glossary of its article.
    const where = entity.article ? word("in %(article)s", entity) : amountOf(entity.articles, "%(num)s article");
    const facts = [entity.type && word(entity.type), where].filter(Boolean).join(" · ");
    return make("li", "", typeIcon(entity.type), entityLink(entity), " ", make("span", "facts", facts));
  }

  /** Return the source that an organisation publishes, by its name: nytimes.com of the New York Times. */
  function sourceOf({ name, aliases, type }, sources) {
    if (type !== "Organisation") return "";
    const forms = [name, ...aliases].map((form) => (foldText(form).match(/[\p{L}\p{N}]+/gu) ?? []).filter((part, at) => at || part !== "the"));
    const shortened = (words, initials) => words.slice(0, initials).map(([letter]) => letter).join("") + words.slice(initials).join("");
    const spelt = new Set(forms.flatMap((words) => words.map((_, initials) => shortened(words, initials))));
    const plain = (source) => foldText(source).replace(/^www\./, "").replace(/\.(?:com?|org|net)?(?:\.?[a-z]{2,3})?$/, "").replace(/[^\p{L}\p{N}]/gu, "");
    return sources.find((source) => spelt.has(plain(source)) && plain(source).length > 2) ?? "";
  }

  function sourceLine(entity, sources) {
    const source = sourceOf(entity, sources);
    if (!source) return null;
    const link = make("a", "", word("Articles from %(source)s", { source }));
    link.href = "?" + new URLSearchParams({ source });
    return make("p", "facts", link);
  }

  function entityCard(entity, sources) {
    return make(
      "div",
      "found",
      make("p", "kicker", typeIcon(entity.type), word(entity.type)),
      make("h2", "item-title", entityLink(entity)),
      ...(entity.about ?? []).map((text) => make("p", "descriptor", text)),
      entity.aliases.length && make("p", "aliases", word("Also called %(names)s", { names: entity.aliases.join(word(", ")) })),
      make("p", "facts", word("In %(articles)s", { articles: amountOf(entity.articles, "%(num)s article") })),
      sourceLine(entity, sources),
    );
  }

  /** Return the best match as a card, and other matching entities as a list that can be expanded; `sources` are all names of sources. */
  function entityParts(entities, sources) {
    const [best, ...rest] = entities;
    const near = best?.rank === searchIndex.WHOLE && best.articles >= CARD;
    const tells = best?.type !== "Tag" || best.articles > 1; // a tag of one article says less than the article
    const meant = best && tells && !best.article && (best.rank < searchIndex.WHOLE || near);
    const card = meant ? entityCard(best, sources) : null;
    const others = (meant ? rest : entities).map(nameLine);
    const shown = make("ul", "names", ...others.slice(0, NAMES));
    const hidden = others.slice(NAMES); // a single one would take no more room than the button
    if (hidden.length === 1) shown.append(hidden.pop());
    const open = make("button", "", amountOf(hidden.length, "%(num)s more name"));
    open.type = "button";
    const onward = make("p", "onward", open);
    open.addEventListener("click", () => {
      shown.append(...hidden);
      hidden[0].querySelector("a").focus();
      onward.remove();
    });
    return [card, others.length && shown, hidden.length && onward].filter(Boolean);
  }

  /** Take the marks off words that only begin alike, "care" for "cars". */
  function withoutAlike(query, data) {
    const asked = /^en/.test(document.documentElement.lang) ? foldText(query).match(/[a-z]+/g) ?? [] : [];
    if (!asked.length) return data;
    const ending = /^(?:s|es|e?d|ings?|ers?|ie[sd]|y|ly)?$/; // behind all of a typed word but its last letter
    const isForm = (word) =>
      asked.some((one) => word.startsWith(one) || one.startsWith(word) || (word.length !== one.length && word.startsWith(one.slice(0, -1)) && ending.test(word.slice(one.length - 1))));
    const letters = (word) => /^[^\p{L}\p{N}]*([a-z]+)[^\p{L}\p{N}]*$/u.exec(foldText(word))?.[1]; // of other scripts nothing is known
    const plain = (text) => text.replace(/<mark>(.*?)<\/mark>/gs, (whole, word) => (letters(word) && !isForm(letters(word)) ? word : whole));
    return data.map((result) => ({ ...result, excerpt: plain(result.excerpt) }));
  }

  /** Put the results whose title has the whole question before the others, which only speak of it. */
  function titledFirst(query, data) {
    const words = (text) => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
    const told = (text) => words(text).filter((each) => !grammarWords.has(each)); // "do I need a" is "do I need"
    const plain = (text) => (told(query).length ? told(text) : words(text)).join(" ");
    const asked = plain(query);
    const named = ({ meta }) => ` ${plain(meta.title ?? "")} `.includes(/^[a-z\d]/.test(asked) ? ` ${asked}` : asked);
    return [...data.filter(named), ...data.filter((result) => !named(result))];
  }

  /** True if a text is the question, word by word. */
  const isSame = (query, text) => {
    const words = (other) => (foldText(other).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
    return words(query) === words(text);
  };

  globalThis.searchResults = { amountOf, entityLink, entityParts, isSame, lines, make, pageLine, titledFirst, withoutAlike };
}
