import * as vscode from 'vscode';
import { commands, type ModelArgument } from '../language-server/server/protocol.ts';
import type { PanelView } from '../webview/messages.ts';
import type { LanguageServer } from './language-server.ts';
import type { GraphPanel } from './panel/graph-panel.ts';

/** The commands of a model, from a code lens (which names it), the palette and the editor's title (which mean the model at the cursor). */
export function registerCommands(server: LanguageServer, panel: GraphPanel): vscode.Disposable {
  const views: [string, PanelView][] = [[commands.showGraph, 'graph'], [commands.runModel, 'run'], [commands.findAdversarial, 'attack'], [commands.generateTests, 'coverage']];
  return vscode.Disposable.from(...views.map(([command, view]) => vscode.commands.registerCommand(command, async (argument?: ModelArgument | vscode.Uri) => {
    if (argument !== undefined && 'model' in argument) return panel.show(vscode.Uri.parse(argument.uri), view, argument.model);
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find(({ document }) => server.handles(document));
    const uri = argument ?? editor?.document.uri;
    if (!uri || (editor && editor.document.uri.toString() === uri.toString() && !server.handles(editor.document))) {
      void vscode.window.showInformationMessage('Open a Python file with a model first.');
      return;
    }
    return panel.show(uri, view, editor ? await modelAtCursor(server, editor) : undefined);
  })));
}

/** The last model that begins at or above the cursor: the one that the person is looking at. */
async function modelAtCursor(server: LanguageServer, editor: vscode.TextEditor): Promise<string | undefined> {
  const analysis = await server.analysis(editor.document.uri);
  if (typeof analysis === 'string') return undefined;
  const line = editor.selection.active.line + 1;
  return analysis.models.findLast(({ graph }) => graph.location !== undefined && graph.location.line <= line)?.graph.name;
}
