"""What a token needs for rollouts: scopes of their own, for much of a plan is read by few."""

from organizations.enums import Scope

ROLLOUT = {
    "GET": (Scope.ROLLOUT_READ,),
    "POST": (Scope.ROLLOUT_WRITE,),
    "PATCH": (Scope.ROLLOUT_WRITE,),
    "DELETE": (Scope.ROLLOUT_WRITE,),
}
# Besides, where it says of people what they think, do or learn.
ABOUT_PEOPLE = (Scope.PEOPLE_READ,)
