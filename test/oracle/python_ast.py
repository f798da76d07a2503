"""Dumps files as CPython's `ast` reads them, in the form of language-server/python/source/syntax.ts, for comparison.

    python python_ast.py FILE...        one JSON document a line: {"file": ..., "tree": ...}
    python python_ast.py --snippets     reads {"name": source} on stdin, writes {"name": {"source", "tree"}}

Run with CPython 3.12 or later: before, expressions inside f-strings have no exact places.
Run with CPython 3.12 or later: before, expressions inside f-strings have no exact places.
A node is [type, start, end, field, ...]; offsets are UTF-16 units, as in the editor. Fields stand in the order of FIELDS.
"""
import ast
import json
import sys


class Dump:
    def __init__(self, source):
        self.lines = []
        offset = 0
        for line in source.split('\n'):
            self.lines.append((offset, line, line.isascii()))
            offset += len(line.encode('utf-16-le')) // 2 + 1

    def at(self, line, column):
        offset, text, is_ascii = self.lines[line - 1]
        if is_ascii:
            return offset + column
        return offset + len(text.encode()[:column].decode().encode('utf-16-le')) // 2

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def __call__(self, node):
        if node is None:
            return None
        if isinstance(node, list):
            return [self(each) for each in node]
        if not isinstance(node, ast.AST):
            return node
        name = type(node).__name__
        method = getattr(self, 'dump_' + name, None)
        if method:
            return method(node)
        if isinstance(node, (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)):
            return name
        fields = [self(value) for field, value in ast.iter_fields(node) if field not in ('ctx', 'type_comment', 'type_ignores', 'kind', 'simple', 'type_params')]
        if not hasattr(node, 'lineno'):
            return [name, *fields]
        return [name, *self.span(node), *fields]

    def dump_Module(self, node):
        return ['Module', self(node.body)]

    def dump_Constant(self, node):
        value = node.value
        if value is None or value is Ellipsis:
            shown = str(value)
        elif isinstance(value, bytes):
            shown = ['bytes', value.decode('latin-1')]
        elif isinstance(value, bool):
            shown = ['bool', value]
        elif isinstance(value, complex):
            shown = ['complex', value.imag]
        elif isinstance(value, int):
            shown = ['int', hex(value)]
        elif isinstance(value, float):
            shown = ['float', value]
        else:
            shown = ['str', value]
        return ['Constant', *self.span(node), shown]

    def dump_MatchSingleton(self, node):
        return ['MatchSingleton', *self.span(node), 'None' if node.value is None else node.value]

    def dump_JoinedStr(self, node):
        return ['JoinedStr', *self.span(node), self.parts(node)]

    def parts(self, node):
        result = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                result.append(part.value)
            else:
                conversion = None if part.conversion == -1 else chr(part.conversion)
                result.append(['FormattedValue', self(part.value), conversion, part.format_spec and self.parts(part.format_spec)])
        return result

    def dump_FunctionDef(self, node):
        return ['FunctionDef', *self.span(node), type(node) is ast.AsyncFunctionDef, node.name, self(node.args), self(node.body), self(node.decorator_list),
                self(node.returns), is_generator(node), self.names(node)]

    dump_AsyncFunctionDef = dump_FunctionDef

    def dump_ClassDef(self, node):
        return ['ClassDef', *self.span(node), node.name, self(node.bases), self(node.keywords), self(node.body), self(node.decorator_list), self.names(node)]

    def dump_TypeAlias(self, node):
        return ['TypeAlias', *self.span(node), node.name.id, self.names(node), self(node.value)]

    def names(self, node):
        return [parameter.name for parameter in getattr(node, 'type_params', [])]

    def dump_For(self, node):
        return ['For', *self.span(node), type(node) is ast.AsyncFor, self(node.target), self(node.iter), self(node.body), self(node.orelse)]

    dump_AsyncFor = dump_For

    def dump_With(self, node):
        return ['With', *self.span(node), type(node) is ast.AsyncWith, [[self(item.context_expr), self(item.optional_vars)] for item in node.items], self(node.body)]

    dump_AsyncWith = dump_With

    def dump_Try(self, node):
        return ['Try', *self.span(node), self(node.body), [['ExceptHandler', self(each.type), each.name, self(each.body)] for each in node.handlers],
                self(node.orelse), self(node.finalbody), type(node).__name__ == 'TryStar']

    dump_TryStar = dump_Try

    def dump_arguments(self, node):
        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        both = [[*self(arg), self(default)] for arg, default in zip(plain, defaults)]
        keyword = [[*self(arg), self(default)] for arg, default in zip(node.kwonlyargs, node.kw_defaults)]
        cut = len(node.posonlyargs)
        return [both[:cut], both[cut:], node.vararg and [*self(node.vararg), None], keyword, node.kwarg and [*self(node.kwarg), None]]

    def dump_comprehension(self, node):
        return [self(node.target), self(node.iter), self(node.ifs), bool(node.is_async)]

    def dump_match_case(self, node):
        return [self(node.pattern), self(node.guard), self(node.body)]


def is_generator(function):
    """Whether `yield` stands in the function itself."""
    stack = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            stack += node.decorator_list
            if isinstance(node, ast.ClassDef):
                continue
            stack += [each for each in node.args.defaults + node.args.kw_defaults if each]
        elif isinstance(node, ast.Lambda):
            stack += [each for each in node.args.defaults + node.args.kw_defaults if each]
        else:
            stack += ast.iter_child_nodes(node)
    return False


def dump(source):
    source = source.replace('\r\n', '\n').replace('\f', ' ')
    return Dump(source)(ast.parse(source))


if __name__ == '__main__':
    sys.setrecursionlimit(10000)
    if sys.argv[1:] == ['--snippets']:
        snippets = json.load(sys.stdin)
        print(json.dumps({name: {'source': source, 'tree': dump(source)} for name, source in snippets.items()}, ensure_ascii=True))
    else:
        for file in sys.argv[1:]:
            try:
                with open(file, encoding='utf-8', newline='') as stream:
                    text = stream.read()
                tree = dump(text)
            except (SyntaxError, ValueError, RecursionError, UnicodeDecodeError):
                continue
            print(json.dumps({'file': file, 'tree': tree}))
