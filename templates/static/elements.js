// Elements that scripts make after a page has loaded.

/* exported elements */
const elements = (() => {
  "use strict";
  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  };
  const button = (text, action, name) => {
    const element = make("button", name, text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  };
  /** A link to a page of the site, whose title keeps its own direction. */
  const titled = (title, address) => {
    const link = make("a", "", make("bdi", "", title));
    link.href = address;
    return link;
  };
  return { make, button, titled };
})();
