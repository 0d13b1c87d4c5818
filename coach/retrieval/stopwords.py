"""Words too common to search for, in both languages, as they are after folding (lower case, no accents)."""

from coach.domain.values import Language

_NL = """
aan aangaande achter af al aldus alhoewel alle allebei alleen alles als alsook altijd ander andere anders
beide ben bent beter bij bijna binnen blijkbaar boven bovendien buiten by daar daarbij daardoor daarin
daarmee daarna daarnaast daarom daarop daarvan daarvoor dan dat de deze dichtbij die dit doch doe doen doet
door dus echt echter een eens eerst eigen elk elke en enige enkel enkele er ergens etc even eventueel ga
gaan gaat gaf gauw gaven gedaan geen gehad geheel gekund geleden gemoeten gen gewoon goed haar had hadden
hare heb hebben hebt heeft heel hele helemaal hem hen het hier hierbij hij hoe hoewel hun hunne ie ieder
iedere iemand iets ik immers in indien is ja je jezelf jij jou jouw jullie k kan kon konden kun kunnen kunt
kwam laat lang laten liever m maar maken me meer meest men met mezelf mij mijn mijne misschien mocht mochten
moest moesten moet moeten mogelijk mogen n na naar nee net niet niets nodig nog nogal nooit nou nu of om
omdat ondanks onder ondertussen ons onszelf onze ook op opnieuw opzij over overal pas per r rond rondom s
samen sinds sindsdien slechts soms steeds t te tegen terwijl tijdens toch toe toen tot tussen u uit uw uzelf
vaak van vanaf vanuit veel verder via voor vooral voordat vooruit waar waarbij waardoor waarin waarmee
waarom waarop waarvan waarvoor wanneer want waren was wat we weer weg wel welk welke wezen wie wiens wier
wij wil willen wilt word worde worden wordt zal ze zeer zei zelf zelfs zich zichzelf zij zijn zijne zo zoals
zodat zou zouden zoveel zowat zulke zullen zult
"""
_EN = """
a about above after again against all also am an and any anyone anything are aren as at be because been
before being below between both but by can cannot could couldn d did didn do does doesn doing don down
during each even ever every everything few for from further get gets getting go goes going got had hadn has
hasn have haven having he her here hers herself him himself his how however i if in into is isn it its
itself just let like ll m many may me might more most much must my myself no nor not now of off often on
once one only or other others ought our ours ourselves out over own perhaps quite rather re really s same
shall she should shouldn since so some someone something still such t than that the their theirs them
themselves then there these they thing things this those though through to too under until up upon us ve
very was wasn we well were weren what when where whether which while who whom whose why will with within
without won would wouldn yet you your yours yourself yourselves
"""

STOP_WORDS: dict[Language, frozenset[str]] = {
    Language.NL: frozenset(_NL.split()),
    Language.EN: frozenset(_EN.split()),
}
