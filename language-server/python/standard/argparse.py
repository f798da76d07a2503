"""Command lines: the program is run without arguments, so every option has its default."""
from _analysis import unknown as _unknown

SUPPRESS = '==SUPPRESS=='
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'
REMAINDER = '...'
PARSER = 'A...'


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __contains__(self, key):
        return key in self.__dict__

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __repr__(self):
        return f"Namespace({', '.join([f'{name}={value!r}' for name, value in self.__dict__.items()])})"


class Action:
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help
        self.metavar = metavar


class BooleanOptionalAction(Action):
    pass


class HelpFormatter:
    def __init__(self, *args, **kwargs):
        pass


RawDescriptionHelpFormatter = RawTextHelpFormatter = ArgumentDefaultsHelpFormatter = MetavarTypeHelpFormatter = HelpFormatter


class FileType:
    def __init__(self, mode='r', *args, **kwargs):
        pass

    def __call__(self, string):
        return _unknown('the contents of a file')


_SETTINGS = ('action', 'nargs', 'const', 'default', 'type', 'choices', 'required', 'help', 'metavar', 'dest', 'version', 'deprecated')


class _Container:
    def __init__(self):
        self._actions = []
        self._defaults = {}

    def add_argument(self, *flags, **kwargs):
        for name in kwargs:
            if name not in _SETTINGS and isinstance(kwargs.get('action', 'store'), str):
                raise TypeError(f"__init__() got an unexpected keyword argument '{name}'")
        options = [each for each in flags if each.startswith('-')]
        dest = kwargs.get('dest')
        if dest is None:
            if options:
                longer = [each for each in options if each.startswith('--')] or options
                dest = longer[0].lstrip('-').replace('-', '_')
            elif flags:
                dest = flags[0]
            else:
                raise TypeError('dest= is required for options that have no name')
        kind = kwargs.get('action', 'store')
        default = kwargs.get('default')
        if kind == 'store_true' and 'default' not in kwargs:
            default = False
        elif kind == 'store_false' and 'default' not in kwargs:
            default = True
        action = Action(options, dest, kwargs.get('nargs'), kwargs.get('const'), default, kwargs.get('type'), kwargs.get('choices'), kwargs.get('required', not options), kwargs.get('help'))
        action.kind = kind
        action.given = 'default' in kwargs
        self._actions.append(action)
        return action

    def add_argument_group(self, *args, **kwargs):
        return _Group(self)

    def add_mutually_exclusive_group(self, **kwargs):
        return _Group(self)

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def get_default(self, dest):
        if dest in self._defaults:
            return self._defaults[dest]
        for action in self._actions:
            if action.dest == dest:
                return action.default
        return None

    def register(self, registry_name, value, object):
        pass


class _Group(_Container):
    def __init__(self, container):
        self._actions = container._actions
        self._defaults = container._defaults


class _Subparsers:
    def __init__(self, parser, dest, required):
        self._parser = parser
        self.dest = dest
        self.required = required
        self.choices = {}

    def add_parser(self, name, **kwargs):
        parser = ArgumentParser(**{key: value for key, value in kwargs.items() if key not in ('help', 'aliases')})
        self.choices[name] = parser
        return parser


class ArgumentParser(_Container):
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=HelpFormatter, prefix_chars='-', fromfile_prefix_chars=None, argument_default=None,
                 conflict_handler='error', add_help=True, allow_abbrev=True, exit_on_error=True):
        super().__init__()
        self.prog = prog
        self.description = description
        self.epilog = epilog
        self.usage = usage
        self._subparsers = None
        for parent in parents:
            self._actions.extend(parent._actions)
            self._defaults.update(parent._defaults)

    def add_subparsers(self, *, title=None, description=None, prog=None, dest=None, required=False, help=None, metavar=None, **kwargs):
        self._subparsers = _Subparsers(self, dest, required)
        return self._subparsers

    def parse_args(self, args=None, namespace=None):
        result, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return result

    def parse_known_args(self, args=None, namespace=None):
        result = Namespace() if namespace is None else namespace
        for action in self._actions:
            if action.kind not in ('help', 'version') and action.default != SUPPRESS and action.dest not in result:
                setattr(result, action.dest, self._default(action, args is None))
        for name, value in self._defaults.items():
            if name not in result:
                setattr(result, name, value)
        if self._subparsers is not None and self._subparsers.dest is not None and self._subparsers.dest not in result:
            required = self._subparsers.required and args is None
            setattr(result, self._subparsers.dest, _unknown('an argument of the command line') if required else None)
        return result, self._read(list(args), result) if args else []

    parse_intermixed_args = parse_args

    def _default(self, action, may_be_given):
        if action.dest in self._defaults:
            return self._defaults[action.dest]
        if action.required and action.nargs not in ('?', '*') and may_be_given:
            return _unknown(f'the argument {action.dest} of the command line')
        if isinstance(action.default, str) and action.type is not None and action.nargs not in ('*', '+'):
            return action.type(action.default)
        if action.default is None and not action.option_strings and action.nargs == '*':
            return []
        return action.default

    def _read(self, args, result):
        """Puts what the arguments say into the namespace; gives those that were not recognised."""
        options = {}
        for action in self._actions:
            for option in action.option_strings:
                options[option] = action
                if action.kind is BooleanOptionalAction and option.startswith('--'):
                    options['--no-' + option[2:]] = action
        positional = [action for action in self._actions if not action.option_strings]
        rest = []
        at = 0
        while at < len(args):
            token = args[at]
            at += 1
            if token == '--':
                continue
            if not token.startswith('-') or self._is_number(token) and token not in options:
                if self._subparsers is not None and not positional and token in self._subparsers.choices:
                    if self._subparsers.dest is not None:
                        setattr(result, self._subparsers.dest, token)
                    _, more = self._subparsers.choices[token].parse_known_args(args[at:], result)
                    return rest + more
                if not positional:
                    rest.append(token)
                    continue
                action = positional.pop(0)
                at, values = self._values(action, args, at - 1, options)
                self._store(action, values, result)
                continue
            name, equals, value = token.partition('=')
            action = options.get(name)
            if action is None:
                longer = [each for each in options if each.startswith(name) and name.startswith('--')]
                action = options[longer[0]] if len(longer) == 1 else None
            if action is None and not token.startswith('--') and token[:2] in options:
                action = options[token[:2]]
                if action.kind in ('store_true', 'store_false', 'store_const', 'append_const', 'count') and len(token) > 2 and not equals:
                    # flags of one letter, several behind one dash
                    args = args[:at] + ['-' + token[2:]] + args[at:]
                else:
                    equals, value = '=', token[2:]
            if action is None:
                rest.append(token)
            elif action.kind == 'store_true' or action.kind == 'store_false':
                setattr(result, action.dest, action.kind == 'store_true')
            elif action.kind is BooleanOptionalAction:
                setattr(result, action.dest, not name.startswith('--no-'))
            elif action.kind == 'store_const':
                setattr(result, action.dest, action.const)
            elif action.kind == 'append_const':
                setattr(result, action.dest, list(getattr(result, action.dest) or []) + [action.const])
            elif action.kind == 'count':
                setattr(result, action.dest, (getattr(result, action.dest) or 0) + 1)
            elif action.kind in ('help', 'version'):
                raise SystemExit(0)
            else:
                if equals:
                    values = value if action.nargs in (None, '?') else [value]
                else:
                    at, values = self._values(action, args, at, options)
                self._store(action, values, result)
        return rest

    def _values(self, action, args, at, options):
        most = {None: 1, '?': 1}.get(action.nargs, action.nargs if isinstance(action.nargs, int) else len(args))
        values = []
        while at < len(args) and len(values) < most and (action.nargs == REMAINDER or not args[at].startswith('-') or self._is_number(args[at])):
            values.append(args[at])
            at += 1
        if action.nargs is None or action.nargs == '?':
            if not values:
                if action.nargs is None:
                    self.error(f"argument {'/'.join(action.option_strings) or action.dest}: expected one argument")
                return at, action.const
            return at, values[0]
        return at, values

    def _store(self, action, values, result):
        if isinstance(values, list):
            values = [self._converted(action, each) for each in values]
        elif isinstance(values, str):
            values = self._converted(action, values)
        if action.kind == 'append':
            values = list(getattr(result, action.dest) or []) + [values]
        elif action.kind == 'extend':
            values = list(getattr(result, action.dest) or []) + values
        elif isinstance(action.kind, type) and issubclass(action.kind, Action):
            action.kind(action.option_strings, action.dest)(self, result, values, None)
            return
        setattr(result, action.dest, values)

    def _converted(self, action, text):
        if action.type is not None:
            try:
                text = action.type(text)
            except (TypeError, ValueError):
                self.error(f'argument {action.dest}: invalid value: {text!r}')
        if action.choices is not None and text not in action.choices:
            self.error(f'argument {action.dest}: invalid choice: {text!r}')
        return text

    def _is_number(self, text):
        try:
            float(text)
        except ValueError:
            return False
        return True

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)

    def print_help(self, file=None):
        pass

    print_usage = print_help

    def format_help(self):
        return ''

    format_usage = format_help
