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


class _Container:
    def __init__(self):
        self._actions = []
        self._defaults = {}

    def add_argument(self, *flags, **kwargs):
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
        if args:
            return _unknown('the parsed command line')
        result = Namespace() if namespace is None else namespace
        for action in self._actions:
            if action.kind in ('help', 'version') or action.default == SUPPRESS or action.dest in result:
                continue
            setattr(result, action.dest, self._value(action))
        for name, value in self._defaults.items():
            setattr(result, name, value)
        if self._subparsers is not None and self._subparsers.dest is not None:
            setattr(result, self._subparsers.dest, _unknown('an argument of the command line') if self._subparsers.required else None)
        return result

    def _value(self, action):
        if action.dest in self._defaults:
            return self._defaults[action.dest]
        optional = action.option_strings or action.nargs in ('?', '*')
        if action.required and not optional or action.required and action.option_strings:
            return _unknown(f'the argument {action.dest} of the command line')
        if isinstance(action.default, str) and action.type is not None and action.nargs not in ('*', '+'):
            return action.type(action.default)
        if action.default is None and not action.option_strings and action.nargs == '*':
            return []
        return action.default

    def parse_known_args(self, args=None, namespace=None):
        return self.parse_args(args, namespace), []

    parse_intermixed_args = parse_args

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
