import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Location } from '../../graph/graph.ts';
import type { Fix } from '../../language-server/analysis.ts';
import type { ExamplesMessage, ToHost } from '../../webview/messages.ts';

/** Layerscope's lines count from 1, the editor's from 0. */
export function rangeOf(location: Location): vscode.Range {
  return new vscode.Range(location.line - 1, location.column, location.endLine - 1, location.endColumn);
}

export async function applyFix(fix: Fix): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { location, newText } of fix.edits) edit.replace(vscode.Uri.file(location.file), rangeOf(location), newText);
  await vscode.workspace.applyEdit(edit);
}

/** Asks for labelled examples: a folder of pictures, or an array. Undefined where none are chosen. */
export async function chooseExamples({ kind, version, model }: Extract<ToHost, { type: 'chooseExamples' }>): Promise<ExamplesMessage | undefined> {
  const [uri] = (await vscode.window.showOpenDialog(kind === 'folder'
    ? { title: 'Folder of labelled pictures', canSelectFolders: true, canSelectFiles: false }
    : { title: 'Array of examples with labels', filters: { Arrays: ['npz', 'npy'] } })) ?? [];
  return uri && { type: 'examples', version, model, path: uri.fsPath, label: basename(uri.path) };
}

/** Asks where a picture of the graph or a test suite goes, and writes it there. */
export async function saveExport({ format, name, bytes }: Extract<ToHost, { type: 'export' }>): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    defaultUri: folder && vscode.Uri.joinPath(folder, `${name}.${format}`),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (uri) await vscode.workspace.fs.writeFile(uri, bytes);
}
