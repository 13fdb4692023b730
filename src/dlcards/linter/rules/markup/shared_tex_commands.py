"""The commands and environments that MathJax 3 knows, the only TeX on GitHub and in Anki.

Taken from the tables of mathjax-full 3.2 with all its packages, also those that a page has to ask for
(physics, textcomp): what stands here is not reported, what does not is shown in red on any page.
"""

_COMMANDS = """
above abovewithdelims Aboxed abs absolutevalue acomm acos acosecant acosine acot acotangent acsc acute
adjustlimits admat aleph alpha alwaysDashedLine alwaysNoLine alwaysRootAtBottom alwaysRootAtTop
alwaysSingleLine alwaysSolidLine amalg And angle anticommutator antidiagonalmatrix approx approxeq
arccos arccosecant arccosine arccot arccotangent arccsc arcsec arcsecant arcsin arcsine arctan
arctangent arg array ArrowBetweenLines Arrowvert arrowvert asec asecant asin asine ast asymp atan
atangent atop atopwithdelims AXC Axiom AxiomC backepsilon backprime backsim backsimeq backslash bar
barwedge Bbb Bbbk bbFont bbox bcancel because begin beta beth between bf BIC Big big bigcap bigcirc
bigcup Bigg bigg Biggl biggl Biggm biggm Biggr biggr Bigl bigl Bigm bigm bigodot bigoplus bigotimes Bigr
bigr bigsqcup bigstar bigtimes bigtriangledown bigtriangleup biguplus bigvee bigwedge BinaryInf
BinaryInfC binom blacklozenge blacksquare blacktriangle blacktriangledown blacktriangleleft
blacktriangleright bmod bmqty boldsymbol bot bowtie Box boxdot boxed boxminus boxplus boxtimes Bqty bqty
Bra bra brace bracevert brack Braket braket breve buildrel bullet Bumpeq bumpeq cal cancel cancelto Cap
cap cases cdot cdotp cdots ce cellcolor celsius centercolon centerdot centernot centerOver cfrac check
checkmark chi choose circ circeq circlearrowleft circlearrowright circledast circledcirc circleddash
circledR circledS clap class clubsuit colon Colonapprox colonapprox Coloneq coloneq Coloneqq coloneqq
Colonsim colonsim color colorbox columncolor comm commutator complement cong coprod cos cosecant cosh
cosine cot cotangent coth cp cr cramped crampedclap crampedllap crampedrlap crampedsubstack cross
crossproduct csc csch cssId Cup cup curl curlyeqprec curlyeqsucc curlyvee curlywedge curvearrowleft
curvearrowright dagger daleth dashedLine dashleftarrow dashrightarrow dashv dbinom dblcolon dd ddagger
ddddot dddot ddot ddots DeclareMathOperator DeclarePairedDelimiter DeclarePairedDelimiters
DeclarePairedDelimitersX DeclarePairedDelimitersXPP DeclarePairedDelimiterX DeclarePairedDelimiterXPP
def definecolor deg degree Delta delta derivative det determinant dfrac diagdown diagonalmatrix diagup
Diamond diamond diamondsuit diffd differential digamma dim displaylines displaystyle div divergence
divideontimes divsymbol dmat dot Doteq doteq doteqdot dotplus dotproduct dots dotsb dotsc dotsi dotsm
dotso doublebarwedge doublecap doublecup Downarrow downarrow downdownarrows downharpoonleft
downharpoonright dv dyad ell empheqbigl empheqbiglangle empheqbiglbrace empheqbiglbrack empheqbiglceil
empheqbiglfloor empheqbiglparen empheqbiglVert empheqbiglvert empheqbigr empheqbigrangle empheqbigrbrace
empheqbigrbrack empheqbigrceil empheqbigrfloor empheqbigrparen empheqbigrVert empheqbigrvert empheql
empheqlangle empheqlbrace empheqlbrack empheqlceil empheqlfloor empheqlparen empheqlVert empheqlvert
empheqr empheqrangle empheqrbrace empheqrbrack empheqrceil empheqrfloor empheqrparen empheqrVert
empheqrvert emptyset enclose end enspace epsilon eqalign eqalignno eqcirc Eqcolon eqcolon Eqqcolon
eqqcolon eqref eqsim eqslantgtr eqslantless equiv erf eta eth ev eval evaluated exists exp
expectationvalue exponential expval fallingdotseq fbox fCenter fcolorbox fderivative fdv Finv flat
flatfrac forall frac frak framebox frown functionalderivative Game Gamma gamma gcd ge genfrac geq geqq
geqslant gets gg ggg gggtr gimel gnapprox gneq gneqq gnsim grad gradient gradientnabla grave gt
gtrapprox gtrdot gtreqless gtreqqless gtrless gtrsim gvertneqq hat hbar hbox hdashline heartsuit hfil
hfill hfilll hline hom hookleftarrow hookrightarrow hphantom href hskip hslash hspace Huge huge
hypcosecant hypcosine hypcotangent hypsecant hypsine hyptangent identitymatrix idotsint iff iiiint iiint
iint Im imaginary imat imath impliedby implies in inf infty injlim innerproduct int intercal intop iota
ip it jmath Join kappa ker kern Ket ket Ketbra ketbra label Lambda lambda land langle laplacian LARGE
Large large LaTeX lbrace lbrack lceil ldotp ldots le leadsto left Leftarrow leftarrow leftarrowtail
leftharpoondown leftharpoonup LeftLabel leftleftarrows Leftrightarrow leftrightarrow leftrightarrows
leftrightharpoons leftrightsquigarrow leftroot leftthreetimes leq leqalignno leqq leqslant lessapprox
lessdot lesseqgtr lesseqqgtr lessgtr lesssim let lfloor lg lgroup lhd lim liminf limits limsup LL ll
llap llcorner Lleftarrow lll llless lmoustache ln lnapprox lneq lneqq lnot lnsim log logarithm
Longleftarrow longleftarrow Longleftrightarrow longleftrightarrow longleftrightarrows
longLeftrightharpoons longmapsto Longrightarrow longrightarrow longRightleftharpoons
longrightleftharpoons looparrowleft looparrowright lor lower lozenge lparen lrcorner Lsh lt ltimes lVert
lvert lvertneqq maltese mapsto mathbb mathbf mathbfcal mathbffrak mathbfit mathbfscr mathbfsf mathbfsfit
mathbfsfup mathbfup mathbin mathcal mathchoice mathclap mathclose mathfrak mathinner mathit mathllap
mathmakebox mathmbox mathnormal mathop mathopen mathord mathpunct mathrel mathring mathrlap mathrm
mathscr mathsf mathsfit mathsfup mathstrut mathtip mathtoolsset mathtt mathup matrix matrixdeterminant
matrixel matrixelement matrixquantity max mbox mdet measuredangle mel mho micro mid middle min
minCDarrowheight minCDarrowwidth mit mkern mmlToken mod models MoveEqLeft moveleft moveright mp mqty
mskip mspace MTFlushSpaceAbove MTFlushSpaceBelow MTThinColon mu multimap nabla natural naturallogarithm
ncong ndownarrow ne nearrow neg negmedspace negthickspace negthinspace neq newcommand newenvironment
Newextarrow newline newtagform nexists ngeq ngeqq ngeqslant ngtr ni nLeftarrow nleftarrow
nLeftrightarrow nleftrightarrow nleq nleqq nleqslant nless nmid nobreakspace nolimits noLine nonscript
nonumber norm normalsize not notag notChar notin nparallel nprec npreceq nRightarrow nrightarrow
nshortmid nshortparallel nsim nsubseteq nsubseteqq nsucc nsucceq nsupseteq nsupseteqq ntriangleleft
ntrianglelefteq ntriangleright ntrianglerighteq nu nuparrow nVDash nVdash nvDash nvdash nwarrow odot ohm
oint oldstyle Omega omega omicron ominus op operatorname oplus order ordinarycolon oslash otimes
outerproduct over overbrace overbracket overleftarrow overleftrightarrow overline overparen
overrightarrow overset overunderset overwithdelims owns parallel partial partialderivative paulimatrix
pb pderivative pdv perp perthousand phantom Phi phi Pi pi pitchfork pm pmat pmatrix pmb pmod Pmqty pmqty
pod poissonbracket pqty Pr prec precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim
prescript prime principalvalue Probability prod projlim propto Psi psi pu PV pv qall qand qas qassume qc
qcc qcomma qelse qeven qfor qgiven qif qin qinteger qlet qodd qor qotherwise qq qqtext qquad qsince
qthen qty quad quantity QuaternaryInf QuaternaryInfC QuinaryInf QuinaryInfC qunless qusing raise rangle
rank rbrace rbrack rceil Re real ref refeq renewcommand renewenvironment renewtagform require Res
Residue restriction rfloor rgroup rhd rho right Rightarrow rightarrow rightarrowtail rightharpoondown
rightharpoonup RightLabel rightleftarrows rightleftharpoons rightrightarrows rightsquigarrow
rightthreetimes risingdotseq RL rlap rm rmoustache root rootAtBottom rootAtTop rowcolor rparen
Rrightarrow Rsh rtimes Rule rule rVert rvert S sbmqty scr scriptscriptstyle scriptsize scriptstyle
searrow sec secant sech Set set setminus sf sharp shortmid shortparallel shortvdotswithin shoveleft
shoveright sideset Sigma sigma sim simeq sin sine singleLine sinh skew small smallfrown smallint
smallmatrixquantity smallsetminus smallsmile smash smdet smile smqty solidLine Space space spadesuit
sphericalangle splitdfrac splitfrac sPmqty spmqty sqcap sqcup sqrt sqsubset sqsubseteq sqsupset
sqsupseteq square stackbin stackrel star strut style Subset subset subseteq subseteqq subsetneq
subsetneqq substack succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sup
Supset supset supseteq supseteqq supsetneq supsetneqq surd svmqty swarrow symbb symbf symbfcal symbffrak
symbfit symbfscr symbfsf symbfsfit symbfsfup symbfup symcal symfrak symit symnormal symrm symscr symsf
symsfit symsfup symtt symup tag tan tangent tanh tau tbinom TeX text textacutedbl textasciiacute
textasciibreve textasciicaron textasciicircum textasciidieresis textasciimacron textasciitilde
textasteriskcentered textbackslash textbaht textbar textbardbl textbf textbigcircle textblank textborn
textbraceleft textbraceright textbrokenbar textbullet textcelsius textcent textcentoldstyle textcircledP
textclap textcolonmonetary textcolor textcompwordmark textcopyleft textcopyright textcurrency textdagger
textdaggerdbl textdegree textdied textdiscount textdiv textdivorced textdollar textdollaroldstyle
textdong textdownarrow texteightoldstyle textellipsis textemdash textendash textestimated texteuro
textexclamdown textfiveoldstyle textflorin textfouroldstyle textfractionsolidus textgravedbl textgreater
textguarani textinterrobang textinterrobangdown textit textlangle textlbrackdbl textleftarrow textless
textlira textllap textlnot textlquill textmarried textmho textminus textmu textmusicalnote textnaira
textnineoldstyle textnormal textnumero textohm textonehalf textoneoldstyle textonequarter
textonesuperior textopenbullet textordfeminine textordmasculine textparagraph textperiodcentered
textpertenthousand textperthousand textpeso textpm textquestiondown textquotedblleft textquotedblright
textquoteleft textquoteright textrangle textrbrackdbl textrecipe textreferencemark textregistered
textrightarrow textrlap textrm textrquill textsection textservicemark textsevenoldstyle textsf
textsixoldstyle textsterling textstyle textsurd textthreeoldstyle textthreequarters textthreesuperior
texttildelow texttimes texttip texttrademark texttt texttwooldstyle texttwosuperior textunderscore
textup textuparrow textvisiblespace textwon textyen textzerooldstyle tfrac therefore Theta theta
thickapprox thicksim thinspace TIC tilde times Tiny tiny to toggle top Tr tr Trace trace triangle
triangledown triangleleft trianglelefteq triangleq triangleright trianglerighteq TrinaryInf TrinaryInfC
tripledash tt twoheadleftarrow twoheadrightarrow UIC ulcorner UnaryInf UnaryInfC underbrace underbracket
underleftarrow underleftrightarrow underline underparen underrightarrow underset unicode unlhd unrhd
upalpha Uparrow uparrow upbeta upchi Updelta updelta Updownarrow updownarrow upepsilon upeta Upgamma
upgamma upharpoonleft upharpoonright upiota upkappa Uplambda uplambda uplus upmu upnu Upomega upomega
upomicron Upphi upphi Uppi uppi Uppsi uppsi uprho uproot Upsigma upsigma Upsilon upsilon uptau Uptheta
uptheta upuparrows Upupsilon upupsilon upvarepsilon upvarphi upvarpi upvarrho upvarsigma upvartheta Upxi
upxi upzeta urcorner usetagform va var varDelta varepsilon varGamma variation varinjlim varkappa
varLambda varliminf varlimsup varnothing varOmega varPhi varphi varPi varpi varprojlim varpropto varPsi
varrho varSigma varsigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq varTheta vartheta
vartriangle vartriangleleft vartriangleright varUpsilon varXi vb vcenter Vdash vDash vdash vdot vdots
vdotswithin vec vectorarrow vectorbold vectorunit vee veebar verb Vert vert vmqty vnabla vphantom vqty
vu Vvdash wedge widehat widetilde wp wr xcancel xhookleftarrow xhookrightarrow Xi xi xLeftarrow
xleftarrow xleftharpoondown xleftharpoonup xLeftrightarrow xleftrightarrow xLeftrightharpoons
xleftrightharpoons xlongequal xmapsto xmat xmathstrut xmatrix xRightarrow xrightarrow xrightharpoondown
xrightharpoonup xRightleftharpoons xrightleftharpoons xtofrom xtwoheadleftarrow xtwoheadrightarrow yen
zeromatrix zeta zmat
"""

# Without the star that some of them may end in.
_ENVIRONMENTS = """
Bmatrix Bsmallmatrix CD Vmatrix Vsmallmatrix align alignat aligned alignedat array bmatrix bsmallmatrix
cases crampedsubarray dcases displaymath drcases empheq eqnarray equation flalign gather gathered
lgathered math matrix multline multlined numcases pmatrix prooftree psmallmatrix rcases rgathered
smallmatrix split spreadlines subarray subnumcases vmatrix vsmallmatrix xalignat xxalignat
"""

COMMANDS = frozenset(_COMMANDS.split())
ENVIRONMENTS = frozenset(_ENVIRONMENTS.split())
