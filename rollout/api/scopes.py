"""What a token needs for rollout plans."""

from organizations.enums import Scope

ROLLOUT = {
    "GET": (Scope.OKRS_READ,),
    "POST": (Scope.OKRS_WRITE,),
    "PATCH": (Scope.OKRS_WRITE,),
    "DELETE": (Scope.OKRS_WRITE,),
}
