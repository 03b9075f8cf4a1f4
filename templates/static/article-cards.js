// On an article, after it has loaded: cards on links to other articles of the archive, with the head of their pages. Not from
// disk, where nothing can be fetched, and not by touch, which follows the link.
(() => {
  "use strict";
  const LINKS = ".body a.archived[href], .after .item-title a[href]";
  const EDGE = 8; // px kept free around the window
  if (location.protocol === "file:") return;
  const { make } = elements;
  const card = make("div", "card article-card");
  card.popover = "manual";
  card.setAttribute("role", "tooltip");
  card.id = "article-card";
  card.dataset.reader = "";
  const heads = new Map();

  function headOf(address) {
    if (!heads.has(address)) {
      heads.set(address, new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.responseType = "document";
        request.onloadend = () => resolve(request.response?.querySelector(".article-head"));
        request.open("GET", address);
        request.send();
      }));
    }
    return heads.get(address);
  }

  const interest = createInterest(BROWSER_CLOCK, show, hide);

  async function show(link) {
    const head = await headOf(link.href.split("#")[0]);
    if (!head || interest.open !== link) return;
    const text = (selector) => head.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? "";
    const facts = [text(".kicker"), text(".facts time")].filter(Boolean).join(" · ");
    card.replaceChildren(make("p", "kind", facts), make("p", "name", text("h1")), make("p", "descriptor", text(".standfirst")));
    card.dir = "auto";
    link.after(card);
    card.showPopover();
    link.setAttribute("aria-describedby", card.id);
    const box = link.getBoundingClientRect();
    const below = box.bottom + card.offsetHeight + EDGE < innerHeight;
    card.style.top = (below ? box.bottom + EDGE : Math.max(EDGE, box.top - card.offsetHeight - EDGE)) + "px";
    card.style.left = Math.max(EDGE, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - EDGE)) + "px";
  }
  function hide(link) {
    link.removeAttribute("aria-describedby");
    if (card.isConnected) card.hidePopover();
    card.remove();
  }

  let over = null;
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const at = card.contains(target) ? card : target.closest(LINKS);
    if (at === over) return;
    over = at;
    if (at === card) interest.stay();
    else if (at) interest.enter(at);
    else interest.leave();
  });
  document.addEventListener("focusin", ({ target }) => target.matches(LINKS) && target.matches(":focus-visible") && interest.enter(target));
  document.addEventListener("focusout", () => interest.leave());
  document.addEventListener("keydown", ({ key }) => (key === "Escape" ? interest.dismiss() : interest.cancel()));
  addEventListener("scroll", interest.shut, { capture: true, passive: true });
  addEventListener("pagehide", interest.shut);
})();
