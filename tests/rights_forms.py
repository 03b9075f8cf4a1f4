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
    "draft: oui",
    "publish: nein",
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
    "privat: true",
    "Pivate: yes",
    "drafts: true",
    "publsih: false",
    "privat: ja",
    "published: 2999-01-01",
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
    "tags: [private-equity, draft]",
    "status: read",
    "copyright: none",
    "publisher: The Tide",
    "craft: violins",
)

HINTS = (
    *(f"{key}: private" for key in ("visibility", "access", "status", "sharing", "copyright", "license", "tags")),
    *(f"{key}: {value}" for key in ("visibility", "access", "status") for value in ("draft", "hidden", "unlisted")),
    *(f"{key}: true" for key in ("hidden", "unlisted", "secret", "confidential")),
    *(f"{key}: false" for key in ("public", "listed", "share", "dg-publish")),
    *("tags: [private]", "tags: [wall, Private]", "tags: '#private'", "tags:\n- private", "tags: [private/diary]"),
    *("keywords: 'wall, private'", "labels: private", "categories: [Private]", "tag: private", "tags: ['[[private]]']"),
    *("Visibility: Private", "STATUS: Draft", "Hidden: yes", "Public: no", "dg_publish: no", "DG-Publish: off"),
    *("is_public: false", "is_hidden: 1", "visibility: [private]", "visibility: {level: private}", 'share: "no"'),
    *("status: 'private'", "status: private # mine", "post_status: private", "meta: {status: draft}"),
    *("meta:\n  visibility: private", "ｓｔａｔｕｓ: draft", "status:: draft", ":visibility: private"),
    *(
        f"{key}: true"
        for key in ("unpublished", "do-not-publish", "nopublish", "no_publish", "encrypted", "isUnpublished")
    ),
    *(
        "do-not-publish:",
        "dontPublish: please",
        "Do not publish: yes",
        "unpublish: 1",
        "not-public: yes",
        "protected: true",
    ),
    *("embargo: 2031-05-01", "embargo: yes", "embargo-until: 1 May 2031", "embargoed: true", "encrypted: AES"),
    *("password: tide", "Password: 1234", "passwort: flut", "passphrase: a b", "password: 'x'"),
    *(f"{key}: private" for key in ("privacy", "permissions", "permission", "state", "audience", "type", "class")),
    *(
        "privacy: only me",
        "privacy: Hidden",
        "permissions: [private]",
        "state: unpublished",
        "state: Draft",
        "access: me",
    ),
    *(
        "rechte: privat",
        "droits: privé",
        "tags: privat",
        "privé: oui",
        "entwurf: ja",
        "öffentlich: nein",
        "publié: non",
    ),
    *("publi\u0441: false", "tags: [do-not-publish]", "status: do not publish", "sharing: privado", "permalink: false"),
    *("visible: false", "hide: true", "exclude: yes", "shareable: no", "sensitive: true"),
    *("exclude_from_site: true", "publish_to_web: false", "locked: true", "visibility: members"),
)
"""Fields of other programs that keep a text back unless `rights` in an own text says otherwise."""

WITHIN = (
    *(
        "is_private: true",
        "is-private: true",
        "isPrivate: true",
        "isDraft: true",
        "rights:: private",
        ":rights: private",
    ),
    *("meta:\n  rights: private", "meta:\n  draft: true", "a:\n  b:\n    rights: private", "meta:\n- rights: private"),
    *("Rights : private", "ｒｉｇｈｔｓ: private", "\u200brights: private", "meta: {private: true}"),
)
"""Fields in other spellings, or within others, that keep a text back in a front matter that can be read."""

_SPACELESS = ("rights:private", "private:true", "draft:true", "publish:false", "visibility:private", "hidden:true")
_SIGNS = (
    "rights：private",
    "draft： true",
    "private：true",
    "rights =private",
    "\ufeffrights: private",
    "tags:private",
)


def _fenced(opening: str, closing: str = "", *lines: str) -> str:
    return "\n".join((opening, *lines, closing or opening, ""))


UNREAD = (
    *(_fenced("---", "", "title: x", line) for line in (*_SPACELESS, *_SIGNS)),
    *(_fenced(fence, "", "title: x", "rights: private") for fence in ("----", "-----", "***", "———", "– – –", "===")),
    *(_fenced("—", "", line) for line in ("rights: private", "draft: true")),
    *(
        _fenced(fence, "---", "title: x", "rights: private")
        for fence in ("---yaml", "--- yaml", "---YAML", "%YAML 1.1\n---")
    ),
    *(
        _fenced("%YAML 1.2\n%TAG ! a\n---", "---", "status: draft"),
        _fenced("<!-- a -->\n---", "---", "rights: private"),
    ),
    *(_fenced("\n---", "---", "status: private"), _fenced("\n\n---", "---", "tags: [private]")),
    *(_fenced("+++", "", line) for line in ('visibility = "private"', "hidden=true", 'tags = ["private"]')),
    *(_fenced("++++", "", 'rights = "private"'), _fenced("+++toml", "+++", "draft = true")),
    *(_fenced(";;;", "", '{"rights": "private"}'), '{\n"title": "x", "draft": true\n}\n'),
    *('{"title": "x", "visibility": "private"}\n', '{\n "tags": ["private"]\n}\n', '{\n "status": "draft"\n}\n'),
    *(
        f"title: x\n{line}\n\n"
        for line in (
            "rights: private",
            "rights:private",
            "rights：private",
            "visibility: private",
            "draft: true",
            "hidden: yes",
        )
    ),
    *("title: x\ntags:\n- private\n\n", "title: x\ntags: [private]\n\n", "title = x\nrights = private\n\n"),
    *(
        "rights: private\n\n",
        "Rights: private\n\n",
        "\n\ntitle: x\nrights: private\n\n",
        "\ufefftitle: x\nrights: private\n\n",
    ),
    *("rights:: private\n\n", "title:: x\nrights:: private\n\n", "- rights:: private\n\n", "visibility:: private\n\n"),
    *("tags:: private\n\n", "public:: false\n\n", "title:: x\ndg-publish:: false\n\n"),
    *("#+TITLE: x\n#+RIGHTS: private\n\n", "#+DRAFT: true\n\n", "#+title: x\n#+visibility: private\n\n"),
    *(":PROPERTIES:\n:rights: private\n:END:\n\n", ":PROPERTIES:\n:ID: 1\n:PRIVATE: true\n:END:\n#+title: x\n\n"),
    *(
        f"---\ntitle: x\n---\n{line}\n\n"
        for line in (
            "rights:: private",
            "#+RIGHTS: private",
            "\n---\nrights: private\n---",
            ":PROPERTIES:\n:rights: private\n:END:",
        )
    ),
    *(
        f"---\ntitle: a: b\n{line}\n---\n"
        for line in ("visibility: private", "tags:\n- private", "hidden: true", "status:draft", "is_private: yes")
    ),
    *(
        "---\r\ntitle: x\r\nrights:private\r\n---\r\n",
        "title: x\r\nrights: private\r\n\r\n",
        "---\nx\nrights: private\n---\n",
    ),
)
"""Heads of a text, with their fences, that no reader of front matter reads, or not whole."""

HARMLESS = (
    *(
        f"---\ntitle: x\n{line}\n---\n"
        for line in (
            *(
                "status: read",
                "status: published",
                "status:",
                "public: true",
                "hidden: false",
                "unlisted: no",
                "listed: true",
            ),
            *(
                "tags: [private-equity]",
                "tags: [private equity, privateer]",
                "tags: [draft]",
                "categories: [hidden gems]",
            ),
            *(
                "visibility: public",
                "access: open",
                "share: true",
                "dg-publish: true",
                "secret: false",
                "is_private: false",
            ),
            *(
                "copyright: Private Eye",
                "license: CC BY",
                "license: private use allowed",
                "sharing: public",
                "visibility:",
            ),
            *(
                "publisher: Private Eye",
                "# rights: private",
                "note: |\n  rights: private",
                "description: 'draft: true'",
            ),
            *(
                "state: Texas",
                "state: Private Road",
                "state: open",
                "privacy: public",
                "permissions: read",
                "type: article",
            ),
            *(
                "unpublished: false",
                "do-not-publish: no",
                "nopublish: nein",
                "encrypted: false",
                "embargo:",
                "embargo: no",
            ),
            *("password:", "password: ''", "password: none", "permalink: /wall/", "class: essay", "tags: [passwords]"),
            *("meta:\n  status: read", "author: {name: Private Ryan}", "keywords: private sector", "confidential: no"),
        )
    ),
    *("The rights: private matters of the state.\n\n", "Private: a history of secrets.\n\n", "Status: draft\n\n"),
    *("Access: private roads only.\n\n", "# Rights\n\nrights: private\n\n", "<!-- rights: private -->\n\n"),
    *("```yaml\nrights: private\n```\n\n", "~~~\ndraft: true\n~~~\n\n", "    rights: private\n\n"),
    *("The wall\nrights: private\n\n", "> draft: true\n\n", "| rights: private |\n|---|\n\n", "`rights: private`\n\n"),
    *("Draft: the beer was good.\n\n", "***\n\nThe wall.\n\n", "---\ntitle: x\n---\n# Head\n\nrights: private\n\n"),
    *("---\ntitle: x\n---\nStatus: draft\n\n", "title: x\nstatus: read\n\n", "10:30 draft: true\n\n"),
)
"""Heads of a text that keep nothing back: other values, prose, comments and code."""
