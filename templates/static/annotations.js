// Highlights <-> files: annotations as the Web Annotation Data Model has them (JSON), and Markdown. A file that is read is
// another's: of what is in it, only what is understood comes in.

/* exported annotations */
const annotations = (() => {
  "use strict";
  const CONTEXT = "http://www.w3.org/ns/anno.jsonld";
  const LONGEST = 20_000; // characters of a quotation, a note, or the words around
  const MOST = 20_000; // highlights of a file
  const [PAGE, ANNOTATION, TEXT_BODY, SELECTOR, PROGRAM] = "AnnotationPage Annotation TextualBody TextQuoteSelector Software".split(" ");
  const COMMENT = /^<!-- (\{.*\}) -->$/;

  const text = (value) => (typeof value === "string" ? value.slice(0, LONGEST) : "");
  const isPath = (path) => /^articles\/[^/]+\.html$/.test(path);

  /** Return the path of the article that an address leads to, whatever host the archive had. */
  function pathOf(address) {
    try {
      const { pathname } = new URL(address, "https://archive.invalid/");
      const path = decodeURI(pathname).split("/").slice(-2).join("/");
      return isPath(path) ? path : "";
    } catch {
      return "";
    }
  }

  function toAnnotation({ path, title }, item, root) {
    const { exact, prefix, suffix, rival } = item;
    return {
      id: "urn:uuid:" + item.id,
      type: ANNOTATION,
      motivation: item.note ? "commenting" : "highlighting",
      created: item.made,
      ...(item.source && { generator: { type: PROGRAM, name: item.source } }),
      ...(item.note && { body: { type: TEXT_BODY, value: item.note, format: "text/plain" } }),
      target: { source: new URL(path, root).href, title, ...(item.colour && { styleClass: item.colour }), selector: { type: SELECTOR, exact, prefix, suffix, rival } },
    };
  }

  const bodies = (body) => (Array.isArray(body) ? body : [body]);
  const selectorOf = (target) => bodies(target?.selector).find((one) => one?.type === SELECTOR);

  /** Return the highlight of an annotation with its article; null if it has no quotation from an article. */
  function fromAnnotation(annotation) {
    const [target] = bodies(annotation?.target);
    const selector = selectorOf(target);
    const path = pathOf(text(target?.source));
    if (!path || !text(selector?.exact).trim()) return null;
    const note = bodies(annotation.body).map((body) => text(typeof body === "string" ? body : body?.value)).filter(Boolean);
    const id = text(annotation.id).replace(/^urn:uuid:/, "").slice(0, 100) || crypto.randomUUID();
    const item = { id, exact: text(selector.exact), prefix: text(selector.prefix), suffix: text(selector.suffix) };
    // Without a number nothing is known of other places: a word has to touch it that did.
    const rival = Number.isInteger(selector.rival) ? selector.rival : 1;
    return { path, title: text(target.title), item: { ...item, rival, note: note.join("\n\n"), made: text(annotation.created) } };
  }

  function toJson(articles, root) {
    const items = articles.flatMap((article) => article.items.map((item) => toAnnotation(article, item, root)));
    return JSON.stringify({ "@context": CONTEXT, type: PAGE, items }, null, 2) + "\n";
  }

  /** Return Markdown for people, in which a comment below each quotation holds what finds it again. */
  function toMarkdown(articles, root, heading) {
    const quote = (lines) => lines.split("\n").map((line) => ("> " + line.trim()).trimEnd()).join("\n");
    const plain = (line) => line.replace(/\s+/g, " ").replace(/[\\[\]<>*_`]/g, "\\$&");
    const parts = [`# ${plain(heading)}`];
    for (const article of articles) {
      parts.push(`## [${plain(article.title || article.path)}](${new URL(article.path, root).href})`);
      for (const item of article.items) {
        const { exact, note, ...rest } = item;
        const hidden = JSON.stringify({ ...rest, path: article.path, title: article.title, exact, note }).replaceAll("-", "\\u002d").replaceAll(">", "\\u003e");
        parts.push(quote(exact.trim()), `<!-- ${hidden} -->`, ...(note ? [note] : []));
      }
    }
    return parts.join("\n\n") + "\n";
  }

  function fromMarkdown(source) {
    const found = source.split("\n").map((line) => COMMENT.exec(line.trim())?.[1]).filter(Boolean);
    return found.map((line) => {
      try {
        const { path, title, note, made, id, ...selector } = JSON.parse(line);
        const target = { source: text(path), title, selector: { ...selector, type: SELECTOR } };
        return fromAnnotation({ id, target, body: note || [], created: made });
      } catch {
        return null;
      }
    });
  }

  /** Return the highlights of a file; those that cannot be understood are counted. */
  function read(source) {
    let found;
    if (/^\s*[[{]/.test(source)) {
      const value = JSON.parse(source);
      const items = [value, value.items, value.first?.items].find(Array.isArray) ?? [value];
      found = items.slice(0, MOST).map(fromAnnotation);
    } else found = fromMarkdown(source).slice(0, MOST);
    const understood = found.filter(Boolean);
    return { highlights: understood, refused: found.length - understood.length };
  }

  return { isPath, toJson, toMarkdown, read };
})();
