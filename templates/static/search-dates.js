// Dates in words, such as "19 November 2019", "November 19, 2019" or "nov 2019": they ask for what was published then. The
// names of the months are those of the page's language, and the English ones.
{
  const LANGUAGES = [...new Set([document.documentElement.lang || "en", "en"])];
  const months = new Map();
  for (const language of LANGUAGES) {
    for (const month of ["long", "short"]) {
      const format = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
      for (let number = 0; number < 12; number++) {
        const name = foldText(format.format(new Date(Date.UTC(2024, number, 1)))).replace(/\.$/, "");
        if (/\p{L}/u.test(name)) months.set(name, number + 1);
      }
    }
  }
  months.set("sept", 9);
  const two = (number) => String(number).padStart(2, "0");
  const isYear = (word) => /^(1[5-9]|20)\d\d$/.test(word);
  const dayOf = (word) => Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1] ?? 0);

  /** Return the beginning of the ISO dates that a question asks for, and its other words; null without a date in words. */
  function parse(query) {
    const typed = query.trim().split(/\s+/);
    const words = typed.map((word) => foldText(word).replace(/[.,;]+$/, ""));
    const at = words.findIndex((word, place) => months.has(word) && [place + 1, place + 2].some((next) => isYear(words[next] ?? "")));
    if (at < 0) return null;
    const month = two(months.get(words[at]));
    let [first, last, day] = [at, at + 1, 0];
    if (!isYear(words[last])) {
      day = dayOf(words[last]); // "November 19, 2019"
      last += 1;
      if (!day || day > 31) return null;
    } else if (at > 0 && dayOf(words[at - 1])) {
      day = dayOf(words[at - 1]); // "19 November 2019"
      first -= 1;
    }
    const rest = [...typed.slice(0, first), ...typed.slice(last + 1)].filter((word) => !/^(in|on|from|of|im|am|vom|en|le|du)$/i.test(word));
    return { prefix: `${words[last]}-${month}${day ? "-" + two(day) : ""}`, rest: rest.join(" ") };
  }

  globalThis.searchDates = { parse };
}
