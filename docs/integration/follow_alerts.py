"""Follows the alerts of a subscriber's ground and prints a line for each event.

Speaks the text protocol of NATS itself and needs Python's standard library alone. Goes on where it was, also after a
restart: the bus remembers what was acknowledged.

    NATS_URL=nats://127.0.0.1:4222 SUBSCRIBER=county SECRET=... python3 docs/integration/follow_alerts.py

`tls://` connects through a TLS proxy that stands before the bus.
"""

import json
import os
import socket
import ssl
import sys
import time
from datetime import datetime, timezone
from urllib.parse import urlparse

SUBSCRIBER = os.environ.get("SUBSCRIBER", "")
INBOX = f"_INBOX_{SUBSCRIBER}.pull"
PULL = f"$JS.API.CONSUMER.MSG.NEXT.ALERTS.feed-{SUBSCRIBER}"
WAIT_SECONDS = 5  # how long a pull waits for the next event; the bus allows ten seconds


def connect():
    """Signs in; returns the socket and a reader of it. Raises OSError."""
    url = urlparse(os.environ.get("NATS_URL", "nats://127.0.0.1:4222"))
    plain = socket.create_connection((url.hostname, url.port or 4222), timeout=WAIT_SECONDS + 10)
    if url.scheme == "tls":
        plain = ssl.create_default_context().wrap_socket(plain, server_hostname=url.hostname)
    reader = plain.makefile("rb")
    reader.readline()  # INFO
    options = {
        "user": f"feed-{SUBSCRIBER}",
        "pass": os.environ.get("SECRET", ""),
        "verbose": False,
        "pedantic": False,
        "headers": True,
        "no_responders": True,
        "lang": "python",
        "version": "0",
        "protocol": 1,
    }
    plain.sendall(f"CONNECT {json.dumps(options)}\r\nSUB {INBOX} 1\r\n".encode())
    return plain, reader


def publish(sock, subject, payload, reply=""):
    sock.sendall(f"PUB {subject} {reply} {len(payload)}\r\n".encode() + payload + b"\r\n")


def pull(sock):
    request = {"batch": 100, "expires": WAIT_SECONDS * 1_000_000_000}
    publish(sock, PULL, json.dumps(request).encode(), INBOX)


def read_message(sock, reader):
    """The next message as (reply subject, payload, is_status). Answers PING by itself."""
    while True:
        line = reader.readline()
        if not line:
            raise OSError("the bus closed the connection")
        words = line.decode().split()
        if words[0] == "PING":
            sock.sendall(b"PONG\r\n")
        elif words[0] == "-ERR":
            raise OSError(line.decode().strip())
        elif words[0] == "MSG":  # MSG subject sid [reply] size
            return (words[3] if len(words) == 5 else ""), read_exactly(reader, int(words[-1])), False
        elif words[0] == "HMSG":  # HMSG subject sid [reply] size-of-headers size
            head, size = int(words[-2]), int(words[-1])
            body = read_exactly(reader, size)
            is_status = body.split(b"\r\n", 1)[0] != b"NATS/1.0"  # as `NATS/1.0 408 Request Timeout`
            return (words[3] if len(words) == 6 else ""), body[head:], is_status


def read_exactly(reader, size):
    body = reader.read(size + 2)
    if len(body) < size + 2:
        raise OSError("the bus closed the connection")
    return body[:-2]


def follow():
    sock, reader = connect()
    with sock:
        pull(sock)
        left = 100
        while True:
            reply, payload, is_status = read_message(sock, reader)
            if is_status or not reply:
                pull(sock)  # there is no more for now, or the feed was made anew
                left = 100
                continue
            event = json.loads(payload)
            at = datetime.fromtimestamp(event["at"] / 1000, timezone.utc).isoformat(timespec="milliseconds")
            sequence = reply.split(".")[5]
            facts = [sequence, at, event["place"], event["cameraId"], event["alertId"], event["type"]]
            print(*facts, flush=True)
            publish(sock, reply, b"+ACK")  # printed first: an event comes twice rather than never
            left -= 1
            if left == 0:
                pull(sock)
                left = 100


def main():
    while True:
        try:
            follow()
        except OSError as error:
            print(f"once more in 3 s: {error}", file=sys.stderr, flush=True)
            time.sleep(3)


if __name__ == "__main__":
    main()
