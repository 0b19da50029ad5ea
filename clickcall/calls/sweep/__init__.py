"""Looking after calls: what does the provider know about them that we do not?

The table itself is the queue: open calls whose turn it is are claimed by a lease, and asked about with one `list.calls`
for an account and one `get.calls_report` for those calls that it does not show (`rounds`). A worker that dies leaves
nothing behind but a short lease that ends by itself, and any number of workers share the work.

    claims      taking calls, keeping them for as long as one lives, giving them back
    rounds      claim, ask, tell, release; when a call has its next turn is said by `calls.turns`
    verdicts    what follows from the provider's silence
    newcomers   sessions without a press that the live list shows
    lookout     sessions without a press that only the report shows
    afterwards  what becomes known after the end: the reason behind a notification, the recording
"""

from .afterwards import look_afterwards
from .lookout import look_out
from .rounds import SweepResult, sweep_round

__all__ = ["SweepResult", "look_afterwards", "look_out", "sweep_round"]
