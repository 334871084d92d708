#!/usr/bin/env python3
"""Independent of Lethe's own code: writes the golden ledger, and checks a certificate with hashlib and openssl.

  python3 tests/reference/evidence.py golden tests/Lethe.Core.Tests/golden/ledger
"""
import hashlib
import json
import os
import sys


def sha(data):
    return hashlib.sha256(data).hexdigest()


def canonical(value):
    # Lethe escapes what HTML could take for markup, as .NET's encoder does.
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    for character in "+<>&'`":
        text = text.replace(character, "\\u%04X" % ord(character))
    return text


def entry(number, previous, event):
    names = ["at", "document", "key", "kind", "model", "note", "previousKey", "request"]
    body = canonical({"number": number, "previous": previous, "signatures": [], "event": {n: event.get(n) for n in names}})
    digest = sha(body.encode())
    return '{"digest":"%s",%s' % (digest, body[1:]), digest


def golden(folder):
    head, lines = sha(b'{"format":1}\n'), []
    for number in range(3):
        event = {"at": "2026-11-21T12:%02d:00+00:00" % number, "kind": "promoted" if number else "trained", "model": sha(b"model %d" % number)}
        if number:
            event |= {"request": "request-%04d" % number, "note": "gate + „Prüfung“"}
        line, head = entry(number, head, event)
        lines.append(line + "\n")
    with open(os.path.join(folder, "ledger.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(lines)
    with open(os.path.join(folder, "ledger.head"), "w", encoding="utf-8") as file:
        file.write(canonical({"count": 3, "digest": head}) + "\n")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "golden":
        golden(sys.argv[2])
    else:
        sys.exit(__doc__)
