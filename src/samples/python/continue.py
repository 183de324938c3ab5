"""Runs the samples of parts.json in one namespace, the last one aloud.

Writes what prompts answer into wrong.json, and what ends the last one into end.json.
"""

import doctest
import json
import os
import sys
import traceback
import types


def run(code, name, names):
    exec(compile(code, name, "exec", dont_inherit=True), names)


def run_silently(part, names):
    sys.stdout.flush()
    aloud = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.close(silence)
    try:
        if part["prompts"]:
            for example in doctest.DocTestParser().get_examples(part["code"]):
                try:
                    exec(compile(example.source, "earlier.py", "single"), names)
                except Exception:
                    if example.exc_msg is None:
                        raise
        else:
            run(part["code"], "earlier.py", names)
    except (Exception, SystemExit):
        if not part["may_fail"]:
            raise
    finally:
        sys.stdout.flush()
        os.dup2(aloud, 1)
        os.close(aloud)


def run_aloud(code, names):
    # The sample may be in another folder or process by then.
    file, process = os.path.abspath("end.json"), os.getpid()
    try:
        run(code, names["__file__"], names)
    except BaseException as error:
        if os.getpid() == process:
            note_end(error, file)
        raise


def note_end(error, file):
    end = {"name": type(error).__name__, "exits": isinstance(error, SystemExit)}
    if end["exits"] and not isinstance(error.code, (int, type(None))):
        end["message"] = str(error.code)
    try:
        with open(file, "w", encoding="utf-8", errors="replace") as out:
            json.dump(end, out)
    except OSError:  # The sample closed its folder.
        pass


class Checker(doctest.OutputChecker):
    """Remembers what it compared last."""

    def check_output(self, want, got, optionflags):
        self.compared = want, got
        return super().check_output(want, got, optionflags)


class Runner(doctest.DocTestRunner):
    """Gathers what is wrong instead of printing it."""

    def __init__(self):
        super().__init__(checker=Checker(), verbose=False)
        self.wrong = []

    def note(self, example, want, got):
        # Of a traceback only the exception is compared, which is its end.
        offset = example.want.count("\n") - want.count("\n")
        self.wrong.append(
            {"line": example.lineno, "offset": offset, "want": want, "got": got}
        )

    def report_failure(self, out, test, example, got):
        want, compared = self._checker.compared
        if want == example.exc_msg:
            self.note(example, want, compared)
        else:
            self.note(example, example.want, got)

    def report_unexpected_exception(self, out, test, example, exc_info):
        # Without the places of a syntax error, which are doctest's.
        exception = traceback.format_exception_only(*exc_info[:2])[-1]
        self.note(example, example.want, exception)


def main():
    with open("parts.json", encoding="utf-8") as file:
        *before, last = json.load(file)
    wrong = os.path.abspath("wrong.json")
    # Not this module: its names are not the sample's.
    module = types.ModuleType("__main__")
    module.__file__ = os.path.abspath("sample.py")
    sys.argv = ["sample.py"]
    sys.modules["__main__"] = module
    names = module.__dict__
    for part in before:
        run_silently(part, names)
    if last["prompts"]:
        runner = Runner()
        parser = doctest.DocTestParser()
        test = parser.get_doctest(last["code"], names, "sample.py", None, 0)
        runner.run(test, out=lambda text: None)
        with open(wrong, "w", encoding="utf-8") as file:
            json.dump(runner.wrong, file)
    else:
        run_aloud(last["code"], names)


main()
