"""Forms in which people say in a front matter how much is published."""

SAID_WELL = (
    "rights: private",
    "draft: true",
    "draft: yes",
    "Draft: true",
    'draft: "true"',
    "private: true",
    "private: 1",
    "publish: false",
    "publish: no",
    "published: false",
    "published: no",
)
"""What keeps back and is understood."""

KEPT_BACK = (
    *SAID_WELL,
    "rights: [private]",
    "rights: {a: private}",
    "rights:",
    "rights: ~",
    "rights: false",
    "rights: true",
    "rights: Private",
    "rights: PRIVATE",
    "rights: 1",
    "rights: none",
    "rights: private, please",
    'rights: ""',
    "Rights: private",
    "RIGHTS: full",
    "right: private",
    "rigths: private",
    "rightss: [private]",
    "draft: perhaps",
    "draft:",
    "draft: [true]",
    "private: {a: b}",
    "publish: ~",
    "published: never",
)
"""What keeps an article back, understood or not."""

PUBLIC = (
    "rights: full",
    "draft: false",
    "draft: no",
    "private: false",
    "publish: true",
    "published: true",
    "published: 2024-02-23",
    "published:",
    "published: 23 February 2024 or so",
    "tags: [private, draft]",
    "status: private",
    "copyright: none",
)
