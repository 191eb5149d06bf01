"""The tagged impact report against the same words in plain reportlab.

The floor is reportlab's own typesetter (platypus) with the same paragraphs, tables, drawings and
fonts, a page number at the foot, and nothing of what makes the file accessible: no tags, no
contents with page numbers, no outline, no links, no metadata.
"""

from __future__ import annotations

import gc
import statistics
import time
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from mhin_ppi.domain.report_content import ImpactReport
from mhin_ppi.reports.charts import bar_chart
from mhin_ppi.reports.impact_report import impact_charts
from mhin_ppi.reports.maker import ReportMaker
from mhin_ppi.reports.pages import MARGIN, TEXT_WIDTH
from mhin_ppi.reports.typefaces import Typefaces
from tests.reports.example_report import example_report

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
RUNS = 7
FLOOR_NAME = "plain reportlab platypus, no tags"


class Floor:
    """The same content as a platypus story."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle

        self.faces = Typefaces(FONTS)
        regular, bold = self.faces.regular.font, self.faces.bold.font
        self.body = ParagraphStyle(
            "body", fontName=regular, fontSize=10.5, leading=15.5, spaceAfter=7
        )
        self.small = ParagraphStyle(
            "small", fontName=regular, fontSize=9, leading=12.5, spaceAfter=4
        )
        self.label = ParagraphStyle("label", fontName=bold, fontSize=9, leading=12.5)
        self.cell = ParagraphStyle("cell", fontName=regular, fontSize=9.5, leading=13)
        self.cell_bold = ParagraphStyle("cellb", fontName=bold, fontSize=9.5, leading=13)
        self.heading = ParagraphStyle("h", fontName=bold, fontSize=14, leading=18, spaceBefore=15)
        self.story: list[object] = []

    def p(self, text: str, style: object) -> None:
        from reportlab.platypus import Paragraph

        if text:
            self.story.append(Paragraph(escape(text), style))

    def table(self, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Paragraph, Table

        cells = [[Paragraph(escape(text), self.cell_bold) for text in head]]
        cells += [[Paragraph(escape(text), self.cell) for text in row] for row in rows]
        width = TEXT_WIDTH / len(head)
        style = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, HexColor("#D5DAE1")),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#E3EEF6")),
        ]
        made = Table(cells, colWidths=[width] * len(head), repeatRows=1, style=style)
        self.story.append(made)

    def build(self, content: ImpactReport) -> bytes:
        from reportlab.platypus import SimpleDocTemplate

        self.front(content)
        for line in content.questions:
            self.question(line)
        self.back(content)
        file = BytesIO()

        def foot(canvas: object, document: object) -> None:
            canvas.setFont(self.faces.regular.font, 9)
            canvas.drawString(MARGIN, 36, f"{content.title} · Page {document.page}")

        template = SimpleDocTemplate(file, leftMargin=MARGIN, rightMargin=MARGIN, pageCompression=1)
        template.build(self.story, onFirstPage=foot, onLaterPages=foot)
        return file.getvalue()

    def front(self, content: ImpactReport) -> None:
        for text in (content.board_name, content.title, content.period_words, *content.covers):
            self.p(text, self.body)
        for text in content.projects:
            self.p(f"• {text}", self.body)
        for number in content.summary_numbers:
            self.p(f"{number.value} {number.label}", self.body)
        for chart in impact_charts(content):
            self.p(chart.title, self.heading)
            self.story.append(bar_chart(chart, self.faces, width=TEXT_WIDTH))

    def question(self, line: object) -> None:
        self.p(f"{line.reference} · {line.kind} {line.fate_words}", self.heading)
        self.p(line.body, self.body)
        self.p(
            f"{line.credited_as} · {line.asked_on} · {line.site} · {line.draft_title}", self.small
        )
        if line.passage_quote:
            self.p("The words that prompted it", self.label)
            self.p(line.passage_quote, self.cell)
        self.p(f"The team’s answer, {line.decided_on}", self.label)
        self.p(f"{line.response_words}. {line.response_reason}", self.body)
        self.p(f"Had the team considered this before? {line.considered_before}", self.small)
        if line.change_before or line.change_after:
            self.p("What changed in the draft", self.label)
            self.table(("Before", "After"), [(line.change_before, line.change_after)])
        self.p("What difference it made", self.label)
        if not line.impacts:
            self.p("Nobody has looked yet at what difference this made.", self.body)
        for impact in line.impacts:
            self.p(impact.what_changed, self.body)
            self.p(
                f"{impact.type_label} · {impact.direction_label} · {impact.stage_label}", self.small
            )
            views = (
                impact.contributor_view or "Not recorded.",
                impact.team_view or "Not recorded.",
            )
            self.table(("As the person sees it", "As the team sees it"), [views])
        self.p("What the person who asked was told", self.label)
        self.p(f"Told on {line.told_on}. They replied: {line.asker_reply}", self.body)
        self.p("Records: " + ", ".join(one[:8] for one in line.record_ids), self.small)

    def back(self, content: ImpactReport) -> None:
        for text in (*content.unwelcome.found, *content.unwelcome.nil, *content.limits):
            self.p(text, self.body)
        for text in content.sources:
            self.p(text, self.body)
        for chart in impact_charts(content):
            rows = [(bar.label, str(bar.count)) for bar in chart.bars]
            self.table(("What is counted", chart.units), rows)
        rows = [
            (
                line.reference,
                "  ".join((*line.record_ids, *(i.record_ids[0] for i in line.impacts))),
            )
            for line in content.questions
        ]
        self.table(("Question", "Records"), rows)


def _median_of_both(ours: object, floor: object) -> tuple[float, float]:
    """Return both medians, measured in turn so that a busy moment slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for work, kept in zip((ours, floor), times, strict=True):
            gc.collect()
            start = time.perf_counter()
            work()
            kept.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def measure() -> list[tuple[str, float, float, str]]:
    """Return (name, our seconds, the floor's seconds, the floor's name) for each case."""
    measured = []
    for questions in (60, 300):
        content = example_report(questions)
        maker = ReportMaker(FONTS)
        maker.impact_pdf(content)
        Floor().build(content)
        ours, floor = _median_of_both(
            lambda content=content, maker=maker: maker.impact_pdf(content),
            lambda content=content: Floor().build(content),
        )
        measured.append((f"impact report, {questions} questions", ours, floor, FLOOR_NAME))
    return measured


def main() -> None:
    """Print each case with its ratio."""
    for name, ours, floor, floor_name in measure():
        print(f"{name}: {ours:.3f} s against {floor:.3f} s ({floor_name}): {ours / floor:.2f}x")


if __name__ == "__main__":
    main()
