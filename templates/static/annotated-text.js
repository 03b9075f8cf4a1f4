// The text of an article as a reader sees it, with the places of its characters in the document; and ranges of it in `mark`
// elements. What scripts have added (`data-reader`), numbers of notes and links to originals are not a part of the text.

/* exported annotatedText */
const annotatedText = (() => {
  "use strict";
  const LEFT_OUT = "[data-reader], .original, .footnote-ref, .footnote-backref, script, style";
  const INLINE = new Set(["A", "B", "BDI", "CODE", "DEL", "EM", "I", "MARK", "SPAN", "STRONG", "SUB", "SUP"]);

  /** Return the text of an element, and its text nodes with their offsets. Blocks and line breaks are new lines. */
  function read(root) {
    const nodes = [];
    let text = "";
    const visit = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        nodes.push({ node, start: text.length });
        text += node.data;
      } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(LEFT_OUT)) {
        const apart = !INLINE.has(node.tagName);
        if (apart) text += "\n";
        for (const child of node.childNodes) visit(child);
        if (apart) text += "\n";
      }
    };
    visit(root);
    return { text, nodes };
  }

  /** Return the offsets of a range of the document in the text of an element; null if it has none of the text. */
  function offsets(root, range) {
    const inside = read(root).nodes.filter(({ node }) => range.intersectsNode(node));
    if (!inside.length) return null;
    const [first, last] = [inside[0], inside.at(-1)];
    const start = first.start + (first.node === range.startContainer ? range.startOffset : 0);
    const end = last.start + (last.node === range.endContainer ? range.endOffset : last.node.length);
    return start < end ? { start, end } : null;
  }

  /** Put the text from `start` to `end` into `mark` elements, one for each text node; return them. */
  function wrap(root, { start, end }, make) {
    const marks = [];
    for (const { node, start: at } of read(root).nodes) {
      const from = Math.max(0, start - at);
      const to = Math.min(node.length, end - at);
      if (from >= to || !node.data.slice(from, to).trim()) continue;
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, to);
      const mark = make();
      range.surroundContents(mark);
      marks.push(mark);
    }
    return marks;
  }

  /** Take `mark` elements away again, and leave their text. */
  function unwrap(marks) {
    for (const mark of marks) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  return { read, offsets, wrap, unwrap };
})();
