import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { EngineProcess } from './engine-process.ts';
import { LanguageServer } from './language-server.ts';
import { GraphPanel } from './panel/graph-panel.ts';
import { ModelFileEditor } from './panel/model-file-editor.ts';
import { PropertyLanguage } from './property/property-language.ts';
import { PropertyVerifier } from './property/property-verifier.ts';
import { registerRobustnessTable } from './property/robustness-table.ts';

/** What the extension gives to other extensions and to its own tests. */
export interface LayerscopeApi {
  /** The process id of the engine, while it runs. */
  engineProcessId(): number | undefined;
}

export async function activate(context: vscode.ExtensionContext): Promise<LayerscopeApi> {
  const log = vscode.window.createOutputChannel('Layerscope', { log: true });
  const built = (name: string) => vscode.Uri.joinPath(context.extensionUri, 'dist', name).fsPath;
  const server = new LanguageServer(built('language-server.js'), log);
  const engine = new EngineProcess(built('engine.js'), log);
  const panel = new GraphPanel(context.extensionUri, server, engine, log);
  const verifier = new PropertyVerifier(engine, context.workspaceState);
  context.subscriptions.push(
    log, server, engine, panel, verifier, new PropertyLanguage(verifier), registerRobustnessTable(engine),
    registerCommands(server, panel),
    ...ModelFileEditor.viewTypes.map((viewType) => vscode.window.registerCustomEditorProvider(viewType, new ModelFileEditor(context.extensionUri, engine, log), { webviewOptions: { retainContextWhenHidden: true } })),
    vscode.window.registerWebviewPanelSerializer(GraphPanel.viewType, {
      deserializeWebviewPanel: (revived) => {
        panel.revive(revived);
        return Promise.resolve();
      },
    }),
  );
  await server.start();
  return { engineProcessId: () => engine.processId };
}
