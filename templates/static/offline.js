// On every page, after it has loaded: the switch by which this browser keeps the pages that a reader has read or listed, and
// what it keeps. Off until a reader wants it; never in the preview, nor on a site that has no worker.
(() => {
  "use strict";
  const { make, button, titled } = elements;
  const KEPT = `glossator:${readerStore.root.pathname}:kept`; // as the worker has it
  const worker = new URL("offline-worker.js", readerStore.root).href;
  const possible = "serviceWorker" in navigator && "caches" in globalThis && readerStore.lasting;
  const preview = [...document.scripts].some(({ src }) => src.includes("/_"));
  const fields = document.querySelector("#display fieldset[data-reader]");
  if (!possible || preview || !fields || !("public" in document.body.dataset)) return;

  const box = make("input");
  box.type = "checkbox";
  const list = make("details", "kept-pages");
  const label = make("label", "", box, " " + word("Keep what I read, for when there is no network"));
  fields.querySelector("label").after(label, list);
  const path = readerStore.pathOf(location.href);
  const html = /(\.html|\/)$/;
  let kept = false; // this page is kept already

  /** Keep this page with all that it shows, and the pages that lead to it. */
  async function keep() {
    const shown = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], main img")].map((each) => each.href || each.currentSrc || each.src);
    const all = [location.href.split(/[#?]/)[0], ...shown, ...["", "index.html", "highlights.html"].map((each) => new URL(each, readerStore.root).href)];
    const cache = await caches.open(KEPT);
    // One by one: what fails is left out.
    await Promise.all([...new Set(all)].filter((each) => each.startsWith(readerStore.root.href)).map((each) => cache.add(each).catch(() => {})));
  }

  async function forget() {
    await caches.delete(KEPT);
    const registration = await navigator.serviceWorker.getRegistration(readerStore.root.href);
    if (registration?.active?.scriptURL === worker) await registration.unregister();
    kept = false;
  }

  async function showList() {
    const cache = box.checked && (await caches.has(KEPT)) && (await caches.open(KEPT));
    const paths = cache ? (await cache.keys()).map(({ url }) => readerStore.pathOf(url)).filter((each) => html.test(each) && each.startsWith("articles/")) : [];
    const titles = { ...readerStore.reading(), ...readerStore.later() };
    const items = paths.map((each) => make("li", "", titled(String(titles[each]?.title ?? each), new URL(each, readerStore.root).href)));
    const empty = button(word("Empty it"), () => caches.delete(KEPT).then(showList), "plain-button");
    list.replaceChildren(make("summary", "", word("Kept pages: %(number)s", { number: paths.length })), make("ul", "", ...items), empty);
    list.hidden = !paths.length;
  }

  async function look() {
    box.checked = readerStore.offline;
    if (!box.checked) {
      if (await caches.has(KEPT)) await forget();
    } else if (!kept && path.startsWith("articles/") && (path in readerStore.reading() || path in readerStore.later())) {
      kept = true;
      await keep();
    }
    await showList();
  }

  box.addEventListener("change", async () => {
    if (box.checked) {
      const rule = globalThis.trustedTypes?.createPolicy("offline", { createScriptURL: () => worker }) ?? { createScriptURL: () => worker };
      await navigator.serviceWorker.register(rule.createScriptURL("")).catch(() => {});
    }
    readerStore.setOffline(box.checked);
  });
  readerStore.onChange(look);
  look();
})();
