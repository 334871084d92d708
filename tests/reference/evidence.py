#!/usr/bin/env python3
"""Independent of Lethe's own code: writes golden files, and checks a certificate with hashlib and openssl.

  python3 tests/reference/evidence.py golden tests/Lethe.Core.Tests/golden     writes ledger/ and evidence/
  python3 tests/reference/evidence.py check BUNDLE [RUN]                       prints what holds, exits 1 if anything does not
"""
import hashlib
import hmac
import json
import os
import shutil
import subprocess
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


def seal(secret, purpose, data):
    return hmac.new(secret, b"lethe-%s-1\n" % purpose.encode() + data, hashlib.sha256).hexdigest()


def record(secret, data, number):
    return sha(b"lethe-record-1\n%s\n%d\n%s" % (data.encode(), number, seal(secret, "salt", b"%d" % number).encode()))


def top(leaves):
    """The recursive definition of RFC 9162, not the level by level one of Lethe."""
    if len(leaves) <= 1:
        return hashlib.sha256(b"\0" + leaves[0] if leaves else b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + top(leaves[:split]) + top(leaves[split:])).digest()


def commitment(data, number, salt):
    return sha(b"lethe-salt-1\n%s\n%d\n%s" % (data.encode(), number, salt.encode()))


def root(digests, order=sorted):
    leaves = order(bytes.fromhex(digest) for digest in digests)
    return sha(b"\2" + len(leaves).to_bytes(8, "big") + top(leaves))


def included(proof, expected, count):
    """RFC 9162, 2.1.3.2, read from the top down: which side the leaf's subtree is on follows from its index and the size."""
    def climb(index, size, path):
        if size == 1:
            return hashlib.sha256(b"\0" + bytes.fromhex(proof["leaf"])).digest() if not path else b""
        split = 1
        while split * 2 < size:
            split *= 2
        beside, rest = bytes.fromhex(path[-1]) if path else b"", path[:-1]
        if index < split:
            return hashlib.sha256(b"\1" + climb(index, split, rest) + beside).digest()
        return hashlib.sha256(b"\1" + beside + climb(index - split, size - split, rest)).digest()
    inside = 0 <= proof["index"] < count
    return inside and sha(b"\2" + count.to_bytes(8, "big") + climb(proof["index"], count, proof["path"])) == expected


def excluded(proof, leaf, expected, count):
    before, after = proof["before"], proof["after"]
    ends = [p for p in (before, after) if p is not None]
    first = after["index"] if after else count
    last = before["index"] if before else -1
    return first == last + 1 and all(included(p, expected, count) for p in ends) \
        and (before is None or before["leaf"] < leaf) and (after is None or after["leaf"] > leaf) and (ends or count == 0)


def golden(folder):
    os.makedirs(os.path.join(folder, "evidence"), exist_ok=True)
    os.makedirs(os.path.join(folder, "ledger"), exist_ok=True)
    secret, data = bytes(range(32)), sha(b"toy")
    with open(os.path.join(folder, "evidence", "merkle.txt"), "w", encoding="ascii") as file:
        for count in (0, 1, 2, 3, 5, 8, 100, 1000):
            file.write("%d %s\n" % (count, root(record(secret, data, number) for number in range(count))))
    golden_ledger(os.path.join(folder, "ledger"))


def golden_ledger(folder):
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


def serving(ground):
    """The ledger's events that tell of a promotion, as kind and note."""
    if not ground:
        return [("promoted", None)]
    person = "none" if ground["by"] is None else '"%s"' % ground["by"].replace('"', '""')
    note = "%s, verdict %s, person %s: %s" % (ground["basis"], ground["verdict"].upper() if ground["verdict"] else "none", person, ground["why"])
    return [("override", note), ("promoted", "a person decided")] if ground["basis"] == "override" else [("promoted", note)]


def outcome(replay):
    return "%s: %d of %s executed step%s gave the recorded bits%s; %d can be executed again" % (
        "NOT EQUAL" if unequal(replay) else "EQUAL", replay["same"], "{:,}".format(replay["executed"]), "" if replay["executed"] == 1 else "s",
        ", and the run contradicted itself" if replay["contradicts"] else "", replay["available"])


def unequal(replay):
    """Of a certificate's replay by its counts, of a ledger's event by its note."""
    if "note" in replay:
        return not (replay["note"] or "").lower().startswith("equal")
    return replay["same"] != replay["executed"] or replay["contradicts"]


def check(bundle, run=None):
    def read(*parts):
        with open(os.path.join(*parts), "rb") as file:
            return file.read()

    def require(name, holds):
        print("ok      " if holds else "FAILED  ", name)
        outcomes.append(bool(holds))

    outcomes, text = [], read(bundle, "certificate.json")
    certificate = json.loads(text)
    evidence = certificate["evidence"]
    if shutil.which("openssl"):
        command = ["openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "certificate.sig", "certificate.json"]
        require("signature (openssl)", subprocess.run(command, cwd=bundle, capture_output=True).returncode == 0)
        der = subprocess.run(["openssl", "pkey", "-pubin", "-in", "public.pem", "-outform", "DER"], cwd=bundle, capture_output=True).stdout
        require("key", sha(der) == certificate["key"])
    head, lines = evidence["run"], read(bundle, "ledger.jsonl").decode().split("\n")
    require("ledger ends with a line feed", lines.pop() == "")
    for number, line in enumerate(lines):
        entry = json.loads(line)
        if number == certificate["ledgerCount"]:
            require("ledger's head", head == certificate["ledgerHead"])
        whole = entry["number"] == number and entry["previous"] == head and line.startswith('{"digest":"%s",' % entry["digest"])
        require("ledger entry %d (%s)" % (number, entry["event"]["kind"]), whole and sha(b"{" + line[77:].encode()) == entry["digest"])
        head = entry["digest"]
    require("ledger's last entry is the certificate's", len(lines) == certificate["ledgerCount"] + 1 and entry["event"]["document"] == sha(text))
    events = [json.loads(line)["event"] for line in lines]
    accepted = [n for n, e in enumerate(events) if (e["kind"], e["request"], e["document"]) == ("accepted", evidence["request"], evidence["requestSeal"])]
    promoted = [n for n, e in enumerate(events) if (e["kind"], e["request"], e["model"]) == ("promoted", evidence["request"], evidence["after"])]
    require("accepted before it was served", accepted and promoted and accepted[0] < promoted[-1])
    served = [e["model"] for e in events[:promoted[-1] if promoted else 0] if e["kind"] in ("trained", "imported", "promoted")]
    require("the model before", served and served[-1] == evidence["before"])
    ground = evidence["promotion"]
    told = [(e["kind"], e["model"], e["at"], e["note"]) for e in events if e["kind"] in ("override", "promoted") and e["request"] == evidence["request"]]
    stated = [(kind, evidence["after"], evidence["promoted"], note) for kind, note in serving(ground)]
    judged = [e["note"].upper() for e in events[:promoted[-1] if promoted else 0] if (e["kind"], e["request"], e["model"]) == ("verdict", evidence["request"], evidence["after"])]
    said = [ground["verdict"].upper()] if ground and ground["verdict"] else []
    possible = not ground or ground["basis"] in ("gate", "override") or (ground["basis"] == "verdict" and said)
    require("what allowed it (%s)" % (ground["basis"] if ground else "not stated"), told == stated and possible and (not ground or judged[-1:] == said))
    replay, replays = evidence["replay"], [e for e in events if (e["kind"], e["model"]) == ("replayed", evidence["after"])]
    if replay:
        recorded = {"document": replay["seal"], "note": outcome(replay), "at": replay["at"]}
        counted = 0 <= replay["same"] <= replay["executed"] <= replay["available"] and replay["executed"] > 0
        require("replay", counted and (unequal(replay) or not unequal(replays[-1] if replays else replay)) and any(recorded.items() <= e.items() for e in replays))
    elif replays:
        require("no replay is stated", not unequal(replays[-1]))
    for name, digest in evidence["documents"].items():
        require(name, sha(read(bundle, name)) == digest)
    if os.path.exists(os.path.join(bundle, "proof.json")):
        for proof in json.loads(read(bundle, "proof.json"))["records"]:
            leaf = sha(b"lethe-record-1\n%s\n%d\n%s" % (evidence["data"].encode(), proof["record"], proof["salt"].encode()))
            bound = proof["committed"]
            require("record %d's salt is the one committed to" % proof["record"], bound["index"] == proof["record"]
                    and bound["leaf"] == commitment(evidence["data"], proof["record"], proof["salt"]) and included(bound, evidence["allRecordsRoot"], evidence["records"]))
            require("record %d is not left" % proof["record"], excluded(proof["retained"], leaf, evidence["retainedRoot"], evidence["retained"]))
            if proof["requested"]:
                require("record %d was asked for" % proof["record"], proof["requested"]["leaf"] == leaf
                        and included(proof["requested"], evidence["requestedRoot"], evidence["requested"]))
    if run:
        secret, forgotten = bytes.fromhex(read(run, "evidence.secret").decode()), set()
        for served in json.loads(read(run, "index.json"))["index"]["history"]:
            asked = json.loads(read(run, "requests", served["request"], "request.json"))["records"]
            forgotten |= set(asked)
            if served["request"] == evidence["request"]:
                break
        require("requested records", root(record(secret, evidence["data"], n) for n in asked) == evidence["requestedRoot"])
        require("retained records", root(record(secret, evidence["data"], n) for n in range(evidence["records"]) if n not in forgotten) == evidence["retainedRoot"])
        salts = [seal(secret, "salt", b"%d" % n) for n in range(evidence["records"])]
        require("all records", root((commitment(evidence["data"], n, salt) for n, salt in enumerate(salts)), list) == evidence["allRecordsRoot"])
        for name in ("request", "plan", "result", "steps"):
            if evidence[name + "Seal"]:
                require(name + ".json", seal(secret, name, read(run, "requests", evidence["request"], name + ".json")) == evidence[name + "Seal"])
        later = [json.loads(line)["event"] for line in read(run, "ledger.jsonl").decode().split("\n")[len(lines):-1]]
        later = [e for e in later if (e["kind"], e["model"]) == ("replayed", evidence["after"])]
        require("no later replay is unequal", not later or not unequal(later[-1]))
        if evidence.get("replay"):
            now = seal(secret, "replay", read(run, "requests", evidence["request"], "replay.json"))
            require("replay.json", now == evidence["replay"]["seal"] or now.encode() in read(run, "ledger.jsonl"))
    return all(outcomes)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "golden":
        golden(sys.argv[2])
    elif len(sys.argv) in (3, 4) and sys.argv[1] == "check":
        sys.exit(0 if check(*sys.argv[2:]) else 1)
    else:
        sys.exit(__doc__)
