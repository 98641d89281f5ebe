"""The symbols of packages beyond AMS's, imported when a macro is an unusual one.

stmaryrd, wasysym, mathabx, MnSymbol, txfonts and its heirs, upgreek, esint, mathtools. The converter of
whole papers writes their names where their authors did.
"""

from __future__ import annotations

from tui_digest.latex.nodes import Kind, Symbol
from tui_digest.latex.symbols.table import COMMANDS, symbols_by_name

_ORDINARY = """
lightning ↯ blitza ↯ varangle ∢ rightangle ∟ diameter ⌀ permil ‰ perthousand ‰ promille ‰ invneg ⌐
agemO ℧ invdiameter ⦰ male ♂ female ♀ Circle ○ CIRCLE ● LEFTcircle ◐ RIGHTcircle ◑ LEFTCIRCLE ◖
RIGHTCIRCLE ◗ fullmoon ○ newmoon ● leftmoon ☾ rightmoon ☽ Square □ boxempty □ boxvoid □ XBox ☒
CheckedBox ☑ checked ✓ cmark ✓ xmark ✗ smiley ☺ frownie ☹ kreuz ✠ mercury ☿ venus ♀ earth ♁ mars ♂
jupiter ♃ saturn ♄ uranus ♅ neptune ♆ pluto ♇ astrosun ☉ Sun ☉ Mercury ☿ Venus ♀ Earth ⊕ varEarth ♁
Mars ♂ Jupiter ♃ Saturn ♄ Uranus ♅ Neptune ♆ Pluto ♇ ascnode ☊ descnode ☋ conjunction ☌ opposition ☍
eighthnote ♪ twonotes ♫ varheartsuit ♥ vardiamondsuit ♦ varclubsuit ♧ varspadesuit ♤ Diamondblack ◆
Diamonddot ⟐ blackdiamond ◆ filledsquare ■ filledstar ★ varg g mathcent ¢ cent ¢ currency ¤
partialslash ∂̸ lambdabar ƛ lambdaslash ƛ nottop ⊤̸ notbot ⊥̸ Vvert ⦀ dprime ″ trprime ‴ QED ∎
wasylozenge ⌑ adots ⋰ varhbar ℏ wasytherefore ∴ Bbbone 𝟙 bbone 𝟙
"""
_BINARY = """
bbslash ⑊ binampersand & bindnasrepma ⅋ invamp ⅋ upand ⅋ parr ⅋ boxast ⧆ boxasterisk ⧆ boxbar ◫ boxbox ⧈
boxbslash ⧅ boxbackslash ⧅ boxcircle ⧇ boxslash ⧄ fatsemi ⨟ zcmp ⨟ interleave ⫴ leftslice ⪦ rightslice ⪧
minuso ⦵ oblong ⌷ obslash ⦸ obackslash ⦸ circledbslash ⦸ ogreaterthan ⧁ olessthan ⧀ sslash ⫽ talloblong ⫿
varbigcirc ◯ varcurlyvee ⋎ varcurlywedge ⋏ varoast ⊛ varobar ⦶ circledbar ⦶ varobslash ⦸ varocircle ⊚
varodot ⊙ varogreaterthan ⧁ varolessthan ⧀ varominus ⊖ varoplus ⊕ varoslash ⊘ varotimes ⊗ vartimes ×
cupdot ⊍ capdot ⩀ dottimes ⨰ dotdiv ∸ dotminus ∸ divdot ⨪ minusdot ⨪ plusdot ⨥ udot ⋅ circplus ⨢
pluscirc ⨢ oasterisk ⊛ ocirc ⊚ odiv ⨸ ovoid ○ ocircle ○ logof ⊛ doublecap ⋒ doublecup ⋓ sqdoublecap ⩎
sqdoublecup ⩏ Sqcap ⩎ Sqcup ⩏ veedoublebar ⩣ Wedge ⩓ Vee ⩔ circledplus ⊕ circledminus ⊖ circledtimes ⊗
circledslash ⊘ circleddot ⊙ medbullet • medcirc ○ smallcirc ∘ sqbullet ▪ convolution ∗ asterisk ∗
bigtriangleleft ◁ bigtriangleright ▷ smalltriangleup ▵ smalltriangledown ▿ smalltriangleleft ◃
smalltriangleright ▹ LHD ◀ RHD ▶ medwedge ∧ medvee ∨
"""
_RELATION = """
Yup ⅄ baro ⌽ trianglelefteqslant ⊴ trianglerighteqslant ⊵ ntrianglelefteqslant ⋬ ntrianglerighteqslant ⋭
longmapsfrom ↤ mappedfrom ↤ longmappedfrom ↤ Longmapsto ⤇ Mapsto ⤇ Longmapsfrom ⤆ Mapsfrom ⤆ Mappedfrom ⤆
leftarrowtriangle ⇽ rightarrowtriangle ⇾ leftrightarrowtriangle ⇿ shortrightarrow → shortleftarrow ←
shortuparrow ↑ shortdownarrow ↓ colonapprox :≈ Colonapprox ∷≈ Coloneq ∷− colonsim :∼ Colonsim ∷∼
Eqqcolon =∷ Eqcolon −∷ dblcolon ∷ Colon ∷ squarecolon ∶ leftsquigarrow ⇜ longrightsquigarrow ⟿ lJoin ⋉
rJoin ⋊ lrtimes ⋈ lrJoin ⋈ Bowtie ⋈ multimapinv ⟜ multimapboth ⧟ multimapdotbothA ⊶ multimapdotbothB ⊷
napproxeq ≊̸ nasymp ≭ notasymp ≭ nbacksim ∽̸ nbacksimeq ⋍̸ nequiv ≢ notequiv ≢ ngg ≫̸ nll ≪̸ nlesssim ≴
ngtrsim ≵ nlessgtr ≸ ngtrless ≹ notni ∌ notowns ∌ notowner ∌ nni ∌ npreccurlyeq ⋠ nsucccurlyeq ⋡
nprecsim ≾̸ nsuccsim ≿̸ nsimeq ≄ nsqsubset ⊏̸ nsqsubseteq ⋢ nsqsupset ⊐̸ nsqsupseteq ⋣ nSubset ⋐̸
nSupset ⋑̸ nsubset ⊄ nsupset ⊅ napprox ≉ nthickapprox ≉ nsubseteqq ⫅̸ nsupseteqq ⫆̸ preceqq ⪳ succeqq ⪴
precneqq ⪵ succneqq ⪶ precnsim ⋨ succnsim ⋩ precneq ⪱ succneq ⪲ precnapprox ⪹ succnapprox ⪺ strictif ⥽
strictfi ⥼ varparallel ∥ Nearrow ⇗ Nwarrow ⇖ Searrow ⇘ Swarrow ⇙ divides | ndivides ∤ notdivides ∤
notperp ⊥̸ nperp ⊥̸ barin ⋶ ownsbar ⋾ varnotin ∉ sqsubsetneq ⋤ sqsupsetneq ⋥ varsqsubsetneq ⋤
varsqsupsetneq ⋥ varsubsetneqq ⫋ varsupsetneqq ⫌ lvertneqq ≨ gvertneqq ≩ nleqq ≦̸ ngeqq ≧̸ lesseqqgtr ⪋
gtreqqless ⪌ nlessapprox ⪅̸ ngtrapprox ⪆̸ varleq ≤ vargeq ≥ precdot ⋖ succdot ⋗ llcurly ⪻ ggcurly ⪼
updownarrows ⇅ downuparrows ⇵ leftleftharpoons ⥢ rightrightharpoons ⥤ upupharpoons ⥣ downdownharpoons ⥥
leftrightharpoon ⥊ rightleftharpoon ⥋ updownharpoons ⥮ apprle ≲ apprge ≳ lta ≲ gta ≳ ltsim ≲ gtsim ≳
ltsima ≲ gtsima ≳ lapprox ⪅ gapprox ⪆ wasypropto ∝ corresponds ≙ hateq ≙ wedgeq ≙ questeq ≟ stareq ≛
botdoteq ⩦ dotseq ≑ bumpedeq ≏ Bumpedeq ≎ eqbump ≏ VDash ⊫ DashV ⫥ Dashv ⫤ dashV ⫣ ndashv ⊣̸ invmodels ⫤
twoheadrightarrowtail ⤖ lefttorightarrow ↷ righttoleftarrow ↶ dlsh ↲ drsh ↳ nuparrow ⤉ ndownarrow ⤈
"""
_OPERATOR = """
bigbox □ bigcurlyvee ⋎ bigcurlywedge ⋏ biginterleave ⫼ bigparallel ∥ bigsqcap ⨅ bigcupdot ⨃ bigplus +
iintop ∬ iiintop ∭ iiiintop ⨌ ointop ∮ oiintop ∯ varoiint ∯ oiiint ∰ oiiintop ∰ sqint ⨖ sqintop ⨖
fintop ⨍ avgint ⨍ barint ⨍ ointclockwise ∲ varointclockwise ∲ ointctrclockwise ∳ varointctrclockwise ∳
intclockwise ∱ sumint ⨋ SumInt ⨋ upint ⨛ lowint ⨜ varprod ∏ ssum ∑ sprod ∏ idotsint ∫⋯∫ dotsint ∫⋯∫
idotsintop ∫⋯∫ varint ∫ varoint ∮
"""
_OPENING = """
llparenthesis ⦇ Lbag ⟅ lbag ⟅ llceil ⌈⌈ llfloor ⌊⌊ lBrack ⟦ ldbrack ⟦ lAngle ⟪ lBrace ⦃ lVvert ⦀
"""
_CLOSING = """
rrparenthesis ⦈ Rbag ⟆ rbag ⟆ rrceil ⌉⌉ rrfloor ⌋⌋ rBrack ⟧ rdbrack ⟧ rAngle ⟫ rBrace ⦄ rVvert ⦀
"""
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi "
    "chi psi omega varepsilon vartheta varpi varrho varsigma varphi "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)


def _symbols() -> dict[str, Symbol]:
    symbols = symbols_by_name(
        {
            Kind.ORDINARY: _ORDINARY,
            Kind.BINARY: _BINARY,
            Kind.RELATION: _RELATION,
            Kind.OPERATOR: _OPERATOR,
            Kind.OPENING: _OPENING,
            Kind.CLOSING: _CLOSING,
        }
    )
    for name in _GREEK.split():
        letter = COMMANDS[name]
        if isinstance(letter, Symbol):
            names = [f"up{name}", f"{name}up", f"other{name}"]
            symbols |= dict.fromkeys((*names, f"Up{name.lower()}") if name[0].isupper() else names, letter)
    return symbols


PACKAGE_SYMBOLS = _symbols()
"""What a macro of a package stands for, by its name without the backslash."""
