// Words of grammar in the languages of the interface that have spaces between words: in a question of several words they
// tell nothing.
globalThis.grammarWords = new Set(
  [
    "a an the and or but of in on at to for from by with as is are was were be been do does did has have had it its i we you",
    "he she they this that these those what which who whom how why when where there up out about",
    "der die das den dem des ein eine einen einem einer und oder aber von im in auf zu zum zur mit aus bei ist sind war waren",
    "was wer wie wo warum wann ich wir sie er es",
    "le la les un une des et ou mais de du au aux en dans sur pour par avec est sont qui que quoi ou comment pourquoi quand",
    "je nous vous il elle ils elles",
  ]
    .join(" ")
    .split(" "),
);
