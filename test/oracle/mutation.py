"""Seeded changes of working programs, one number, argument, name or line at a time, and what a framework says of each.

A row is [program, kind, start, end, text, None or [line, error]]: the characters from start to end were replaced by text, and the program
ran to its end, or raised at that line (the innermost of the program's own). Each mutant runs in a process of its own, forked after the
framework was imported; those that take too long are left out.
"""
import ast
import json
import os
import random
import resource
import select
import signal
import sys
import tempfile
import traceback


class Program:
    def __init__(self, path):
        self.name = f'{path.parent.name}/{path.stem}'
        self.text = path.read_text()
        self.tree = ast.parse(self.text)
        self.starts = [0]
        for line in self.text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, node):
        """Offsets of a node; the programs are ASCII, so columns are characters."""
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset

    def source(self, node):
        start, end = self.span(node)
        return self.text[start:end]


def numbers(program, pick):
    for node in ast.walk(program.tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            value = node.value
            near = [value + 1, value - 1, value * 2, value // 2, 0, -value] if isinstance(value, int) else [-value, value * 10, value + 1, 0.0]
            chosen = pick.choice([other for other in near if other != value])
            yield (*program.span(node), repr(chosen))


def arguments(program, pick):
    for node in ast.walk(program.tree):
        if not isinstance(node, ast.Call) or any(isinstance(each, (ast.Starred, ast.GeneratorExp)) for each in node.args):
            continue
        parts = [program.source(each) for each in node.args] + [program.source(each) for each in node.keywords]
        start, end = program.span(node)
        start = program.span(node.func)[1]

        def call(texts, start=start, end=end):
            return start, end, '(' + ', '.join(texts) + ')'
        if parts:
            drop = pick.randrange(len(parts))
            yield call(parts[:drop] + parts[drop + 1:])
            yield call(parts[:len(node.args)] + [pick.choice(['1', 'None', '3', parts[0]])] + parts[len(node.args):])
        if len(node.args) > 1:
            at = pick.randrange(len(node.args) - 1)
            swapped = list(parts)
            swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
            if swapped != parts:
                yield call(swapped)
        named = [each for each in node.keywords if each.arg]
        if named:
            keyword = pick.choice(named)
            place = program.span(keyword)[0]
            yield place, place + len(keyword.arg), misspelt(keyword.arg, pick)


def misspelt(name, pick):
    if len(name) < 3:
        return name + 's'
    at = pick.randrange(1, len(name) - 1)
    return pick.choice([name[:at] + name[at + 1:], name[:at] + name[at + 1] + name[at] + name[at + 2:] if name[at] != name[at + 1] else name + '_'])


def names(program, pick, confused):
    attributes = sorted({node.attr for node in ast.walk(program.tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == 'self'})
    for scope in [node for node in ast.walk(program.tree) if isinstance(node, (ast.FunctionDef, ast.Module))]:
        body = [node for statement in scope.body if not isinstance(statement, (ast.FunctionDef, ast.ClassDef)) for node in ast.walk(statement)]
        loads = [node for node in body if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
        known = sorted({node.id for node in body if isinstance(node, ast.Name)})
        for node in loads:
            others = [other for other in known if other != node.id]
            if others:
                yield (*program.span(node), pick.choice(others))
    for node in ast.walk(program.tree):
        if not isinstance(node, ast.Attribute):
            continue
        end = program.span(node)[1]
        start = end - len(node.attr)
        yield start, end, misspelt(node.attr, pick)
        if isinstance(node.value, ast.Name) and node.value.id == 'self' and len(attributes) > 1:
            yield start, end, pick.choice([other for other in attributes if other != node.attr])
        rivals = [other for group in confused if node.attr in group for other in group if other != node.attr]
        if rivals:
            yield start, end, pick.choice(rivals)
            yield start, end, pick.choice(rivals)


def lines(program, pick):
    for block in [body for node in ast.walk(program.tree) for body in (getattr(node, 'body', None), getattr(node, 'orelse', None)) if isinstance(body, list)]:
        for at, statement in enumerate(block):
            if isinstance(statement, (ast.Import, ast.ImportFrom, ast.ClassDef)) and pick.random() < 0.5:
                continue
            start, end = program.span(statement)
            yield start, end, 'pass'
            indent = '\n' + ' ' * statement.col_offset
            if isinstance(statement, (ast.Assign, ast.AugAssign, ast.Expr)):
                yield start, end, program.text[start:end] + indent + program.text[start:end]
                if at + 1 < len(block) and isinstance(block[at + 1], (ast.Assign, ast.AugAssign, ast.Expr)):
                    after, last = program.span(block[at + 1])
                    yield start, last, program.text[after:last] + indent + program.text[start:end]


KINDS = [('number', numbers, 0.4), ('argument', arguments, 0.25), ('name', names, 0.2), ('line', lines, 0.15)]


def mutants(program, each, seed, confused):
    pick = random.Random(f'{seed} {program.name}')
    for kind, find, share in KINDS:
        found = sorted(set(find(program, pick, confused) if find is names else find(program, pick)))
        found = [(start, end, text) for start, end, text in found if program.text[start:end] != text]
        for start, end, text in pick.sample(found, min(len(found), round(each * share))):
            yield kind, start, end, text


def verdict(text, name, prepare):
    """None where the program ran, [line, error] where it raised."""
    sys.argv = [name]
    prepare()
    try:
        exec(compile(text, name, 'exec'), {'__name__': '__main__', '__file__': name})
    except SyntaxError as error:
        return [error.lineno, f'SyntaxError: {error.msg}']
    except BaseException as error:  # what a program raises is the answer, SystemExit included
        own = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == name]
        return [own[-1] if own else 0, f'{type(error).__name__}: {str(error)[:160]}']
    return None


def run(text, name, prepare, seconds):
    """The verdict of a process of its own, or 'late'."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            answer = json.dumps(verdict(text, name, prepare))
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], seconds * 12)
    answer = os.read(reading, 65536).decode() if ready else ''
    os.close(reading)
    if not answer:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    os.waitpid(child, 0)
    return json.loads(answer) if answer else 'late'


def write(programs, golden, confused, prepare, each, seed, seconds, only=None):
    """Runs the mutants of every program under `programs` (GROUP/NAME.py) and writes their verdicts."""
    rows = []
    for path in sorted(programs.glob('*/*.py')):
        program = Program(path)
        if only and not program.name.startswith(only):
            continue
        before = run(program.text, program.name, prepare, seconds)
        if before is not None:
            sys.exit(f'{program.name} does not run by itself: {before}')
        for kind, start, end, text in mutants(program, each, seed, confused):
            answer = run(program.text[:start] + text + program.text[end:], program.name, prepare, seconds)
            if answer != 'late':
                rows.append([program.name, kind, start, end, text, answer])
        print(program.name, len(rows), file=sys.stderr, flush=True)
        # a long run may be ended: what is done by then stands
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text('[\n' + ',\n'.join(json.dumps(row, separators=(',', ':')) for row in rows) + '\n]\n')
