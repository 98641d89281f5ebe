r"""Numbers and units of the siunitx package.

For example `\SI{3.5}{\kilo\gram}`, `\num{1.2e3}`, `\ang{45}`.
"""

from __future__ import annotations

import re

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.nodes import (
    EMPTY,
    Delimited,
    FormulaText,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
)

_UNITS = """
ampere A candela cd kelvin K kilogram kg metre m meter m mole mol second s becquerel Bq celsius °C
degreeCelsius °C coulomb C farad F gray Gy hertz Hz henry H joule J katal kat lumen lm lux lx newton N ohm Ω
pascal Pa radian rad siemens S sievert Sv steradian sr tesla T volt V watt W weber Wb astronomicalunit au
bel B dalton Da day d decibel dB degree ° electronvolt eV hectare ha hour h litre L liter L arcminute ′
minute min arcsecond ″ neper Np tonne t angstrom Å bar bar barn b knot kn mmHg mmHg nauticalmile M
atomicmassunit u bohr a₀ electronmass mₑ elementarycharge e hartree Eₕ clight c percent % gram g parsec pc
lightyear ly gauss G byte B bit bit year yr permille ‰ poise P dyne dyn erg erg jansky Jy fg fg pg pg ng ng
ug μg mg mg g g kg kg pm pm nm nm um μm mm mm cm cm dm dm m m km km as as fs fs ps ps ns ns us μs ms ms s s
fmol fmol pmol pmol nmol nmol umol μmol mmol mmol mol mol kmol kmol pA pA nA nA uA μA mA mA A A kA kA ul μL
ml mL l L hl hL uL μL mL mL L L hL hL mHz mHz Hz Hz kHz kHz MHz MHz GHz GHz THz THz mN mN N N kN kN MN MN Pa
Pa kPa kPa MPa MPa GPa GPa mohm mΩ kohm kΩ Mohm MΩ pV pV nV nV uV μV mV mV V V kV kV nW nW uW μW mW mW W W
kW kW MW MW GW GW uJ μJ mJ mJ J J kJ kJ eV eV meV meV keV keV MeV MeV GeV GeV TeV TeV kWh kWh F F fF fF pF
pF nF nF uF μF mF mF K K dB dB H H mH mH uH μH T T mT mT uT μT C C molar M
"""
_PREFIXES = """
yocto y zepto z atto a femto f pico p nano n micro μ milli m centi c deci d deca da deka da hecto h kilo k
mega M giga G tera T peta P exa E zetta Z yotta Y kibi Ki mebi Mi gibi Gi tebi Ti
"""
_POWERS = {"square": "2", "cubic": "3", "squared": "2", "cubed": "3"}
_TOKEN = re.compile(r"\\([A-Za-z]+)|\{([^{}]*)\}|[A-Za-zµμΩÅ°%]+|[./^~_]|-?\d+|\S")
_NUMBER = re.compile(r"(?P<part>[^e]*?)(?:\s*[eEdD]\s*\{?(?P<exponent>[+-]?\d+)\}?)?\s*")
_SIGNS = {"+-": "±", r"\pm": "±", "-": "−", "x": "×", r"\times": "×", "<": "<", ">": ">", "~": "∼"}
_TIGHT = frozenset("°′″")
_MOST_REPEATED = 400
"""How many nodes the units of a list may have together; beyond, only the last number has its unit."""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_SYMBOLS = _pairs(_UNITS)
_MULTIPLES = _pairs(_PREFIXES)
UNIT_NAMES = frozenset(_SYMBOLS) | frozenset(_SYMBOLS.values())
"""Units by their names and signs."""


def read_quantity(parser: FormulaContext, name: str) -> Node:
    r"""Read `\SI`, `\qty`, `\num`, `\si`, `\unit`, `\ang`, and ranges and lists."""
    options = parser.raw_option()
    parser.skip_options()
    if name in ("si", "unit"):
        return _unit(parser, parser.raw())
    if name == "ang":
        return _angle(parser.raw())
    if name in ("num", "numlist", "numproduct"):
        return _list(parser.raw(), EMPTY)
    if name == "numrange":
        return Row((*_number(parser.raw()), *_TO, *_number(parser.raw())))
    if name in ("SIrange", "qtyrange"):
        first, last = parser.raw(), parser.raw()
        unit = _unit(parser, parser.raw())
        between = _range_phrase(options)
        if _UNIT_ONCE.search(options):
            return Row((*_number(first), *between, *_with_unit(last, unit)))
        return Row((*_with_unit(first, unit), *between, *_with_unit(last, unit)))
    number = parser.raw()
    parser.skip_options()
    return _list(number, _unit(parser, parser.raw()))


_GAP = Space(1 / 3)
_UNIT_ONCE = re.compile(r"range-units\s*=\s*single")
_PHRASE = re.compile(r"range-phrase\s*=\s*(?:\{([^{}]*)\}|([^,{}]*))")
_TO = (_GAP, FormulaText(("to",)), _GAP)


def _range_phrase(options: str) -> tuple[Node, ...]:
    """What is between the ends of a range: "to", or what the options say."""
    match = _PHRASE.search(options)
    phrase = ((match[1] or match[2] or "") if match else "").strip()
    if not phrase:
        return _TO
    return (FormulaText(("–",)),) if set(phrase) == {"-"} else (_GAP, FormulaText((phrase,)), _GAP)


def _list(source: str, unit: Row) -> Row:
    """Numbers between semicolons, each with the unit.

    Only the last has it where all would have too much.
    """
    items: list[Node] = []
    numbers = source.split(";")
    is_repeated = len(numbers) * len(unit.items) <= _MOST_REPEATED
    for place, number in enumerate(numbers, 1):
        if items:
            items += (Symbol(",", Kind.PUNCTUATION), _GAP)
        items += _with_unit(number, unit if is_repeated or place == len(numbers) else EMPTY)
    return Row(tuple(items))


def _with_unit(number: str, unit: Row) -> list[Node]:
    items = _number(number)
    if not unit.items:
        return items
    if any(isinstance(item, Symbol) and item.text == "±" for item in items[1:]):
        items = [Delimited("(", ")", Row(tuple(items)))]
    first = unit.items[0]
    if isinstance(first, Name) and first.text in _TIGHT:
        return [*items, Name(first.text, joined=True), *unit.items[1:]]
    return [*items, _GAP, *unit.items]


def _number(source: str) -> list[Node]:
    """A number with its sign, uncertainty and power of ten."""
    match = _NUMBER.fullmatch(source.strip())
    part = match["part"] if match else source
    items: list[Node] = []
    for token in re.findall(r"\\[a-z]+|\+-|[\d.,]+|\S", part):
        sign = _SIGNS.get(token)
        if sign is not None:
            items.append(Symbol(sign, Kind.BINARY if sign in "±−×" else Kind.RELATION))
        elif token in "()":
            items.append(Symbol(token, Kind.OPENING if token == "(" else Kind.CLOSING))
        elif token[0] != "\\" and token not in "{}":
            items.append(Symbol(token))
    if match and (exponent := match["exponent"]):
        power = Scripts(Symbol("10"), superscript=Row((Symbol(exponent.replace("+", "").replace("-", "−")),)))
        items += (Symbol("×", Kind.BINARY), power) if items else (power,)
    return items


def _angle(source: str) -> Row:
    """Degrees, minutes and seconds between semicolons."""
    items: list[Node] = []
    for number, sign in zip(source.split(";"), "°′″", strict=False):
        if number.strip():
            items += (*_number(number), Symbol(sign))
    return Row(tuple(items))


def _unit(parser: FormulaContext, source: str) -> Row:
    r"""A unit out of macros, `\metre\per\second`, or out of letters, `m.s^{-2}`."""
    items: list[Node] = []
    prefix, power, inverse = "", "", False
    tokens = list(_TOKEN.finditer(source))
    for index, match in enumerate(tokens):
        name, group, token = match[1], match[2], match[0]
        if token == "/":
            # As it is written; `\\per` is a power.
            items.append(Symbol("/"))
        elif name == "per":
            inverse = True
        elif name in ("square", "cubic"):
            power = _POWERS[name]
        elif name in ("squared", "cubed"):
            _raise(items, _POWERS[name])
        elif name in ("tothe", "raiseto", "of") or token == "^":
            continue
        elif group is not None or (index and tokens[index - 1][0] == "^"):
            before = tokens[index - 1] if index else match
            exponent = token if group is None else group
            if before[1] == "of":
                items.append(Row((Symbol("("), Name(group or ""), Symbol(")"))))
            elif before[1] == "raiseto":
                power = exponent
            else:
                _raise(items, exponent)
        elif name in _MULTIPLES:
            prefix += _MULTIPLES[name]
        elif token in "._~":
            continue
        else:
            symbol = _SYMBOLS.get(name) or _SYMBOLS.get(token) or (name or token)
            if items and not (isinstance(items[-1], Symbol) and items[-1].text == "/"):
                items.append(_GAP)
            items.append(Name(prefix + symbol))
            if power or inverse:
                _raise(items, power or "1", inverse)
            prefix, power, inverse = "", "", False
    if prefix:
        items.append(Name(prefix))
    return Row(tuple(items))


def _raise(items: list[Node], exponent: str, inverse: bool = False) -> None:
    r"""Give the last unit a power.

    One that is raised already, as behind `\per`, keeps its sign.
    """
    if not items:
        return
    last = items[-1]
    if isinstance(last, Scripts) and last.superscript is not None:
        inverse, last = True, last.base
    exponent = exponent.strip().replace("−", "-")
    if not exponent:
        return
    sign = "−" if inverse != exponent.startswith("-") else ""
    digits = exponent.lstrip("+-")
    superscript = [Symbol(sign, Kind.BINARY)] if sign else []
    superscript += [Symbol(digits)] if digits else []
    items[-1] = Scripts(last, superscript=Row(tuple(superscript)))
