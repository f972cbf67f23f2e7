#!/usr/bin/env python3
"""Writes the 2,000 commonest words of many languages into DIR, for `cargo xtask keys --words DIR`.

    python3 -m pip install wordfreq && python3 benches/words.py DIR

wordfreq 3.1.1: its code is under the Apache License 2.0, its data under CC BY-SA 4.0. The words stay outside the
repository: the tables of letters in the library are made of other sources (crates/hardened-strength/generate/letters.py),
so that what is measured here was not learned from what it is measured with.
"""

import pathlib
import sys
import unicodedata

import wordfreq

TUNED = "ca cs da de en es fi fil fr hu id it lt lv nb nl pl pt ro sh sk sl sv tr vi".split()
NOT_TUNED = "is ms".split()
FOLD = str.maketrans({"đ": "d", "ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ı": "i", "ð": "d", "þ": "th", "œ": "oe"})


def folded(word):
    word = unicodedata.normalize("NFKD", word.lower().translate(FOLD))
    return "".join(c for c in word if ord(c) < 128)


def main(directory):
    directory.mkdir(parents=True, exist_ok=True)
    for language in TUNED + NOT_TUNED:
        words = map(folded, wordfreq.top_n_list(language, 2000))
        plain = [word for word in words if len(word) > 1 and word.isascii() and word.isalpha()]
        (directory / f"{language}.txt").write_text("\n".join(plain) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
