# Begins AWS's own client for Python, after it has kept the process from AWS: a connection to one of AWS's hosts, or to the
# machine's own credentials, is refused, and the loop is told. For what goes through Python's socket module; native code goes
# past it. What the SDK calls goes to the loop by AWS_ENDPOINT_URL.
import errno
import json
import os
import re
import runpy
import socket
import struct
import sys
import time

AWS_HOST = re.compile(r"(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|on\.aws)\.?$", re.IGNORECASE)
OWN_CREDENTIALS = {"169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254"}
# The frame of src/services/lambda/environments/log-frames.ts for what a runtime tells the loop.
TOLD_FRAME = 0xA55A0103


def keep_from_aws(tell, allows):
    told = set()

    def check(host):
        if isinstance(host, (bytes, bytearray)):
            host = host.decode("latin1")
        if not isinstance(host, str):
            return
        if not (host in OWN_CREDENTIALS or (AWS_HOST.search(host) and not allows)):
            return
        if host not in told:
            told.add(host)
            tell(host)
        raise ConnectionRefusedError(
            errno.ECONNREFUSED,
            f"{host} is AWS, and this function runs in the loop: the connection is refused",
        )

    looked_up = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        check(host)
        return looked_up(host, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo

    class GuardedSocket(socket.socket):
        def connect(self, address):
            check(address[0] if isinstance(address, tuple) else None)
            return super().connect(address)

        def connect_ex(self, address):
            check(address[0] if isinstance(address, tuple) else None)
            return super().connect_ex(address)

    GuardedSocket.__name__ = "socket"
    GuardedSocket.__qualname__ = "socket"
    socket.socket = GuardedSocket


def teller(fd):
    def tell(host):
        body = json.dumps({"kind": "refused", "host": host}).encode()
        head = struct.pack(">IIq", TOLD_FRAME, len(body), time.time_ns() // 1000)
        try:
            os.write(fd, head + body)
        except OSError:
            pass

    return tell


keep_from_aws(
    teller(int(os.environ.get("_LAMBDA_TELEMETRY_LOG_FD", "3"))),
    os.environ.pop("LAMBDA_LOOP_ALLOWS_AWS", None) is not None,
)
# As `python -m awslambdaric HANDLER`, which looks in the current folder and not in this one.
sys.path[0] = os.getcwd()
runpy.run_module("awslambdaric", run_name="__main__", alter_sys=True)
