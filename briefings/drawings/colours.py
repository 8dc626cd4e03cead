"""Colours as #rrggbb -> their contrast as WCAG 2.2 defines it, mixtures, and the nearest colour that can be read."""


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 (none) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share of another in it: 0 is the first, 1 the other."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, grounds: tuple[str, ...], needed: float) -> str:
    """The colour, or the nearest to it, darker on light grounds and lighter on dark ones, with the contrast needed."""
    towards = "#000000" if luminance(grounds[0]) > 0.18 else "#ffffff"
    for step in range(101):
        candidate = mixed(colour, towards, step / 100)
        if least_contrast(candidate, grounds) >= needed:
            return candidate
    return towards


def least_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    """The lowest contrast of a colour to any of the grounds that it stands on."""
    return min(contrast(colour, ground) for ground in grounds)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
