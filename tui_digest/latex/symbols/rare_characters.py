"""The characters of macros that are in no formula as a rule.

Imported when one is met. Cyrillic letters, signs of text (textcomp), planets, arrows by Unicode's names.
Collected from the tables of pylatexenc 2.11 by Philippe Faist (MIT licence), which hold what is in
`table.COMMANDS` too and take 2 MiB.
"""

from __future__ import annotations

from typing import Final

from tui_digest.latex.symbols.table import pairs

_CYRILLIC = """
CYRA А cyra а CYRABHCH Ҽ cyrabhch ҽ CYRABHCHDSC Ҿ cyrabhchdsc ҿ CYRABHDZE Ӡ cyrabhdze ӡ CYRABHHA Ҩ cyrabhha
ҩ CYRAE Ӕ cyrae ӕ CYRB Б cyrb б CYRBYUS Ѫ cyrbyus ѫ CYRC Ц cyrc ц CYRCH Ч cyrch ч CYRCHLDSC Ӌ cyrchldsc ӌ
CYRCHRDSC Ҷ cyrchrdsc ҷ CYRCHVCRS Ҹ cyrchvcrs ҹ CYRD Д cyrd д CYRDJE Ђ cyrdje ђ CYRDZE Ѕ cyrdze ѕ CYRDZHE Џ
cyrdzhe џ CYRE Е cyre е CYREREV Э cyrerev э CYRERY Ы cyrery ы CYRF Ф cyrf ф CYRFITA Ѳ cyrfita ѳ CYRG Г cyrg
г CYRGDSC Ӷ cyrgdsc ӷ CYRGDSCHCRS Ӻ cyrgdschcrs ӻ CYRGHCRS Ғ cyrghcrs ғ CYRGHK Ҕ cyrghk ҕ CYRGUP Ґ cyrgup ґ
CYRH Х cyrh х CYRHDSC Ҳ cyrhdsc ҳ CYRHHCRS Ӿ cyrhhcrs ӿ CYRHHK Ӽ cyrhhk ӽ CYRHRDSN Ъ cyrhrdsn ъ CYRI И cyri
и CYRIE Є cyrie є CYRII І cyrii і CYRISHRT Й cyrishrt й CYRIZH Ѵ cyrizh ѵ CYRJE Ј cyrje ј CYRK К cyrk к
CYRKBEAK Ҡ cyrkbeak ҡ CYRKDSC Қ cyrkdsc қ CYRKHCRS Ҟ cyrkhcrs ҟ CYRKHK Ӄ cyrkhk ӄ CYRKVCRS Ҝ cyrkvcrs ҝ CYRL
Л cyrl л CYRLDSC Ӆ cyrldsc ӆ CYRLJE Љ cyrlje љ CYRM М cyrm м CYRMDSC Ӎ cyrmdsc ӎ CYRN Н cyrn н CYRNDSC Ң
cyrndsc ң CYRNG Ҥ cyrng ҥ CYRNHK Ӈ cyrnhk ӈ CYRNJE Њ cyrnje њ CYRO О cyro о CYROTLD Ө cyrotld ө CYRP П cyrp
п CYRpalochka Ӏ CYRPHK Ҧ cyrphk ҧ CYRR Р cyrr р CYRRTICK Ҏ cyrrtick ҏ CYRS С cyrs с CYRSCHWA Ә cyrschwa ә
CYRSDSC Ҫ cyrsdsc ҫ CYRSEMISFTSN Ҍ cyrsemisftsn ҍ CYRSFTSN Ь cyrsftsn ь CYRSH Ш cyrsh ш CYRSHCH Щ cyrshch щ
CYRSHHA Һ cyrshha һ CYRT Т cyrt т CYRTDSC Ҭ cyrtdsc ҭ CYRTETSE Ҵ cyrtetse ҵ CYRTSHE Ћ cyrtshe ћ CYRU У cyru
у CYRUSHRT Ў cyrushrt ў CYRV В cyrv в CYRY Ү cyry ү CYRYA Я cyrya я CYRYAT Ѣ cyryat ѣ CYRYHCRS Ұ cyryhcrs ұ
CYRYI Ї cyryi ї CYRYO Ё cyryo ё CYRYU Ю cyryu ю CYRZ З cyrz з CYRZDSC Ҙ cyrzdsc ҙ CYRZH Ж cyrzh ж CYRZHDSC Җ
cyrzhdsc җ
"""
_TEXT = """
textacutedbl ˝ textasciiacute ´ textasciibreve ˘ textasciicaron ˇ textasciidieresis ¨ textasciigrave `
textasciimacron ¯ textasteriskcentered ⁎ textbaht ฿ textbigcircle ◯ textblank ␢ textbrokenbar ¦ textcelsius
℃ textcent ¢ textcircledP ℗ textcolonmonetary ₡ textcopyright © textcurrency ¤ textdagger † textdaggerdbl ‡
textdiscount ⁒ textdiv ÷ textdollar $ textdong ₫ textdoublepipe ǂ textdownarrow ↓ textellipsis …
textestimated ℮ texteuro € textexclamdown ¡ textflorin ƒ textfractionsolidus ⁄ textglotstop ʔ texthvlig ƕ
textinterrobang ‽ textlangle 〈 textleftarrow ← textlira ₤ textlnot ¬ textmho ℧ textmp ∓ textmusicalnote ♪
textnaira ₦ textnrleg ƞ textnumero № textohm Ω textonehalf ½ textonequarter ¼ textonesuperior ¹
textopenbullet ◦ textordfeminine ª textordmasculine º textpertenthousand ‱ textperthousand ‰ textpeso ₱
textphi ɸ textpm ± textquestiondown ¿ textquotesingle ' textrangle 〉 textrecipe ℞ textreferencemark ※
textrightarrow → textschwa ə textservicemark ℠ textsterling £ textTheta ϴ texttheta θ textthreequarters ¾
textthreesuperior ³ texttildelow ˜ texttimes × textturnk ʞ texttwosuperior ² textuparrow ↑ textvartheta ϑ
textvisiblespace ␣ textwon ₩ textyen ¥
"""
_OTHER = """
aa å AE Æ ae æ allequal ≌ Alpha Α Angle ⦜ approxnotequal ≆ aquarius ♒ aries ♈ arrowwaveleft ↜ arrowwaveright
↝ autoref <ref> backepsilon ϶ Beta Β cancer ♋ capricornus ♑ Chi Χ cite <cit.> citep <cit.> citet <cit.>
clockoint ⨏ clwintegral ∱ Colon ∷ Cref <Ref> cref <ref> dblarrowupdown ⇅ ddddot ⃜ dddot ⃛ DH Ð dh ð Digamma
Ϝ DJ Đ dj đ DownArrowBar ⤓ DownArrowUpArrow ⇵ DownLeftRightVector ⥐ DownLeftTeeVector ⥞ DownLeftVectorBar ⥖
DownRightTeeVector ⥟ DownRightVectorBar ⥗ downslopeellipsis ⋱ eighthnote ♪ Epsilon Ε eqref (<ref>) Equal ⩵
estimates ≙ Eta Η forcesextra ⊨ gemini ♊ greaterequivlnt ≳ gtreqqless ⪌ guillemotleft « guillemotright »
guilsinglleft ‹ guilsinglright › hermitconjmatrix ⊹ homothetic ∻ Ident 𝕀 IJ Ĳ ij ĳ image ⊷ Iota Ι jupiter ♃
Kappa Κ Koppa Ϟ lazysinv ∾ LeftDownTeeVector ⥡ LeftDownVectorBar ⥙ LeftRightVector ⥎ LeftTeeVector ⥚
LeftTriangleBar ⧏ LeftUpDownVector ⥑ LeftUpTeeVector ⥠ LeftUpVectorBar ⥘ LeftVectorBar ⥒ leo ♌ lesseqqgtr ⪋
lessequivlnt ≲ libra ♎ male ♂ mercury ☿ Mu Μ neptune ♆ NestedGreaterGreater ⪢ NestedLessLess ⪡ NG Ŋ ng ŋ
notgreaterless ≹ notlessgreater ≸ Nu Ν OE Œ oe œ Omicron Ο openbracketleft 〚 openbracketright 〛 original ⊶
perspcorrespond ⩞ pisces ♓ pluto ♇ precedesnotsimilar ⋨ precnapprox ⪹ precneqq ⪵ quarternote ♩ quotedblbase
„ quotesinglbase ‚ recorder ⌕ ref <ref> ReverseUpEquilibrium ⥯ Rho Ρ rightangle ∟ rightanglearc ⊾
RightDownTeeVector ⥝ RightDownVectorBar ⥕ rightmoon ☾ RightTeeVector ⥛ RightTriangleBar ⧐ RightUpDownVector
⥏ RightUpTeeVector ⥜ RightUpVectorBar ⥔ RightVectorBar ⥓ RoundImplies ⥰ RuleDelayed ⧴ sagittarius ♐ Sampi Ϡ
saturn ♄ scorpio ♏ sqrint ⨖ starequal ≛ Stigma Ϛ succnapprox ⪺ succneqq ⪶ succnsim ⋩ surfintegral ∯ Tau Τ
taurus ♉ TH Þ tildetrpl ≋ truestate ⊧ udots ⋰ UpArrowBar ⤒ UpEquilibrium ⥮ upslopeellipsis ⋰ uranus ♅
varperspcorrespond ⌆ VDash ⊫ venus ♀ verymuchgreater ⋙ verymuchless ⋘ virgo ♍ volintegral ∰ Zeta Ζ
"""

RARE_CHARACTERS: Final = dict(pairs(_CYRILLIC + _TEXT + _OTHER))
"""What a macro without arguments stands for, by its name without the backslash."""
