"""Words that exclude each other: opposites, and rivals of which a thing is one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations

from tui_digest.explain.checking.vocabulary import word_set

# Each row has groups of words: a statement with a word of one group against a quotation with one of another.
_ROWS = """
upper above | lower below
maximum maximal maximize maximise maximizes maximises maximized maximised maximiser maximizer maximisers
  maximizers maximality max largest | minimum minimal minimize minimise minimizes minimises minimized
  minimised minimiser minimizer minimisers minimizers min smallest
increase increases increased increasing grow grows growing growth rise rises rising | decrease decreases
  decreased decreasing decay decays decaying shrink shrinks decline declines fall falls
improve improves improved improvement improving | worsen worsens worse degrade degrades degraded
  degradation deteriorate deteriorates
higher high | lower low
larger | smaller
large | small smallness
known given | unknown
homoscedastic | heteroscedastic
faster fast | slower slow
more | fewer less
longer long | shorter short
stronger | weaker
strong strongly | weak weakly
stable stability | unstable instability
sufficient suffices suffice enough | necessary
positive positively | negative negatively
finite finitely | infinite infinitely
odd | even
exact exactly | approximate approximately inexact
deterministic | stochastic random randomized randomised probabilistic
continuous | discrete
compact | noncompact
supervised | unsupervised
linear | nonlinear
linear linearly | quadratic quadratically cubic exponential exponentially logarithmic sublinear
  superlinear
left | right
local locally | global globally
initial | final terminal
early | late
first | last
discrete-time | continuous-time
additive | multiplicative
convergent converge converges convergence | divergent diverge diverges divergence
inner | outer
interior | exterior
implicit | explicit
parametric | nonparametric
synchronous | asynchronous
homogeneous | inhomogeneous heterogeneous
isotropic | anisotropic
easy easily | hard difficult
subcritical | supercritical
convex | concave
elliptic | parabolic hyperbolic
attractive | repulsive
fermionic fermions | bosonic bosons
classical | quantum
online | offline
white-box | black-box
sparse | dense
reversible | irreversible
symmetric | asymmetric antisymmetric
commutative | noncommutative
cold | hot
static | dynamic
forward | backward
best | worst
advantage | disadvantage
robust | sensitive
injective | surjective
open | closed
abelian | nonabelian
rational | irrational
prime | composite
bounded | unbounded
manual manually hand | automatic automatically
rigorous rigorously | heuristic heuristically
polynomial polynomially | exponential exponentially
similar same identical equal | different distinct
equivalent | inequivalent
independent | dependent
trivial | nontrivial
singular | nonsingular smooth
tractable | intractable
labeled labelled | unlabeled unlabelled
persist persists persistent | vanish vanishes disappear disappears
attractor | repeller
above | below
inside | outside
gain gains | loss losses
outperform outperforms outperformed | underperform underperforms
accept accepts | reject rejects
success succeeds succeed successful | failure fails fail
decidable | undecidable
solvable | unsolvable
cooperative | noncooperative
perturbative | nonperturbative
relativistic | nonrelativistic
compressible | incompressible
single | multiple
unique uniquely uniqueness | nonunique nonuniqueness
invariant | variant
connected | disconnected
cheap cheaper cheaply cheapest inexpensive economical | expensive costly costlier
fast faster quick quicker quickly rapid rapidly | slow slower slowly sluggish gradual gradually
help helps helping assist assists facilitate facilitates promote promotes enable enables encourage
  encourages | prevent prevents preventing hinder hinders impede impedes inhibit inhibits block blocks
  discourage discourages
enhance enhances enhanced enhancement enhancing amplify amplifies amplified amplification boost boosts
  strengthen strengthens | suppress suppresses suppressed suppression reduce reduces reduced reduction
  weaken weakens weakened attenuate attenuates attenuated attenuation diminish diminishes diminished
increase increases increased increasing raise raises raised grow grows growing rise rises | reduce
  reduces reduced reducing reduction diminish diminishes lower lowers lowered suppress suppressed
similarly alike identically | differently
concentrated clustered localized localised | uniform uniformly spread delocalized delocalised dispersed
  diffuse
proportional weighted biased preferential preferentially | uniform uniformly
simulation simulations simulated | measurement measurements measured laboratory
analytical analytic analytically | numerical numerically
before prior preceding | after afterwards following subsequent subsequently later
rich richer | poor poorer
heavy heavier heaviest | light lighter lightest
thicker | thinner
wide wider broad broader | narrow narrower
deep deeper | shallow shallower
bright brighter brightest | faint fainter dim dimmer
young younger | old older
nearby near close closer | far farther distant
hot hotter warm warmer | cold colder cool cooler
hard harder stiff stiffer | soft softer
rough rougher | smooth smoother
opaque | transparent
clockwise | counterclockwise anticlockwise
upstream | downstream
upward upwards | downward downwards
vertical vertically | horizontal horizontally
parallel | perpendicular orthogonal transverse sequential sequentially serial
longitudinal | transverse
northern north | southern south
eastern east | western west
male males | female females
parent parents | child children
teacher teachers | student students
source sources | target targets
input inputs | output outputs
encoder encoders encoding | decoder decoders decoding
sender senders transmitter transmitters | receiver receivers
client clients | server servers
generative | discriminative
frequentist | bayesian
prior priors | posterior posteriors
mean means average | median | variance
absorb absorbs absorption | emit emits emission
electron electrons electronic | proton protons | neutron neutrons | muon muons | positron positrons | pion
  pions | photon photons | phonon phonons | neutrino neutrinos | kaon kaons
ferromagnetic ferromagnet ferromagnets | antiferromagnetic antiferromagnet antiferromagnets | paramagnetic
metal metals metallic conducting | insulator insulators insulating | superconductor superconductors
  superconducting
solid solids | liquid liquids | gas gases gaseous
often frequently commonly usually | rarely seldom hardly
always | sometimes occasionally never
accelerate accelerates accelerated | decelerate decelerates slow slows delay delays
expand expands expansion | contract contracts contraction shrink shrinks
create creates creation | annihilate annihilates annihilation destroy destroys destruction
merge merges merging merger | split splits splitting
agree agrees agreement consistent | disagree disagrees disagreement inconsistent contradict contradicts
  discrepancy discrepancies tension
support supports confirm confirms | refute refutes contradict contradicts
presence present | absence absent
include includes included including | exclude excludes excluded excluding
insertion insertions insert | deletion deletions delete
win wins winning | lose loses losing
profit profits | loss losses
surplus | deficit
supply | demand
buyer buyers | seller sellers
long-term | short-term
long-range | short-range
long-lived | short-lived
long-time | short-time
large-scale | small-scale
high-dimensional | low-dimensional
high-energy | low-energy
high-frequency | low-frequency
high-temperature | low-temperature
weakly | strongly
single-mode | multimode multi-mode
centralized centralised | decentralized decentralised distributed | federated
private | public
directed | undirected
weighted | unweighted
cyclic | acyclic
planar | nonplanar
regular | irregular
euclidean | hyperbolic | spherical
riemannian | lorentzian
associative | nonassociative
holomorphic | meromorphic | antiholomorphic
zeroth-order | first-order | second-order | third-order | fourth-order | higher-order
one-sided | two-sided
one-way | two-way
one-loop | two-loop | three-loop
monolingual | multilingual
english | german | french | chinese | spanish | japanese | hindi | arabic | russian | korean | italian
image images | video videos | audio
zero-shot | few-shot
training train | test testing validation
fine-tuning finetuning | pretraining pre-training
optical | infrared | ultraviolet | x-ray | radio | gamma-ray | microwave | submillimeter submillimetre
spiral spirals | elliptical ellipticals
galactic | extragalactic
early-type | late-type
s-wave | p-wave | d-wave
winter | summer | spring | autumn
mouse mice | rat rats | zebrafish | drosophila | human humans
children child | adult adults
rna | dna
vitro | vivo
bacteria bacterial bacterium | viral virus viruses | fungal fungi
activate activates activated activation | inhibit inhibits inhibited inhibition deactivate deactivates
upregulated upregulation upregulates | downregulated downregulation downregulates
oxidation | reduction
anode | cathode
n-type | p-type
hydrogen | helium | carbon | oxygen | nitrogen | silicon | germanium | iron | copper | gold | silver | nickel
  | lithium | sodium | aluminium aluminum | lead | uranium | xenon | argon
ridge | lasso
gaussian normal | poisson | binomial | bernoulli | cauchy | laplace | exponential | pareto | gamma
dirichlet | neumann | robin | periodic
mild | strict severe stringent
coarse coarser | fine finer
lossless | lossy
noisy | noiseless noise-free clean
steady steady-state | transient unsteady time-dependent
laminar | turbulent
adiabatic adiabatically | isothermal | diabatic nonadiabatic
subsonic | supersonic | transonic
inviscid | viscous
saturated | unsaturated
zero-sum | general-sum
complete completely | incomplete
perfect | imperfect
top | bottom
countable | uncountable
mandatory required | optional
constant constants | logarithmic logarithmically | polylogarithmic | linear linearly | quadratic
  quadratically | cubic | polynomial polynomially | exponential exponentially
polynomial polynomially polynomial-time | linear-time linear
maximum maximal maximally | average averaged averages
minimum minimal minimally | average averaged averages
centre center central centrally | edge edges boundary outskirts peripheral periphery
ground | excited
real | imaginary
repulsive repulsion | attractive attraction
isometric | conformal
optimistic | pessimistic
passive | active
dominant dominate dominates | negligible subdominant
visible | invisible hidden dark
natural | artificial synthetic
synthetic artificial | real-world
univariate | bivariate | multivariate
unimodal | bimodal | multimodal
monotone monotonic monotonically | non-monotonic nonmonotonic non-monotone
increasing | decreasing
redshift | blueshift
blue bluer | red redder
hadronic | leptonic
scalar scalars | vector vectors | tensor tensors | spinor spinors
spin-up | spin-down
inflow inflows | outflow outflows
progenitor | descendant
ancestor ancestors | descendant descendants
predator predators | prey
host hosts | parasite parasites
susceptible | infected | recovered
benefit benefits beneficial | harm harms harmful detrimental
safe safely | unsafe dangerous
correct correctly | incorrect incorrectly wrong wrongly
easily | hardly
majority | minority
superior | inferior comparable
better | worse
outperform outperforms | comparable competitive
lenient | strict
overestimate overestimates overestimated | underestimate underestimates underestimated
over-estimate | under-estimate
overfit overfits overfitting | underfit underfits underfitting
overdetermined | underdetermined
oversample oversampling | undersample undersampling
explain explains explained | predict predicts predicted
interpolate interpolation | extrapolate extrapolation
encrypt encryption encrypted | decrypt decryption decrypted
attack attacks attacker attackers | defense defence defenses defender defenders
honest | malicious byzantine
cooperate cooperates cooperation | defect defects defection compete competes competition
push | pull
bullish | bearish
borrower borrowers | lender lenders
creditor | debtor
call | put
import imports | export exports
rural | urban
developed | developing
same equal identical | better superior worse
focusing | defocusing
most | least fewest
steep steeper | flat flatter
constant fixed | varying time-varying vary varies drift drifts fluctuating changing
zero | infinity infinite
priori | posteriori
inverse inversely reciprocal | proportion proportional proportionally
good | bad poor
decrease decreases decreasing | diminishing growing
increase increases increasing | diminishing
homology homological | cohomology cohomological | homotopy homotopical
kernel kernels | cokernel cokernels
limit limits | colimit colimits
union unions | intersection intersections
vertex vertices | edge edges
row rows | column columns
real | complex | quaternionic | p-adic
addition additions | multiplication multiplications | subtraction | division
maximum-likelihood likelihood | moment moments | least-squares | bootstrap
finite-element | finite-difference | finite-volume
convolutional | recurrent
reinforcement | supervised | unsupervised | self-supervised
recursive recursively | iterative iteratively
top-down | bottom-up
depth-first | breadth-first
open-loop | closed-loop
feedforward feed-forward | feedback
single-agent | multi-agent
single-task | multi-task
in-task | cross-task
in-distribution | out-of-distribution
in-sample | out-of-sample
regression | classification
binary | multiclass
closed-source proprietary | open-source
monocular | stereo
autoregressive | non-autoregressive
analog analogue | digital
uplink | downlink
wired | wireless
half-duplex | full-duplex
narrowband | wideband broadband
indoor | outdoor
rigid | flexible deformable
hardware | software
typed | untyped
elastic | inelastic | plastic
ductile | brittle
ordered | disordered
crystalline | amorphous
magnetic | electric
circular | elliptic elliptical
acute | chronic
benign | malignant
healthy | diseased sick infected
presynaptic | postsynaptic
excitatory | inhibitory
dominant | recessive
haploid | diploid
sexual | asexual
aerobic | anaerobic
hydrophobic | hydrophilic
exothermic | endothermic
cation cations | anion anions
donor donors | acceptor acceptors
electron electrons | hole holes
conduction | valence
ionic | covalent
direct directly | indirect indirectly
bulk | surface
quenched | annealed
canonical | microcanonical | grand-canonical
equilibrium | nonequilibrium non-equilibrium
markovian | non-markovian nonmarkovian
ergodic | nonergodic non-ergodic
integrable | nonintegrable non-integrable chaotic
periodic | aperiodic quasiperiodic quasi-periodic
commensurate | incommensurate
massless | massive
on-shell | off-shell
tree-level | one-loop
leading leading-order | subleading next-to-leading
pseudoscalar | scalar
timelike | spacelike | lightlike null
rotating | nonrotating non-rotating static
charged | uncharged neutral
prograde | retrograde
metal-rich | metal-poor
star-forming | quiescent
foreground | background
low-mass | high-mass
low-redshift | high-redshift
low-rank | full-rank
thermal | nonthermal non-thermal
radio-loud | radio-quiet
supersymmetric | nonsupersymmetric non-supersymmetric
newtonian | relativistic
entangled | separable
pure | mixed
unitary | nonunitary non-unitary
coherent | incoherent
polarized polarised | unpolarized unpolarised
left-handed | right-handed
ascending | descending
primary | secondary
major | minor
few | many numerous
inflation inflationary | deflation deflationary
monopoly | oligopoly | duopoly
nominal | real
gross | net
equity | debt
first-price | second-price
one-shot | repeated
simultaneous simultaneously | sequential sequentially
cardinal | ordinal
utilitarian | egalitarian
nearest-neighbor nearest-neighbour | next-nearest
intra | inter
within-subject | between-subject
equal-tailed | reversed-tails
transitive | intransitive
undamped | damped
underdamped | overdamped
forward-looking | backward-looking
early-time | late-time
small-data | large-data
truthful | untruthful
rational | bounded-rational
informed | uninformed
observable observed | unobservable unobserved latent
exogenous | endogenous
ex-ante | ex-post
stationary | nonstationary non-stationary
autonomous | nonautonomous non-autonomous
semisimple | nilpotent
ramified | unramified
orientable | nonorientable non-orientable
archimedean | nonarchimedean non-archimedean
reducible | irreducible
separable | inseparable
flat | curved
toric | nontoric
amenable | nonamenable non-amenable
residually | virtually
sum sums | product products
speed speeds accelerate accelerates | slow slows
exponentially | algebraically powers power-law
double doubles doubled doubling | halve halves halved halving
slow slows slowed slowing | fast faster speed speeds
daily | weekly | monthly | yearly annual annually | hourly
improve improves increase increases grow grows | stagnant stagnate stagnates plateau plateaus saturate
  saturates
simulation simulations simulated | real real-world field hardware in-situ
"""


_LINES = tuple(_ROWS.replace("\n  ", " ").strip().splitlines())


def _rows_by_word() -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(_LINES):
        this = (number,)  # one for all words that are in no other row
        for word in set(line.replace("|", " ").split()):
            rows[word] = rows[word] + this if word in rows else this
    return rows


# A statement has few of the words: all groups, made beforehand, would take 450 KB.
_ROWS_BY_WORD = _rows_by_word()


@lru_cache(64)
def _sides(number: int) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(permutations(map(word_set, _LINES[number].split("|")), 2))


def sides_of(words: frozenset[str]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield the groups that these words are in, each with a group it excludes."""
    for word in sorted(words & _ROWS_BY_WORD.keys()):
        for number in _ROWS_BY_WORD[word]:
            yield from (pair for pair in _sides(number) if word in pair[0])
