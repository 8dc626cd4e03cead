"""lesson.yaml: lessons that a teacher can give, each with its length."""

from .fields import Whole
from .statements import Item


class Lesson(Item):
    """A lesson in `minutes`."""

    minutes: Whole
