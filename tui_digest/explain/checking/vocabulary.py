"""Words that the checks know: numbers, directions, strength, negation, opposites.

All are English: statements in other languages are compared by quotation, formulas and numbers only.
"""

from __future__ import annotations

from functools import lru_cache


def word_list(text: str) -> tuple[str, ...]:
    """The words of a text in order."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


STOP_WORDS = word_set(
    """
    a an the this that these those it its they them their he she we our us you your i one of in on
    at by for from to into onto with within without over under up down out about as than then so if
    when where while which who whose what how why whether and or but nor not no also too only just
    even still yet both either neither each every all any some such same other another more most
    less least many much few several is are was were be been being has have had do does did can
    could may might must shall should will would there here thus hence therefore moreover further
    furthermore however between among through during after before above below again very quite
    rather i.e e.g via per upon let s t
    """
)

CARDINALS = {
    word: str(value)
    for value, word in enumerate(
        word_list(
            """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty
        """
        )
    )
} | dict(
    pair.split(":")
    for pair in word_list(
        """
        thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 hundred:100 hundreds:100
        dozen:12
        """
    )
)
ORDINALS = {
    word: str(value)
    for value, word in enumerate(
        word_list("first second third fourth fifth sixth seventh eighth ninth tenth"),
        start=1,
    )
}
MULTIPLES = {
    word: value
    for value, words in {
        "2": "twice double doubles doubled pair pairs both dual binary bi quadratic square squared",
        "3": "thrice triple triples tripled ternary cubic cube",
        "4": "quartic quadruple",
        "0.5": "half halves halved",
        "0.25": "quarter",
        "1": "single once unit",
    }.items()
    for word in words.split()
}
SCALES = {
    "thousand": 3, "thousands": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "trillion": 12,
    "k": 3,
}  # fmt: skip

_UNITS = """
%: %
points: points
times: × times fold factor
fs: fs femtosecond femtoseconds
ps: ps picosecond picoseconds
ns: ns nanosecond nanoseconds
µs: μs µs us microsecond microseconds
ms: ms millisecond milliseconds
s: sec secs second seconds
min: min minute minutes
h: hour hours hr hrs
d: day days
week: week weeks
month: month months
yr: year years yr yrs
Myr: myr
Gyr: gyr
bit: bit bits
byte: byte bytes
kB: kb kilobyte kilobytes
MB: mb megabyte megabytes
GB: gb gigabyte gigabytes
TB: tb terabyte terabytes
eV: ev
meV: meV
keV: kev
MeV: mev
GeV: gev
TeV: tev
Hz: hz hertz
kHz: khz
MHz: mhz
mHz: mHz
GHz: ghz
THz: thz
nm: nm nanometer nanometers nanometre nanometres
µm: μm µm um micron microns micrometer micrometers
mm: mm millimeter millimeters millimetre millimetres
cm: cm centimeter centimeters
m: meter meters metre metres
km: km kilometer kilometers kilometre kilometres
pc: pc parsec parsecs
kpc: kpc
Mpc: mpc
Gpc: gpc
AU: au
K: kelvin
mK: mk
dB: db decibel decibels
kg: kg
mg: mg
W: w watt watts
mW: mw milliwatt milliwatts
µW: μw µw microwatt microwatts
kW: kw
MW: MW megawatt megawatts
mA: ma milliampere milliamperes
mT: mt millitesla
V: volt volts
T: tesla
qubit: qubit qubits
sigma: sigma
"""
UNITS = {
    word: unit
    for unit, words in (row.split(":") for row in _UNITS.strip().splitlines())
    for word in words.split()
}

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eps": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "infty": "∞",
    "sqrt": "√",
}  # fmt: skip

# Letters of sets, and terms, with the words for them.
SPOKEN_SETS = {
    "R": word_set("real reals real-valued"),
    "C": word_set("complex complex-valued"),
    "Z": word_set("integer integers integral"),
    "N": word_set("natural naturals positive"),
    "Q": word_set("rational rationals"),
    "∞": word_set("infinite infinity infinitely unbounded"),
}
SPOKEN_TERMS = {
    "[01]": ("unit interval",),
    "(01)": ("unit interval",),
    "S^1": ("unit circle", "circle"),
    "S^2": ("unit sphere", "sphere"),
    "∞": ("infinity", "infinite"),
}

# Phrases that compare with what follows, the longest first.
_COMPARISONS = """
≤ smaller than or equal to, less than or equal to, lower than or equal to, bounded from above by,
  not more than, no more than, no larger than, no greater than, not larger than, not greater than,
  does not exceed, bounded above by, upper bounded by, never more than, no later than, no longer
  than, a maximum of, not exceeding, at most, up to, cannot exceed
≥ larger than or equal to, greater than or equal to, bigger than or equal to, larger or equal than,
  greater or equal than, larger or equal to, greater or equal to, bounded from below by, not less
  than, no less than, no fewer than, not smaller than, no smaller than, bounded below by, lower
  bounded by, a minimum of, no earlier than, at least
≥ lower bound of, lower bounds of
≤ upper bound of, upper bounds of
< strictly bounded from above by, strictly bounded above by, strictly less than, strictly smaller
  than, strictly below, less than, smaller than, fewer than, lower than, shorter than, below, under
> strictly greater than, strictly larger than, strictly bigger than, strictly more than, strictly
  above, more than, larger than, greater than, bigger than, higher than, longer than, exceeding,
  exceeds, exceed, above, over, beyond
≠ not equal to, different from, unequal to, distinct from
= equal to, exactly, equals, precisely
~ about, around, approximately, roughly, nearly, almost, circa, some
"""
COMPARISONS: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    sorted(
        (
            (tuple(phrase.split()), row[0])
            for row in _COMPARISONS.replace("\n  ", " ").strip().splitlines()
            for phrase in row[1:].split(",")
        ),
        key=lambda pair: -len(pair[0]),
    )
)

NEGATORS = word_set(
    """
    not no never none neither nor cannot without fail fails failed failing failure don't doesn't
    didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't hasn't haven't lack
    lacks lacking impossible impossibility unable nothing nobody nowhere
    """
)
# With one of these a statement is negative enough to render a negation.
SOFT_NEGATIVES = word_set(
    """
    preclude precludes precluded prohibit prohibits forbid forbids forbidden circumvent circumvents
    false wrong differ differs differing different differently difference open unknown unclear
    unsolved undecided only little few hardly rarely seldom scarcely barely instead avoid avoids
    avoided avoiding drop drops dropped dropping beyond except exception exceptions excluding
    exclude excludes excluded vanish vanishes vanishing independent independently another despite
    regardless lose loses lost destroy destroys destroyed prevent prevents prevented remove removes
    removed removing relax relaxes relaxed absent absence break breaks broken breakdown violate
    violates violated contradict contradicts refute refutes refuted disprove disproves disproved
    counterexample counterexamples obstruct obstructs obstruction ruled insufficient inadequate
    rather unlike whether lift lifts lifted bypass bypasses forgo dispense dispenses eliminate
    eliminates eliminated eliminating stop stops cease ceases reject rejects deny denies miss misses
    missing sole solely merely less worse weaker contrary limited modest open unaffected beforehand
    """
)
# What stands behind one of these is not the case.
FORBIDDING = word_set(
    """
    preclude precludes precluded precluding prevent prevents prevented preventing prohibit prohibits
    prohibited forbid forbids forbidden exclude excludes excluded disprove disproves disproved refute
    refutes refuted
    """
)
NEGATIVE_PREFIXES = ("non", "un", "in", "im", "ir", "il", "dis", "anti", "counter")
# Verbs after a negation that say nothing themselves: what is negated comes before or behind them.
LIGHT_WORDS = word_set(
    """
    be been being is are was were do does did have has had need needs needed require requires
    required assume assumes assumed assuming use uses used using rely relies relied depend depends
    hold holds held necessarily longer known clear possible allow allows allowed expect expected
    claim claims pass passes passing necessary restricted limited confined to at in on of by for
    from with a an the any all such this that these those its their it even actually really yet make
    makes give gives given get gets go impose imposes imposed imposing made ask asks asked exist
    exists there additional further extra more other specific special
    """
)
# What makes a statement negative in meaning although the words are positive.
EXCUSES = word_set(
    """
    only previously arbitrary any general generally generic regardless extend extends extended
    extending beyond relax relaxes relaxed relaxing remove removes removed removing drop drops
    dropped avoid avoids avoided avoiding eliminate eliminates bypass free instead rather
    independent independently unlike different differ differs all every open unknown unclear whether
    until lift lifts lifted fully whole entire alternative alternatives less than exclude excludes
    excluding impossible vanish vanishes vanishing zero despite even when although though however
    but alone solely merely just unless obstruct obstruction counterexample counterexamples other
    another outside away except conditional conditionally
    """
)

UNIVERSALS = word_set("all every any always everywhere never entire whole")
UNIVERSAL_SOURCES = UNIVERSALS | word_set(
    """
    each arbitrary arbitrarily general generally generic both full fully whenever wherever uniform
    uniformly universal universally completely complete entirely classification characterize
    characterise characterizes characterises characterization characterisation whatever regardless
    independent independently no none nor without throughout totally simultaneously given family
    class set collection
    """
) - {"given"}  # fmt: skip
LIMITED = word_set(
    """
    some certain special particular most many several specific few finitely selected sufficiently
    almost typical typically often sometimes mostly partial partially majority subset subclass
    somewhat outside except away exist exists
    """
)

# What a statement may claim of a result, the strongest first.
PROVED = word_set(
    """
    prove proves proved proven proving proof proofs theorem theorems rigorous rigorously lemma
    lemmas corollary
    """
)
SHOWN = word_set(
    """
    show shows showed shown showing establish establishes established establishing demonstrate
    demonstrates demonstrated demonstrating derive derives derived deriving derivation obtain
    obtains obtained obtaining give gives gave given giving provide provides provided providing
    characterize characterise characterizes characterises characterized characterised determine
    determines determined settle settles settled confirm confirms confirmed compute computes
    computed computing construct constructs constructed constructing construction classify
    classifies classified solve solves solved answer answers answered resolve resolves resolved
    guarantee guarantees guaranteed verify verifies verified imply implies implied find finds found
    conclude concludes deduce deduces deduced follow follows achieve achieves achieved ensure
    ensures ensured reproduce reproduces extend extends extended generalize generalise generalizes
    generalises reveal reveals yields yield recover recovers recovered exhibit exhibits satisfy
    satisfies is are has have describe describes described analyze analyse present presented
    presents improve improves exact exactly result results prove
    """
)
CONJECTURED = word_set(
    """
    conjecture conjectures conjectured conjecturing conjectural conjecturally hypothesis hypothesize
    hypothesise hypothesizes hypothesised hypothesized speculate speculates speculated suspect
    suspects suspected believe believes believed
    """
)
# `It is assumed that`: what others hold, not what the paper finds.
SUPPOSED = word_set("assumed believed thought claimed supposed argued")
SUGGESTED = word_set(
    """
    suggest suggests suggested suggesting suggestive indicate indicates indicated indicating hint
    hints hinted evidence empirically numerically heuristic heuristically heuristics simulations
    simulation seem seems seemingly appear appears apparently expect expects expected plausible
    plausibly likely possibly tentative tentatively preliminary observe observes observed observing
    observation observations argue argues argued propose proposes proposed
    """
)
INTENDED = word_set(
    """
    study studies studied studying investigate investigates investigated investigating discuss
    discusses discussed discussing aim aims aimed explore explores explored exploring examine
    examines examined consider considers considered survey surveys surveyed review reviews reviewed
    question questions open plan plans hope goal purpose attempt attempts attempted try tries
    possibility possibilities possible address addresses ask asks
    """
)
MODALS = word_set("may might could possibly perhaps potentially presumably")
MODAL_SOURCES = MODALS | word_set(
    """
    can likely possible potential plausible plausibly possibility seem seems appears appear probably
    suggests suggest suggested conjecture conjectured expected believed believe believes hypothesis
    hypothesised hypothesized tends tend tentative candidate ability able conceivable sometimes
    allow allows permits if would knowledge
    """
)

# Assumptions and properties that a statement may not add. Each group has its own family of words.
_PROPERTIES = """
abelian: commutative
acyclic:
adaptive: adaptively adapts adapt
algebraically:
almost-surely:
analytic: analyticity analytically holomorphic
anisotropic: anisotropy
asymptotically: asymptotic asymptotics asymptote limit large
bilinear:
bipartite:
bounded: boundedness bound bounds bounding compact most finite ≤
causal: causality cause causes caused causally
closed:
coercive: coercivity
commutative: abelian commuting commute
compact: compactness compactly
complete: completeness completely
concave: concavity
connected: connectivity connectedness connection
conservative: conservation conserve conserves
constant-time:
continuous: continuity continuously
convex: convexity
countable: countably
cubic: cube
cyclic:
decentralized:
dense: density
deterministic: deterministically
differentiable: differentiability smooth smoothness derivative derivatives
discrete: discretely discretised discretized
distributed:
elliptic: ellipticity
ellipticity: elliptic
ergodic: ergodicity
explicit: explicitly closed-form formula formulas formulae
exponential: exponentially
finite: finitely finiteness
fully: full complete completely
gaussian: gaussians normal normally
generic: generically general
global: globally all whole
globally: global all whole
hermitian: self-adjoint
heuristic: heuristically heuristics
homogeneous: homogeneity
hyperbolic: hyperbolicity
i.i.d: iid independent
iid: i.i.d independent identically
incompressible:
independent: independence independently
infinite: infinitely infinity ∞
integrable: integrability
interpretable: interpretability
invertible: invertibility inverse
irreducible: irreducibility
isotropic:
linear-time:
linearly: linear
lipschitz:
logarithmic: logarithmically log
markovian: markov
measurable: measurability
mixing: mix mixes mixed
monotone: monotonicity monotonic monotonically
monotonic: monotone monotonically
nilpotent:
noetherian:
nonconvex:
nondegenerate:
nonlinear: nonlinearity nonlinearly
nonsmooth:
normal: normality
open-source: open code available
optimal: optimality optimally optimum tight sharp best minimax efficient match
optimally: optimal optimality
optimum: optimal optima
orientable: oriented
orthogonal: orthonormal orthogonality
parabolic:
periodic: periodicity periodically
perturbative:
planar: planarity plane two-dimensional 2-dimensional
polynomial: polynomially polynomials poly
positive-definite:
pretrained: pre-trained pretraining
projective:
quadratic: quadratically square squared
quadratically: quadratic square squared
superlinearly: superlinear
geometrically: geometric
radial: radially radius
random: randomly randomness randomized
rational: rationally
real-time:
reductive:
reflexive:
relativistic:
rigorous: rigorously prove proved proof theorem
robust: robustness robustly
scalable: scale scales scalability
self-adjoint: hermitian
semidefinite: psd
semisimple:
separable: separability
separated:
sharp: tight optimal sharpness attained attaining coincide
significant: significantly statistically
simply: simple
smooth: smoothness c∞
solvable:
sparse: sparsity
square-integrable:
state-of-the-art: sota
stationary: stationarity
statistically: significant significantly
stochastic: random noise
strictly: strict <
strongly: strong
strongly-convex:
subexponential:
sublinear:
superexponential:
superlinear:
supervised:
symmetric: symmetry symmetries
tight: sharp optimal tightness match matching
twice: two
unbounded:
unconditional: unconditionally
unconditionally: unconditional
uniformly: uniform uniformity
unique: uniqueness uniquely
unitary:
universal: universally universality general
unsupervised:
variational:
"""
PROPERTIES = {
    name: word_set(f"{name} {family}")
    for name, family in (row.split(":") for row in _PROPERTIES.replace("\n  ", " ").strip().splitlines())
}
# Of these a paraphrase is often made; without them in the paper they are doubted, not contradicted.
SOFT_PROPERTIES = word_set(
    """
    strongly strictly fully significant exactly exact optimally generic global globally robust
    scalable connected conservative discrete periodic planar causal dense cubic quadratic polynomial
    exponential projective decentralized sharp tight unique variational rational mixing adaptive
    heuristic stationary stochastic regular perturbative simply explicit random asymptotically
    complete normal uniformly universal statistically separated distributed interpretable rigorous
    independent closed infinite finite
    """
)
REQUIREMENTS = word_set(
    """
    must need needs needed require requires required requiring assume assumes assumed assuming
    assumption assumptions necessary should suppose supposed
    """
)

# Words that compare two things in one direction: what is before and behind them may not be exchanged.
DIRECTED = word_set(
    """
    dominated surpassed majorized generalized generalised extended embedded controlled
    outperform outperforms outperformed outperforming beat beats exceed exceeds exceeded surpass
    surpasses dominate dominates imply implies implied contain contains contained include includes
    than generalize generalizes generalise generalises extend extends cause causes caused precede
    precedes embed embeds determine determines controls reduces
    """
)
COMPARABLE_WORDS = word_set(
    "competitive comparable comparably similar par close matching match matches similarly equally"
)
SUPERIOR_WORDS = word_set(
    """
    outperform outperforms outperformed beat beats better superior surpass surpasses exceed exceeds
    improve improves improved
    """
)

# Capitalised words that name no person, data set or method that could be invented.
KNOWN_NAMES = word_set(
    """
    i gaussian euclidean hilbert banach lebesgue riemannian lagrangian hamiltonian hermitian abelian
    boolean bayesian markovian fourier laplace english january february march april may june july
    august september october november december monday tuesday wednesday thursday friday saturday
    sunday internet greek latin roman unicode arxiv pdf lipschitz cartesian newtonian african
    american asian european theorem lemma section figure table equation corollary proposition
    definition assumption algorithm problem guarantee guarantees intuition setup method key
    practical takeaway takeaways ai ml pde pdes ode odes sde sdes cpu gpu cpus gpus 2d 3d 1d llm
    llms nlp iid rmse
    """
)

_SUFFIXES = word_list(
    """
    isations izations isation ization iveness fulness ically ations ation itions ition ences
    ities ments ibility ability ingly ement ment ness ence ance ents ants ions ised ized ises
    izes ising izing ical ally able ible ably ibly ion ity ive ise ize ies ing ent ant ers ors
    ian ist est ed er or es ly al ic s
    """
)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what a word's forms have in common: converge, convergence, convergent."""
    for _ in range(2):
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 4:
                word = word[: -len(suffix)]
                break
    word = word.rstrip("eiy") if len(word) > 4 else word
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:6]
