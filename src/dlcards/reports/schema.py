"""What a configuration may hold, as JSON Schema (draft 2020-12): for editors, and for the documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from dlcards.document.layouts import LAYOUTS
from dlcards.linter.rules import NAMES
from dlcards.markdown.slugs import SLUGS
from dlcards.model import DIALECTS, Config, Severity
from dlcards.project.config import REGISTERS, key_of, keys

_NUMBER = {"type": "integer", "minimum": 0}
_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}
_RANGE = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
# By the annotations of Config's fields.
_SHAPES: dict[str, dict[str, Any]] = {
    "str": _STRING,
    "bool": {"type": "boolean"},
    "int": _NUMBER,
    "tuple[str, ...]": _STRINGS,
    "tuple[int, int]": _RANGE,
    "Mapping[str, str]": {"type": "object", "additionalProperties": _STRING},
    "Mapping[str, tuple[str, ...]]": {"type": "object", "additionalProperties": _STRINGS},
    "Mapping[str, tuple[int, int]]": {"type": "object", "additionalProperties": _RANGE},
}
_CODES = {
    "type": "array",
    "items": {"type": "string", "pattern": f"^[{''.join(sorted({c[0] for c in NAMES}))}][0-9]{{0,3}}$"},
}
_KNOWN: dict[str, dict[str, Any]] = {
    "select": _CODES,
    "ignore": _CODES,
    "per_file_ignores": {"type": "object", "additionalProperties": _CODES},
    "severity": {
        "type": "object",
        "propertyNames": {"enum": list(NAMES)},
        "additionalProperties": {"enum": [severity.value for severity in Severity]},
    },
    "layouts": {"type": "object", "additionalProperties": {"enum": list(LAYOUTS)}},
    "anchors": {"enum": list(SLUGS)},
    "dialect": {"type": "array", "items": {"enum": list(DIALECTS)}},
    "register": {"enum": list(REGISTERS)},
}
KO = {
    "repository": "GitHub의 `주인/이름`. 이 저장소의 주소를 체크아웃에서 찾고, 카드와 그 안의 다른 "
    "파일로 가는 링크가 거기로 이어진다. 적지 않으면 카드는 체크아웃의 "
    '`origin`으로 이어지고, `""`를 적으면 덱에 저장소가 나오지 않는다.',
    "branch": "그런 주소에 적힌 브랜치.",
    "deck": "Anki에서 덱의 이름. 비우면 문서의 이름이다.",
    "language": "답의 언어(BCP 47). 카드의 `lang`과 말, K001이 따른다. 비우면 문서마다 알아낸다.",
    "languages": "`language`와 다른 언어를, 경로의 글롭마다.",
    "exclude": "폴더에서 뺄 것. `.gitignore`의 패턴이고 기본값 뒤에 더해진다. `!build/`는 기본값을 되돌린다.",
    "select": "기본으로 켜진 것 말고 더 켤 규칙: 코드나 그 앞부분(`Q`, `M00`).",
    "ignore": "끌 규칙: 코드나 그 앞부분.",
    "severity": "규칙의 등급을 바꾼다: 코드마다 `error`, `warning`, `note`.",
    "per-file-ignores": "경로의 글롭마다 끌 규칙. `select`보다 세다.",
    "error-free": "끊어진 링크처럼 카드에는 해롭지 않은 오류가 있는 질문도 덱에서 뺀다.",
    "layouts": "경로의 글롭마다 레이아웃. 맞는 글롭이 없으면 알아낸다.",
    "anchors": "제목의 앵커를 어느 서비스처럼 만드는지: `github`나 `gitbook`.",
    "dialect": "GitHub에 없지만 이 문서들이 쓰는 표기(M016).",
    "question-pattern": "`heading` 레이아웃에서 질문인 제목의 정규식. 비우면 번호와 `Q1:`, 물음표로 안다.",
    "contents-headings": "목차의 제목. 이모지와 대소문자는 따지지 않는다.",
    "references-headings": "참고 자료의 제목.",
    "follow-ups-headings": "꼬리질문의 제목.",
    "in-depth-headings": "답이 깊어지는 곳의 제목. 그 아래는 카드에서 한 번 더 접힌다.",
    "summary-label": "핵심 인용문의 콜론 앞 말. 비우면 아는 언어의 말을 모두 읽는다.",
    "hint-label": "힌트 인용문의 콜론 앞 말. 비우면 위와 같다.",
    "placeholders": "아직 쓰지 않은 답을 나타내는 말.",
    "answer-labels": "답이 시작된다고 알리기만 하는 말.",
    "primary-sources": "1차 자료로 치는 호스트와, 필요하면 경로의 앞부분(Q011).",
    "summary-length": "핵심의 가장 짧은 길이와 가장 긴 길이, 글자 수(Q013).",
    "answer-length": "답의 가장 짧은 길이와 가장 긴 길이, 글자 수(Q014).",
    "answer-lengths": "질문마다 따로 정하는 답의 길이(Q014).",
    "compare-with": "답이 베끼면 안 되는 파일(Q015).",
    "generic-alts": "아무것도 말하지 않는 대체 텍스트(I002).",
    "image-bytes": "그림의 가장 큰 크기, 바이트(I006).",
    "image-width": "그림의 가장 큰 폭, 픽셀(I006).",
    "max-image-width": "덱에 담을 때 이보다 넓은 그림을 줄인다, 픽셀. 0이면 그대로 담는다.",
    "vague-link-texts": "어디로 가는지 말하지 않는 링크의 글(L014).",
    "links-exclude": "링크 검사기가 묻지 않을 주소의 글롭.",
    "links-allow-net": "공인망이 아니어도 물을 수 있는 네트워크(CIDR).",
    "register": "K003이 바라는 문체: `한다체`나 `합니다체`.",
    "glossary": "용어를 적은 TOML 파일(K005).",
    "lock": "잠금 파일. 비우면 문서 옆의 `deck.lock`이다.",
}


def schema_in(language: str) -> dict[str, Any]:
    """The schema of ``dlcards.toml``; what stands in ``[tool.dlcards]`` of ``pyproject.toml`` is the same."""
    english, defaults = descriptions(), Config()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dlcards",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key_of(each.name): {
                "description": {"ko": KO, "en": english}[language][key_of(each.name)],
                **(_KNOWN.get(each.name) or _SHAPES[str(each.type)]),
                "default": _json(getattr(defaults, each.name)),
            }
            for each in keys()
        },
    }


def descriptions() -> Mapping[str, str]:
    """What each key is, in English: the attributes of :class:`Config`, as its docstring has them."""
    _, _, attributes = (Config.__doc__ or "").partition("Attributes:\n")
    found = re.findall(r"^ {8}(\w+): (.*(?:\n {12}.*)*)", attributes, re.MULTILINE)
    return {key_of(name): _plain(" ".join(text.split())) for name, text in found}


def _plain(text: str) -> str:
    return re.sub(r":\w+:`([^`]*)`", r"`\1`", text).replace("``", "`")


def _json(value: object) -> object:
    return list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value


def page(language: str) -> str:
    """The keys as a table in markdown, with their types and defaults."""
    heads = {"ko": "| 키 | 값 | 기본값 | 뜻 |", "en": "| key | value | default | meaning |"}
    rows = [
        f"| `{key}` | {_type(each, language)} | {_default(each['default'])} | {_cell(each['description'])} |"
        for key, each in schema_in(language)["properties"].items()
    ]
    return "\n".join([heads[language], "|---|---|---|---|", *rows]) + "\n"


_TYPES = {
    "ko": {
        "string": "문자열",
        "boolean": "`true`, `false`",
        "integer": "숫자",
        "array": "목록",
        "object": "표",
    },
    "en": {
        "string": "string",
        "boolean": "`true`, `false`",
        "integer": "number",
        "array": "list",
        "object": "table",
    },
}


def _type(shape: Mapping[str, Any], language: str) -> str:
    inner = shape.get("items", shape.get("additionalProperties", {}))
    values = ", ".join(f"`{value}`" for value in shape.get("enum", inner.get("enum", ())))
    kind = _TYPES[language].get(shape.get("type", ""), "")
    return f"{kind}: {values}" if kind and values else kind or values


def _default(value: Any) -> str:
    if value in ("", [], {}):
        return "–"
    said = (
        [str(item) for item in value] if isinstance(value, list) else [json.dumps(value, ensure_ascii=False)]
    )
    shown, rest = said[:4], len(said) - 4
    return _cell(", ".join(f"`{item}`" for item in shown) + (f" … (+{rest})" if rest > 0 else ""))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
