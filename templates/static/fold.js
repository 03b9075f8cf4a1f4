// Folds a text for comparison, without case and accents. Not a module, because a page opened from disk imports none.
globalThis.foldText = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
