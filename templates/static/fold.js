// Folds a text for comparison, without case and accents, as `glossator/folding.py` does. Not a module, because a
// page opened from disk imports none.
{
  const PLAIN = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ŧ: "t", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i", ŋ: "n", ĸ: "k" };
  Object.assign(PLAIN, { ƶ: "z", ɨ: "i", ʉ: "u", ƀ: "b", ǥ: "g", ⱥ: "a", ɇ: "e" });
  const others = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");
  globalThis.foldText = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase().replace(others, (letter) => PLAIN[letter]);
}
