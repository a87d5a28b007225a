"""Charts in other people's documentation: projects that are really built, with their warnings as errors."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import markdown
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from praxe.markdown import ChartError, ChartExtension, Wanted, opened, parts
from praxe.sphinx import files_of

pytest.importorskip("pygraphviz", exc_type=ImportError)
# MyST's own, about Sphinx's next version but one
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")

ROOT = Path(__file__).parents[1]
RC = ROOT / "policy" / "rc"
FENCE = "```praxe rc#rc_encaminhar_adm_fin\nComo o Caso é entregue <b> & mais\n```\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder with a policy in it that may be changed."""
    shutil.copytree(RC, tmp_path / "rc")
    return tmp_path


@pytest.fixture
def made(base: Path) -> Callable[..., str]:
    """Return what makes a page with our extension and those that pages usually have."""

    def make(source: str, **settings: str) -> str:
        known: list[str | markdown.Extension] = [
            "fenced_code",
            "tables",
            "attr_list",
            "md_in_html",
            "toc",
            ChartExtension(base=str(base), **settings),
        ]
        return markdown.Markdown(extensions=known).convert(source)

    return make


# --- Python-Markdown --------------------------------------------------------------------------------------------


def test_a_fence_becomes_a_figure(made: Callable[..., str]) -> None:
    page = made(f"# Página\n\nantes\n\n{FENCE}\ndepois\n")
    assert page.count('<figure class="praxe-chart"><svg') == 1
    assert "Entrega do Caso ao Adm/Fin" in page
    assert "<figcaption>Como o Caso é entregue &lt;b&gt; &amp; mais</figcaption></figure>" in page
    assert "<p>antes</p>" in page
    assert "<p>depois</p>" in page
    assert "```" not in page
    assert "wzxhzdk" not in page  # the placeholder of what was put aside


def test_it_is_found_by_its_name(base: Path) -> None:
    settings = {"praxe.markdown": {"base": str(base), "language": "en"}}
    page = markdown.markdown(FENCE, extensions=["praxe.markdown"], extension_configs=settings)
    assert "Handing the Case over to Adm/Fin" in page


def test_two_figures_share_no_id(made: Callable[..., str]) -> None:
    page = made(f"{FENCE}\n{FENCE}")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert page.count("<svg") == 2
    assert len(ids) == len(set(ids)) > 10
    labels = [each for found in re.findall(r'aria-labelledby="([^"]+)"', page) for each in found.split()]
    assert labels
    assert set(labels) <= set(ids)


@pytest.mark.parametrize(
    "source",
    [
        "```praxe\nprocedimento x:\n  fim y\n```\n",
        "````md\n```praxe rc#rc_triagem\n```\n````\n",
        "~~~\n```praxe rc#rc_triagem\n```\n~~~\n",
        "    ```praxe rc#rc_triagem\n    ```\n",
        "```python praxe rc#rc_triagem\n```\n",
    ],
    ids=["no procedure", "in a longer fence", "in another fence", "indented code", "another language"],
)
def test_other_fences_stay(made: Callable[..., str], source: str) -> None:
    page = made(source)
    assert "<svg" not in page
    assert "<code" in page


@pytest.mark.parametrize(
    ("fence", "words"),
    [
        ("```praxe rc#rc_triajem\n```", ["line 3", "rc", "rc_triajem", "rc_triagem"]),
        ("```praxe nada#x\n```", ["line 3", "nada"]),
    ],
)
def test_a_mistake_names_line_and_file(made: Callable[..., str], fence: str, words: list[str]) -> None:
    with pytest.raises(ChartError) as caught:
        made(f"um\n\n{fence}\n")
    assert [word for word in words if word not in str(caught.value)] == []


def test_a_broken_policy_is_named_with_file_and_line(base: Path, made: Callable[..., str]) -> None:
    path = base / "rc" / "triagem.praxe"
    path.write_text(path.read_text(encoding="utf-8").replace("fim encaminhado", "fin encaminhado"), encoding="utf-8")
    with pytest.raises(ChartError, match=r"triagem\.praxe:\d+"):
        made(FENCE)


def test_a_policy_is_read_anew_for_the_next_page(base: Path) -> None:
    writer = markdown.Markdown(extensions=[ChartExtension(base=str(base))])
    writer.convert(FENCE)
    assert opened.cache_info().currsize == 1
    writer.reset()
    assert opened.cache_info().currsize == 0


def test_an_open_fence_goes_on_to_the_end() -> None:
    assert list(parts(["a", "```praxe p#q", "b", "c"])) == [
        "a",
        Wanted(policy="p", procedure="q", caption="b c", line=2),
    ]


# --- Sphinx -----------------------------------------------------------------------------------------------------

CONF = """\
project = "Teste"
extensions = ["praxe.sphinx", "myst_parser"]
language = "pt_BR"
"""
INDEX = """\
Teste
=====

.. toctree::

   myst

.. praxe:: rc rc_triagem
   :alt: Triagem do pedido
   :width: 60%
   :align: center
   :name: triagem

   A *triagem*, inteira

Veja :ref:`triagem <triagem>`.
"""
MYST = """\
# Em MyST

```{praxe} /rc rc_encaminhar_adm_fin
:language: en
```
"""


@pytest.fixture
def build(base: Path) -> Callable[..., tuple[Sphinx, str]]:
    """Return what builds a project as `sphinx-build -W` does, and its warnings."""
    (base / "conf.py").write_text(CONF, encoding="utf-8")
    (base / "index.rst").write_text(INDEX, encoding="utf-8")
    (base / "myst.md").write_text(MYST, encoding="utf-8")

    def run(*, builder: str = "html", parallel: int = 1, strict: bool = True) -> tuple[Sphinx, str]:
        warnings = StringIO()
        out, kept = base / "_build" / builder, base / "_build" / "doctrees"
        with docutils_namespace():
            app = Sphinx(
                base,
                base,
                out,
                kept,
                builder,
                status=StringIO(),
                warning=warnings,
                warningiserror=strict,
                parallel=parallel,
            )
            app.build()
        return app, re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())

    return run


def test_the_directive_in_both_languages_of_pages(base: Path, build: Callable[..., tuple[Sphinx, str]]) -> None:
    app, warnings = build()
    assert (app.statuscode, warnings) == (0, "")
    index, myst = (
        (base / "_build" / "html" / name).read_text(encoding="utf-8") for name in ("index.html", "myst.html")
    )
    assert 'alt="Triagem do pedido"' in index
    assert "A <em>triagem</em>, inteira" in index
    assert "width: 60%" in index
    assert 'alt="Flowchart of the procedure' in myst
    for page in (index, myst):
        (source,) = re.findall(r'<img[^>]* src="([^"]+\.svg)"', page)
        drawn = (base / "_build" / "html" / source).read_text(encoding="utf-8")
        assert drawn.startswith("<svg")
        assert "@font-face" in drawn  # it stands alone
    assert {path.name for path in base.iterdir()} == {"conf.py", "index.rst", "myst.md", "rc", "_build"}


def test_the_pages_depend_on_the_policy(base: Path, build: Callable[..., tuple[Sphinx, str]]) -> None:
    app, _ = build()
    for page in ("index", "myst"):
        known = {(Path(app.srcdir) / each).resolve() for each in app.env.dependencies[page]}
        assert {each.resolve() for each in files_of(base / "rc")} <= known
    path = base / "rc" / "triagem.praxe"
    path.write_text(path.read_text(encoding="utf-8").replace("Triagem do pedido no RC", "Triagem nova"), "utf-8")
    again, warnings = build()
    assert (again.statuscode, warnings) == (0, "")
    index = (base / "_build" / "html" / "index.html").read_text(encoding="utf-8")
    (source,) = re.findall(r'<img[^>]* src="([^"]+\.svg)"', index)
    assert "Triagem nova" in (base / "_build" / "html" / source).read_text(encoding="utf-8")


def test_pages_may_be_read_by_several_processes(build: Callable[..., tuple[Sphinx, str]]) -> None:
    app, warnings = build(parallel=2)
    assert (app.statuscode, warnings) == (0, "")
    assert app.extensions["praxe.sphinx"].parallel_read_safe
    assert app.extensions["praxe.sphinx"].parallel_write_safe


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("rc rc_triajem", ["index.rst:9", "rc_triajem", "rc_triagem"]),
        ("nada x", ["index.rst:9", "nada"]),
        ("rc rc_triagem\n   :language: fr", ["index.rst:9", "language"]),
    ],
)
def test_a_mistake_is_told_where_it_is(
    base: Path, build: Callable[..., tuple[Sphinx, str]], arguments: str, words: list[str]
) -> None:
    (base / "index.rst").write_text(
        f"Teste\n=====\n\n.. toctree::\n\n   myst\n\n\n.. praxe:: {arguments}\n", encoding="utf-8"
    )
    _, warnings = build(strict=False)
    assert [word for word in words if word not in warnings] == []


def test_our_own_pages_in_somebody_s_sphinx(base: Path, build: Callable[..., tuple[Sphinx, str]]) -> None:
    shutil.copytree(ROOT / "docs" / "rc", base / "paginas")
    index = INDEX.replace("   myst\n", "   myst\n   paginas/README\n   paginas/exemplos\n")
    (base / "index.rst").write_text(index, encoding="utf-8")
    conf = f'{CONF}suppress_warnings = ["myst.xref_missing", "toc.not_included", "misc.highlighting_failure"]\n'
    (base / "conf.py").write_text(conf, encoding="utf-8")
    app, warnings = build()
    assert (app.statuscode, warnings) == (0, "")
    page = (base / "_build" / "html" / "paginas" / "rc_triagem.html").read_text(encoding="utf-8")
    assert '<a id="rc_triagem-start"></a>' in page
    assert 'href="#rc_triagem-motivo_rc-b8244a"' in page
