import { CodeActionKind } from 'vscode-languageserver-types';
import type { CodeAction, Diagnostic as LspDiagnostic, Range, TextEdit } from 'vscode-languageserver-types';
import type { Analysis, Diagnostic } from '../analysis.ts';
import { toLsp } from './diagnostics.ts';
import { holds, rangeOf } from './ranges.ts';

/** For the diagnostics that the selection touches: their fix, and a comment that silences them on their line. */
export function codeActions(analysis: Analysis, uri: string, text: string, selection: Range): CodeAction[] {
  const lines = text.split(/\r\n|\r|\n/);
  return analysis.diagnostics.filter((diagnostic) => touches(rangeOf(diagnostic.location), selection)).flatMap((diagnostic) => {
    const shown = [toLsp(diagnostic, () => uri)];
    return [...fixes(diagnostic, analysis.file, uri, shown), ...silence(diagnostic, uri, lines, shown)];
  });
}

function fixes({ fix }: Diagnostic, file: string, uri: string, diagnostics: LspDiagnostic[]): CodeAction[] {
  if (!fix || fix.edits.some(({ location }) => location.file !== file)) return [];
  const edits = fix.edits.map(({ location, newText }): TextEdit => ({ range: rangeOf(location), newText }));
  return [{ title: fix.title, kind: CodeActionKind.QuickFix, isPreferred: true, diagnostics, edit: { changes: { [uri]: edits } } }];
}

function silence({ code, location }: Diagnostic, uri: string, lines: readonly string[], diagnostics: LspDiagnostic[]): CodeAction[] {
  if (code === 'syntax') return [];
  const line = location.line - 1;
  const text = lines[line] ?? '';
  const present = /#\s*layerscope:\s*ignore\[([^\]]*)\]/.exec(text);
  const edit: TextEdit = present
    ? insert(line, present.index + present[0].length - 1, `, ${code}`)
    : insert(line, text.length, `${/\S$/.test(text) ? '  ' : ''}# layerscope: ignore[${code}]`);
  return [{ title: `Silence ${code} on this line`, kind: CodeActionKind.QuickFix, diagnostics, edit: { changes: { [uri]: [edit] } } }];
}

function insert(line: number, character: number, newText: string): TextEdit {
  return { range: { start: { line, character }, end: { line, character } }, newText };
}

function touches(range: Range, selection: Range): boolean {
  return holds(range, selection.start) || holds(range, selection.end) || holds(selection, range.start);
}
