"""An own page with its answers as HTML that needs nothing else, each passage with its citation."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from mimetypes import guess_type

from glossator.extension_points.exports import AnsweredData, AnswerRow, Question
from glossator.extensions.exports.cited_rows import CitedPage, address_of, citation, columns_of, notes_of, total_of

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark; background: Canvas; color: CanvasText }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.06rem/1.55 Georgia, serif }
body { overflow-wrap: anywhere }
h1, h2, h3 { line-height: 1.2 }
.facts, .total, .note, th, .sources { font: .88rem/1.45 system-ui, sans-serif }
.answer { border-inline-start: 2px solid; padding-inline-start: 1rem; margin: 1.5rem 0 }
.answer ul, .answer > p { margin: 0; padding: 0; list-style: none }
.answer li { margin: 1rem 0 }
.passage, .facts, .note { margin: 0 }
table { display: block; overflow-x: auto; border-collapse: collapse; overflow-wrap: normal }
th, td { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid; text-align: start; vertical-align: top }
.day { white-space: nowrap }
.sources li { margin: .5rem 0 }
code { font-size: .8em }
img { max-width: 100%; height: auto }
"""
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>{style}</style></head>
<body><main>{body}</main></body></html>
"""


def whole_page(cited: CitedPage) -> bytes:
    """Return the page as one file, with its sources at the end."""
    title = escape(cited.title)
    body = f'<h1>{title}</h1>\n{_with_pictures(cited, text(cited))}\n<h2 id="sources">Sources</h2>\n{sources(cited)}'
    language = escape(cited.page.language)
    return PAGE.format(language=language, policy=POLICY, title=title, style=STYLE, body=body).encode()


def _with_pictures(cited: CitedPage, woven: str) -> str:
    """Return HTML that holds its pictures."""
    for name, content in cited.page.pictures.items():
        kind = guess_type(name)[0] or "application/octet-stream"
        woven = woven.replace(f'src="{escape(name)}"', f'src="data:{kind};base64,{b64encode(content).decode()}"')
    return woven


def text(cited: CitedPage, source_page: str = "") -> str:
    """Return the text of the page with its answers; `source_page` is the address of the page of the sources."""
    answers = [_answer(cited, answered, source_page) if answered else "" for answered in cited.page.answers]
    return "\n".join(part for pair in zip(cited.page.html, [*answers, ""], strict=True) for part in pair)


def _answer(cited: CitedPage, answered: AnsweredData, source_page: str) -> str:
    question, rows = answered.question, answered.answer.rows
    total = f'<p class="total">{escape(total_of(cited, answered))}</p>'
    if question.show == "count" or not rows:
        return f'<div class="answer">{total}</div>'
    if question.show == "table":
        head = "".join(f'<th scope="col">{column.capitalize()}</th>' for column in (*columns_of(question), "source"))
        lines = "".join(_line(cited, answered, row, source_page) for row in rows)
        return f'<div class="answer">{total}<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
    items = "".join(
        f"<li>{_item(cited, question, row, source_page)}{_notes(notes_of(answered, row))}</li>" for row in rows
    )
    return f'<div class="answer">{total}<ul>{items}</ul></div>'


def _line(cited: CitedPage, answered: AnsweredData, row: AnswerRow, source_page: str) -> str:
    """Return the line of a table for a row, with notes below it that no column shows."""
    columns, language = columns_of(answered.question), _language(cited, row)
    cells = "".join(
        f'<td class="{column}"><bdi{language}>{escape(cited.cells[column](row))}</bdi></td>' for column in columns
    )
    notes = "" if "note" in columns else _notes(notes_of(answered, row))
    below = f'<tr><td colspan="{len(columns) + 1}">{notes}</td></tr>' if notes else ""
    return f"<tr>{cells}<td>{_number(cited, row, source_page)}</td></tr>{below}"


def _item(cited: CitedPage, question: Question, row: AnswerRow, source_page: str) -> str:
    """Return a row as a passage with its citation, as an article's citation, or as a name with its line."""
    number, language = _number(cited, row, source_page), _language(cited, row)
    if question.find == "names":
        name, line = escape(cited.cells["name"](row)), cited.cells["line"](row)
        about = f": <bdi>{escape(line)}</bdi>" if line else ""
        articles = f"{row.articles:,} article{'' if row.articles == 1 else 's'}, the newest {number}"
        return f'<p class="passage"><b>{name}</b>{about}</p><p class="facts">{articles}</p>'
    reference = f"<bdi>{escape(citation(cited.articles[row.article]))}</bdi> {number}"
    if not row.text:
        return f'<p class="passage">{reference}</p>'
    told = {"quotations": "speaker", "dates": "day"}.get(question.find)
    before = escape(cited.cells[told](row)) if told else ""
    facts = f"<b>{before}</b> · {reference}" if before else reference
    return f'<p class="passage" dir="auto"{language}>{escape(cited.cells["text"](row))}</p><p class="facts">{facts}</p>'


def _language(cited: CitedPage, row: AnswerRow) -> str:
    article = cited.articles.get(row.article)
    return f' lang="{escape(article.language)}"' if article and article.language else ""


def _number(cited: CitedPage, row: AnswerRow, source_page: str) -> str:
    number = cited.numbers.get(row.article)
    return f'<a href="{source_page}#source-{number}">[{number}]</a>' if number else ""


def _notes(notes: tuple[str, ...]) -> str:
    return "".join(f'<p class="note" dir="auto">Note: {escape(note)}</p>' for note in notes)


def sources(cited: CitedPage) -> str:
    """Return the list of the sources, each with its address and its saved file."""
    items = []
    for number, source in enumerate(cited.page.sources, 1):
        article, file = cited.articles[source.article], cited.saved.get(source.sha256, source.file)
        facts = (
            f'<a href="{address}">{address}</a>' if (address := escape(address_of(article))) else "",
            f"saved {article.saved[:10]}" if article.saved else "",
            f"<bdi>{escape(file)}</bdi>" if file else "",
            f"<code>{source.sha256}</code>" if source.sha256 else "",
        )
        words = escape(citation(article, address=False))
        items.append(f'<li id="source-{number}"><bdi>{words}</bdi><br/>{" · ".join(filter(None, facts))}</li>')
    return f'<ol class="sources">{"".join(items)}</ol>' if items else "<p>None.</p>"
