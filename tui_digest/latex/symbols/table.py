"""The symbols of TeX, LaTeX, AMS and usual shorthands, as characters by class."""

from __future__ import annotations

from collections.abc import Mapping

from tui_digest.latex.nodes import Alphabet, Kind, Name, Space, Symbol

_ORDINARY = """
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ
phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ
Phi Φ Psi Ψ Omega Ω varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ
varPhi Φ varPsi Ψ varOmega Ω upalpha α upbeta β upgamma γ updelta δ upmu μ uppi π upsigma σ uptau τ infty ∞
infinity ∞ partial ∂ nabla ∇ grad ∇ gradient ∇ ell ℓ hbar ℏ hslash ℏ aleph ℵ beth ℶ gimel ℷ daleth ℸ
emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡
sphericalangle ∢ triangle △ vartriangle △ triangledown ▽ bigtriangledown ▽ square □ Box □ Diamond ◇ lozenge
◊ blacklozenge ⧫ blacksquare ■ blacktriangle ▲ blacktriangledown ▼ bigstar ★ Re ℜ Im ℑ wp ℘ imath ı jmath ȷ
prime ′ backprime ‵ sharp ♯ flat ♭ natural ♮ dagger † dag † ddagger ‡ ddag ‡ ldots … dots … cdots ⋯ dotsc …
dotsb ⋯ dotsm ⋯ dotso … dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ mathellipsis … mathsection § mathparagraph ¶
textsection § textparagraph ¶ mathdollar $ mathsterling £ copyright © pounds £ euro € degree ° textdegree °
checkmark ✓ clubsuit ♣ heartsuit ♡ spadesuit ♠ diamondsuit ♢ complement ∁ mho ℧ eth ð Bbbk 𝕜 qed ∎ backslash
\\ surd √ vert | Vert ‖ lbar ƛ Finv Ⅎ Game ⅁ maltese ✠ circledR ® circledS Ⓢ yen ¥ diagup ╱ diagdown ╲
bigcirc ◯ textendash – textemdash — textquoteright ’ textquoteleft ‘ textbackslash \\ textasciitilde ~
textasciicircum ^ textunderscore _ textbar | textless < textgreater > textquotedblleft “ textquotedblright ”
textregistered ® texttrademark ™ textmu μ textbullet • textperiodcentered · lq ‘ rq ’ ss ss o o O O l l L L
AA Å i i j j th θ Th Θ LaTeX LaTeX LaTeXe LaTeX2ε TeX TeX BibTeX BibTeX AmS AMS % % $ $ & & # # _ _ | ‖ eps
ε ep ε epsi ε vareps ε veps ε vphi φ vp φ celsius ℃ micro μ half ½ sun ☉ d d rd d rmd d dif d
slash / arcsec ″ arcmin ′ arcdeg ° degr ° micron μm angstrom Å
"""

_BLACKBOARD = """
bbbr R bbbn N bbbz Z bbbq Q bbbc C bbbp P bbbf F bbbk K bbbh H bbbone 1
P P SS S R R Q Q Z Z N N C C F F E E RR R QQ Q ZZ Z NN N CC C FF F EE E PP P HH H KK K TT T DD D reals R nat N
Reals R Real R real R naturals N integers Z rationals Q complex C complexes C bbR R bbZ Z
"""

_BINARY = """
cross × cp × crossproduct × vdot ⋅ dotproduct ⋅ pm ± mp ∓ times × div ÷ cdot ⋅ ast * star ⋆ circ ∘ bullet •
cap ∩ cup ∪ Cap ⋒ Cup ⋓ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ wedge ∧ lor ∨ land ∧ setminus ∖ smallsetminus ∖ wr ≀
oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ amalg ⨿ rtimes ⋊ ltimes ⋉ leftthreetimes ⋋ rightthreetimes ⋌
boxtimes ⊠ boxplus ⊞ boxminus ⊟ boxdot ⊡ bigtriangleup △ triangleleft ◁ triangleright ▷ veebar ⊻ barwedge ⊼
doublebarwedge ⩞ curlyvee ⋎ curlywedge ⋏ centerdot ⋅ cdotp ⋅ dotplus ∔ circledast ⊛ circledcirc ⊚
circleddash ⊝ intercal ⊺ divideontimes ⋇ diamond ⋄ diamonddot ⟐ minus − plus + obar ⌽
"""

_RELATION = """
lt < gt > leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ cong ≅ asymp
≍ propto ∝ varpropto ∝ in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ varsubsetneq ⊊ supset ⊃
supseteq ⊇ supsetneq ⊋ varsupsetneq ⊋ Subset ⋐ Supset ⋑ nsubseteq ⊈ nsupseteq ⊉ subseteqq ⫅ supseteqq ⫆
subsetneqq ⫋ supsetneqq ⫌ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ ll ≪ gg ≫ lll ⋘ llless ⋘ ggg ⋙
gggtr ⋙ prec ≺ succ ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ curlyeqprec ⋞ curlyeqsucc ⋟ precsim ≾
succsim ≿ precapprox ⪷ succapprox ⪸ nprec ⊀ nsucc ⊁ npreceq ⋠ nsucceq ⋡ lesssim ≲ gtrsim ≳ lsim ≲ gsim ≳
lessapprox ⪅ gtrapprox ⪆ simlt ≲ simgt ≳ simle ≲ simge ≳ simgr ≳ siml ≲ simg ≳ leqq ≦ geqq ≧ lneq ⪇ gneq ⪈
lneqq ≨ gneqq ≩ lnsim ⋦ gnsim ⋧ lnapprox ⪉ gnapprox ⪊ nleq ≰ ngeq ≱ nleqslant ≰ ngeqslant ≱ nless ≮ ngtr ≯
lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ lessdot ⋖ gtrdot ⋗ eqslantless ⪕ eqslantgtr ⪖ ncong ≇ nsim ≁
approxeq ≊ thickapprox ≈ thicksim ∼ backsim ∽ backsimeq ⋍ eqsim ≂ eqcirc ≖ circeq ≗ bumpeq ≏ Bumpeq ≎ doteq
≐ doteqdot ≑ Doteq ≑ fallingdotseq ≒ risingdotseq ≓ triangleq ≜ coloneqq := coloneq := defeq := colonequals
:= eqdef =: equalscolon =: eqqcolon =: eqcolon =: Coloneqq ::= vcentcolon ∶ to → rightarrow → longrightarrow
→ leftarrow ← gets ← longleftarrow ← leftrightarrow ↔ longleftrightarrow ↔ Rightarrow ⇒ implies ⇒
Longrightarrow ⇒ Leftarrow ⇐ Longleftarrow ⇐ impliedby ⇐ Leftrightarrow ⇔ iff ⇔ Longleftrightarrow ⇔ mapsto
↦ longmapsto ↦ mapsfrom ↤ hookrightarrow ↪ hookleftarrow ↩ twoheadrightarrow ↠ twoheadleftarrow ↞
rightarrowtail ↣ leftarrowtail ↢ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽
rightleftharpoons ⇌ leftrightharpoons ⇋ rightrightarrows ⇉ leftleftarrows ⇇ rightleftarrows ⇄
leftrightarrows ⇆ upuparrows ⇈ downdownarrows ⇊ rightsquigarrow ⇝ leftrightsquigarrow ↭ leadsto ⇝
dashrightarrow ⇢ dashleftarrow ⇠ curvearrowright ↷ curvearrowleft ↶ circlearrowright ↻ circlearrowleft ↺
looparrowright ↬ looparrowleft ↫ Lsh ↰ Rsh ↱ Rrightarrow ⇛ Lleftarrow ⇚ nrightarrow ↛ nleftarrow ↚
nRightarrow ⇏ nLeftarrow ⇍ nleftrightarrow ↮ nLeftrightarrow ⇎ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑
Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ nwarrow ↖ swarrow ↙ upharpoonleft ↿ upharpoonright ↾
restriction ↾ downharpoonright ⇂ downharpoonleft ⇃ multimap ⊸ mid | nmid ∤ shortmid | nshortmid ∤ parallel ∥
nparallel ∦ shortparallel ∥ perp ⊥ models ⊨ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ Vvdash ⊪ nvdash ⊬ nvDash ⊭
nVdash ⊮ nVDash ⊯ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲
vartriangleright ⊳ ntriangleleft ⋪ ntriangleright ⋫ ntrianglelefteq ⋬ ntrianglerighteq ⋭ blacktriangleleft ◀
blacktriangleright ▶ between ≬ pitchfork ⋔ bowtie ⋈ Join ⋈ smile ⌣ smallsmile ⌣ frown ⌢ smallfrown ⌢
therefore ∴ because ∵ independent ⫫ indep ⫫ Perp ⫫ ra → lra → rarr → larr ← uarr ↑ darr ↓ xto →
"""

_OPERATOR = """
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ fint ⨍ dashint ⨍ intop ∫ smallint ∫
bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ biguplus ⨄ bigtimes ⨉
bigast ✻
"""
_OPENING = """
langle ⟨ lfloor ⌊ lceil ⌈ lbrace { lbrack [ lvert | lVert ‖ llbracket ⟦ lparen ( lgroup ⟮ ulcorner ⌜
llcorner ⌞ lmoustache ⎰ lang ⟨ llangle ⟪ { {
"""
_CLOSING = """
rangle ⟩ rfloor ⌋ rceil ⌉ rbrace } rbrack ] rvert | rVert ‖ rrbracket ⟧ rparen ) rgroup ⟯ urcorner ⌝
lrcorner ⌟ rmoustache ⎱ rang ⟩ rrangle ⟫ } }
"""

_NAMES = """
log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin arccos arctan arccot arcsinh
arccosh arctanh ker hom deg dim arg
"""
FUNCTIONS = frozenset(_NAMES.split()) - {"deg", "sec"}
"""Functions of LaTeX, in letters that mean nothing else."""
# Names of authors' own macros, which may take an argument in braces: `\SU{2}`.
_AUTHORS_NAMES = """
sgn sign tr Tr trace rank rk diag Diag Aut End Hom Ext Tor Gal Spec Proj
Var Cov Corr supp span vol Vol dist diam conv dom prox proj ran im Ind ind irr ord Ad ad Res Sym Alt Mat GL
SL SU SO Sp PGL PSL PSU Lie Pic Jac Hess curl rot erf erfc polylog poly softmax sigmoid relu ReLU KL id Id
op const coker codim lcm Div Br Sch Coh Mod Rep Irr Stab Fix true false
Ker Coker Supp Card card area Area val reg depth height img epi aff hull relint perm Pf sinc logit Arg
Log Ln Ei Prob Unif Uniform Bern Bernoulli Exp Pois Poi Poisson Bin Binom Geom TV Lip Isom Diff
Homeo GSp Frac Quot Rad Ann Ass Grass Gr Hilb Sing NS CH Orb Inn Out Cl Ob Fun Map
"""
AUTHORS_NAMES = frozenset(_AUTHORS_NAMES.split())
"""Names of functions, groups and the like that no package defines."""
_LIMIT_NAMES = "max min sup inf lim det gcd Pr argmin argmax esssup essinf Argmin Argmax"
_OTHER_NAMES = {
    "limsup": "lim sup",
    "liminf": "lim inf",
    "varlimsup": "lim sup",
    "varliminf": "lim inf",
    "injlim": "inj lim",
    "projlim": "proj lim",
    "varprojlim": "lim ←",
    "varinjlim": "lim →",
    "plim": "plim",
}

# In ems, after The TeXbook, chapter 18, and plain TeX.
_SPACES = {
    "thinspace": 1 / 6,
    "medspace": 2 / 9,
    "thickspace": 5 / 18,
    "enspace": 1 / 2,
    "enskip": 1 / 2,
    "quad": 1.0,
    "qquad": 2.0,
    "nobreakspace": 1 / 3,
    "space": 1 / 3,
    "hfill": 2.0,
    "hfil": 2.0,
    "negthinspace": -1 / 6,
    "negmedspace": -2 / 9,
    "negthickspace": -5 / 18,
    ",": 1 / 6,
    ":": 2 / 9,
    ">": 2 / 9,
    ";": 5 / 18,
    "!": -1 / 6,
    " ": 1 / 3,
    "\n": 1 / 3,
    "-": 0.0,
    "/": 0.0,
}

_CHARACTERS: tuple[tuple[int, str], ...] = (
    (Kind.RELATION, "=<>:≤≥≪≫→←↔⇒⇐⇔↦⟶⟵⟹⟺∈∉∋⊂⊆⊃⊇≈≃≅∼≡≠∝⊥∥⊢⊨≺≻≼≽≲≳≜"),
    (Kind.BINARY, "+-−*±∓×÷·⋅∘∗∩∪∧∨⊕⊗⊖⊙∖⊔⊓"),
    (Kind.OPENING, "([⟨⌊⌈⟦"),
    (Kind.CLOSING, ")]⟩⌋⌉⟧!"),
    (Kind.PUNCTUATION, ",;"),
    (Kind.OPERATOR, "∑∏∫∮⋃⋂⨁⨂"),
)

INTEGRALS = frozenset(("∫⋯∫", *"∫∬∭⨌∮∯⨍∰∱∲∳⨖⨋⨛⨜"))


def symbols_by_name(tables: Mapping[int, str]) -> dict[str, Symbol]:
    """Return symbols by the names of their macros.

    Args:
        tables: for each class of symbols the macros, each with its characters behind it, between spaces.
    """
    return {name: Symbol(text, kind) for kind, table in tables.items() for name, text in pairs(table)}


def pairs(table: str) -> list[tuple[str, str]]:
    """Return the names of a table, each with the characters behind it."""
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))


def _commands() -> dict[str, Symbol | Name | Space]:
    commands: dict[str, Symbol | Name | Space] = {}
    commands |= symbols_by_name(
        {
            Kind.ORDINARY: _ORDINARY,
            Kind.BINARY: _BINARY,
            Kind.RELATION: _RELATION,
            Kind.OPERATOR: _OPERATOR,
            Kind.OPENING: _OPENING,
            Kind.CLOSING: _CLOSING,
        }
    )
    commands |= {name: Symbol(text, alphabet=Alphabet.BLACKBOARD) for name, text in pairs(_BLACKBOARD)}
    commands |= {name: Name(name, operator=True) for name in (*_NAMES.split(), *AUTHORS_NAMES)}
    commands |= {name: Name(name, operator=True, limits=True) for name in _LIMIT_NAMES.split()}
    commands |= {name: Name(text, operator=True, limits=True) for name, text in _OTHER_NAMES.items()}
    commands |= {name: Space(width) for name, width in _SPACES.items()}
    commands["colon"] = Symbol(":", Kind.PUNCTUATION)
    # Brackets of a formula inside of one, as authors redefine them.
    commands |= {"(": Symbol("(", Kind.OPENING), ")": Symbol(")", Kind.CLOSING)}
    commands["1"] = Symbol("1", alphabet=Alphabet.BLACKBOARD)
    commands["bmod"] = Name("mod", operator=True)
    return commands


COMMANDS = _commands()
"""What a macro without arguments stands for, by its name without the backslash."""


def _other_signs() -> dict[str, Symbol]:
    r"""Other characters that are a macro's sign, as that sign: `≾` is `\precsim`."""
    symbols = [symbol for symbol in COMMANDS.values() if isinstance(symbol, Symbol)]
    known = {symbol.text for symbol in symbols if symbol.kind == Kind.ORDINARY} | CHARACTERS.keys()
    return {
        symbol.text: symbol
        for symbol in symbols
        if len(symbol.text) == 1 and symbol.text > "\u2100" and symbol.text not in known
    }


CHARACTERS = {character: Symbol(character, kind) for kind, text in _CHARACTERS for character in text}
CHARACTERS |= {text: Symbol(text, Kind.RELATION) for text in (":=", "=:")}
CHARACTERS |= {"∗": CHARACTERS["*"], "·": CHARACTERS["⋅"], "∣": Symbol("|", Kind.RELATION)}
CHARACTERS |= {long: CHARACTERS[short] for long, short in zip("⟵⟶⟷⟹⟺", "←→↔⇒⇔", strict=True)}
CHARACTERS |= dict.fromkeys("⁄∕", Symbol("/"))
CHARACTERS |= {typed: Symbol(letter) for typed, letter in zip("µ∆Ωℎħ", "μΔΩhℏ", strict=True)}
CHARACTERS |= _other_signs()
CHARACTERS |= {"≔": CHARACTERS[":="], "≕": CHARACTERS["=:"]}
"""Characters that are not ordinary symbols when they are in a formula."""
