"""Formulas of saved pages: what MathML means stays, where it stands."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from glossator.config import ExtractSettings
from glossator.markup.formulas import mathml
from glossator.stages.extract.html.form.mathml import tex_of
from tests.extracted import extract

_CHOICE = '<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>'
_SQUARE = (
    "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mn>1</mn></mtd><mtd></mtd></mtr></mtable>"
)
_STEPS = "<mtable><mtr><mtd><mi>y</mi></mtd><mtd><mo>=</mo><mi>x</mi></mtd></mtr><mtr><mtd></mtd><mtd><mo>=</mo><mn>2</mn></mtd></mtr></mtable>"
_K = "<math><mi>k</mi></math>"
_DRAWN = {
    "as MathML": _K,
    "by MathJax 3, in the element of its glyphs": f'<mjx-container class="MathJax"><mjx-math><mjx-mi></mjx-mi></mjx-math>{_K}</mjx-container>',
    "by MathJax 2, beside its script": f'<span class="MathJax_SVG">{_K}</span><script type="math/tex">k</script>',
    "by KaTeX, with its letters": f'<span class="katex"><span class="katex-mathml">{_K}</span><span aria-hidden="true">k</span></span>',
}


def article(body: str) -> str:
    sentences = "".join(
        f"<p>The surveyors measured field {n}, and wrote what they saw into a ledger.</p>" for n in range(9)
    )
    page = (
        f"<html><head><title>Fields</title></head><body><article>{sentences}{body}{sentences}</article></body></html>"
    )
    (only,) = extract(page.encode(), "page.html", ExtractSettings()).articles
    return only.markdown


@pytest.mark.parametrize(
    ("means", "tex"),
    [
        (f"<mo>(</mo>{_CHOICE}<mo>)</mo><mo>=</mo><mn>1</mn>", r"\binom{n}{k} = 1"),
        (f"<mfenced>{_CHOICE}</mfenced>", r"\binom{n}{k}"),
        (f"<mrow><mrow><mo>(</mo></mrow>{_CHOICE}<mrow><mo>)</mo></mrow></mrow>", r"\binom{n}{k}"),
        (_CHOICE, r"{n \atop k}"),
        ("<mfrac><mi>n</mi><mi>k</mi></mfrac>", r"\frac{n}{k}"),
        (f"<mi>A</mi><mo>=</mo><mo>[</mo>{_SQUARE}<mo>]</mo>", r"A = \begin{bmatrix} a & b \\ 1 &  \end{bmatrix}"),
        (f"<mo>|</mo>{_SQUARE}<mo>|</mo>", r"\begin{vmatrix} a & b \\ 1 &  \end{vmatrix}"),
        (f"<mi>f</mi><mo>=</mo><mo>{{</mo>{_SQUARE}", r"f = \begin{cases} a & b \\ 1 &  \end{cases}"),
        (_STEPS, r"\begin{aligned} y & = x \\  & = 2 \end{aligned}"),
        ("<mi>f</mi><mo>(</mo><mi>x</mi><mo>)</mo><mo>{</mo>", r"f ( x ) \{"),
    ],
)
def test_structures_of_mathml_are_those_of_tex_and_shown_again(means: str, tex: str) -> None:
    assert tex == tex_of(fragment_fromstring(f"<math>{means}</math>"))
    assert "<math" in mathml(f"$${tex}$$")


@pytest.mark.parametrize("formula", _DRAWN.values(), ids=_DRAWN)
def test_formula_stays_in_its_line_once(formula: str) -> None:
    markdown = article(
        f"<h2>How {formula} is chosen</h2><p>Whenever {formula} is small, the field is measured by a rope.</p>"
    )
    assert "## How $k$ is chosen\n\nWhenever $k$ is small, the field is measured by a rope.\n" in markdown


def test_formula_in_a_block_does_not_split_the_text_around_it() -> None:
    split = (
        "<h2>How</h2> <div>{0}</div>is chosen<p>Whenever</p> <div>{0}</div> is <b>small</b>, it is measured by a rope."
    )
    markdown = article(split.format(_K))
    assert "## How $k$ is chosen\n\nWhenever $k$ is **small**, it is measured by a rope.\n" in markdown


def test_formula_on_a_line_by_itself_stays_there() -> None:
    markdown = article(
        f"<p>This is so because of</p><div>{_K.replace('math>', 'math display=block>', 1)}</div><p>and not else.</p>"
    )
    assert "because of\n\n$$k$$\n\nand not" in markdown


def test_text_between_formulas_in_one_element_of_katex_stays() -> None:
    box = f"<span class='katex'>{_K} and what it means for {_K}</span>"
    assert "Both $k$ and what it means for $k$ stay.\n" in article(f"<p>Both {box} stay.</p>")


def test_formula_with_private_characters_of_its_own_is_left_as_it_is() -> None:
    inner = (
        f"<mfrac linethickness='0'><mi>{f'&#x{0xE000 + 10 - n:x};' * 10}</mi><mi>k</mi></mfrac>" for n in range(11)
    )
    assert "" == tex_of(fragment_fromstring(f"<math>{''.join(inner)}</math>"))
