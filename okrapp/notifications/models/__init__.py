"""Tables of notifications."""

from okrapp.notifications.models.delivery import Delivery
from okrapp.notifications.models.endpoint import Endpoint
from okrapp.notifications.models.event import Event
from okrapp.notifications.models.notification import Notification
from okrapp.notifications.models.preference import Choice, Habits

__all__ = ["Choice", "Delivery", "Endpoint", "Event", "Habits", "Notification"]
