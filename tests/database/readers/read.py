"""Prints what libpq, asyncpg or SQLAlchemy reads from a URL: one JSON line per JSON line of input.

The hosts that it would connect to, and port, user, password and database; null where it refuses the URL. Nothing
connects to anything.
"""

import ctypes
import ctypes.util
import inspect
import ipaddress
import json
import re
import sys


class Option(ctypes.Structure):
    """PQconninfoOption of libpq-fe.h."""

    _fields_ = [
        (name, ctypes.c_char_p) for name in ("keyword", "envvar", "compiled", "val", "label", "dispchar")
    ] + [("dispsize", ctypes.c_int)]


def libpq():
    library = ctypes.CDLL(ctypes.util.find_library("pq"))
    library.PQconninfoParse.restype = ctypes.POINTER(Option)
    library.PQconninfoParse.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    library.PQconninfoFree.argtypes = [ctypes.POINTER(Option)]

    def is_port(text):
        # parse_int_param: strtol, with blanks around it.
        return not text or bool(re.fullmatch(r"[ \t\n\v\f\r]*\+?\d+[ \t\n\v\f\r]*", text, re.A)) and 1 <= int(text) <= 65535

    def is_address(text):
        try:
            return bool(ipaddress.ip_address(text))
        except ValueError:
            return False

    def read(url):
        options = library.PQconninfoParse(url.encode(), None)
        if not options:
            return None
        values, at = {}, 0
        while options[at].keyword:
            if options[at].val is not None:
                values[options[at].keyword.decode()] = options[at].val.decode(errors="replace")
            at += 1
        library.PQconninfoFree(options)
        names = (values.get("hostaddr") or values.get("host") or "").split(",")
        ports = (values.get("port") or "").split(",")
        if len(ports) == 1:
            ports *= len(names)
        if len(ports) != len(names):
            return None
        is_host = is_address if values.get("hostaddr") else lambda _: True
        reachable = [name for name, port in zip(names, ports) if is_host(name) and is_port(port)]
        if not reachable:
            return None
        return reachable, values.get("port"), values.get("user"), values.get("password"), values.get("dbname")

    return read


def asyncpg():
    from asyncpg import connect_utils

    parse = connect_utils._parse_connect_dsn_and_args
    nothing = {name: None for name in inspect.signature(parse).parameters}

    def read(url):
        addresses, known = parse(**{**nothing, "dsn": url})
        rest = known.user, known.password, known.database
        if any(isinstance(address, str) and address.startswith("/run/postgresql/") for address in addresses):
            return [], None, *rest  # the usual places of this machine: the URL names no host
        sockets = [address.rsplit("/.s.PGSQL.", 1) for address in addresses if isinstance(address, str)]
        found = [tuple(socket) for socket in sockets] + [a for a in addresses if not isinstance(a, str)]
        return [host for host, _ in found], found[0][1], *rest

    return read


def sqlalchemy():
    from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2
    from sqlalchemy.engine import make_url

    dialect = PGDialect_psycopg2()

    def read(url):
        _, options = dialect.create_connect_args(make_url(url))
        rest = (options.get(name) for name in ("port", "user", "password", "dbname"))
        return (options.get("host") or "").split(","), *rest

    return read


def main():
    read = {"libpq": libpq, "asyncpg": asyncpg, "SQLAlchemy": sqlalchemy}[sys.argv[1]]()
    for line in sys.stdin:
        try:
            found = read(json.loads(line))
        except Exception:  # whatever it raises, it connects to nothing
            found = None
        print(json.dumps(found and dict(zip(("hosts", "port", "user", "password", "database"), found))))


main()
