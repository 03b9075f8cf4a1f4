"""An invented archive, and what readers type to find something in it: the query, and what must stand first."""

from __future__ import annotations

from typing import NamedTuple

ARCHIVE = """\
-- content/articles/wall.md --
---
title: Harbour wall to be raised
site: Tide Table
authors: [Maud Ferrier]
tags: [flood defence, harbours]
published: 2024-01-05
language: en
---
Marta Lindqvist, the harbour master in Ravnsborg, said the wall would be raised. Lindqvist had asked for it twice.

The Skerry Harbour Board (SHB), or as the Lantern has it the Board of Skerry Harbour, kept a second set of books, and the set of the second tide was never measured.
-- content/articles/lodz.md --
---
title: The looms of Łódź are quiet
site: The Lantern
authors: [Paweł Żuraw, Maud Ferrier]
tags: [textiles]
published: 2023-11-20
language: en
---
The mills on Piotrkowska belonged to Jørgen Ørsund, who came from Tromsø. Wełna Polska bought the last of them.

In Łódź, once called Lodsch, nobody minded. Balaborough, a town of brickmakers, bought the looms. Grethe Heiberg drove them there.
-- content/articles/kai.md --
---
title: Ein Chor am Kai
site: Münsteraner Bote
authors: [Anneliese Groß]
tags: [Musik]
published: 2023-04-02
language: de
---
Der Chor sang in der Kirchstraße, und der Kai war voll. François Béchard dirigierte.
-- content/articles/beijing.md --
---
title: 北京航天展览开幕
site: 海潮报
authors: [李明]
tags: [航天]
published: 2024-03-10
language: zh
---
周一，首相在北京出席了航天展览。火箭模型高达二十米。 Peking 也来了。
-- content/articles/tokyo.md --
---
title: 東京の港で祭りが始まる
site: 海潮报
published: 2024-05-02
language: ja
---
東京の漁師たちは朝から船を飾った。カモメが空を舞う。
-- content/articles/bangkok.md --
---
title: ตลาดน้ำเปิดอีกครั้ง
site: Tide Table
published: 2024-06-11
language: th
---
ชาวประมงกลับมาที่ตลาดน้ำในเช้าวันเสาร์
-- content/articles/seoul.md --
---
title: 부산 항구의 새 등대
site: Tide Table
published: 2024-07-01
language: ko
---
부산 항구에 새 등대가 섰다.
-- content/articles/books.md --
---
title: Books of a second-hand dealer
site: The Lantern
authors: [Ines Okonkwo-Bright]
tags: [trade]
published: 2022-09-09
language: en
---
A set of maps, some books and a second copy of the tide tables were sold to Sir Aldous Penhallow. The union objected.
The dealer had come from L.A. by ship.

The National Union of Net Menders (NUNM), which is called the union here, had its seat in Coire.
-- content/articles/supreme.md --
---
title: Court hears the ferry case
site: Tide Table
authors: [Maud Ferrier]
tags: [flood defence]
published: 2025-02-14
language: en
---
The Supreme Court of Estmark heard the case of the ferry Ellida. The ferry's owner, Kestrel & Daughters, was absent.

A supreme effort was made before the lower court.
-- content/articles/textiles.md --
---
title: Textiles
site: The Lantern
tags: [textiles]
published: 2021-03-03
language: en
---
Cloth was woven by hand. Wilhelmina Stavenhagen kept the looms.
-- content/entities/marta-lindqvist.md --
---
name: Marta Lindqvist
type: person
aliases: [Lindqvist, the harbour master]
---
She has kept the harbour since 2009.
-- content/entities/ravnsborg.md --
---
name: Ravnsborg
type: place
---
A town of herring, and of fog.
-- content/entities/skerry-harbour-board.md --
---
name: Skerry Harbour Board
type: organisation
aliases: [SHB, the Board of Skerry Harbour]
---
The body that runs the harbour.
-- content/entities/balaborough.md --
---
name: Balaborough
type: place
---
A town of brickmakers.
-- content/entities/lodz.md --
---
name: Łódź
type: place
aliases: [Lodsch]
---
A city of mills.
-- content/entities/orsund.md --
---
name: Jørgen Ørsund
type: person
aliases: [Ørsund]
---
A mill owner.
-- content/entities/tromso.md --
---
name: Tromsø
type: place
---
A town in the north.
-- content/entities/welna.md --
---
name: Wełna Polska
type: organisation
---
A firm that deals in wool.
-- content/entities/heiberg.md --
---
name: Grethe Heiberg
type: person
---
A driver.
-- content/entities/bechard.md --
---
name: François Béchard
type: person
aliases: [Béchard]
---
A conductor.
-- content/entities/penhallow.md --
---
name: Aldous Penhallow
type: person
aliases: [Sir Aldous, Sir Aldous Penhallow]
---
A buyer of maps.
-- content/entities/union.md --
---
name: National Union of Net Menders
type: organisation
aliases: [the union, NUNM]
---
A trade union.
-- content/entities/lantern.md --
---
name: Lantern
type: organisation
aliases: [The Lantern Review]
---
A newspaper.
-- content/entities/court.md --
---
name: Supreme Court of Estmark
type: organisation
aliases: [Supreme Court]
---
The highest court of Estmark.
-- content/entities/ellida.md --
---
name: Ellida
type: product
aliases: [MS Ellida, the ferry Ellida]
---
A ferry.
-- content/entities/kestrel.md --
---
name: Kestrel & Daughters
type: organisation
---
A shipping firm.
-- content/entities/beijing.md --
---
name: 北京
type: place
aliases: [Peking]
---
The capital.
"""

NAME, ALIAS, POSSESSIVE, TYPO, AUTHOR, TITLE, PHRASE, CJK, DIACRITIC = (
    *("name", "alias", "possessive or article", "typo", "author, tag or source", "title"),
    *("phrase", "script without spaces", "diacritic"),
)


class Query(NamedTuple):
    kind: str
    typed: str
    first: str
    """Text of the first link; of the first suggestion for a typo; empty if nothing must be found."""


QUERIES = (
    Query(NAME, "Marta Lindqvist", "Marta Lindqvist"),
    Query(NAME, "ravnsborg", "Ravnsborg"),
    Query(NAME, "Skerry Harbour Board", "Skerry Harbour Board"),
    Query(NAME, "penhallow aldous", "Aldous Penhallow"),
    Query(NAME, "Kestrel & Daughters", "Kestrel & Daughters"),
    Query(NAME, "Grethe", "Grethe Heiberg"),
    Query(NAME, "Balabor", "Balaborough"),
    Query(ALIAS, "SHB", "Skerry Harbour Board"),
    Query(ALIAS, "lindqvist", "Marta Lindqvist"),
    Query(ALIAS, "Lodsch", "Łódź"),
    Query(ALIAS, "Peking", "北京"),
    Query(ALIAS, "NUNM", "National Union of Net Menders"),
    Query(ALIAS, "MS Ellida", "Ellida"),
    Query(ALIAS, "Supreme Court", "Supreme Court of Estmark"),
    Query(POSSESSIVE, "Lindqvist's", "Marta Lindqvist"),
    Query(POSSESSIVE, "Ravnsborg’s", "Ravnsborg"),
    Query(POSSESSIVE, "Marta Lindqvist’s", "Marta Lindqvist"),
    Query(POSSESSIVE, "The Lantern", "Lantern"),
    Query(POSSESSIVE, "the Skerry Harbour Board", "Skerry Harbour Board"),
    Query(POSSESSIVE, "the Ellida's", "Ellida"),
    Query(POSSESSIVE, "harbour master", "Marta Lindqvist"),
    Query(TYPO, "Balabreough", "Balaborough"),
    Query(TYPO, "Ravnsbrog", "Ravnsborg"),
    Query(TYPO, "Marta Lindqist", "Marta Lindqvist"),
    Query(TYPO, "Penhalow", "Aldous Penhallow"),
    Query(TYPO, "Heidberg", "Grethe Heiberg"),
    Query(TYPO, "Ferier", "Maud Ferrier"),
    Query(TYPO, "Skery Harbour Board", "Skerry Harbour Board"),
    Query(TYPO, "Wilhelmina Stavenhagne", "Wilhelmina Stavenhagen"),
    Query(TYPO, "Xylophonist", ""),
    Query(AUTHOR, "Maud Ferrier", "Maud Ferrier"),
    Query(AUTHOR, "Ferrier", "Maud Ferrier"),
    Query(AUTHOR, "Okonkwo", "Ines Okonkwo-Bright"),
    Query(AUTHOR, "Pawel Zuraw", "Paweł Żuraw"),
    Query(AUTHOR, "flood defence", "flood defence"),
    Query(AUTHOR, "Tide Table", "Tide Table"),
    Query(AUTHOR, "Munsteraner Bote", "Münsteraner Bote"),
    Query(TITLE, "Harbour wall to be raised", "Harbour wall to be raised"),
    Query(TITLE, "textiles", "Textiles"),
    Query(TITLE, "looms are quiet", "The looms of Łódź are quiet"),
    Query(TITLE, "Chor am Kai", "Ein Chor am Kai"),
    Query(TITLE, "court hears ferry case", "Court hears the ferry case"),
    Query(TITLE, "books of a second-hand dealer", "Books of a second-hand dealer"),
    Query(TITLE, "부산 항구의 새 등대", "부산 항구의 새 등대"),
    Query(PHRASE, '"second set of books"', "Harbour wall to be raised"),
    Query(PHRASE, '"set of maps"', "Books of a second-hand dealer"),
    Query(PHRASE, '"supreme effort"', "Court hears the ferry case"),
    Query(PHRASE, '"the wall would be raised" twice', "Harbour wall to be raised"),
    Query(PHRASE, '"books of set second"', ""),
    Query(PHRASE, '"looms of Łódź"', "The looms of Łódź are quiet"),
    Query(CJK, "航天展览", "北京航天展览开幕"),
    Query(CJK, "北京", "北京"),
    Query(CJK, "首相", "北京航天展览开幕"),
    Query(CJK, "漁師", "東京の港で祭りが始まる"),
    Query(CJK, "カモメ", "東京の港で祭りが始まる"),
    Query(CJK, "ตลาดน้ำ", "ตลาดน้ำเปิดอีกครั้ง"),
    Query(CJK, "李明", "李明"),
    Query(DIACRITIC, "Lodz", "Łódź"),
    Query(DIACRITIC, "Orsund", "Jørgen Ørsund"),
    Query(DIACRITIC, "tromso", "Tromsø"),
    Query(DIACRITIC, "Kirchstrasse", "Kirchstraße"),
    Query(DIACRITIC, "Francois Bechard", "François Béchard"),
    Query(DIACRITIC, "Welna Polska", "Wełna Polska"),
    Query(DIACRITIC, "Łodz looms", "The looms of Łódź are quiet"),
)
