/** A parsed S-expression with the line where it starts. */
export type Expression =
  | { readonly kind: 'atom'; readonly text: string; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly line: number };

/** What is wrong with a text, with the line. */
export class PropertyError extends Error {
  override readonly name = 'PropertyError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

/** Reads all expressions of a text; a semicolon starts a comment. */
export function parseExpressions(text: string): Expression[] {
  const top: Expression[] = [];
  const stack: { items: Expression[]; line: number }[] = [];
  let line = 1;
  for (const match of text.matchAll(/;[^\n]*|\n|[()]|[^\s();]+/g)) {
    const [token] = match;
    if (token === '\n') line++;
    else if (token[0] === ';') continue;
    else if (token === '(') stack.push({ items: [], line });
    else if (token === ')') {
      const done = stack.pop();
      if (!done) throw new PropertyError(line, 'found ")" without an open parenthesis, expected "(" or the end of the file');
      (stack.at(-1)?.items ?? top).push({ kind: 'list', ...done });
    } else (stack.at(-1)?.items ?? top).push({ kind: 'atom', text: token, line });
  }
  const open = stack.at(-1);
  if (open) throw new PropertyError(line, `the file ends, expected ")" for the parenthesis opened on line ${open.line}`);
  return top;
}

export function show(expression: Expression): string {
  const text = expression.kind === 'atom' ? expression.text : `(${expression.items.map(show).join(' ')})`;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
