"""Formulas in words: as a mathematician reads them, and with nothing left out."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_digest.latex import spoken, to_unicode
from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.speech.formula import row_in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"$\mathcal{O}(1/\sqrt{T})$", "big O of one over the square root of T end O"),
        (r"$x_i^2$", "x sub i squared"),
        (
            r"$\ce{[Cu(NH3)4]^2+}$, $\mathrm{Ca(OH)_2}$",
            "bracket Cu paren NH sub 3 end paren sub 4 end bracket superscript 2 plus end superscript, "
            "Ca paren OH end paren sub 2",
        ),
        (r"$\mu X.\,1+X$, $\lambda x.x$", "mu X. 1 plus X, lambda x. x"),
        (r"$50\,\mathrm{k}\Omega$, $k\Omega$", "50 k ohm, k capital Omega"),
        (
            r"$\Sigma_2^p\cap\Pi_k^P$",
            "capital Sigma sub 2 superscript p intersect capital Pi sub k superscript P",
        ),
        (r"$\int^cF(c,c)$", "the coend over c of F of c, c end F"),
        (r"$10^{-12}\,\mathrm{mbar}$, $10^5\,\mathrm{kyr}$", "10 to the minus 12 mbar, 10 to the 5 kyr"),
        (
            r"$f(x-\partial_xf,y)$, $h(\nabla\Delta h-\nabla h)$",
            "f of x minus partial sub x f, y end f, "
            "h times the quantity nabla capital Delta h minus nabla h end quantity",
        ),
        (r"$u=0\text{ on }\Omega(t)$, $\Omega(n)$", "u equals 0 on capital Omega of t, big Omega of n"),
        (
            r"$\ce{CH3COO- + H+}$, $\text{CH}_3\text{OH}$",
            "CH sub 3 COO superscript minus end superscript plus H superscript plus, CH sub 3 OH",
        ),
        (r"$\ce{Na2SO4.10H2O}$", "Na sub 2 SO sub 4 dot 10 H sub 2 O"),
        (
            r"$\langle x,y\mid x^2=1\rangle$, $\langle x,y\rangle$",
            "angle bracket x, y such that x squared equals 1 end angle bracket, the inner product of x and y",
        ),
        (r"$\bigwedge^kV$, $\bigwedge_i a_i$", "the exterior power k of V, the meet over i of a sub i"),
        (r"$\#P$, $\#\mathsf{SAT}$", "sharp P, sharp SAT"),
        (r"$\#A$, $\#\mathrm{GL}(V)$", "the number of elements of A, the number of elements of GL of V"),
        (
            r"$\mathrm{H}_2\mathrm{O}$, $\mathrm{N}_2\mathrm{O}$, $x_2y$",
            "H sub 2 O, N sub 2 O, x sub 2 times y",
        ),
        (r"$\lvert\psi(t)\rangle=H\lvert\psi\rangle$", "ket psi of t end ket equals H ket psi"),
        (r"$\lvert x\rvert+\lvert 0\rangle\langle 1\rvert$", "the absolute value of x plus ket 0 bra 1"),
        (
            r"$\langle a\rvert b\rangle$, $\langle a\rvert A\lvert b\rangle$",
            "bra a ket b, bra a end bra A ket b",
        ),
        (r"$\mathsf{P/poly}$, $1/\mathrm{poly}(n)$", "P slash poly, one over poly of n"),
        (r"$A\leq_m^p B$, $M\subset^*N$", "A is at most sub m superscript p B, M is a subset of star N"),
        (r"$\cong_T^\kappa$", "is isomorphic to sub T superscript kappa"),
        (r"$R^\rho{}_{\sigma\mu}$", "R superscript rho then sub sigma mu end sub"),
        (r"$T_a{}^b+\omega^a{}_b$", "T sub a then superscript b plus omega superscript a then sub b"),
        (r"$x^2{}_n+a\,{}_2F_1$", "x squared then sub n plus a left sub 2 F sub 1"),
        (
            r"$g^{kl}(\partial_ig_j+\partial_jg_i)$, $g^{kl}(x)$",
            "g superscript k l end superscript times the quantity partial sub i g sub j plus partial sub j "
            "g sub i end quantity, g superscript k l end superscript of x",
        ),
        (r"$\sum_{i=1}^n x_i$", "the sum from i equals 1 to n of x sub i"),
        (r"$\|x\|^2$", "the norm of x end norm squared"),
        (r"$\mathbb{R}^d$", "blackboard R to the d"),
        (r"$x \in \mathbb{R}^{m \times n}$", "x in blackboard R to the m by n"),
        (r"$\frac{1}{2}\|x-y\|_2^2$", "one half times the 2-norm of x minus y end norm squared"),
        (r"$\frac{a+b}{c+d}$", "the fraction a plus b over c plus d end fraction"),
        (r"$\frac{a+b}{2} + c$", "the fraction a plus b over 2 end fraction plus c"),
        (r"$e^{-x^2/2}$", "e to the power minus x squared over 2 end power"),
        (r"$e^{i\pi} + 1 = 0$", "e to the power i pi end power plus 1 equals 0"),
        (r"$\nabla f(x_k)$", "nabla f of x sub k"),
        (
            r"$x_{t+1} = x_t - \eta \nabla f(x_t)$",
            "x sub t plus 1 end sub equals x sub t minus eta nabla f of x sub t",
        ),
        (r"$p(y|x)$", "p of y given x end p"),
        (r"$u(x+h)-u(x)$", "u of x plus h end u minus u of x"),
        (r"$a(b+c)=d$", "a times the quantity b plus c end quantity equals d"),
        (r"$\pi(x(t))$", "pi of x of t end pi"),
        (r"$(f\circ g)(x)$", "the quantity f composed with g end quantity of x"),
        (r"$(f+g)'(0)$", "the quantity f plus g end quantity prime of 0"),
        (r"$(f+g)(0)$", "the quantity f plus g end quantity paren 0 end paren"),
        (r"$x(A\cup B)$, $S\not\models\phi$", "x of A union B end x, S does not model phi"),
        (r"$[10^{-4},1]$", "the interval from 10 to the minus 4 to 1 end interval"),
        (r"$\Lambda^{op} + Z_{cr,1}$", "capital Lambda superscript op plus Z sub cr, 1 end sub"),
        (r"$L(X_t\lvert t)$", "L of X sub t given t end L"),
        (r"$(S, |_p)$ and $f|_p$", "the pair S, vertical bar sub p end pair and f restricted to p"),
        (r"$(2\pm1)\times10^4$", "the quantity 2 plus or minus 1 end quantity times 10 to the 4"),
        (
            r"$a\{b+c\}$, $x\in\{b+c\}$, $\{0\}$",
            "a times brace b plus c end brace, x in the set b plus c end set, the set 0 end set",
        ),
        (
            r"$P(1-r)+Pr$, $P(1-r)$",
            "P times the quantity 1 minus r end quantity plus P r, P of 1 minus r end P",
        ),
        (
            r"$F(-1)^F$, $Z_2^T$, $Z_i^T$",
            "F times the quantity minus 1 end quantity to the F, Z sub 2 to the T, Z sub i transpose",
        ),
        (
            r"$\lambda(2-2s)$ and $L(C+d)$ and $x(t+1)$",
            "lambda paren 2 minus 2 s end paren and L paren C plus d end paren "
            "and x paren t plus 1 end paren",
        ),
        (r"$\lambda_{\min}(A^TB)$", "lambda sub min of A transpose B end lambda"),
        (r"$\Gamma(Z\to b)$", "capital Gamma of Z to b end Gamma"),
        (r"$P(x,0)(U^2)$", "P of x, 0 end P paren U squared end paren"),
        (r"$a\{\sum_ix_i\}$", "a times brace the sum over i of x sub i end brace"),
        (r"$\foo[a][][b]$", "foo bracket a end bracket bracket end bracket bracket b end bracket"),
        (r"$H(div;\Omega)$", "H of div; capital Omega end H"),
        (
            r"$G\curvearrowright X$, $\propto t$, $f^\#(x)$",
            "G acts on X, proportional to t, f superscript number sign of x",
        ),
        (
            r"$l_E(\mu|k=1)$, $t\sim\mathcal{O}(1)$",
            "l sub E of mu given k equals 1 end l, t is similar to big O of 1",
        ),
        (r"$k_0(2P)$ and $k(2P)$", "k sub 0 paren 2 P end paren and k times the quantity 2 P end quantity"),
        (r"$\{a\in A\,|\,t|_V=s\}$", "the set a in A such that t restricted to V equals s end set"),
        (
            r"$(v^1, v^2, \dots, v^n)$",
            "the tuple v superscript 1, v superscript 2, dot dot dot, v superscript n end tuple",
        ),
        (
            r"$((A^1,b^1),(A^M,b^{M-1})), n^2$",
            "the pair the pair A superscript 1, b superscript 1 end pair, the pair A superscript M, "
            "b superscript M minus 1 end superscript end pair end pair, n squared",
        ),
        (r"$H^1 + H^2$, $x^2, x^3$", "H superscript 1 plus H squared, x squared, x cubed"),
        (
            r"$A\bigcup\{e\}$, $\bigcup A$, $f\sim const.$, $textrm{vol}(M)$",
            "A big union the set e end set, the union of A, f is similar to const., vol of M",
        ),
        (
            r"$(\max-\min)$ and $\max_x-f$",
            "the quantity max minus min end quantity and the maximum over x of minus f",
        ),
        (r"$\begin{array}{rcl}a&=&b\\c&\le&d\end{array}$", "a equals b; c is at most d"),
        (
            r"$|V|, |E_i|, |x|, |A\cup B|$",
            "the size of V, the size of E sub i, the absolute value of x, the size of A union B end size",
        ),
        (
            r"$U\subset\subset\Omega$, $\mathbf{ab}$",
            "U is compactly contained in capital Omega, bold a bold b",
        ),
        (r"$g^2\exp(2)-g(2h+1)$", "g squared exp of 2 minus g paren 2 h plus 1 end paren"),
        (r"$|\psi><\phi|$, $|0>-|1>$, $<x|$", "ket psi bra phi, ket 0 minus ket 1, bra x"),
        (
            r"$P(A|x>t)$, $\{x|y>0\}$",
            "P of A given x is greater than t end P, the set x such that y is greater than 0 end set",
        ),
        (
            r"$B\,{}^tA$, $x_i{}^2$, $A_\mu{}^\nu$",
            "B left transpose A, x sub i squared, A sub mu then superscript nu",
        ),
        (r"$E^{\rm s} + \mathrm{e^{x}}$", "E superscript s plus e to the x"),
        (
            r"$||x|-1|$",
            "the absolute value of the absolute value of x end absolute value minus 1 end absolute value",
        ),
        (
            r"$Re_\tau$, $Pic(X)$, $abc(d+e)$, $itH$",
            "Re sub tau, Pic of X, a b c times the quantity d plus e end quantity, i t H",
        ),
        (
            r"$lim_{n\to\infty}a_n$, $tr(A)$, $ln(n)$",
            "the limit as n goes to infinity of a sub n, trace of A, natural log of n",
        ),
        (
            r"$3.8^{+5}_{-2.8}\times10^{-3}$",
            "3.8 sub minus 2.8 superscript plus 5 end superscript times 10 to the minus 3",
        ),
        (r"$|V(G)|, |f(x)|$", "the size of V of G end size, the absolute value of f of x end absolute value"),
        (
            r"$(0,T)\times\Omega$, $L_1(\mathcal LF)$",
            "the open interval from 0 to T cross capital Omega, L sub 1 paren script L F end paren",
        ),
        (
            r"$\varepsilon\downarrow 0$, $\beta\searrow 0$, $[2,3,\le 5]$",
            "epsilon down to 0, beta decreases to 0, bracket 2, 3, at most 5 end bracket",
        ),
        (
            r"$5p\ ^3P_0$, $R^{ij}$, $x^{jk}$",
            "5 p left superscript 3 P sub 0, R superscript i j end superscript, x to the power j k end power",
        ),
        (r"$X//G$, $a/b/c$, $St_n(F)$", "X double slash G, a over b over c, St sub n of F"),
        (r"$\phi\{a/(bc)\}$", "phi times brace a over the quantity b c end quantity end brace"),
        (r"$M/{\sim}$, $(X,\sim)$, $\sim5$", "M over similarity, the pair X, similarity end pair, about 5"),
        (r"$w=w_i~\forall i$, $E=7-200\,$", "w equals w sub i for all i, E equals 7 dash 200"),
        (
            r"$\mathit{false}$, $\sum_{i=1}^{N^T}x$, $X^\sim$",
            "false, the sum from i equals 1 to N to the T of x, X superscript similarity",
        ),
        (
            r"$\Omega_{dark\;energy}$, $x_{i\,j}$, $X\leadsto Y$",
            "capital Omega sub dark energy end sub, x sub i j end sub, X leads to Y",
        ),
        (
            r"$\chi^{ijkl}$, $({\cal{B}(u)})$",
            "chi superscript i j k l end superscript, the quantity script B of u end quantity",
        ),
        (
            r"$\#\{x\}$, $K\#L$, $Ps{}_n(x)$, $x{}^2$",
            "the number of elements of the set x end set, K number sign L, P s sub n of x, x squared",
        ),
        (r"$yx^n\text{ and }\sum_n y$", "y x to the n “and” the sum over n of y"),
        (
            r"$N^{\text{(CIC)}}$, $v({\sim}x,w)$",
            "N superscript “(CIC)” end superscript, v of about x, w end v",
        ),
        (
            r"$|d(^{129}\mathrm{Xe})|$",
            "the absolute value of d of left superscript 129 Xe end d end absolute value",
        ),
        (
            r"$R^n\backslash\{0\}$, $3\,\mathrm{cm}\,(95\%)$",
            "R to the n backslash the set 0 end set, 3 cm the quantity 95 percent end quantity",
        ),
        (
            r"$\Omega(t)\subset D$, $O(m)\times O(n)$",
            "capital Omega of t is a subset of D, O of m cross O of n",
        ),
        (r"$SO(16)$ and $nO(1)$", "S O of 16 and n big O of 1"),
        (r"$so(4)$, $O(3)$, $o(n)$", "s o of 4, O of 3, little o of n"),
        (r"$O(2,3)$, $O(10)$, $O(n,m)$", "O of 2, 3 end O, big O of 10, big O of n, m end O"),
        (r"$(i=1,2)$, $(X,\le)$", "paren i equals 1, 2 end paren, the pair X, at most end pair"),
        (r"$i\in\{1,2,\dots,N^T\}$", "i in the set 1, 2, dot dot dot, N to the T end set"),
        (r"$H\lhd G\trianglelefteq K$", "H is normal in G is normal in or equal to K"),
        (
            r"$\left\{x\left|[x]=1\right.\right\}$",
            "the set x such that bracket x end bracket equals 1 end set",
        ),
        (
            r"$\forall i<j$, $\exists x,y\geq0: x<y$",
            "for all i less than j, there exists x, y at least 0 colon x is less than y",
        ),
        (
            r"$c(G-S)$, $b(A\cup B)$, $c(n-S)$",
            "c paren G minus S end paren, b of A union B end b, c times the quantity n minus S end quantity",
        ),
        (r"$J/\psi\,p$, $\mathrm{AdS}_5/\mathrm{CFT}_4$", "J slash psi p, AdS sub 5 slash CFT sub 4"),
        (r"$5\,\mathrm{cm}^3/\mathrm{s}$, $\mathrm{A}/x$", "5 cm cubed per s, A over x"),
        (r"$10^{-3}\,\mathrm{eV}$, $10^3\,GeV$", "10 to the minus 3 eV, 10 cubed GeV"),
        (r"$H_{per}$, $y_{\mathrm{per}}/2$", "H sub per, y sub per over 2"),
        (
            r"$\mathrm{Hom}(-,X)$, $F(-)$, $x^-$",
            "Hom of dash, X end Hom, F of dash end F, x superscript minus",
        ),
        (r"$x^\star+d_\star$, $x^\star+y^*$", "x star plus d sub star, x small star plus y star"),
        (
            r"$(agg.north)$, $3vuvuv$, $north\ west$",
            "the quantity a g g point north end quantity, 3 v u v u v, north west",
        ),
        (
            r"$x_t^i+x^i_t y$, $x_n^k$",
            "x sub t superscript i plus x sub t superscript i times y, x sub n to the k",
        ),
        (
            r"$K[x,y]$, $R[i,j]$, $[x,y]=1$, $\mathbb{Z}[t,1/t]$",
            "K bracket x, y end bracket, R bracket i, j end bracket, bracket x, y end bracket equals 1, "
            "blackboard Z bracket t, one over t end bracket",
        ),
        (
            r"$[a,b]$, $[-L,L]$, $[x,x+r]$, $f:[r,s]\to\mathbb{R}$",
            "the interval from a to b, the interval from minus L to L end interval, "
            "the interval from x to x plus r end interval, "
            "f colon the interval from r to s end interval to blackboard R",
        ),
        (
            r"$\forall(s,t)$, $\forall x\in A.x=0$, $x=1.~(6)$, $a.b$",
            "for all the pair s, t end pair, for all x in A. x equals 0, "
            "x equals 1. paren 6 end paren, a point b",
        ),
        (
            r"$\sum_i\cdots\sum_jx$, $n(n-1)\cdots(n-k)$",
            "the sum over i of dot dot dot the sum over j of x, n times the quantity n minus 1 end quantity "
            "dot dot dot the quantity n minus k end quantity",
        ),
        (
            r"$M/G/1$, $J^P=1/2^-$, $1/2^n$",
            "M slash G slash 1, J to the P equals one half superscript minus, one over 2 to the n",
        ),
        (
            r"$\Delta_{\perp,1}$, $x_\perp$, $0=\bot$",
            "capital Delta sub perpendicular, 1 end sub, x sub perp, 0 equals bottom",
        ),
        (
            r"$\boldsymbol\Phi(S-A)$, $\mathbf{f}(x)$",
            "bold capital Phi paren S minus A end paren, bold f of x",
        ),
        (
            r"$\mathbb{E}_{\hat\alpha\sim\alpha,z\sim\mu}[f]$, $\alpha\sim\beta$",
            "blackboard E sub alpha hat is distributed as alpha, z is distributed as mu end sub of f, "
            "alpha is similar to beta",
        ),
        (r"$\gamma^{\mathsf T}B$, $\gamma^TB$", "gamma transpose B, gamma superscript T times B"),
        (r"$R^nf_*(E)$, $R^nf_1$", "R to the n f sub star of E, R to the n times f sub 1"),
        (
            r"$(Q1)(Q2)$, $\mathrm{char}\,k$, $char\,k$",
            "paren Q 1 end paren paren Q 2 end paren, char k, char k",
        ),
        (r"$(Ker\,df)$", "the quantity Ker d f end quantity"),
        (r"$(B(t);t>0)$", "paren B of t; t is greater than 0 end paren"),
        (r"$P((A|B))$", "P of paren A given B end paren"),
        (
            r"$\mathbb Z^{n\times(k+1)}$",
            "blackboard Z to the power n by the quantity k plus 1 end quantity end power",
        ),
        (r"$M^{+_x}M$", "M superscript plus sub x end superscript M"),
        (
            r"$\bar D^0\pi^0$, $H^0$, $e^0$",
            "D bar superscript 0 pi superscript 0, H superscript 0, e to the 0",
        ),
        (r"$e.g.$, $x=y\ a.e.$, $a.b$", "“e.g.”, x equals y “a.e.”, a point b"),
        (r"$X\overset{i.i.d.}{\sim}P$", "X is distributed as with “i.i.d.” above P"),
        (
            r"$\Sigma_{i=1}^nx_i$, $\Pi_{j=0}^kp_j$, $\Sigma_i^n$",
            "the sum from i equals 1 to n of x sub i, the product from j equals 0 to k of p sub j, "
            "capital Sigma sub i superscript n",
        ),
        (
            r"$\left\{\begin{array}{l}u_t=v,\quad t>0\\v=1\end{array}\right.$",
            "the system: u sub t equals v, t is greater than 0; v equals 1; end system",
        ),
        (
            r"$\begin{cases}1,\;x>0\\0,\;x\le0\end{cases}$",
            "the cases: 1 comma x is greater than 0; 0 comma x is at most 0; end cases",
        ),
        (r"$\lambda^{tr}$, $2\%\text{-}3\%$", "lambda superscript tr, 2 percent dash 3 percent"),
        (r"$Mg^{10+}$", "M g superscript 10 plus end superscript"),
        (
            r"$Salpingoeca~rosetta$, $(a,b)-$, $[1.0,0.25]$",
            "Salpingoeca rosetta, the pair a, b end pair dash, bracket 1.0, 0.25 end bracket",
        ),
        (r"$n^{\frac12} + e^{\frac ab}$", "n to the one half plus e to the power a over b end power"),
        (r"$\Omega^k(M)$ and $O^*(n)$", "capital Omega to the k of M and big O star of n"),
        (r"$K^2[x]$", "K squared bracket x end bracket"),
        (r"$\mathbb{I}\{x>0\}$", "blackboard I of x is greater than 0 end I"),
        (
            r"$[\![n]\!]$ and $\langle\!\langle a\rangle\!\rangle$",
            "double bracket n end double bracket and double angle bracket a end double angle bracket",
        ),
        (
            r"$k_\parallel + k_\perp^2 + k^\parallel$",
            "k sub parallel plus k sub perp squared plus k superscript parallel",
        ),
        (r"$x_{\ge 0}$ for $\le 5$", "x sub at least 0 end sub for at most 5"),
        (
            r"$A^{<\omega}$ with $\sum_{\le n} a$",
            "A to the power less than omega end power with the sum over at most n of a",
        ),
        (
            r"$\Sigma_c^{++}$, $e^-$",
            "capital Sigma sub c superscript plus plus end superscript, e superscript minus",
        ),
        (r"$^{24}\mathrm{Mg}$ and ${}_6^{14}C$", "superscript 24 Mg and sub 6 superscript 14 C"),
        (r"$x_{_{N}} + x_{_\mathrm{max}}$", "x sub N plus x sub max"),
        (r"$5-10\,\mathrm{km}$, $10^3-10^4$", "5 dash 10 km, 10 cubed dash 10 to the 4"),
        (r"$1-2x$, $5-3$, $2^3-1$", "1 minus 2 x, 5 minus 3, 2 cubed minus 1"),
        (r"$x_1,..,x_n$", "x sub 1, dot dot dot, x sub n"),
        (r"$x\stackrel{def}{=}y$", "x equals with def above y"),
        (r"$\mathbb{E}_{x \sim p}[f(x)]$", "blackboard E sub x is distributed as p end sub of f of x end E"),
        (r"$\lim_{n\to\infty} a_n$", "the limit as n goes to infinity of a sub n"),
        (r"$\min_{x \in X} f(x)$", "the minimum over x in X of f of x"),
        (r"$\int_0^1 f(x)\,dx$", "the integral from 0 to 1 of f of x end f d x"),
        (r"$n(n+1)$", "n times the quantity n plus 1 end quantity"),
        (r"$\sqrt{x^2+y^2}$", "the square root of x squared plus y squared end root"),
        (r"$\sqrt[3]{n}$", "the cube root of n"),
        (r"$\binom{n}{k}$", "n choose k"),
        (r"$\hat\theta$, $\bar{x}$, $\vec v$", "theta hat, x bar, vector v"),
        (r"$A^\top A$", "A transpose A"),
        (r"$A^{-1}b$", "A inverse b"),
        (
            r"$[0,1]$ and $\{1,\dots,n\}$ and $(a,b)$",
            "the interval from 0 to 1 and the set 1, dot dot dot, n end set and the pair a, b end pair",
        ),
        (
            r"$\{x \in \mathbb{R} \mid x > 0\}$",
            "the set x in blackboard R such that x is greater than 0 end set",
        ),
        (
            r"$|x|$, $|\mathcal{S}|$, $\lfloor x \rfloor$",
            "the absolute value of x, the size of script S, the floor of x",
        ),
        (r"$\ell_2$-norm", "ell sub 2-norm"),
        (r"$f: X \to Y$", "f colon X to Y"),
        (r"$\tilde{O}(n^{3/2})$", "big O tilde of n to the three halves end O"),
        (
            r"$\log n$ and $\log(n+1)$ and $\log\log n$",
            "log n and log of n plus 1 end log and log log n",
        ),
        (r"$\alpha \le \beta \ll \Gamma$", "alpha is at most beta is much less than capital Gamma"),
        (r"$f'(x)$, $f''$", "f prime of x, f double prime"),
        (r"$x^n y$", "x to the n times y"),
        (
            r"$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$",
            "the 2 by 2 matrix, row 1: a, b; row 2: c, d; end matrix",
        ),
        (r"$\frac{\partial f}{\partial x}$", "partial f over partial x"),
        (
            r"$O(n^2)$ time and $\Omega(n \log n)$",
            "big O of n squared end O time and big Omega of n log n end Omega",
        ),
        (r"$\mathcal{L}_{total}$", "script L sub total"),
        (r"$W^{(k)}_{i,j}$", "W sub i, j end sub superscript paren k"),
        (r"$\langle x, y \rangle$", "the inner product of x and y"),
        (r"$\operatorname*{argmin}_x f(x)$", "the arg min over x of f of x"),
        (r"$\max\{a,b\}$", "the maximum of a and b"),
        (r"$3/4$ and $\frac34$ and $\tfrac12 x$", "three quarters and three quarters and one half x"),
        (r"$a \equiv b \pmod{n}$", "a is equivalent to b modulo n"),
        (r"$2^{n+1} - 1$", "2 to the power n plus 1 end power minus 1"),
        (r"$\Pr[X > t]$", "the probability that X is greater than t end probability"),
        (
            r"$\prod_{p} \frac{1}{1-p^{-s}}$",
            "the product over p of the fraction one over 1 minus p to the minus s end fraction",
        ),
        (r"10$^6$ of $^{87}$Rb", "10 to the 6 of superscript 87 Rb"),
        (r"10$^\circ$C, 20 $^o$C", "10 degrees C, 20 degrees C"),
        (r"$\R$, $\foo$", "blackboard R, foo"),
        (r"$k$-means, 5\% of $n$th", "k-means, 5% of nth"),
        (
            r"$f(x) = \begin{cases} x & x>0 \\ 0 & \text{otherwise}\end{cases}$",
            "f of x equals the cases: x, x is greater than 0; 0, otherwise; end cases",
        ),
        (
            r"We have $T$ steps with cost $O(1/\epsilon^2)$.",
            "We have T steps with cost big O of one over epsilon squared end O.",
        ),
        (
            r"$\frac{df}{dx}\Big|_{x=0}$",
            "the fraction d f over d x end fraction evaluated at x equals 0 end evaluation",
        ),
        (
            r"$\left.\frac{df}{dx}\right|_{x=0}$",
            "the fraction d f over d x end fraction evaluated at x equals 0 end evaluation",
        ),
        (r"$\frac{1}{n}\sum_{i=1}^n X_i$", "one over n times the sum from i equals 1 to n of X sub i"),
        (r"$\sqrt{2n} x$", "the square root of 2 n end root x"),
        (r"$(a+b)^2$", "the quantity a plus b end quantity squared"),
        (r"$a(b+c)d$", "a times the quantity b plus c end quantity d"),
        (r"$x^{(k+1)}$", "x superscript paren k plus 1 end paren"),
        (r"$x'_i$", "x sub i prime"),
        (r"$\sup_{x} |f(x)|$", "the supremum over x of the absolute value of f of x end absolute value"),
        (r"$\bigcup_{i \in I} A_i$", "the union over i in I of A sub i"),
        (r"$\overline{x+y}$", "the bar over x plus y end bar"),
        (r"$\underbrace{a+b}_{c}$", "the underbrace a plus b with label c end underbrace"),
        (r"$X \xrightarrow{d} Y$", "X arrow with d above to Y"),
        (r"$\theta^*$ and $A^\dagger$ and $90^\circ$", "theta star and A dagger and 90 degrees"),
        (r"$\gamma^T$", "gamma superscript T"),
        (
            r"$x\in]0,1[$, $[0,1[\times M$, $[0,1]\times[0,1)$",
            "x in the open interval from 0 to 1, the right-open interval from 0 to 1 cross M, "
            "the interval from 0 to 1 cross the right-open interval from 0 to 1",
        ),
        (r"$[Q,[Q,Q]]$, $x\to]a$", "bracket Q, bracket Q, Q end bracket end bracket, x to close bracket a"),
        ('$(ry")"-u"$', "the quantity r y double prime end quantity double prime minus u double prime"),
        (
            r"$\frac{dN}{d\sqrt s}$, $\frac{n}{d\sqrt s}$",
            "the fraction d N over d the square root of s end fraction, "
            "the fraction n over d times the square root of s end fraction",
        ),
        (
            r"$\esssup_xf$, $x\mapsto g^x\pmod p$",
            "the essential supremum over x of f, x maps to g to the x modulo p",
        ),
        (
            r"$z\simeq3$, $\simeq4-12\,\mathrm{cm}$, $X\simeq Y$",
            "z is approximately equal to 3, approximately equal to 4 dash 12 cm, X is similar or equal to Y",
        ),
        (
            r"$7\times10^3$, $3\times N$, $x=1.\qquad(*)$, $G_{\max}@3\le5$",
            "7 times 10 cubed, 3 by N, x equals 1. paren asterisk end paren, G sub max at 3 is at most 5",
        ),
        (
            r"$f^{\circ n}(x)$, $V^{\otimes n}$, $A^{-n}$",
            "f superscript circle n end superscript of x, V superscript tensor n end superscript, "
            "A to the minus n",
        ),
        (
            r"$C_0(1+a)C_n(x)$, $u_n(x+h)-u_k(x)$",
            "C sub 0 paren 1 plus a end paren C sub n of x, u sub n of x plus h end u minus u sub k of x",
        ),
        (
            r"$A^\top\phi(x-y)$, $\phi(x-y)$",
            "A transpose phi paren x minus y end paren, phi of x minus y end phi",
        ),
        (
            r"$H^5(\mathbb{R}/\mathbb{Z})$, $L^1(G/K)$, $45{,}608{,}715$",
            "H superscript 5 of blackboard R over blackboard Z end H, L superscript 1 of G over K end L, "
            "45,608,715",
        ),
        (
            r"$\mathfrak{sl}_2$, $U(\mathfrak{gl}_n)$, $\mathfrak{osp}(1|2)$, $\mathfrak{pq}$",
            "fraktur sl sub 2, U of fraktur gl sub n, fraktur osp of 1 vertical bar 2 end osp, "
            "fraktur p fraktur q",
        ),
        (
            r"$\#rounds$, $\#\mathrm{Hom}(A,B)$",
            "the number of rounds, the number of elements of Hom of A, B end Hom",
        ),
        (
            r"$\varepsilon(f[x])$, $k(2P)$",
            "epsilon paren f bracket x end bracket end paren, k times the quantity 2 P end quantity",
        ),
        (r"$p_!$, $i^!F$, $n!$", "p sub shriek, i superscript shriek F, n factorial"),
        (r"$v\sim N^{-\nu}$, $\max/\min$", "v is similar to N to the minus nu, max slash min"),
        (
            r"$\Phi^{SSM}$, $e^{AB}$, $5\cdot10^9cm^{-2}$, $mc^2$, $cm^2$",
            "capital Phi superscript S S M end superscript, e to the power A B end power, "
            "5 dot 10 to the 9 cm to the minus 2, m c squared, c m squared",
        ),
        (
            r"$\|u_t^T\|$, $\max v_t^T$, $x_t^TQ$, $A_t^T$, $x^T$",
            "the norm of u sub t superscript T end norm, the maximum of v sub t superscript T, "
            "x sub t transpose Q, A sub t transpose, x transpose",
        ),
        (r"$K=\{\star\}$, $a\star b$", "K equals the set star sign end set, a star operator b"),
        (r"$(model.west)$, $a.bcd$", "the quantity model point west end quantity, a point b c d"),
        (
            r"$\times10^5$, $0.5\times SR$, $2n\times2n$, $\mathbb{T}^2\times2$",
            "times 10 to the 5, 0.5 multiplied by S R, 2 n by 2 n, blackboard T squared cross 2",
        ),
        (
            r"$p^T(x)$, $\lambda_w^{kd}$, $\lambda^{kd}$, $Z_t^{j+1}$, $L_{s-KL}$, $x_{s-k}$",
            "p superscript T of x, lambda sub w superscript k d end superscript, "
            "lambda to the power k d end power, Z sub t superscript j plus 1 end superscript, "
            "L sub s dash K L end sub, x sub s minus k end sub",
        ),
        (
            r"$|\text{TPA}(b)|$, $|\mathrm{TPL}|$, $|\mathrm{Re}(z)|$",
            "the size of TPA of b end size, the size of TPL, "
            "the absolute value of Re of z end absolute value",
        ),
        (
            r"$\pi_{non-int}$, $x_{a-b}$, $X^{1D}$, $x_i^{t-1}$, $\boldsymbol\theta^Tx$, $|TP|$",
            "pi sub non dash int end sub, x sub a minus b end sub, X superscript 1 D end superscript, "
            "x sub i superscript t minus 1 end superscript, bold theta transpose x, the size of T P end size",
        ),
        (r"$Enc_Q(x)$, $vocab\_size$", "Enc sub Q of x, vocab underscore size"),
        (
            r"$f^*(f(x)-y)$, $n(n-1)$, $Op(a)$, $\mathcal{L}(main)$, $f(abcd)$",
            "f star of f of x end f minus y end f, n times the quantity n minus 1 end quantity, Op of a, "
            "script L of main, f of a b c d end f",
        ),
        (
            r"$H^s_q$, $V_{ij}^S$, $x_i^n$, $\frac aL\times100$, $x_{left}$",
            "H sub q superscript s, V sub i j end sub superscript S, x sub i to the n, "
            "a over L multiplied by 100, x sub “left”",
        ),
        (
            r"$\mathbb{P}^x(A)$, $\mathbb{P}^n$, $|\bigcup_jS_j|$, $x_{i<kappa}$",
            "blackboard P superscript x of A, blackboard P to the n, "
            "the size of the union over j of S sub j end size, x sub i is less than “kappa” end sub",
        ),
        (r"$q^{-1}-q^1, q^n$", "q inverse minus q superscript 1, q to the n"),
        (
            r"$L_c^{N=4}$, $W^{(j)\top}h$, $\tilde\sigma_t^i$, $p^T_s+p^S_s$",
            "L sub c superscript N equals 4 end superscript, "
            "W superscript paren j end paren top end superscript h, "
            "sigma tilde sub t superscript i, p sub s superscript T plus p sub s superscript S",
        ),
        (
            r"$[\hat y_t,0]$, $(\exists b)(P(b))$, $2^{(1-a)b}$",
            "bracket y hat sub t, 0 end bracket, "
            "paren there exists b end paren the quantity P of b end quantity, "
            "2 to the power the quantity 1 minus a end quantity b end power",
        ),
        (r"$dN/d\sqrt s$", "d N over d the square root of s"),
        (r"$sl(2|1)$, $(m|n)$", "s l of 2 vertical bar 1 end l, paren m given n end paren"),
        (r"$0.663\,648\,45(9)$, $4\,096$", "0.66364845 paren 9 end paren, 4,096"),
        (r"$\mu(id)$, $pass@k$, $i dx$", "mu of id, pass at k, i d x"),
        (
            r"$a\lll b\leqq c\sqsubseteq d\pitchfork e\upharpoonright f$",
            "a is very much less than b is at most c is a square subset of or equal to d "
            "is transverse to e restriction to f",
        ),
        (r"$(s,a)\sim D$", "the pair s, a end pair is distributed as D"),
        (r"$Y\sim\beta$", "Y is distributed as beta"),
        (r"$\text{word\_count}(y)$", "“word_count” of y"),
        (r"$\text{Sinkhorn-Knopp}(H+1)$", "Sinkhorn-Knopp of H plus 1 end argument"),
        (r"$25\sim30$, $10^3\sim10^4$", "25 through 30, 10 cubed through 10 to the 4"),
        (r"$0\sim1$, $z\sim 5$, $z\sim 5x$", "0 is similar to 1, z is about 5, z is similar to 5 x"),
        (
            r"$F\sim10^{-7}-10^{-8}\,{\rm cm}^{-2}\,{\rm s}^{-1}$, $m\sim10^3\,\text{g}$",
            "F is about 10 to the minus 7 dash 10 to the minus 8 cm to the minus 2 s inverse, "
            "m is about 10 cubed g",
        ),
        (
            r"$G=\cap_{i=1}^dG_i$, $\cup_{i\in I}U_i$, $A\cup_fB$",
            "G equals the intersection from i equals 1 to d of G sub i, the union over i in I of U sub i, "
            "A union sub f B",
        ),
        (
            r"$\lim_n(1/n)\log x$, $\max(a,b)c$",
            "the limit as n of the quantity one over n end quantity log x, "
            "the maximum of a and b end maximum c",
        ),
        (
            r"$D^0\subset D^1\subset D^2\subset\cdots$, $V^{an}$, $p^{an}$",
            "D superscript 0 is a subset of D superscript 1 is a subset of D superscript 2 is a subset of "
            "dot dot dot, V superscript an, p to the power a n end power",
        ),
        (
            r"$K_*^T(X)$, $\pi^0\gamma$, $e^0\gamma$",
            "K sub star superscript T of X, pi superscript 0 gamma, e to the 0 times gamma",
        ),
        (
            r"$\sup_x|y$, $x\;{\rm s.t.}\;y>0$",
            "the supremum over x of vertical bar y, x such that y is greater than 0",
        ),
        (r"$\begin{cases}x&=1\\y&=2\end{cases}$", "the system: x equals 1; y equals 2; end system"),
        (r"$KL[p(y|u)||q]$", "K L bracket p of y given u end p double bar q end bracket"),
        (r"$\overline{\lim}_n a_n$", "the limit superior as n of a sub n"),
        (r"$\mathbf{x}^T \mathbf{y}$", "bold x transpose bold y"),
        (r"$\mathfrak{g}$ and $\mathbb{E}$", "fraktur g and blackboard E"),
        (r"$[0,1)$", "the right-open interval from 0 to 1"),
        (r"$\lceil n/2 \rceil$", "the ceiling of n over 2 end ceiling"),
        (r"$O(\log n)$ and $o(1)$", "big O of log n end O and little o of 1"),
        (r"$\forall x \exists y$", "for all x there exists y"),
        (r"$A \subseteq B \cup C$", "A is a subset of or equal to B union C"),
        (r"$p(x_1, \dots, x_n)$", "p of x sub 1, dot dot dot, x sub n end p"),
        (r"$f(x+y) = f(x) + f(y)$", "f of x plus y end f equals f of x plus f of y"),
        (r"$\Pr(A \mid B)$", "the probability of A given B end probability"),
        (r"$\int_{\mathbb{R}} f\,d\mu$", "the integral over blackboard R of f d mu"),
        (r"$a \ne b$, $a \notin A$", "a is not equal to b, a not in A"),
        (r"$10^{-3}$", "10 to the minus 3"),
        (r"$x_{\text{max}}$", "x sub max"),
        (r"$\sin x + \cos(2x)$", "sine x plus cosine of 2 x end cosine"),
        (r"$|x-y| \le 1$", "the absolute value of x minus y end absolute value is at most 1"),
        (r"$x \leftarrow x - \eta g$", "x gets x minus eta g"),
        (
            r"$A \leftarrow B \to C$, $T_{a \leftarrow b}$",
            "A left arrow B to C, T sub a left arrow b end sub",
        ),
        (r"$D(P\,\|\,Q)$", "D of P double bar Q end D"),
        (
            r"$\lim_{x\to 0^+} f$, $t \to 0^-$, $\pi\to\mu^+$",
            "the limit as x goes to 0 from above of f, t to 0 from below, pi to mu superscript plus",
        ),
        (r"$\exists! x$", "there exists a unique x"),
        (r"$k!(n-k)!$", "k factorial times the quantity n minus k end quantity factorial"),
        (r"$\Gamma^\lambda_{\mu\nu}$", "capital Gamma sub mu nu end sub superscript lambda"),
        (
            r"$g^{\mu\nu}(a_\mu - b_\mu)$",
            "g superscript mu nu end superscript times the quantity a sub mu minus b sub mu end quantity",
        ),
        (r"$\gamma^\mu D_\mu$, $x^\mu$", "gamma superscript mu times D sub mu, x to the mu"),
        (r"$\bar\psi(\gamma - m)\psi$", "psi bar paren gamma minus m end paren psi"),
        (r"$d^4x$, $d^\omega n$, $\nabla^k u$", "d to the 4 x, d to the omega times n, nabla to the k u"),
        (
            r"$9.8\ \text{m/s}^2$, $2\,\text{mol/L}$, $7\,\text{km s}^{-1}$",
            "9.8 m per s squared, 2 mol per L, 7 km s inverse",
        ),
        (r"$5\,\mu\mathrm{m}$, $\mu\mathrm{m}$, $\mu m$", "5 micro m, micro m, mu m"),
        (r"$\sigma(Wx+b)$, $\sigma(x+y)$", "sigma of W x plus b end sigma, sigma paren x plus y end paren"),
        (r"$V^\pi(s)$, $e^\pi$", "V superscript pi of s, e to the pi"),
        (
            r"$A^c$, $(A\cup B)^c$, $N^c$",
            "A complement, the quantity A union B end quantity complement, N to the c",
        ),
        (r"$\neg(p\land q)$", "not the quantity p wedge q end quantity"),
        (r"$\lambda x.\,x$", "lambda x. x"),
        (
            r"$\sum_{i\ne j} a$, $\sup_{t\ge0} x$",
            "the sum over i not equal to j of a, the supremum over t at least 0 of x",
        ),
        (r"$\sum_{1\le i\le n} a$", "the sum over 1 is at most i is at most n of a"),
        (r"$M_\odot$", "M sub sun"),
        (r"$A^\top(x-y)$", "A transpose times the quantity x minus y end quantity"),
        (r"$e^{ikx}$, $e^{-iat}$", "e to the power i k x end power, e to the power minus i a t end power"),
        (r"$C^\infty$, $p^\infty$", "C superscript infinity, p to the infinity"),
        (
            r"$y \mid x \sim \mathcal{N}(0,1)$, $p\mid n$",
            "y given x is distributed as script N of 0, 1 end N, p divides n",
        ),
        (
            r"$\eta: F \Rightarrow G$, $a: x>0 \Rightarrow b$",
            "eta colon F double arrow to G, a colon x is greater than 0 implies b",
        ),
        (r"$x\oplus y$, $M\oplus N$", "x circled plus y, M direct sum N"),
        (r"$\mathrm{CH_3COOH}$", "CH sub 3 COOH"),
        (r"$c = m^e \bmod N$", "c equals m to the e mod N"),
        (
            r"$\mathcal{F}\{f\}$, $\mathcal{F}=\{f\}$",
            "script F brace f end brace, script F equals the set f end set",
        ),
        (
            r"$\lim_n (1+\frac1n)^n$, $\lim_n (a+b)$",
            "the limit as n of the quantity 1 plus one over n end quantity to the n, "
            "the limit as n of a plus b end limit",
        ),
        (r"$\frac{0.9\times 2}{3\times4}$", "the fraction 0.9 times 2 over 3 times 4 end fraction"),
        (
            r"$dx^i \wedge dx^2$, $\partial x^\mu$",
            "d x superscript i wedge d x squared, partial x superscript mu",
        ),
        (r"$T_pM$, $\mathcal{L}_X f$, $x_i y$", "T sub p M, script L sub X f, x sub i times y"),
        (r"$H^k(M)$, $\operatorname{Ext}^i(M,N)$", "H superscript k of M, Ext superscript i of M, N end Ext"),
        (r"$M \sim 10^6\,M_\odot$", "M is about 10 to the 6 times M sub sun"),
        (r"$25\,^\circ\mathrm{C}$", "25 degrees C"),
        (r"$\mathbb{V}[x]$, $\mathbb{V}(x)$", "blackboard V of x, blackboard V of x"),
        (
            r"$\sum_{\langle i,j\rangle} s$, $\langle i,j\rangle$",
            "the sum over angle bracket i, j end angle bracket of s, the inner product of i and j",
        ),
        (
            r"$\{c_i,c_j^\dagger\}$, $\{a_i,a_j\}$",
            "brace c sub i, c sub j dagger end brace, the set a sub i, a sub j end set",
        ),
        (r"$T\{\phi(x)\phi(y)\}$", "T times brace phi of x end phi phi of y end brace"),
        (
            r"$O(n^2)\cap\Omega(n)$, $\partial\Omega(t)\cap\Omega(s)$",
            "big O of n squared end O intersect big Omega of n, "
            "partial capital Omega of t intersect capital Omega of s",
        ),
        (r"$n\;(p\text{ prime})$", "n paren p “prime” end paren"),
        (r"$5\,\mathrm{W/(m^2\,K)}$", "5 W per the quantity m squared K end quantity"),
        (r"$e^x. \text{ Then } y$", "e to the x. Then y"),
        (
            r"$u_i^{n+1} - u_i^n$, $x^{n+1}-x^n$",
            "u sub i superscript n plus 1 end superscript minus u sub i superscript n, "
            "x to the power n plus 1 end power minus x to the n",
        ),
        (r"$[x^2]_0^1$", "bracket x squared end bracket from 0 to 1 end range"),
        (r"$2.1\ (95\%\text{ CI } 1.5)$", "2.1 paren 95 percent CI 1.5 end paren"),
        (
            r"$x^{k+1} = x^k - g$, $x^{k+1} + x^k$",
            "x superscript k plus 1 end superscript equals x superscript k minus g, "
            "x to the power k plus 1 end power plus x to the k",
        ),
        (r"$P_l^m(x)$, $p_l^m$", "P sub l superscript m of x, p sub l to the m"),
        (r"$\operatorname{Ind}_H^G V$, $\sin^N x$", "Ind sub H superscript G of V, sine to the N of x"),
        (r"$H^2(M)$, $H^2$, $C_\omega^2(t)$", "H superscript 2 of M, H squared, C sub omega squared of t"),
        (r"$\mathcal{H}^s(E)$", "script H superscript s of E"),
        (
            r"$\Gamma_{ij}^k v^i v^j$, $\sum_i a_{ij} x^i$",
            "capital Gamma sub i j end sub superscript k times v superscript i times v superscript j, "
            "the sum over i of a sub i j end sub x to the i",
        ),
        (
            r"$\sigma^2(X^\top X)^{-1}$, $\sigma^2(x)$",
            "sigma squared times the quantity X transpose X end quantity inverse, sigma squared of x",
        ),
        (r"$m\oplus G(k)$", "m circled plus G of k"),
        (
            r"$\frac{d}{dx}\int f$, $\frac{d}{x}\int f$",
            "d over d x the integral of f, d over x times the integral of f",
        ),
        (r"$D_v f$, $D_1 A$", "D sub v f, D sub 1 times A"),
        (
            r"$\mathrm{CaCO_3}(s)$, $\mathrm{Ca^{2+}}(aq)$, $\mathrm{SU}(l)$",
            "CaCO sub 3 paren s end paren, Ca superscript 2 plus end superscript paren a q end paren, "
            "SU of l",
        ),
        (
            r"$20\times30\,\mathrm{cm}$, $3\times3\text{ kernels}$, $2\times5\,\mathrm{kg}$",
            "20 by 30 cm, 3 by 3 kernels, 2 times 5 kg",
        ),
        (
            r"$\int|u|^p\,\mathrm{d}x$",
            "the integral of the absolute value of u end absolute value to the p times d x",
        ),
        (r"$Q^{\pi_\theta}(s)$, $d^\pi$", "Q superscript pi sub theta of s, d superscript pi"),
        (
            r"$\mathbb{D}[p\,\|\,q]$, $\mathbb{H}[p]$",
            "blackboard D of p double bar q end D, blackboard H of p",
        ),
        (r"$P(Y\mid do(x))$", "P of Y given do of x end P"),
        (r"$K_*^\top K$, $K_*^T$", "K sub star transpose K, K sub star to the T"),
        (r"$\mathrm{H_2O(l)}$, $\mathrm{O(l)}$", "H sub 2 O paren l end paren, big O of l"),
        (r"$x_{\text{between}}$", "x sub “between”"),
        (
            r"$P(1+\frac rn)^{nt}$, $P(A)^2$",
            "P times the quantity 1 plus r over n end quantity to the power n t end power, "
            "P of A end P squared",
        ),
        (r"$\left\{{n\atop k}\right\}$", "brace the stack n atop k end stack end brace"),
        (r"$1.5\times\text{ faster}$", "1.5 times faster"),
        (r"$\pi_t^e$", "pi sub t superscript e"),
        (
            r"$\min(m,n)\cdot mn$, $\max(a,b+c)$, $\langle x,y\rangle-z$",
            "the minimum of m and n end minimum dot m n, the maximum of a and b plus c end maximum, "
            "the inner product of x and y end inner product minus z",
        ),
        (r"$\frac ab\times100\%$", "a over b multiplied by 100 percent"),
        (
            r"$\mathrm{Na^+}+\mathrm{Cl^-}$",
            "Na superscript plus end superscript plus Cl superscript minus",
        ),
        (r"$3\,\mathrm{L}\times2\,\text{mol/L}$", "3 L times 2 mol per L"),
        (
            r"$2\,\mathrm{mm}\times3\,\mathrm{mm}$, $\mathrm{H}\times\mathrm{W}\times3$",
            "2 mm by 3 mm, H by W by 3",
        ),
        (r"$\mathcal{A}^{\mathcal{O}}(x)$", "script A superscript script O of x"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert spoken(text) == words


@pytest.mark.parametrize(
    "text",
    ["No formula here, and $5 or $10.", "", "`code` and https://arxiv.org/abs/1"],
)
def test_text_without_formulas_is_as_unicode(text: str) -> None:
    assert spoken(text) == to_unicode(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"$x_{t+1}$", r"$x_t + 1$"),
        (r"$e^{x+1}$", r"$e^x + 1$"),
        (r"$\frac{a+b}{c}$", r"$a + \frac{b}{c}$"),
        (r"$\frac{a}{b+c}$", r"$\frac{a}{b} + c$"),
        (r"$\sqrt{a+b}$", r"$\sqrt{a} + b$"),
        (r"$\sqrt{ab}c$", r"$\sqrt{a}bc$"),
        (r"$f(x+y)$", r"$f(x) + y$"),
        (r"$x^{ny}$", r"$x^n y$"),
        (r"$x_i^2$", r"$x_{i^2}$"),
        (r"$\|x+y\|$", r"$\|x\| + y$"),
        (r"$\|x\|^2$", r"$\|x^2\|$"),
        (r"$\sqrt{x}^2$", r"$\sqrt{x^2}$"),
        (r"$(\frac{a}{b})^2$", r"$\frac{a}{b^2}$"),
        (r"$f(x)^2$", r"$f(x^2)$"),
        (r"$(a+b)c$", r"$a + bc$"),
        (r"$n(n+1)$", r"$nn + 1$"),
        (r"$[0,1)$", r"$[0,1]$"),
        (r"$\mathbf{x}$", "$x$"),
        (r"$\hat{x}$", r"$\tilde{x}$"),
        (r"$\Gamma$", r"$\gamma$"),
    ],
)
def test_what_means_another_thing_sounds_another_way(one: str, other: str) -> None:
    assert spoken(one) != spoken(other)


SHAPES = (
    r"\frac{%s}{%s}",
    r"{%s}_{%s}",
    r"{%s}^{%s}",
    r"\sqrt[%s]{%s}",
    r"\left(%s+%s\right)",
    r"\|%s - %s\|",
    r"\sum_{%s} %s",
    r"\max\{%s, %s\}",
    r"\begin{pmatrix}%s&%s\end{pmatrix}",
    r"\begin{cases}%s\\%s\end{cases}",
    r"\underbrace{%s}_{%s}",
    r"\overset{%s}{%s}",
    r"\binom{%s}{%s}",
    r"\log(%s | %s)",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from("bcjqz"), max_size=10), st.data())
def test_no_letter_is_left_out(letters: list[str], data: st.DataObject) -> None:
    tex = "y"
    for letter in letters:
        shape = data.draw(st.sampled_from(SHAPES))
        tex = shape % tuple(data.draw(st.permutations([letter, tex])))
    words = Counter(re.findall(r"\b[bcjqyz]\b", spoken(f"${tex}$")))
    assert not Counter([*letters, "y"]) - words


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100))
def test_any_text_is_read(text: str) -> None:
    spoken(text)
    spoken(f"${text}$")


@pytest.mark.parametrize(
    "shape", [r"\sqrt{(((((((((((%s)))))))))))}", r"\frac{((((((((((%s))))))))))}{2}", "f(%s)"]
)
def test_a_formula_nested_deeper_than_anyone_writes_is_read(shape: str) -> None:
    tex = "y"
    for _ in range(200):
        tex = shape.replace("%s", tex)
    assert "y" in row_in_words(parse_formula(tex).items)
