"""``[tool.dlcards]`` in ``pyproject.toml``, or ``dlcards.toml``, to one frozen :class:`Config`."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from dlcards.model import DIALECTS, Config, InputError, Severity, Text, UnfitValue
from dlcards.project.closest import unknown, unknown_code
from dlcards.project.disk import Reach
from dlcards.project.exclusion import check_patterns
from dlcards.project.files import PROJECT_FILES, find_root, folders_above, shown
from dlcards.project.git import checkout
from dlcards.project.own_files import own_text, read_own

_REMEDY = Text("설정 파일을 고치거나 지운다", "mend the configuration, or delete it")
_LARGEST_NUMBER = 10**12  # more bytes, pixels and letters than there are
REGISTERS = ("한다체", "합니다체")
_RANGE = Text("[최소, 최대]여야 한다", "must be [smallest, largest]")
_LONGEST_SAID = 200  # characters of a value in a message


class ConfigError(InputError):
    """A configuration that can't be read; the message names the file, the key and what is allowed."""

    def __init__(self, source: Path, *said: Text | str) -> None:
        parts = [Text(each, each) if isinstance(each, str) else each for each in said]
        super().__init__(
            Text(
                ": ".join([shown(source), *(part.ko for part in parts)]),
                ": ".join([shown(source), *(part.en for part in parts)]),
            )
        )


class Loaded(NamedTuple):
    """A configuration and where it comes from.

    Attributes:
        config: The configuration.
        source: The file that it stands in; None where the project has none.
        keys: The keys that the file sets; all others have their defaults.
        written: The configuration as the file has it: its paths and globs start at its own folder.
    """

    config: Config
    source: Path | None
    keys: frozenset[str]
    written: Config = Config()


def load(start: Path, rules: Mapping[str, str] | None) -> Loaded:
    """The configuration of a file or folder; the defaults where there is none.

    That is the nearest ``dlcards.toml``, or ``pyproject.toml`` with a ``[tool.dlcards]``, from there up to
    the root of the checkout. Its paths and globs start at its own folder.

    Args:
        start: The file or folder.
        rules: The names of the rules that it may speak of, by code. None for whoever only looks for
            documents: then nothing is checked that takes rules or a parser to know.

    Raises:
        ConfigError: The file is no TOML, or says something that dlcards does not know.
    """
    root = find_root(start)
    reach = Reach.of(root)
    found = Loaded(Config(), None, frozenset())
    for folder in folders_above(start):
        if (table := _table_in(folder, reach)) is not None:
            values, source = table
            found = _config(values, source, rules, reach)
            break
        if folder == root:
            break
    origin, branch = checkout(root)
    own = found.config.branch if "branch" in found.keys else branch
    is_silent = "repository" in found.keys and not found.config.repository
    config = replace(found.config, origin=origin, default_branch=own, names_origin=not is_silent)
    if found.source is not None and found.source.parent != root:
        config = _from_root(config, found.source.parent.relative_to(root).as_posix())
    return found._replace(config=config, written=found.config)


def project_file(start: Path) -> Path | None:
    """The file that the configuration of a file or folder stands in; None where it has none."""
    root = find_root(start)
    reach = Reach.of(root)
    for folder in folders_above(start):
        if (table := _table_in(folder, reach)) is not None:
            return table[1]
        if folder == root:
            break
    return None


def _table_in(folder: Path, reach: Reach) -> tuple[Any, Path] | None:
    """The table of a folder's project file, and that file; None where it has none."""
    own, shared = (folder / name for name in PROJECT_FILES)
    if own.exists():
        values = _toml(own, reach)
        # As it would stand in pyproject.toml, from where it may have been copied.
        table = _shared(values, own)
        if set(values) == {"tool"} and table is not None:
            return table, own
        if superfluous := _headers(values):
            why = Text(f"키만 적는다. 뺄 것: {superfluous}", f"holds keys alone; leave out {superfluous}")
            raise ConfigError(own, why)
        return values, own
    table = _shared(_toml(shared, reach), shared) if shared.exists() else None
    return None if table is None else (table, shared)


def _headers(values: dict[str, Any]) -> str:
    """What names our table, or another tool's, in a file that is all ours."""
    tools = [f"[tool.{name}]" for name in values.get("tool", ())]
    return ", ".join([*tools, *(["[dlcards]"] if isinstance(values.get("dlcards"), dict) else [])])


def _from_root(config: Config, home: str) -> Config:
    """A configuration whose paths and globs start at ``home``, as one whose start at the root."""

    def moved(path: str) -> str:
        return posixpath.normpath(posixpath.join(home, path)) if path else path

    return replace(
        config,
        home=home,
        per_file_ignores={moved(glob): codes for glob, codes in config.per_file_ignores.items()},
        layouts={moved(glob): layout for glob, layout in config.layouts.items()},
        languages={moved(glob): language for glob, language in config.languages.items()},
        compare_with=tuple(map(moved, config.compare_with)),
        glossary=moved(config.glossary),
        lock=moved(config.lock),
    )


def keys() -> list[Field[Any]]:
    """The fields of :class:`Config` that a project sets."""
    return [each for each in fields(Config) if each.metadata.get("key", True)]


def key_of(field: str) -> str:
    """The key in the file of a field of :class:`Config`."""
    return field.replace("_", "-")


def _toml(path: Path, reach: Reach) -> dict[str, Any]:
    text = own_text(read_own(path, _REMEDY, reach), path, _REMEDY)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # no TOML, or a number of thousands of digits
        why = Text(f"TOML이 아니다({error}). 그 줄을 고친다", f"is no TOML ({error}); mend that line")
        raise ConfigError(path, why) from error
    except RecursionError as error:
        raise ConfigError(path, Text("너무 깊이 겹쳐 있다", "nested too deep")) from error


def _shared(table: dict[str, Any], path: Path) -> Any:
    """Our table in a file of all tools; None where there is none."""
    tools = table.get("tool", {})
    if not isinstance(tools, dict):
        raise ConfigError(path, _must_be(Text("tool은 표여야 한다", "tool must be a table"), tools))
    return tools.get("dlcards")


def _said(value: Any) -> str:
    """A value in a message, where it is long only its beginning."""
    said = repr(value)
    return said if len(said) <= _LONGEST_SAID else said[:_LONGEST_SAID] + "…"


def _config(table: Any, path: Path, rules: Mapping[str, str] | None, reach: Reach) -> Loaded:
    known = {key_of(each.name): each for each in keys()}
    if not isinstance(table, dict):
        raise ConfigError(
            path, _must_be(Text("tool.dlcards는 표여야 한다", "tool.dlcards must be a table"), table)
        )
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(path, unknown(Text("키", "key"), key, sorted(known)))
        name = known[key].name
        try:
            values[name] = _READERS[str(known[key].type)](value)
            if rules is not None or name == "exclude":
                _CHECKS.get(name, _anything)(values[name], rules or {})
        except UnfitValue as error:
            raise ConfigError(path, key, error.message) from error
    if "exclude" in values:
        values["exclude"] = (*Config().exclude, *values["exclude"])
    config = Config(**values)
    for key, name in [
        ("glossary", config.glossary),
        *(("compare-with", name) for name in config.compare_with),
    ]:
        if name and not (path.parent / name).is_file():
            if (path.parent / name).exists():
                why = Text(
                    f"파일이 아니라 폴더나 파이프, 장치다: {name}. 파일을 적는다",
                    f"is a folder, pipe or device: {name}; name a file",
                )
                raise ConfigError(path, key, why)
            why = Text(
                f"그런 파일이 없다: {name} (경로는 설정 파일의 폴더에서 시작한다)",
                f"no such file: {name} (paths start at the configuration's folder)",
            )
            raise ConfigError(path, key, why)
        if name and not reach.holds(path.parent / name):
            why = Text(
                f"저장소 밖으로 나간다: {name}. 안의 파일을 적는다",
                f"leads out of the repository: {name}; name a file inside",
            )
            raise ConfigError(path, key, why)
    return Loaded(config, path, frozenset(table))


def _unfit(wish: Text, value: Any) -> UnfitValue:
    """That a value is not what it must be."""
    return UnfitValue(_must_be(wish, value))


def _must_be(wish: Text, value: Any) -> Text:
    return Text(f"{wish.ko}. 지금은 {_said(value)}", f"{wish.en}, not {_said(value)}")


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise _unfit(Text("문자열이어야 한다", "must be a string"), value)
    if "\0" in value:  # names of files can't hold it, nor can cards
        said = _said(value)
        raise UnfitValue(Text(f"NUL 문자가 들었다: {said}", f"holds a NUL character: {said}"))
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _unfit(Text("true나 false여야 한다", "must be true or false"), value)
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST_NUMBER:
        wish = Text(
            f"0부터 {_LARGEST_NUMBER}까지의 수여야 한다", f"must be a number from 0 to {_LARGEST_NUMBER}"
        )
        raise _unfit(wish, value)
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise _unfit(
            Text('문자열의 목록이어야 한다(["…", "…"])', 'must be a list of strings, as in ["…", "…"]'), value
        )
    return tuple(map(_string, value))


def _range(value: Any) -> tuple[int, int]:
    if not (isinstance(value, list) and len(value) == 2):
        raise _unfit(_RANGE, value)
    low, high = map(_number, value)
    if low > high:
        raise _unfit(_RANGE, value)
    return low, high


def _table(read: Callable[[Any], Any]) -> Callable[[Any], Mapping[str, Any]]:
    def read_table(value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise _unfit(Text("표여야 한다({ … = … })", "must be a table, as in { … = … }"), value)
        return {_string(key): read(item) for key, item in value.items()}

    return read_table


# By the annotations of Config's fields.
_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _string,
    "bool": _flag,
    "int": _number,
    "tuple[str, ...]": _strings,
    "tuple[int, int]": _range,
    "Mapping[str, str]": _table(_string),
    "Mapping[str, tuple[str, ...]]": _table(_strings),
    "Mapping[str, tuple[int, int]]": _table(_range),
}


def _anything(value: Any, rules: Mapping[str, str]) -> None:
    """What no check limits."""


def _codes(codes: Iterable[str], rules: Mapping[str, str]) -> None:
    for code in codes:
        if not code or not any(known.startswith(code) for known in rules):
            raise UnfitValue(unknown_code(code, rules))


def _severities(table: Mapping[str, str], rules: Mapping[str, str]) -> None:
    for code, severity in table.items():
        if code not in rules:
            raise UnfitValue(unknown_code(code, rules))
        _one_of(severity, [known.value for known in Severity])


def _one_of(value: str, known: Iterable[str]) -> None:
    known = list(known)
    if value not in known:
        raise UnfitValue(unknown(Text("값", "value"), value, known))


def _per_file(table: Mapping[str, tuple[str, ...]], rules: Mapping[str, str]) -> None:
    for codes in table.values():
        _codes(codes, rules)


def _layouts(table: Mapping[str, str], rules: Mapping[str, str]) -> None:
    from dlcards.document.layouts import LAYOUTS  # not above: most projects need no parser to be configured

    for layout in table.values():
        _one_of(layout, LAYOUTS)


def _language(value: str, rules: Mapping[str, str]) -> None:
    # The shape of BCP 47, without its registry: it goes into lang attributes.
    if value and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value):
        wish = Text(
            "ko, en, pt-BR 같은 언어 코드여야 한다", "must be a language's code such as ko, en or pt-BR"
        )
        raise _unfit(wish, value)


def _languages(table: Mapping[str, str], rules: Mapping[str, str]) -> None:
    for language in table.values():
        _language(language, rules)


def _dialect(words: Iterable[str], rules: Mapping[str, str]) -> None:
    for word in words:
        _one_of(word, DIALECTS)


def _repository(value: str, rules: Mapping[str, str]) -> None:
    if value and not re.fullmatch(r"[\w.-]+/[\w.-]+", value):
        raise _unfit(Text("소유자/이름이어야 한다", "must be OWNER/NAME"), value)


def _pattern(value: str, rules: Mapping[str, str]) -> None:
    if value:
        from dlcards.document.pattern import check_pattern  # not above: few projects write one

        check_pattern(value)


def _patterns(patterns: Sequence[str], rules: Mapping[str, str]) -> None:
    check_patterns(patterns)


def _networks(networks: Iterable[str], rules: Mapping[str, str]) -> None:
    import ipaddress  # not above: few projects name one

    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            wish = Text(
                "10.0.0.0/8 같은 네트워크(CIDR)여야 한다", "must be networks (CIDR) such as 10.0.0.0/8"
            )
            raise _unfit(wish, network) from error


def _anchors(value: str, rules: Mapping[str, str]) -> None:
    from dlcards.markdown.slugs import SLUGS

    _one_of(value, SLUGS)


_CHECKS: dict[str, Callable[[Any, Mapping[str, str]], None]] = {
    "select": _codes,
    "ignore": _codes,
    "severity": _severities,
    "per_file_ignores": _per_file,
    "layouts": _layouts,
    "language": _language,
    "languages": _languages,
    "dialect": _dialect,
    "repository": _repository,
    "question_pattern": _pattern,
    "exclude": _patterns,
    "links_allow_net": _networks,
    "anchors": _anchors,
    "register": lambda value, _: _one_of(value, REGISTERS),
}
