"""A late penalty that is ready to use: so many points a day, after a time of grace, down to a floor.

In the class's nbgrader_config.py, as nbgrader documents it for plug-ins:

    c.AssignLatePenalties.plugin_class = "grader.grading.nbgrader.late.DailyPenalty"
    c.DailyPenalty.grace_minutes = 30
    c.DailyPenalty.share_a_day = 0.1
    c.DailyPenalty.floor = 0.5
"""

from __future__ import annotations

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

DAY = 24 * 60 * 60


class DailyPenalty(LateSubmissionPlugin):
    """For every day that has begun, a share of the points of each notebook."""

    grace_minutes = Float(0, min=0, help="So late costs nothing, and does not count.").tag(config=True)
    share_a_day = Float(0.1, min=0, max=1, help="Which share of the points a day costs.").tag(config=True)
    floor = Float(0, min=0, max=1, help="Which share is kept however late it was.").tag(config=True)

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        """Points to take off a notebook with this `score`; None where nothing is."""
        late = total_seconds_late - 60 * self.grace_minutes
        if late <= 0:
            return None
        return score * min(self.share_a_day * math.ceil(late / DAY), 1 - self.floor)
