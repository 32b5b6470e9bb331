"""All sheets that the kit hands out."""

from __future__ import annotations

from pcqa_teach.data.templates.appropriateness import APPROPRIATENESS
from pcqa_teach.data.templates.definition import Template
from pcqa_teach.data.templates.pulse import PULSE
from pcqa_teach.data.templates.saved import SAVED
from pcqa_teach.data.templates.survey import SURVEY
from pcqa_teach.data.templates.tally import TALLY

TEMPLATES: dict[str, Template] = {one.name: one for one in (TALLY, APPROPRIATENESS, PULSE, SURVEY)}
SHAPES = (*(template.shape() for template in TEMPLATES.values()), *SAVED)
