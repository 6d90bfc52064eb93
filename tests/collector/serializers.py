# How schemathesis writes bodies that are bytes.
import schemathesis


@schemathesis.serializer("application/private-token-request", "message/ohttp-req")
def write_bytes(context, value):
    return value if isinstance(value, bytes) else str(value).encode()
