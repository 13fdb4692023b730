"""The words that ask, language by language: how questions begin, what they hold, how they end."""

from __future__ import annotations

import re

from dlcards.model import lazy_compile

_AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|can|could|would|should|will|might|may|must|have|has|had)(?:n['’]?t)?"
)
ENGLISH = lazy_compile(
    # A clause asks where its verb comes before its subject: "what is it", but not "what it is".
    r"(?:(?:in|for|on|at|to|by|with|from|under|of) )?(?:what|why|how|when|which|who|whose|whom|where)\b"
    rf"(?: \S+){{0,4}}? {_AUXILIARY} [^\W_]"
    r"|(?:what|which|who|how) (?:of|about|if|makes?|happens?|causes?|means|many|much|long|often|to)\b"
    r"|(?:what|why|how|when|who|where)['’]?(?:s|re)\b"
    r"|(?:explain|describe|differentiate|distinguish|discuss|elaborate|justify)\b"
    r"|(?:define|compare|contrast|mention|illustrate|demonstrate|summari[sz]e) \w"
    r"|tell (?:me|us)\b|walk (?:me|us)\b|talk about\b"
    r"|(?:give|provide|write|list|name|state|implement|create|design|find|show|identify|outline)"
    r" (?:me|us|an?|the|some|any|all|down|out|examples?|code|your|two|three|four|five|\d+)\b"
    r"|(?:is|are|was|were|do|does|did|can|could|should|would|will|have|has) (?:\S+ ){1,}\S"
    r"|(?:the )?(?:main |key |major )?differences? between\b|true or false\b"
    r"|(?:suppose|imagine|assume|given|consider|if) (?:\S+ ){2,}",
    re.I,
)
KOREAN = lazy_compile(
    r"무엇|무슨|어떻|어떤|어느|왜|언제|누가|뭔가|몇\s*[가개]"
    r"|(?:설명|서술|비교|구현|계산|증명|제시|제공|소개|작성|나열|정의|기술)"
    r"(?:하시|하십|하라|하세요|해\s*(?:보|주|봐|줘|라))"
    r"|설명하|설명해|말해|말씀|논하|구하시|고르시|고르세요|쓰시오|써\s*보|알려\s*주|예를 들어\s*보"
    r"|(?:이란|란|인가|는가|은가|한가|던가|을까|일까|ㄹ까|할까|될까|습니까|ㅂ니까|입니까|니까|나요|가요|까요)\W*\Z"
)
# Nouns that ask where they are numbered; plenty of headings that ask nothing hold them, too.
NOUNS = lazy_compile(
    r"차이|이란|란(?![가-힣])|방법|이유|장단점|종류|특징"
    r"|\b(?:vs|versus|differences?|advantages|disadvantages|pros and cons|types of)\b",
    re.I,
)
CHINESE = lazy_compile(
    r"什么|什麼|怎么|怎麼|怎样|怎樣|如何|为何|為何|何为|何為|何处|何處|何时|何時|哪些|哪个|哪個|哪种|哪種|哪里"
    r"|吗\W*\Z|嗎\W*\Z|区别|區別|谈谈|談談|说说|說說|说一说|說一說|说一下|讲讲|讲一下|介绍一下|解释|解釋|简述|簡述"
    r"|是否|有何|多少|\A(?:请(?!求|假)|請(?!求|假)|列举|列舉|列出|阐述|闡述|指出|给出|給出|写出|寫出|说出|說出)"
    r"|\A描述(?!符|性|文件|信息|语言|語言)"
)
JAPANESE = lazy_compile(
    r"とは\W*\Z|ですか|でしょうか|ますか|なぜ|(?<![なほ])どの|どう(?![ぞも])|何が|何を|何で|述べよ|述べて|説明せよ|説明して|教えて|挙げて|挙げよ"
    r"|違い(?:は|を)|(?:ください|下さい|しなさい)\W*\Z"
)
# Of other languages: how questions and tasks begin.
_BEGINNINGS = (
    # German
    r"was|wie|warum|weshalb|wieso|wann|wo|wozu|wofür|wodurch|worin|woran|welche[mnrs]?|inwiefern|nenne|erläutere"
    r"|erkläre|beschreibe|vergleiche|begründe|(?:nennen|erläutern|erklären|beschreiben|vergleichen|begründen"
    r"|definieren|geben|skizzieren|klären|zeigen) sie",
    # French
    r"comment|pourquoi|quand|où|combien|quel(?:le)?s?|qu['’]\s?est[- ]ce|que (?:signifie|fait|sont)"
    r"|(?:expliqu|donn|cit|list|compar)(?:ez|er)|décri(?:vez|re)",
    # Spanish and Portuguese
    r"(?:(?:a|de|en|para|por) )?(?:qué|cuál(?:es)?)|cómo|cuándo|cuánt[oa]s?|dónde|quién(?:es)?"
    r"|expli(?:ca|que|car)|descri(?:be|ba|bir)|menciona|enumera|nombra"
    r"|o que (?:é|são|faz|significa)|como|quando|por que|qual|quais|descreva|cite|liste|compare",
    # Italian
    r"(?:che )?cos['’]\s?è|cosa|che cosa|come|perché|quando|quali?|spiega(?:re)?|descrivi|elenca",
    # Polish
    r"co to|czym|jak|jaki(?:e|ch)?|jaka|dlaczego|kiedy|opisz|wyjaśnij|wytłumacz|wymień|podaj",
    # Russian and Ukrainian
    r"(?:(?:в|для|из|на|от|по|с|к|за|о) )?(?:что|чего|чем|чём|чему"
    r"|как(?:ой|ая|ое|ие|им|ими|их|ого|ую|ова|овы)?"
    r"|котор(?:ый|ая|ое|ые))|почему|зачем|когда|где|сколько|отличи[ея] между|разница между"
    r"|(?:назов|перечисл|опиш|объясн|расскаж|привед|срав?н|напиш|реализу|укаж|определ|покаж|да)[а-яё]*те"
    r"|що|як(?:ий|а|е|і|им)?|чому|навіщо|коли|де|(?:назв|опиш|поясн|розкаж|наве|порівня)[а-яіїє]*ть",
    # Indonesian, Tagalog, Vietnamese
    r"apa(?:kah)?|bagaimana|mengapa|kapan|jelaskan|sebutkan|ano|paano|bakit|ilarawan|ipaliwanag"
    r"|tại sao|vì sao|giải thích|trình bày|phân biệt|so sánh|nêu|hãy",
)
OTHERS = lazy_compile(
    rf"(?:{'|'.join(_BEGINNINGS)})\b(?=\W*\w)|.*(?:\blà gì|\bthế nào|\bnedir|\bnelerdir|\bnasıl)\b", re.I
)
