// Below an article: how many later ones name whom it names most. The page of that name knows, so that a new article makes
// no older page stale. From disk nothing can be fetched, and the line stays hidden.
(() => {
  "use strict";
  const line = document.getElementById("since");
  const entries = [...document.querySelectorAll(".glossary li[data-times]")];
  if (!line || !entries.length || location.protocol === "file:") return;
  const most = entries.reduce((one, other) => (Number(other.dataset.times) > Number(one.dataset.times) ? other : one));
  const name = most.querySelector(".name");

  function show(listed) {
    const later = listed.filter((day) => day > line.dataset.day);
    if (!later.length) return;
    const { lang } = document.documentElement;
    const format = /^en(-|$)/.test(lang) ? "en-GB" : lang + "-u-nu-latn";
    const written = new Intl.DateTimeFormat(format, { dateStyle: "long", timeZone: "UTC" });
    const link = document.createElement("a");
    link.href = name.href;
    link.textContent = word("Later articles that name %(name)s: %(num)s, the last on %(day)s", {
      name: name.textContent,
      num: later.length + (later.length === listed.length ? "+" : ""),
      day: /^\d{4}-\d\d-\d\d$/.test(later[0]) ? written.format(new Date(later[0])) : later[0],
    });
    line.append(link);
    line.hidden = false;
  }

  const request = new XMLHttpRequest();
  request.responseType = "document";
  request.addEventListener("load", () => show(request.response?.querySelector(".entity-head")?.dataset.latest?.split(" ") ?? []));
  request.open("GET", name.href);
  request.send();
})();
