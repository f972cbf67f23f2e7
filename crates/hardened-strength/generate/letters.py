#!/usr/bin/env python3
"""Makes ../src/human/letters.bin: how letters follow one another in words of many languages.

    python3 -m pip download --no-deps --no-binary :none: langdetect==1.0.9   # unpack it: a wheel is a zip file
    apt-get download snowball-data && dpkg-deb -x snowball-data_*.deb snowball
    python3 letters.py LANGDETECT/profiles SNOWBALL/usr/share/snowball/data ../src/human/letters.bin

Sources, both of which allow what is derived from them in a program under MIT or Apache-2.0:

  - langdetect 1.0.9, (c) 2010-2014 Cybozu Labs, (c) 2014-2015 Michal Mimino Danilak, Apache License 2.0:
    counts of letter trigrams in 31 languages in Latin letters, and in three in Cyrillic ones, which are transliterated.
  - snowball-data 0+20210120, (c) 2001 Martin Porter, 2004-2005 Richard Boulton, BSD 3-Clause: 13 vocabularies.
    The vocabularies in that package that are under other licences (Catalan, French, Lithuanian, ...) are not used.

The tables are counts of letters, made coarse: 4 bits each. No word and no text of a source is in them.

With --only LANGUAGE,... the tables are made of these languages alone: to measure languages that were left out.
"""

import json
import math
import pathlib
import sys
import unicodedata

# Languages that resemble one another share a table.
FAMILIES = [
    ["en"],
    ["fr", "es", "pt", "it", "ca", "ro"],
    ["de", "nl", "af"],
    ["da", "no", "sv"],
    ["pl"],
    ["cs", "sk", "hr", "sl"],
    ["ru", "uk", "bg"],
    ["hu", "tr", "sq"],
    ["fi", "et", "lt", "lv"],
    ["id", "tl", "sw", "so"],
    ["vi", "cy"],
]
VOCABULARIES = {
    "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "de": "german", "hu": "hungarian", "it": "italian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "es": "spanish", "sv": "swedish", "tr": "turkish",
}

EDGE = 26  # before the first letter and after the last one
SYMBOLS = 27
CONTEXTS = 26 * SYMBOLS + 1  # (letter or edge before, letter), and the edge
# What the tables may weigh, in bytes.
BUDGET = 63 * 1024
# A price is LOWEST + STEP * n bits, n in 0..16.
LOWEST, STEP, LEVELS = 0.5, 0.5, 16

FOLD = str.maketrans({"đ": "d", "ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ı": "i", "ð": "d", "þ": "th", "œ": "oe"})
CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґ",
                    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh sch  y  e yu ya e i i g".split(" ")))


def folded(text):
    """Lower case in a-z, without accents."""
    text = "".join(CYRILLIC.get(c, c) for c in text.lower()).translate(FOLD)
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if ord(c) < 128)


def empty():
    return [[0.0] * SYMBOLS for _ in range(CONTEXTS)]


def context(before, last):
    """The row after two symbols."""
    return CONTEXTS - 1 if last == EDGE else before * 26 + last


def index(c):
    return EDGE if c == " " else ord(c) - 97


def normalized(counts, total=20000.0):
    factor = total / (sum(map(sum, counts)) or 1.0)
    return [[x * factor for x in row] for row in counts]


def of_profile(path):
    """Trigrams of running text; common ones count less than they occur, since people choose words, not texts."""
    raw = {}
    for gram, count in json.loads(path.read_text())["freq"].items():
        if len(gram) < 2 or len(gram) == 2 and gram[0] != " " or len(gram) == 3 and any(map(str.isupper, gram[1:])) and gram[0] != " ":
            continue
        gram = folded(gram)
        if gram and all(c == " " or "a" <= c <= "z" for c in gram) and " " not in gram.strip():
            raw[gram] = raw.get(gram, 0) + count
    grams = {}
    for gram, count in raw.items():
        if len(gram) == 2 and gram[0] == " " and gram[1] != " ":
            grams[(EDGE, EDGE, index(gram[1]))] = grams.get((EDGE, EDGE, index(gram[1])), 0) + count
        for at in range(len(gram) - 2):
            a, b, c = map(index, gram[at:at + 3])
            if b != EDGE:
                grams[(a, b, c)] = grams.get((a, b, c), 0) + count
    total = sum(grams.values())
    counts = empty()
    for (a, b, c), count in sorted(grams.items()):
        counts[context(a, b)][c] += (count / total * 1e6) ** 0.65
    return normalized(counts)


def of_vocabulary(path):
    """Trigrams of words; short ones count more, since they are the common ones."""
    counts = empty()
    for line in path.read_text(errors="replace").splitlines():
        word = folded(line.strip())
        if len(word) > 1 and all("a" <= c <= "z" for c in word):
            symbols = [EDGE, EDGE, *map(index, word), EDGE]
            for a, b, c in zip(symbols, symbols[1:], symbols[2:]):
                counts[context(a, b)][c] += 1 / len(word)
    return normalized(counts)


def of_language(language, profiles, vocabularies):
    counts = of_profile(profiles / language)
    if language not in VOCABULARIES:
        return counts
    words = of_vocabulary(vocabularies / VOCABULARIES[language] / "voc.txt")
    return [[(x + y) / 2 for x, y in zip(*rows)] for rows in zip(counts, words)]


def smoothed(counts):
    """Shares of each row: the trigram's, some of the bigram's, a little of everything. Also the bigrams' rows."""
    one = [sum(row[symbol] for row in counts) for symbol in range(SYMBOLS)]
    one = [x / sum(one) for x in one]
    pairs = []
    for last in range(26):
        rows = [counts[context(before, last)] for before in range(SYMBOLS)]
        pair = [sum(row[symbol] for row in rows) for symbol in range(SYMBOLS)]
        pairs.append([(x + 8 * p) / (sum(pair) + 8) for x, p in zip(pair, one)])
    shares = []
    for at, row in enumerate(counts):
        below = one if at == CONTEXTS - 1 else pairs[at % 26]
        mixed = [0.95 * (x + 20 * p) / (sum(row) + 20) + 0.05 * p for x, p in zip(row, below)]
        if at == CONTEXTS - 1:  # no word ends where it begins
            mixed[EDGE] = 0
            mixed = [x / sum(mixed) for x in mixed]
        shares.append([0.985 * x + 0.015 / SYMBOLS for x in mixed])
    return shares, [[0.985 * x + 0.015 / SYMBOLS for x in pair] for pair in pairs]


def priced(shares):
    """Levels of price whose shares add up to one at most (Kraft's inequality): what makes the price of a text a code."""
    bits = [-math.log2(x) for x in shares]
    levels = [min(max(math.ceil((b - LOWEST) / STEP - 0.5), 0), LEVELS - 1) for b in bits]
    while sum(2.0 ** -(LOWEST + STEP * level) for level in levels) > 1.0:
        errors = [9e9 if level == LEVELS - 1 else LOWEST + STEP * level - b for level, b in zip(levels, bits)]
        levels[errors.index(min(errors))] += 1
    return levels


def packed(levels):
    padded = [*levels, 0]
    return bytes(low | high << 4 for low, high in zip(padded[::2], padded[1::2]))


def main(profiles, vocabularies, out, only=None):
    families = [[l for l in family if only is None or l in only] for family in FAMILIES]
    tables = []
    for family in filter(None, families):
        counts = [of_language(language, profiles, vocabularies) for language in family]
        merged = [[sum(xs) / math.sqrt(len(family)) for xs in zip(*rows)] for rows in zip(*counts)]
        shares, pairs = smoothed(merged)
        gains = {}
        for at in range(CONTEXTS - 1):
            weight = sum(merged[at])
            gains[at] = weight * sum(p * math.log2(p / q) for p, q in zip(shares[at], pairs[at % 26]))
        tables.append((shares, pairs, gains))
    # The rows that tell most beyond the pair of letters, of all tables together, as many as fit.
    row_bytes = (SYMBOLS + 1) // 2
    fixed = len(tables) * (27 * row_bytes + (CONTEXTS - 1 + 7) // 8)
    best = sorted(((gain, table, at) for table, (_, _, gains) in enumerate(tables) for at, gain in gains.items()), reverse=True)
    kept = {(table, at) for _, table, at in best[:(BUDGET - fixed) // row_bytes]}
    data = bytearray([len(tables)])
    for number, (shares, pairs, _) in enumerate(tables):
        bitmap = bytearray((CONTEXTS - 1 + 7) // 8)
        rows = [packed(priced(shares[CONTEXTS - 1])), *(packed(priced(pair)) for pair in pairs)]
        for at in range(CONTEXTS - 1):
            if (number, at) in kept:
                bitmap[at // 8] |= 1 << at % 8
                rows.append(packed(priced(shares[at])))
        data += bitmap + b"".join(rows)
    out.write_bytes(data)
    print(f"{out}: {len(data)} bytes, {len(tables)} tables, {len(kept)} rows of trigrams")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    only = None
    if "--only" in arguments:
        at = arguments.index("--only")
        only = set(arguments[at + 1].split(","))
        del arguments[at:at + 2]
    if len(arguments) != 3:
        sys.exit(__doc__)
    main(*map(pathlib.Path, arguments), only)
