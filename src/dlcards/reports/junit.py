"""JUnit XML, which most CI servers show: a suite a document, a case a rule that finds something in it."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dlcards.linter.rules import RULES
from dlcards.model import Severity, name_of
from dlcards.reports.summary import Summary


def render(summary: Summary, language: str) -> str:
    """The run as JUnit XML. Errors and warnings are failures, notes are output of their case."""
    root = Element("testsuites", name="dlcards")
    by_path = defaultdict(list)
    for finding in summary.findings:
        by_path[finding.document.path].append(finding)
    severities = {rule.code: rule.severity.value for rule in RULES}
    for document in summary.documents:
        name = name_of(document.path)
        findings = by_path[document.path]
        suite = SubElement(root, "testsuite", name=name, time="0")
        failures = 0
        findings.sort(key=lambda finding: finding.code)
        for (code, rule), group in groupby(findings, key=lambda finding: (finding.code, finding.name)):
            case = SubElement(suite, "testcase", classname=name, name=f"{code} {rule}", time="0")
            lines, failed = [], False
            for finding in group:
                line, column = finding.document.position(finding.diagnostic.span.start)
                message = finding.diagnostic.message.in_(language)
                lines.append(f"{name}:{line}:{column}: {finding.severity.value} {message}")
                failed |= finding.severity is not Severity.NOTE
            text = "\n".join(lines)
            if failed:
                SubElement(
                    case, "failure", message=text.partition("\n")[0], type=severities[code]
                ).text = text
            else:
                SubElement(case, "system-out").text = text
            failures += failed
        if not findings:
            SubElement(suite, "testcase", classname=name, name="dlcards lint", time="0")
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(failures))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
