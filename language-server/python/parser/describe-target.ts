import type { Expression } from '../source/syntax.ts';

/** What an expression is called where it is refused as a target. */
export function described(expression: Expression): string {
  switch (expression.type) {
    case 'Call': return "function call here. Maybe you meant '==' instead of '='?";
    case 'Constant': {
      const { kind } = expression.value;
      if (kind === 'None') return 'None';
      if (kind === 'Ellipsis') return "ellipsis here. Maybe you meant '==' instead of '='?";
      if (kind === 'bool') return expression.value.value ? 'True' : 'False';
      return "literal here. Maybe you meant '==' instead of '='?";
    }
    case 'BinOp': case 'UnaryOp': case 'BoolOp': return "expression here. Maybe you meant '==' instead of '='?";
    case 'Compare': return 'comparison';
    case 'JoinedStr': return "f-string expression here. Maybe you meant '==' instead of '='?";
    case 'Lambda': return 'lambda';
    case 'IfExp': return 'conditional expression';
    case 'NamedExpr': return 'named expression';
    case 'Yield': case 'YieldFrom': return 'yield expression';
    case 'Await': return 'await expression';
    case 'Dict': return "dict literal here. Maybe you meant '==' instead of '='?";
    case 'Set': return "set display here. Maybe you meant '==' instead of '='?";
    case 'ListComp': return 'list comprehension';
    case 'DictComp': return 'dict comprehension';
    case 'SetComp': return 'set comprehension';
    case 'GeneratorExp': return 'generator expression';
    default: return 'expression';
  }
}
