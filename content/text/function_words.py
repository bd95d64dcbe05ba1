"""Function words and negations by language: what carries grammar, not content (`authorship.v1`, section 3).

Where a language has no list, words of three letters or fewer are function words. The lists are part of the method:
changing one changes measures, so it needs a new method version.
"""
# size: word lists, nothing to read

from typing import Final

SHORT_WORD: Final = 3  # letters

_ENGLISH = """
a about above across after again against ain't all almost along already also although always am among an and another
any anybody anyone anything are aren't around as at away back be became because become been before behind being
below beneath beside besides between beyond both but by can can't cannot could couldn't did didn't do does doesn't
doing don't done down during each either else enough even ever every everybody everyone everything few for from
further had hadn't has hasn't have haven't having he he'd he'll he's hence her here here's hers herself him himself
his how how's however i i'd i'll i'm i've if in indeed inside instead into is isn't it it'd it'll it's its itself
just least less let let's like many may maybe me might mightn't mine more moreover most much must mustn't my myself
near neither never nevertheless no nobody none nor not nothing now nowhere of off often on once one only onto or
other others otherwise ought our ours ourselves out outside over own per perhaps quite rather really s same shall
shan't she she'd she'll she's should shouldn't since so some somebody somehow someone something sometimes somewhere
still such t than that that'd that'll that's the their theirs them themselves then there there's thereby therefore
these they they'd they'll they're they've this those though through throughout thus till to together too toward
towards under unless until up upon us very via was wasn't we we'd we'll we're we've well were weren't what what's
whatever when whenever where where's whereas wherever whether which whichever while who who'd who'll who's whoever
whole whom whose why will with within without won't would wouldn't yet you you'd you'll you're you've your yours
yourself yourselves
"""
_GERMAN = """
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
bin bis bist da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darin darum das dass davon
dazu dein deine deinem deinen deiner dem den denn der deren des deshalb dessen dich die dies diese diesem diesen
dieser dieses dir doch dort du durch ein eine einem einen einer eines einige einmal er es etwas euch euer eure für
gegen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins
ist ja jede jedem jeden jeder jedes jene jetzt kann kein keine keinem keinen keiner können könnte man manche mehr
mein meine meinem meinen meiner mich mir mit muss müssen nach nicht nichts nie niemals noch nun nur ob oder ohne
schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so sogar solche soll sollen sollte sondern über
um und uns unser unsere unter vom von vor wann war waren warum was weder weil welche welchem welchen welcher wenn
wer werden wie wieder will wir wird wo wurde wurden während zu zum zur zwar zwischen
"""
_FRENCH = """
à ai ainsi alors après as au aucun aucune aussi autre autres aux avant avec avez avoir avons c ce cela ces cet cette
ceux chaque chez ci comme comment d dans de depuis des deux donc dont du elle elles en encore entre est et étaient
était été être eu eux fait il ils j jamais je jusque l la là le les leur leurs lui m ma mais me même mes moi moins
mon n ne ni non nos notre nous on ont ou où par parce pas pendant peu peut plus pour pourquoi qu quand que quel
quelle quels qui quoi rien s sa sans se sera ses si sien soi soit son sont sous sur t ta te tes toi ton tous tout
toute toutes très tu un une vers vos votre vous y
"""
_SPANISH = """
a al algo algunas algunos ante antes aquel aquella así aun aunque bajo bien cada como con contra cual cuando cuya
cuyo de del desde donde dos durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está
estaba están estas este esto estos fue fueron ha había habían hace hacia han hasta hay jamás la las le les lo los
más me mi mientras mis mucho muy nada ni ningún ninguna no nos nosotros nunca o os otra otras otro otros para pero
poco por porque pues que qué quien se sea ser si sí sido siempre sin sino sobre son su sus también tan tanto te
tiene todo todos tras tu tus u un una unas uno unos usted y ya yo
"""
_ITALIAN = """
a ad agli ai al alla alle allo altri altro anche ancora avere aveva c che chi ci come con contro cosa così cui d da
dagli dai dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove e è ed era erano essere fra gli
ha hanno ho i il in io l la le lei li lo loro lui ma mai me mentre mi mia mio molto ne né negli nei nel nella nelle
nello no noi non nostro o ogni per perché più poi prima quale quando quanto quasi quella quelle quelli quello questa
queste questi questo qui se sei sempre senza si sia siamo sono sopra sotto su sua sue sugli sui sul sulla sulle suo
suoi tra tu tua tutti tutto un una uno vi voi
"""
_PORTUGUESE = """
a à ao aos apenas aquela aquele as às até bem cada com como contra da das de dela dele deles depois do dos e é ela
elas ele eles em entre era eram essa esse esta está estão este eu foi foram há isso isto já lhe mais mas me mesmo
meu minha muito na não nas nem no nos nós nossa nosso num numa nunca o onde os ou outra outro para pela pelas pelo
pelos por porque qual quando que quem são se sem ser seu seus só sob sobre sua suas também te tem tinha toda todo
tudo um uma você
"""
_DUTCH = """
aan al alle als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een en er ge geen had heb
hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer men met mij mijn moet
na naar niet niets nog nooit nu of om omdat ons ook op over reeds te tegen toch toen tot u uit uw van veel voor want
waren was wat we wel werd wie wij wil worden zal ze zelf zich zij zijn zo zonder zou
"""
FUNCTION_WORDS: Final = {
    "de": frozenset(_GERMAN.split()),
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
    "fr": frozenset(_FRENCH.split()),
    "it": frozenset(_ITALIAN.split()),
    "nl": frozenset(_DUTCH.split()),
    "pt": frozenset(_PORTUGUESE.split()),
}
NEGATIONS: Final = {
    "de": frozenset(
        ["nicht", "nichts", "kein", "keine", "keinem", "keinen", "keiner", "keines", "nie", "niemals", "ohne", "weder"]
    ),
    "en": frozenset(
        ["not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot"]
    ),
    "es": frozenset(["no", "ni", "nunca", "jamás", "nada", "nadie", "ningún", "ninguna", "sin"]),
    "fr": frozenset(["ne", "n", "pas", "jamais", "rien", "aucun", "aucune", "sans", "ni", "non"]),
    "it": frozenset(["non", "no", "né", "mai", "niente", "nessuno", "senza"]),
    "nl": frozenset(["niet", "niets", "geen", "nooit", "zonder"]),
    "pt": frozenset(["não", "nem", "nunca", "nada", "ninguém", "nenhum", "sem"]),
}


def is_function_word(key: str, *, language: str) -> bool:
    """Return whether the word key carries grammar and not content."""
    listed = FUNCTION_WORDS.get(language)
    if listed is not None:
        return key in listed
    return len(key) <= SHORT_WORD and key.isalpha()


def is_negation(key: str, *, language: str) -> bool:
    """Return whether the word key turns a statement around."""
    return key in NEGATIONS.get(language, frozenset()) or (language == "en" and key.endswith("n't"))
