"""Prints the orders that BatchPlanTests expects, by an independent Philox4x32-10, Lemire draw and Fisher-Yates."""

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p, q = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(q >> 32) ^ c[1] ^ k[0], q & MASK, (p >> 32) ^ c[3] ^ k[1], p & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def split(value):
    return [value & MASK, value >> 32]


def words(seed, *key):
    stream = 0
    for i, word in enumerate(key):
        a, b, c, d = philox(split(word) + split(stream ^ (i + 1)), split(seed))
        seed, stream = a | b << 32, c | d << 32
    counter = 0
    while True:
        yield from philox(split(counter) + split(stream), split(seed))
        counter += 1


def below(source, limit):
    threshold = (2**32 - limit) % limit
    while True:
        product = next(source) * limit
        if product & MASK >= threshold:
            return product >> 32


def order(seed, block, epoch, slots):
    source = words(seed, 0x4F52444552, block, epoch)
    items = list(range(slots))
    for i in range(slots - 1, 0, -1):
        j = below(source, i + 1)
        items[i], items[j] = items[j], items[i]
    return items


print(order(1, 1, 0, 12))
print(order(2**64 - 1, 100, 4, 12))
