"""Compiles the samples in samples.json and prints what is wrong with each, as JSON."""

import doctest
import json
import warnings


def compile_prompts(code):
    for example in doctest.DocTestParser().get_examples(code):
        try:
            compile(example.source, "sample.py", "single", dont_inherit=True)
        except SyntaxError as error:
            if example.exc_msg is None:
                # Positions count the example's lines, without its prompts.
                error.lineno = (error.lineno or 1) + example.lineno
                error.offset = (error.offset or 1) + example.indent + 4
                raise


def problem(sample):
    try:
        if sample["prompts"]:
            compile_prompts(sample["code"])
        else:
            compile(sample["code"], "sample.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        message = f"{type(error).__name__}: {error.msg}"
        return {"message": message, "line": error.lineno, "column": error.offset}
    except Exception as error:  # Too deep, too large, a null byte.
        return {"message": f"{type(error).__name__}: {error}"}
    return None


warnings.simplefilter("ignore")
with open("samples.json", encoding="utf-8") as file:
    samples = json.load(file)
print(json.dumps([problem(sample) for sample in samples]))
