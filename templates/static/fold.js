// Folds a text for comparison: without case and accents. A plain script, because a page opened from disk imports no modules.
globalThis.foldText = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
