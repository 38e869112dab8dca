"""What a token needs for OKRs."""

from organizations.enums import Scope

OKRS = {
    "GET": (Scope.OKRS_READ,),
    "POST": (Scope.OKRS_WRITE,),
    "PUT": (Scope.OKRS_WRITE,),
    "PATCH": (Scope.OKRS_WRITE,),
    "DELETE": (Scope.OKRS_WRITE,),
}
# The narrower scope, for tokens that only check in.
CHECK_INS = {"GET": (Scope.OKRS_READ,), "POST": (Scope.CHECK_INS_WRITE,), "DELETE": (Scope.CHECK_INS_WRITE,)}
