"""Words too common to search for, Dutch and English, written as they are after folding (lower case, no accents)."""

from coach.domain.values import Language

_NL = """
aan aangaande achter af al aldus alhoewel alle allebei alleen alles als alsook altijd ander andere anders bent ben
beide beter bij bijna binnen blijkbaar boven bovendien buiten by daar daarbij daardoor daarin daarmee daarna daarnaast
daarom daarop daarvan daarvoor dan dat de deze die dit dichtbij doch doe doen doet door dus echt echter een een eens
eerst eigen elk elke en enige enkel enkele er ergens etc even eventueel ga gaan gaat gauw geen gedaan gehad geheel
gekund geleden gemoeten gen gewoon haar had hadden hare heb hebben hebt heeft heel hele helemaal hem hen het hier
hierbij hij hoe hoewel hun hunne ie ieder iedere iemand iets ik immers in indien is ja je jij jou jouw jullie jezelf
kan kon konden kun kunnen kunt kwam laat laten lang liever maar maken me meer meest men met mezelf mij mijn mijne
misschien mocht mochten moest moesten moet moeten mogelijk mogen na naar nee net niet niets nodig nog nogal nooit nu
nou of om omdat ondanks onder ondertussen ons onszelf onze ook op opnieuw opzij over overal pas per rond rondom samen
sinds sindsdien slechts soms steeds t te tegen terwijl tijdens toch toe toen tot tussen u uit uw uzelf vaak van vanaf
vanuit veel verder via vooral voor voordat vooruit waar waarbij waardoor waarin waarmee waarom waarop waarvan waarvoor
wanneer want waren was wat we weer weg wel welk welke wezen wie wiens wier wij wil willen wilt word worden wordt worde
zal ze zeer zei zelf zelfs zich zichzelf zij zijn zijne zo zoals zodat zou zouden zoveel zowat zulke zullen zult
s m n k r goed moeten gaf gaven gaat
"""
_EN = """
a about above after again against all also am an and any are aren as at be because been before being below between
both but by can cannot could couldn d did didn do does doesn doing don down during each even ever every few for from
further get gets getting go goes going got had hadn has hasn have haven having he her here hers herself him himself
his how however i if in into is isn it its itself just let like ll m many may me might more most much must my myself
no nor not now of off often on once one only or other others ought our ours ourselves out over own perhaps quite
rather re really s same shall she should shouldn since so some something still such t than that the their theirs them
themselves then there these they thing things this those though through to too under until up upon us ve very was
wasn we well were weren what when where whether which while who whom whose why will with within without won would
wouldn yet you your yours yourself yourselves anything everything someone anyone
"""

STOP_WORDS: dict[Language, frozenset[str]] = {
    Language.NL: frozenset(_NL.split()),
    Language.EN: frozenset(_EN.split()),
}
