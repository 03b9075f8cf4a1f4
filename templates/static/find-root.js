// The 404 page of a site whose address is not known: it asks for this script at several heights. Where it is, the site
// is, and what began at the top of the host begins there.
(() => {
  "use strict";
  if (globalThis.siteRoot) return;
  const root = new URL("..", document.currentScript.src).pathname;
  globalThis.siteRoot = root;
  if (root === "/") return;
  document.addEventListener("DOMContentLoaded", () => {
    for (const name of ["href", "src", "action", "data-root"]) {
      for (const element of document.querySelectorAll(`[${name}^="/"]`)) {
        const script = element.localName === "script"; // one that was looked for in vain is not looked for again
        const moved = script ? document.createElement("script") : element;
        moved.setAttribute(name, root + element.getAttribute(name).slice(1));
        if (script) {
          moved.async = false;
          element.replaceWith(moved);
        }
      }
    }
  });
})();
