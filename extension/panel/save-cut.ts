import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { NoticeMessage, ToHost } from '../../webview/messages.ts';
import * as protocol from '../engine/protocol.ts';
import type { EngineProcess } from '../engine-process.ts';
import type { Preparation } from './preparation.ts';

/**
 * Asks where a part of a model goes, and has the engine write it there with the weights that are chosen.
 * @throws Error with a sentence where it cannot be made
 */
export async function saveCut({ from, to, name }: Extract<ToHost, { type: 'saveCut' }>, preparation: Preparation, engine: EngineProcess, post: (notice: NoticeMessage) => void): Promise<void> {
  const key = await preparation.ensure();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({ title: 'New model', defaultUri: folder && vscode.Uri.joinPath(folder, `${name}.onnx`), filters: { ONNX: ['onnx'] } });
  if (!uri) return;
  const { operators, parameters, bytes } = await engine.request(protocol.SaveCut.type, { key, from, to, path: uri.fsPath });
  post({ type: 'notice', severity: 'information', message: `${basename(uri.path)} is written: ${operators} operators, ${parameters} parameter tensors, ${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB.` });
}
