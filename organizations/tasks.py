"""Background work of the organizations app, and the sweep that starts everybody's."""

from okrapp.celery import app


@app.task
def sweep() -> int:
    """Hand out the work that is due, organization by organization; runs each minute. Returns how much there was."""
    from organizations.domain.dispatch import hand_out_due  # models are loaded by the time it runs

    return hand_out_due()
