// On the home page: articles of this day in other years. Only the browser knows the day; the pages of days are static.
// From disk nothing can be fetched, and the link leads to the day.
(() => {
  "use strict";
  const section = document.getElementById("this-day");
  if (!section) return;
  const SHOWN = 3;
  const now = new Date();
  const day = [now.getMonth() + 1, now.getDate()].map((number) => String(number).padStart(2, "0")).join("-");
  const link = section.querySelector("a");
  link.hash = "d" + day;

  function read(address, done) {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => done(request.status === 200 ? request.response : null, address);
    request.send();
  }

  // The day's place is the list of its articles, or leads to it from the calendar.
  function find(page, address) {
    const place = page?.getElementById("d" + day);
    const further = place?.matches(".calendar *") && place.querySelector("a");
    if (further) read(new URL(further.getAttribute("href"), address).href, find);
    else if (place?.closest(".group")) show(place.closest(".group"), address);
    else if (page && address === calendar) section.querySelector(".facts").hidden = false;
  }

  function show(group, address) {
    const items = [...group.querySelectorAll(".lines > li")];
    const list = section.querySelector("ul");
    for (const item of items.slice(0, SHOWN)) {
      const from = item.querySelector("a");
      const title = document.createElement("p");
      title.className = "item-title";
      const to = document.createElement("a");
      to.href = new URL(from.getAttribute("href"), address).href;
      to.textContent = from.textContent;
      if (from.lang) to.lang = from.lang;
      const facts = document.createElement("p");
      facts.className = "facts";
      facts.textContent = item.querySelector(".date").textContent.trim();
      title.append(to);
      const line = document.createElement("li");
      line.append(title, facts);
      list.append(line);
    }
  }

  const calendar = link.href.split("#")[0];
  if (location.protocol !== "file:") read(calendar, find);
})();
