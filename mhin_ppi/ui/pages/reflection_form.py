"""Looking back on an activity: a few words, and four scales for those who want them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit

from ...domain.british import day
from ...domain.people import Person, Role
from ...domain.reflections import LEFT_OUT, SCALE_ENDS, SCALE_TOP
from ...services.boards import Services
from ...services.reflections import Occasion
from ..tasks import Tasks
from ..widgets.labels import WrapLabel, muted
from ..widgets.scale_field import ScaleField
from .form import Choice, Form, Pick, WordsBox


class ReflectionForm(Form):
    """What went well, what did not, and what to change.

    Args:
        services: The open board.
        tasks: Runs the saving.
        occasions: What can be looked back on; at least one.
        chosen: What is offered first.
        me: The person at the laptop.
        people: Everybody whose words a coordinator may type in.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        occasions: Sequence[Occasion],
        chosen: Occasion | None,
        me: Person,
        people: Sequence[Person],
    ) -> None:
        super().__init__("Look back", tasks=tasks)
        self._services, self._me = services, me
        choices = [(occasion_words(one), one) for one in occasions]
        self.about = Pick(choices, chosen=chosen)
        self.ask("What you look back on", self.about)
        self.side: Choice | None = None
        self.whose: Pick | None = None
        self.said_by = QLineEdit()
        if me.has(Role.COORDINATOR, Role.RESEARCHER):
            sides = [("A member of the board", False), ("The research team", True)]
            self.side = Choice(sides, name="Whose side it is", chosen=me.has(Role.RESEARCHER))
            self.ask("Whose side it is", self.side)
        if me.has(Role.COORDINATOR):
            self._ask_whose(people)
        self.well, self.not_well, self.change = WordsBox(), WordsBox(), WordsBox()
        self.well_row = self.ask("What went well", self.well)
        self.ask("What did not", self.not_well)
        self.ask("What to change next time", self.change)
        self._ask_scales()
        readers = [("The coordinators, nobody else", False), ("The whole board", True)]
        self.shared = Choice(readers, name="Who may read it", chosen=False)
        self.ask("Who may read it", self.shared)
        self.keep_words(services.desk, "looking back")

    def _ask_whose(self, people: Sequence[Person]) -> None:
        others = [p for p in people if p.id != self._me.id and p.left_on is None]
        self.whose = Pick([("Mine", None), *((p.name, p.id) for p in others)])
        self.ask("Whose words they are", self.whose)
        self.ask(
            "If it was somebody who is not on the board: who",
            self.said_by,
            help_text="A name, or what they do: “the trial manager”.",
        )

    def _ask_scales(self) -> None:
        self.put(WrapLabel("How it felt", role="heading"))
        self.put(
            muted(
                "Four scales, each only if you want to. They are never added up over people, and "
                "nobody is ranked by them."
            )
        )
        self.scales = [
            ScaleField(low, high, top=SCALE_TOP, left_out=LEFT_OUT) for low, high in SCALE_ENDS
        ]
        for scale in self.scales:
            self.put(scale)
        self.comments = WordsBox(lines=2)
        self.ask("Anything about these four", self.comments)

    def save(self) -> None:
        """Keep it."""
        scales = [scale.value() for scale in self.scales]
        texts = [box.words() for box in (self.well, self.not_well, self.change, self.comments)]
        empty = not any(texts) and all(place == LEFT_OUT for place in scales)
        self.well_row.set_problem(
            "Write a few words in one of the boxes, or place yourself on a scale." if empty else ""
        )
        if empty:
            return
        about, shared = self.about.value(), bool(self.shared.value())
        from_team = bool(self.side.value()) if self.side else False
        whose = self.whose.value() if self.whose else None
        said_by, reflections = self.said_by.text(), self._services.reflections
        self.run(
            lambda: reflections.note(
                about,
                went_well=texts[0],
                did_not=texts[1],
                to_change=texts[2],
                scales=scales,
                comments=texts[3],
                from_team=from_team,
                said_by=said_by,
                shared=shared,
                on_behalf_of=whose,
            )
        )


def occasion_words(one: Occasion) -> str:
    """Return an activity with its day."""
    return f"{one.title} ({day(one.on)})" if one.on else one.title
