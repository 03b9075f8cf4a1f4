// On the home page: articles of this day or week in other years, and one to which no other is related. Only the browser knows
// the day; the files of the months are static. From disk nothing can be fetched, and the section stays away.
(async () => {
  "use strict";
  const section = document.getElementById("from-the-archive");
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const NEAR = 3; // days before and after today that are this week
  const SHOWN = 3;
  const locale = document.documentElement.lang;
  const format = new Intl.DateTimeFormat(/^en(-|$)/.test(locale) ? "en-GB" : locale + "-u-nu-latn", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  async function fetched(month) {
    const answer = await fetch(`front/${month}.json`);
    return answer.ok ? answer.json() : { days: {}, apart: [] };
  }

  function line([title, path, day], reason) {
    const link = document.createElement("a");
    link.href = path;
    link.textContent = title;
    const [titled, facts] = ["item-title", "facts"].map((name) => Object.assign(document.createElement("p"), { className: name }));
    titled.append(link);
    facts.textContent = [reason, day && format.format(new Date(day + "T00:00:00Z"))].filter(Boolean).join(" · ");
    const item = document.createElement("li");
    item.append(titled, facts);
    return item;
  }

  const { days, apart } = location.protocol === "file:" ? { days: {}, apart: [] } : await fetched(two(now.getMonth() + 1));
  const distance = ([day]) => Math.abs(Number(day) - now.getDate());
  const week = Object.entries(days).filter((each) => distance(each) <= NEAR).sort((a, b) => distance(a) - distance(b));
  const older = week.flatMap(([day, rows]) => rows.filter(([, , date]) => Number(date.slice(0, 4)) < now.getFullYear()).map((row) => [day, row]));
  const lines = older.slice(0, SHOWN).map(([day, row]) => line(row, word(Number(day) === now.getDate() ? "On this day" : "In this week of another year")));
  const alone = apart[now.getDate() % apart.length];
  if (alone) lines.push(line(alone, word("Like no other article here")));
  section.querySelector("ul").replaceChildren(...lines);
  section.classList.toggle("filled", lines.length > 1);
})();
