"""What the command line's help and typer's messages say in Korean, by what they say in English."""

from __future__ import annotations

import functools
import re

# A name in braces stands for any words: they are said in Korean, too, where they stand here; those of
# {name} are what a page of help calls an option or an argument, and those of {value} stay as they were
# typed.
_KOREAN = {
    # The program and its own options.
    "Lint markdown documents of questions and answers, and make Anki decks of them.": (
        "질문과 답을 적은 마크다운 문서를 검사하고 Anki 덱으로 만든다."
    ),
    "Show the version and exit.": "버전을 보이고 끝낸다.",
    "Install completion for the current shell.": "지금 쓰는 셸에 자동 완성을 설치한다.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "지금 쓰는 셸의 자동 완성을 보인다. 베끼거나 고쳐서 설치할 때 쓴다."
    ),
    "Show this message and exit.": "이 도움말을 보이고 끝낸다.",
    # The commands.
    "Set up a repository: configuration, hook, workflow, and a baseline.": (
        "저장소를 준비한다: 설정, 훅, 워크플로, 기준선을 만든다."
    ),
    "{said} Leaves as it is what is there.": "{said} 있는 것은 그대로 둔다.",
    "Exit code: 0 done, or nothing to do; 2 bad usage or input.": (
        "종료 코드: 0 다 했거나 할 것이 없다, 2 잘못된 사용법이나 입력."
    ),
    "Show what is there of a project's set-up, and what is missing.": (
        "프로젝트에 무엇이 있고 무엇이 빠졌는지 보인다."
    ),
    "{said} Exit code: 0 all there, 1 something is missing, 2 bad usage or input.": (
        "{said} 종료 코드: 0 다 있다, 1 빠진 것이 있다, 2 잘못된 사용법이나 입력."
    ),
    "Find what hurts a reader or a learner.": "읽거나 외우는 데 방해가 되는 것을 찾는다.",
    "{said} Exit code: 0 nothing found, 1 findings, 2 bad usage or input.": (
        "{said} 종료 코드: 0 찾은 것이 없다, 1 있다, 2 잘못된 사용법이나 입력."
    ),
    "List every address with its verdict.": "모든 주소를 판정과 함께 보인다.",
    "{said} Exit code: 1 when one is broken, or twice with --state.": (
        "{said} 종료 코드: 끊어진 것이 있으면 1, --state를 주면 두 번 잇달아 끊어졌을 때만 1."
    ),
    "List all rules: code, name, severity, whether --fix mends them, whether they are on.": (
        "모든 규칙을 보인다: 코드, 이름, 등급, --fix가 고치는지, 켜져 있는지."
    ),
    "Show a rule's page: what it finds, why that hurts, how to mend it, examples.": (
        "규칙이 무엇을 찾고 왜 문제이고 어떻게 고치는지 예와 함께 보인다."
    ),
    "Show what the contents should be, or write them.": "목차가 어떠해야 하는지 보이거나 써넣는다.",
    "{said} Exit code 1: they differ, and are not written.": (
        "{said} 종료 코드 1: 목차가 다르고 쓰지 않았다."
    ),
    "Show how many questions are answered, by file and by section.": (
        "파일과 절마다 질문에 얼마나 답했는지 보인다."
    ),
    "Show the configuration in force, and for each value whether the project or the default says so.": (
        "지금 적용되는 설정과, 값마다 프로젝트가 정했는지 기본값인지 보인다."
    ),
    "Make an Anki deck of all valid pairs.": "올바른 질문과 답을 모두 Anki 덱으로 만든다.",
    "{said} Exit code: 0 done, 1 as options say, 2 bad usage or input.": (
        "{said} 종료 코드: 0 만들었다, 1 옵션이 정한 대로, 2 잘못된 사용법이나 입력."
    ),
    "Take edits that learners made in Anki into the documents, as a patch that is proven.": (
        "학습자가 Anki에서 고친 것을, 증명된 패치로 문서에 가져온다."
    ),
    "Exit code: 0 nothing to take, or all taken; 1 something is left to do by hand; 2 bad usage or input.": (
        "종료 코드: 0 가져올 것이 없거나 다 가져왔다, 1 손으로 할 것이 남았다, 2 잘못된 사용법이나 입력."
    ),
    "What learners have: .apkg files that Anki has exported, or a closed collection.anki2. Behind them files "
    "and folders of documents, as for export; this folder when none is given.": (
        "학습자가 가진 것: Anki가 내보낸 .apkg 파일이나 닫힌 collection.anki2. 그 뒤에 문서 파일과 폴더를 "
        "export처럼 적는다. 없으면 이 폴더."
    ),
    "Ask the Anki that runs here, by its add-on AnkiConnect; or the one at an address.": (
        "여기서 돌아가는 Anki에 확장 프로그램 AnkiConnect로 묻는다. 주소를 주면 그곳의 Anki에 묻는다."
    ),
    "The package that learners had, where git does not know that version.": (
        "학습자가 받은 패키지. git이 그 판을 모를 때 준다."
    ),
    "The number of a question to look at; may be given more than once.": (
        "볼 질문의 번호. 여러 번 줄 수 있다."
    ),
    "Change the documents, and copy new pictures beside them.": (
        "문서를 고쳐 쓰고 새 그림을 그 곁에 놓는다."
    ),
    "text: the patch, and the report as messages; json: all in one.": (
        "text: 패치를 출력하고 보고는 메시지로, json: 모두 하나로."
    ),
    "Make the deck, and import it into the Anki that is running.": "덱을 만들어 열려 있는 Anki에 넣는다.",
    "{said} Exit code: 0 done, 1 edits in Anki would be lost, or as options say, 2 bad usage or input, or no "
    "Anki.": (
        "{said} 종료 코드: 0 넣었다, 1 Anki에서 고친 것을 잃게 되거나 옵션이 정한 대로, 2 잘못된 사용법이나 "
        "입력, 또는 Anki가 없다."
    ),
    "Go on, and import again after each save that changes the deck.": (
        "끝내지 않고, 덱이 달라지는 저장이 있을 때마다 다시 넣는다."
    ),
    "Where AnkiConnect answers. Default: {value}. Its key stands in ANKICONNECT_KEY.": (
        "AnkiConnect가 답하는 주소. 기본값은 {value}. 키는 ANKICONNECT_KEY에 둔다."
    ),
    "Overwrite what was edited in Anki and has changed in the documents since.": (
        "Anki에서 고친 뒤 문서에서도 바뀐 노트를 덮어쓴다."
    ),
    "Show every card on one page, front and back, with what is wrong with it.": (
        "모든 카드의 앞뒤와 문제를 한 페이지에 보인다."
    ),
    "{said} Exit code: 0 done, 2 bad usage or input.": (
        "{said} 종료 코드: 0 만들었다, 2 잘못된 사용법이나 입력."
    ),
    "Serve an editor over standard input and output, by the Language Server Protocol.": (
        "편집기와 표준 입출력으로 Language Server Protocol을 주고받는다."
    ),
    "{said} An editor starts it. Exit code: 0 the editor has ended it, 2 the extra is not installed.": (
        "{said} 편집기가 띄운다. 종료 코드: 0 편집기가 끝냈다, 2 필요한 것이 설치되지 않았다."
    ),
    "Language of messages: ko or en. Default: the editor's.": (
        "메시지의 언어: ko나 en. 기본값은 편집기의 언어."
    ),
    # What several commands take.
    "Files and folders; this folder when none is given. Of a folder's files those are left out that "
    "git ignores or the configuration excludes; a file that is named is read.": (
        "파일과 폴더. 주지 않으면 지금 폴더. 폴더에서는 git이 무시하거나 설정의 exclude에 든 파일을 "
        "빼고, 직접 지정한 파일은 읽는다."
    ),
    "Language of messages: ko or en. Default: the locale's.": (
        "메시지의 언어: ko나 en. 기본값은 로캘의 언어."
    ),
    "Read and keep nothing in the cache of earlier runs.": "지난 실행의 캐시를 읽지도 쓰지도 않는다.",
    "The lock file. Default: the configuration's, else the nearest deck.lock from the documents "
    "upwards, else deck.lock beside them.": (
        "잠금 파일. 기본값은 설정이 정한 것, 없으면 문서에서 위로 올라가며 가장 가까운 deck.lock, "
        "그것도 없으면 문서 옆의 deck.lock."
    ),
    "How to show them: {value} or {more}; issue: those that are broken (twice with --state), "
    "as an issue's text, or nothing.": (
        "보이는 형식: {value}, {more}. issue는 끊어진 것(--state를 주면 두 번 잇달아 끊어진 것)만 "
        "이슈의 글로 쓰고, 없으면 아무것도 쓰지 않는다."
    ),
    "How to show them: {value} or {more}.": "보이는 형식: {value}, {more}.",
    "Ask no network.": "네트워크에 묻지 않는다.",
    "Where verdicts are kept. Default: the user's cache folder.": (
        "판정을 두는 파일. 기본값은 사용자의 캐시 폴더."
    ),
    "Seconds for all links; the rest is undecided.": "모든 링크에 쓸 시간(초). 남은 것은 미정으로 둔다.",
    "A network (CIDR) to ask though it is not public.": "공개되지 않았어도 물어볼 네트워크(CIDR).",
    # init and doctor.
    "The repository's folder.": "저장소의 폴더.",
    "Ask nothing, and write what would be asked for.": "묻지 않고, 물었을 것을 모두 쓴다.",
    "Accept today's findings, so that only new ones fail.": (
        "오늘 찾은 것을 받아들여 새로 생긴 것만 실패하게 한다."
    ),
    "The project's folder.": "프로젝트의 폴더.",
    # lint.
    "How to show findings: {value}.": "찾은 것을 보이는 형식: {value}.",
    "Mend what can be mended, then show what is left.": "고칠 수 있는 것을 고치고 남은 것을 보인다.",
    "Show what --fix would change, and change nothing.": (
        "--fix가 바꿀 것을 보이고, 아무것도 바꾸지 않는다."
    ),
    "Only these rules: codes or their beginnings, by comma.": (
        "이 규칙만 본다: 코드나 그 앞부분을 쉼표로 잇는다."
    ),
    "Not these rules, besides the configuration's.": "설정에 적은 것에 더해 이 규칙도 보지 않는다.",
    "What makes the exit code 1: error, warning, note or never.": (
        "어느 등급부터 종료 코드가 1인지: error, warning, note, never."
    ),
    "Show how often each rule fires instead of the findings.": "찾은 것 대신 규칙마다 몇 개인지 보인다.",
    "Accepted findings. Default: {value} in the project.": (
        "받아들인 것을 적은 기준선 파일. 기본값은 프로젝트의 {value}."
    ),
    "Accept today's findings: only new ones will fail.": (
        "오늘 찾은 것을 받아들인다. 새로 생긴 것만 실패한다."
    ),
    "Leave out what the configuration excludes also where it is named, as hooks name files.": (
        "직접 지정한 파일이라도 exclude에 들었으면 뺀다. 파일을 하나하나 지정하는 훅에 쓴다."
    ),
    # links, explain, toc, stats, config.
    "A file of what was broken; only what was so last time, too, fails.": (
        "끊어진 것을 적어 두는 파일. 지난번에도 끊어져 있던 것만 실패한다."
    ),
    "A rule's code or name, such as Q001 or missing-answer.": (
        "규칙의 코드나 이름. 예: Q001, missing-answer."
    ),
    "Make or mend the contents in the files.": "파일에 목차를 만들거나 고친다.",
    "Show which layout was found in each document, and how sure.": (
        "문서마다 어느 레이아웃으로 얼마나 확실하게 읽었는지 보인다."
    ),
    "Show what a configuration may hold, as JSON Schema for editors.": (
        "설정에 적을 수 있는 것을 편집기가 읽는 JSON Schema로 보인다."
    ),
    # export.
    "The file. Default: build/DECK.apkg in the project.": (
        "만들 파일. 기본값은 프로젝트의 build/덱이름.apkg."
    ),
    "apkg for Anki; csv or json with the pictures in a folder beside.": (
        "apkg는 Anki의 패키지. csv와 json은 그림을 옆의 폴더에 둔다."
    ),
    "The deck's name in Anki. Default: the configuration's.": (
        "Anki에서 보이는 덱 이름. 기본값은 설정이 정한 것."
    ),
    "An earlier .apkg of the deck whose notes to keep; rebuilds a lost lock.": (
        "노트를 이어 갈 이 덱의 예전 .apkg. 잃어버린 잠금 파일을 다시 만든다."
    ),
    "Change nothing and exit with 1 when the lock is stale.": (
        "잠금 파일이 낡았으면 아무것도 바꾸지 않고 1로 끝낸다."
    ),
    "Exit with 1 unless git's index holds the lock as it is now; for hooks.": (
        "지금의 잠금 파일이 git add되어 있지 않으면 1로 끝낸다. 훅에 쓴다."
    ),
    "Exit with 1 when a pair was left out.": "빠진 질문이 있으면 1로 끝낸다.",
    "A tag for every note; may be given more than once.": "모든 노트에 달 태그. 여러 번 줄 수 있다.",
    "Cards of the bold terms of summaries.": "핵심의 굵은 말로 만드는 빈칸 카드.",
    "Cards of follow-up questions.": "꼬리질문 카드.",
    "Scale wider pictures down to so many pixels; 0 for none.": (
        "이보다 넓은 그림을 이 픽셀 수로 줄인다. 0이면 줄이지 않는다."
    ),
    "Take pictures of other sites from the cache alone.": "다른 사이트의 그림은 캐시에 있는 것만 쓴다.",
    "Import the deck into the real Anki first (dlcards[anki]); exit with 1 for what it finds.": (
        "먼저 진짜 Anki에 넣어 본다(dlcards[anki]가 있어야 한다). 문제를 찾으면 1로 끝낸다."
    ),
    "Verify, and say what learners of this earlier .apkg will see of the new one.": (
        "진짜 Anki에 넣어 보고, 이 예전 .apkg로 공부하던 사람에게 무엇이 달라지는지 말한다."
    ),
    "A file for what is new, changed and retired since --against, as Markdown for a release.": (
        "--against의 덱에서 새로 생기고 바뀌고 사라진 것을 릴리스에 실을 마크다운으로 쓸 파일."
    ),
    # preview.
    "The page's folder. Default: build/preview in the project.": (
        "페이지를 둘 폴더. 기본값은 프로젝트의 build/preview."
    ),
    "Serve the page to this machine, and reload it as files change.": (
        "이 컴퓨터에서만 열리는 서버로 보이고, 파일이 바뀌면 다시 보인다."
    ),
    "The port to serve at. Default: {value}, or a free one.": (
        "서버의 포트. 기본값은 {value}, 쓰이고 있으면 비어 있는 것."
    ),
    # Headings and remarks of typer.
    "Usage": "사용법",
    "Arguments": "인자",
    "Options": "옵션",
    "Commands": "명령",
    "required": "필수",
    "default: {value}": "기본값: {value}",
    # Mistakes. Full stops differ between versions of typer.
    "No such option: {value} (Possible options: {more})": "그런 옵션이 없다: {value} (비슷한 것: {more})",
    "No such option: {value}": "그런 옵션이 없다: {value}",
    "No such option {value}. Did you mean {more}?": "그런 옵션이 없다: {value} (비슷한 것: {more})",
    "No such option {value}. (Did you mean one of: {more}?)": (
        "그런 옵션이 없다: {value} (비슷한 것: {more})"
    ),
    "No such option {value}.": "그런 옵션이 없다: {value}",
    "No such command {value}. Did you mean {more}?": "그런 명령이 없다: {value} (비슷한 것: {more})",
    "No such command {value}.": "그런 명령이 없다: {value}",
    "Missing command.": "명령이 빠졌다",
    "Missing argument {name}.": "인자가 빠졌다: {name}",
    "Missing option {name}.": "옵션이 빠졌다: {name}",
    "Option {name} requires an argument.": "옵션에 줄 값이 빠졌다: {name}",
    "Option {name} does not take a value.": "값을 받지 않는 옵션이다: {name}",
    "Got unexpected extra argument ({value})": "남는 인자가 있다: {value}",
    "Got unexpected extra arguments ({value})": "남는 인자가 있다: {value}",
    "Got unexpected extra argument(s) ({value})": "남는 인자가 있다: {value}",
    "Invalid value for {name}: {said}": "{name}의 값이 맞지 않는다: {said}",
    "Invalid value: {said}": "값이 맞지 않는다: {said}",
    "{value} is not a valid {kind}.": "{value}: {kind} 꼴이 아니다",
    "{value} is not in the range {more}.": "{value}: 범위를 벗어난다({more})",
    "Directory {value} does not exist.": "그런 폴더가 없다: {value}",
    "Directory {value} is a file.": "폴더가 아니라 파일이다: {value}",
    "Directory {value} is not readable.": "읽을 수 없는 폴더다: {value}",
}
# What a value is, and what help calls the arguments, in the words of each version of typer.
_NAMES = {
    "options": "옵션",
    "command": "명령",
    "args": "인자",
    "paths": "경로",
    "path": "경로",
    "directory": "폴더",
    "code": "코드",
    "str": "문자열",
    "text": "문자열",
    "float": "숫자",
    "int": "정수",
    "integer": "정수",
    "int range": "정수",
    "integer range": "정수",
    "float range": "숫자",
}


def korean(text: str) -> str:
    """What ``text`` is in Korean; ``text`` where it stands in no table here, paragraph by paragraph."""
    return "\n\n".join(_paragraph(" ".join(part.split())) for part in text.split("\n\n")) or text


def korean_names(text: str) -> str:
    """``text`` with the names of values and arguments in Korean, as in ``[OPTIONS] [paths]...``."""
    return _pattern_of_names().sub(lambda found: _NAMES[found[0].lower()], text)


def korean_remarks(text: str) -> str:
    """The help of an option, and what typer says of it behind: ``…  [default: .; required]``."""
    said, bracket, remarks = text.rpartition("  [") if text.endswith("]") else (text, "", "")
    if not bracket:
        return korean(text)
    return f"{korean(said)}  [{'; '.join(map(korean, remarks[:-1].split('; ')))}]"


def _paragraph(text: str) -> str:
    if text in _KOREAN:
        return _KOREAN[text]
    for pattern, said in _templates():
        if found := pattern.fullmatch(text):
            parts = {name: _part(name, words) for name, words in found.groupdict().items()}
            return said.format(**parts)
    return text


def _part(name: str, words: str) -> str:
    if name == "said":
        return korean(words)
    return korean_names(words) if name in ("name", "kind") else words


@functools.cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """Those of the table that hold names in braces."""
    return [
        (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(english)), re.DOTALL), said)
        for english, said in _KOREAN.items()
        if "{" in english
    ]


@functools.cache
def _pattern_of_names() -> re.Pattern[str]:
    names = "|".join(sorted(_NAMES, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])", re.IGNORECASE)
