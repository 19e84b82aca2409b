"""
How wide a text is when it is drawn, and where it breaks.

A picture has to know this before a browser draws it. The numbers are advance widths in thousandths of the letter size: the larger
of Source Sans 3 and of its stand-in, Arial at 94 %, rounded up to tens. So a text is never wider than it counts here.
"""

from functools import lru_cache

_WIDEST = 1000
"""For a letter that is not in the tables."""
_SOFT = "\xad"
_REGULAR = {
    210: "įĵĺļłſ",
    250: "'ij|¦‘’",
    260: "l",
    270: " ,.:;I·ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧ",
    280: "ľ",
    290: "!",
    300: "f",
    310: "[]",
    320: "()-{}¡ŀŕŗř",
    330: "•",
    340: "t",
    350: "/\\rª",
    360: "ť",
    370: "²³¹º",
    380: "°",
    420: "*ĳ",
    430: '"“”',
    470: "csvxyzçýÿćĉċčĴķĸśŝşšŷźżž",
    480: "J",
    500: "^k",
    520: "±÷",
    530: "#$0123456789?L_aeg¢£¤¥§«»àáâãäåèéêëāăąđēĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏőũūŭůűų–€",
    550: "+<=>`hnou~¨¬¯´¸×ðñòóôõöùúûü",
    560: "bdpq¶þ",
    570: "µŉ",
    580: "FTZ¿ßøďŢŤŦŹŻŽ",
    630: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸ",
    680: "CDHNRUÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŊŔŖŘŨŪŬŮŰŲŵ",
    700: "®Ĳ",
    720: "w",
    740: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐ",
    750: "©",
    790: "M¼",
    800: "¾",
    810: "½",
    830: "m",
    840: "%æ",
    890: "WœŴ",
    940: "ÆŒ—→",
    950: "…",
    960: "@",
}
_BOLD = {
    270: " ij|¦ìíîïĨĩĪīĬĭĮįİıĵĺļłſ",
    280: "l",
    290: "',.·‘’",
    300: "IÌÍÎÏ",
    320: ":;ţŧ",
    330: "!-f¡",
    340: "()[]•",
    350: "/\\",
    360: "ª",
    370: "{}ľŕŗř",
    380: "t°²³¹º",
    390: "r",
    450: "*",
    460: "ŀť",
    470: "zźżž",
    510: '"“”',
    520: "±÷",
    530: "#$0123456789J_acesvxy¢£¤¥§«»àáâãäåçèéêëýÿāăąćĉċčēĕėęěĳĴķĸśŝşšŷ–€",
    540: "k",
    550: "+<=>^~¬×",
    560: "`¨¯´¸",
    580: "?FLTZbdghnopqu¿ðñòóôõöøùúûüþđĝğġģĥħĹĻĽĿŁńņňŋōŏőŢŤŦũūŭůűųŹŻŽ",
    590: "µ",
    620: "¶ß",
    630: "EPSVXYÈÉÊËÝÞĒĔĖĘĚŚŜŞŠŶŸ",
    670: "ŉ",
    680: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĀĂĄĆĈĊČĎďĐĤĦĶŃŅŇŊŔŖŘŨŪŬŮŰŲ",
    700: "®",
    740: "GOQÒÓÔÕÖØĜĞĠĢĲŌŎŐŵ",
    750: "©",
    770: "w",
    790: "M",
    810: "¼",
    820: "¾",
    840: "½æ",
    850: "%m",
    890: "WœŴ",
    920: "@",
    940: "ÆŒ—→",
    980: "…",
}
_SPACES = {"\xa0": 270, _SOFT: 0}
_WIDTHS = {
    bold: {letter: wide for wide, letters in table.items() for letter in letters} | _SPACES
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in the unit of `size`; never less than it will be."""
    table = _WIDTHS[bold]
    return sum(table.get(letter, _WIDEST) for letter in text) * size / 1000


@lru_cache(maxsize=8192)
def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """
    A text in lines that are no wider than `room`; nothing of it is left out.

    It breaks at spaces, else behind a hyphen or slash inside a word, else a word that is too long by itself is cut with a hyphen.
    """
    lines = [""]
    for word in text.split():
        for piece, glue in _pieces(word, room, size, bold):
            longer = lines[-1] + glue + piece if lines[-1] else piece
            if width(longer, size, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return tuple(line for line in lines if line) or ("",)


def _pieces(word: str, room: float, size: float, bold: bool) -> list[tuple[str, str]]:
    """The parts of a word that stay whole, each with what stands before it when it follows on one line."""
    if width(word, size, bold=bold) <= room:
        return [(word, " ")]
    parts = word.replace("-", "-\n").replace("/", "/\n").split("\n")
    cut = [piece for part in parts if part for piece in _cut(part, room, size, bold)]
    return [(piece, " " if at == 0 else "") for at, piece in enumerate(cut)]


def _cut(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word in parts that fit, each but the last with a hyphen; at least one letter in each."""
    parts, left = [], word
    while width(left, size, bold=bold) > room and len(left) > 1:
        most = max((at for at in range(1, len(left)) if width(left[:at] + "-", size, bold=bold) <= room), default=1)
        parts.append(left[:most] + "-")
        left = left[most:]
    return [*parts, left]
