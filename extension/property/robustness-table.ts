import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import * as protocol from '../engine/protocol.ts';
import { RequestCancelled, type EngineProcess } from '../engine-process.ts';

type Norm = protocol.RobustnessTable.Params['norm'];

let next = 0;

/** `Layerscope: Robustness Table…`: asks for a model, examples and a question, and fills a table on disk. */
export function registerRobustnessTable(engine: EngineProcess): vscode.Disposable {
  return vscode.commands.registerCommand('layerscope.robustnessTable', async (network?: vscode.Uri) => {
    const params = await ask(network);
    if (!params) return;
    const table = next++;
    try {
      const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: `Robustness of ${basename(params.network)}` }, async (progress, token) => {
        const news = engine.onTableNews(({ table: whose, example, of, bound, open }) => {
          if (whose === table) progress.report({ message: `example ${example + 1} of ${of}${bound === undefined ? '' : `, margin at least ${bound.toPrecision(3)}`}, ${open} branches open` });
        });
        try {
          return await engine.request(protocol.RobustnessTable.type, { ...params, table }, token);
        } finally {
          news.dispose();
        }
      });
      const { done, of, robust, adversarial, undecided, csv } = result;
      const counts = params.smallest ? '' : `: ${robust} robust, ${adversarial} with an adversarial input, ${undecided} undecided`;
      const choice = await vscode.window.showInformationMessage(`${done} of ${of} examples answered${counts}.${done < of ? ' The same question goes on from there.' : ''}`, 'Open Table');
      if (choice) await vscode.window.showTextDocument(vscode.Uri.file(csv));
    } catch (error) {
      if (error instanceof RequestCancelled) return;
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
}

/** The question, step by step; undefined where the person stops. */
async function ask(given: vscode.Uri | undefined): Promise<Omit<protocol.RobustnessTable.Params, 'table'> | undefined> {
  const network = given ?? (await vscode.window.showOpenDialog({ title: 'Model with its weights', filters: { Models: ['onnx', 'keras', 'h5', 'tflite', 'pb'] } }))?.[0];
  if (!network) return undefined;
  const examples = (await vscode.window.showOpenDialog({ title: 'Examples: an array', filters: { Arrays: ['npz', 'npy'] } }))?.[0];
  if (!examples) return undefined;
  const kind = await vscode.window.showQuickPick([
    { label: 'Robust within a size?', smallest: false },
    { label: 'Smallest adversarial size', description: 'bisection: proved below, found above', smallest: true },
  ], { title: 'What is asked of each example' });
  if (!kind) return undefined;
  const norm = await vscode.window.showQuickPick([
    { label: 'L∞', description: 'each element by at most epsilon', value: 'linf' as Norm },
    { label: 'L2', description: 'Euclidean distance', value: 'l2' as Norm },
    { label: 'L0', description: 'number of changed elements', value: 'l0' as Norm },
  ], { title: 'Norm' });
  if (!norm) return undefined;
  const number = (title: string, value: string) => vscode.window.showInputBox({ title, value, validateInput: (text) => (Number(text) > 0 ? undefined : 'A number above 0.') });
  const epsilon = await number(kind.smallest ? 'Largest epsilon to look at' : 'Epsilon', norm.value === 'l0' ? '1' : '0.03');
  if (epsilon === undefined) return undefined;
  const seconds = await number('Seconds for each example', '30');
  if (seconds === undefined) return undefined;
  const name = `${basename(examples.fsPath).replace(/\.[^.]*$/, '')}-${kind.smallest ? 'smallest' : 'robustness'}-${norm.value}-${epsilon}.jsonl`;
  const suggested = join(dirname(network.fsPath), name);
  // a table that is there already is gone on with, which a save dialogue would call overwriting
  const output = existsSync(suggested) ? vscode.Uri.file(suggested) : await vscode.window.showSaveDialog({ title: 'Table', defaultUri: vscode.Uri.file(suggested), filters: { 'JSON lines': ['jsonl'] } });
  if (!output) return undefined;
  return { network: network.fsPath, examples: examples.fsPath, output: output.fsPath, norm: norm.value, epsilon: Number(epsilon), smallest: kind.smallest, secondsEach: Number(seconds) };
}
