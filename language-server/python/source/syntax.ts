/**
 * The compact syntax tree. Node kinds and fields are those of CPython's `ast` module (same names, camel case),
 * so whoever knows that module knows this one. Offsets are UTF-16 units in the source text; the end is exclusive.
 *
 * `Broken` stands where the text does not parse: the interpreter treats it as unknown and goes on.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Module extends Span {
  readonly type: 'Module';
  readonly body: readonly Statement[];
  readonly errors: readonly SyntaxFault[];
}

export interface SyntaxFault extends Span {
  readonly message: string;
}

export type Statement =
  | FunctionDef | ClassDef | Return | Delete | Assign | AugAssign | AnnAssign | TypeAlias
  | For | While | If | With | Match | Raise | Try | Assert | Import | ImportFrom
  | Global | Nonlocal | ExpressionStatement | Pass | Break | Continue | BrokenStatement;

export interface FunctionDef extends Span {
  readonly type: 'FunctionDef';
  readonly isAsync: boolean;
  readonly name: string;
  readonly parameters: Parameters;
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly returns?: Expression;
  /** Whether the body (not a nested function's) contains `yield`. */
  readonly isGenerator: boolean;
  readonly nameSpan: Span;
  /** The names that `def f[T, *Ts]` binds around the definition; mostly empty. */
  readonly typeParameters: readonly string[];
}

export interface Parameters {
  readonly positionalOnly: readonly Parameter[];
  readonly positional: readonly Parameter[];
  readonly variadic?: Parameter;
  readonly keywordOnly: readonly Parameter[];
  readonly keywords?: Parameter;
}

export interface Parameter extends Span {
  readonly name: string;
  readonly annotation?: Expression;
  readonly default?: Expression;
}

export interface ClassDef extends Span {
  readonly type: 'ClassDef';
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  readonly nameSpan: Span;
  /** The names that `class C[T]` binds around the definition; mostly empty. */
  readonly typeParameters: readonly string[];
}

export interface Return extends Span { readonly type: 'Return'; readonly value?: Expression }
export interface Delete extends Span { readonly type: 'Delete'; readonly targets: readonly Expression[] }
export interface Assign extends Span { readonly type: 'Assign'; readonly targets: readonly Expression[]; readonly value: Expression }
export interface AugAssign extends Span { readonly type: 'AugAssign'; readonly target: Expression; readonly operator: BinaryOperator; readonly value: Expression }
export interface AnnAssign extends Span { readonly type: 'AnnAssign'; readonly target: Expression; readonly annotation: Expression; readonly value?: Expression }
export interface TypeAlias extends Span { readonly type: 'TypeAlias'; readonly name: string; readonly typeParameters: readonly string[]; readonly value: Expression }
export interface For extends Span { readonly type: 'For'; readonly isAsync: boolean; readonly target: Expression; readonly iterable: Expression; readonly body: readonly Statement[]; readonly orElse: readonly Statement[] }
export interface While extends Span { readonly type: 'While'; readonly test: Expression; readonly body: readonly Statement[]; readonly orElse: readonly Statement[] }
/** `elif` is an If alone in `orElse`. */
export interface If extends Span { readonly type: 'If'; readonly test: Expression; readonly body: readonly Statement[]; readonly orElse: readonly Statement[] }
export interface With extends Span { readonly type: 'With'; readonly isAsync: boolean; readonly items: readonly WithItem[]; readonly body: readonly Statement[] }
export interface WithItem { readonly context: Expression; readonly target?: Expression }
export interface Match extends Span { readonly type: 'Match'; readonly subject: Expression; readonly cases: readonly MatchCase[] }
export interface MatchCase extends Span { readonly pattern: Pattern; readonly guard?: Expression; readonly body: readonly Statement[] }
export interface Raise extends Span { readonly type: 'Raise'; readonly exception?: Expression; readonly cause?: Expression }
export interface Try extends Span { readonly type: 'Try'; readonly body: readonly Statement[]; readonly handlers: readonly ExceptHandler[]; readonly orElse: readonly Statement[]; readonly finallyBody: readonly Statement[]; readonly isStar: boolean }
export interface ExceptHandler extends Span { readonly exception?: Expression; readonly name?: string; readonly body: readonly Statement[] }
export interface Assert extends Span { readonly type: 'Assert'; readonly test: Expression; readonly message?: Expression }
export interface Import extends Span { readonly type: 'Import'; readonly names: readonly Alias[] }
/** `from ..a import b`: level 2, module 'a'; `from . import b`: level 1, module undefined; a star is the name '*'. */
export interface ImportFrom extends Span { readonly type: 'ImportFrom'; readonly module?: string; readonly level: number; readonly names: readonly Alias[] }
export interface Alias extends Span { readonly name: string; readonly asName?: string }
export interface Global extends Span { readonly type: 'Global'; readonly names: readonly string[] }
export interface Nonlocal extends Span { readonly type: 'Nonlocal'; readonly names: readonly string[] }
export interface ExpressionStatement extends Span { readonly type: 'Expr'; readonly value: Expression }
export interface Pass extends Span { readonly type: 'Pass' }
export interface Break extends Span { readonly type: 'Break' }
export interface Continue extends Span { readonly type: 'Continue' }
export interface BrokenStatement extends Span { readonly type: 'Broken'; readonly message: string }

export type Pattern =
  | (Span & { readonly type: 'MatchValue'; readonly value: Expression })
  | (Span & { readonly type: 'MatchSingleton'; readonly value: null | boolean })
  | (Span & { readonly type: 'MatchSequence'; readonly patterns: readonly Pattern[] })
  | (Span & { readonly type: 'MatchMapping'; readonly keys: readonly Expression[]; readonly patterns: readonly Pattern[]; readonly rest?: string })
  | (Span & { readonly type: 'MatchClass'; readonly class: Expression; readonly patterns: readonly Pattern[]; readonly keywordNames: readonly string[]; readonly keywordPatterns: readonly Pattern[] })
  | (Span & { readonly type: 'MatchStar'; readonly name?: string })
  | (Span & { readonly type: 'MatchAs'; readonly pattern?: Pattern; readonly name?: string })
  | (Span & { readonly type: 'MatchOr'; readonly patterns: readonly Pattern[] });

export type Expression =
  | BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp | Dict | SetDisplay
  | ListComp | SetComp | DictComp | GeneratorExp | Await | Yield | YieldFrom
  | Compare | Call | JoinedStr | Constant | Attribute | Subscript | Starred | Name | List | Tuple | Slice | BrokenExpression;

export type BinaryOperator = '+' | '-' | '*' | '@' | '/' | '//' | '%' | '**' | '<<' | '>>' | '&' | '|' | '^';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

export interface BoolOp extends Span { readonly type: 'BoolOp'; readonly operator: 'and' | 'or'; readonly values: readonly Expression[] }
export interface NamedExpr extends Span { readonly type: 'NamedExpr'; readonly target: Name; readonly value: Expression }
export interface BinOp extends Span { readonly type: 'BinOp'; readonly left: Expression; readonly operator: BinaryOperator; readonly right: Expression }
export interface UnaryOp extends Span { readonly type: 'UnaryOp'; readonly operator: '-' | '+' | '~' | 'not'; readonly operand: Expression }
export interface Lambda extends Span { readonly type: 'Lambda'; readonly parameters: Parameters; readonly body: Expression }
export interface IfExp extends Span { readonly type: 'IfExp'; readonly test: Expression; readonly body: Expression; readonly orElse: Expression }
/** A key of undefined unpacks: `{**value}`. */
export interface Dict extends Span { readonly type: 'Dict'; readonly keys: readonly (Expression | undefined)[]; readonly values: readonly Expression[] }
export interface SetDisplay extends Span { readonly type: 'Set'; readonly elements: readonly Expression[] }
export interface ListComp extends Span { readonly type: 'ListComp'; readonly element: Expression; readonly generators: readonly Comprehension[] }
export interface SetComp extends Span { readonly type: 'SetComp'; readonly element: Expression; readonly generators: readonly Comprehension[] }
export interface DictComp extends Span { readonly type: 'DictComp'; readonly key: Expression; readonly value: Expression; readonly generators: readonly Comprehension[] }
export interface GeneratorExp extends Span { readonly type: 'GeneratorExp'; readonly element: Expression; readonly generators: readonly Comprehension[] }
export interface Comprehension { readonly target: Expression; readonly iterable: Expression; readonly conditions: readonly Expression[]; readonly isAsync: boolean }
export interface Await extends Span { readonly type: 'Await'; readonly value: Expression }
export interface Yield extends Span { readonly type: 'Yield'; readonly value?: Expression }
export interface YieldFrom extends Span { readonly type: 'YieldFrom'; readonly value: Expression }
export interface Compare extends Span { readonly type: 'Compare'; readonly left: Expression; readonly operators: readonly CompareOperator[]; readonly comparators: readonly Expression[] }
export interface Call extends Span { readonly type: 'Call'; readonly function: Expression; readonly arguments: readonly Expression[]; readonly keywords: readonly Keyword[] }
/** A name of undefined unpacks: `f(**value)`. */
export interface Keyword extends Span { readonly name?: string; readonly value: Expression }
/** As in `ast`, `f"{x=}"` has the parts `'x='` and a FormattedValue of conversion 'r' (none where a format is given). */
export interface JoinedStr extends Span { readonly type: 'JoinedStr'; readonly parts: readonly (string | FormattedValue)[] }
export interface FormattedValue extends Span { readonly type: 'FormattedValue'; readonly value: Expression; readonly conversion?: 's' | 'r' | 'a'; readonly format?: JoinedStr }
export interface Constant extends Span { readonly type: 'Constant'; readonly value: ConstantValue }
export type ConstantValue =
  | { readonly kind: 'None' } | { readonly kind: 'Ellipsis' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'complex'; readonly imaginary: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: string };
export interface Attribute extends Span { readonly type: 'Attribute'; readonly value: Expression; readonly name: string; readonly nameSpan: Span }
export interface Subscript extends Span { readonly type: 'Subscript'; readonly value: Expression; readonly index: Expression }
export interface Starred extends Span { readonly type: 'Starred'; readonly value: Expression }
export interface Name extends Span { readonly type: 'Name'; readonly name: string }
export interface List extends Span { readonly type: 'List'; readonly elements: readonly Expression[] }
export interface Tuple extends Span { readonly type: 'Tuple'; readonly elements: readonly Expression[] }
export interface Slice extends Span { readonly type: 'Slice'; readonly lower?: Expression; readonly upper?: Expression; readonly step?: Expression }
export interface BrokenExpression extends Span { readonly type: 'BrokenExpression'; readonly message: string }
