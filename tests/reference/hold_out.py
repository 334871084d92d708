"""Prints the records that HoldOutTests expects to be held out, by batch_plan.py's independent Philox and Fisher-Yates."""

from batch_plan import below, words


def shuffle(items, source):
    for i in range(len(items) - 1, 0, -1):
        j = below(source, i + 1)
        items[i], items[j] = items[j], items[i]
    return items


def by_class(labels, share):
    source, held, carry = words(0x484F4C444F5554), [], 0.0
    for c in sorted(set(labels)):
        records = shuffle([i for i, label in enumerate(labels) if label == c], source)
        due = share * len(records) + carry
        taken = min(max(round(due), 0), len(records) - 1)
        carry = due - taken
        held += records[:taken]
    return sorted(held)


print(by_class([0] * 10 + [1] * 10, 0.3))
