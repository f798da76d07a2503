import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnection, createProtocolConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { CodeAction, Hover, InlayHint, ProtocolConnection, PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { decodePlain } from '../../graph/plain-json.ts';
import type { Analysis } from '../analysis.ts';
import type { AnalysisService } from './analysis-thread.ts';
import { AnalysedNotification, AnalysisRequest, StateInputRequest } from './protocol.ts';
import { fileOf } from './open-programs.ts';
import { Server } from './server.ts';
import type { AnalysisJob, JobResult } from './worker-protocol.ts';

/** Answers each job by `answer`, a little later; cancelled jobs are answered as such. */
class FakeService implements AnalysisService {
  readonly jobs: AnalysisJob[] = [];
  cancelled = 0;
  readonly #answer: (job: AnalysisJob) => JobResult;
  readonly #delay: number;
  constructor(answer: (job: AnalysisJob) => JobResult, delay = 0) {
    this.#answer = answer;
    this.#delay = delay;
  }
  run(job: AnalysisJob, signal: AbortSignal): Promise<JobResult> {
    this.jobs.push(job);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(this.#answer(job)), this.#delay);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        this.cancelled++;
        resolve({ kind: 'cancelled' });
      });
    });
  }
  dispose(): void {}
}

const uri = 'file:///project/net.py';
const file = fileOf(uri);

function analysisOf({ text }: AnalysisJob): JobResult {
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('bad'));
  const location = { file, line: line + 1, column: 0, endLine: line + 1, endColumn: 3 };
  const analysis: Analysis = {
    file,
    diagnostics: line === -1 ? [] : [{
      severity: 'error', code: 'shape-mismatch', message: 'expects 4, gets 5', location, related: [],
      fix: { title: 'in_features=5', edits: [{ location, newText: 'good' }] },
    }],
    models: [],
    tensors: [{ location: { file, line: 1, column: 4, endLine: 1, endColumn: 8 }, types: [{ dataType: 'float32', shape: [2, 3] }], name: 'x', origin: { text: 'rand(...)', location: { file, line: 1, column: 4, endLine: 1, endColumn: 8 } } }],
    gaps: [],
  };
  return { kind: 'analysis', analysis, dependencies: [file, '/project/blocks.py'] };
}

let closing: (() => void)[] = [];

async function start(service: AnalysisService): Promise<{ client: ProtocolConnection; published: PublishDiagnosticsParams[]; analysed: AnalysedNotification.Params[] }> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  new Server(createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), service);
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published: PublishDiagnosticsParams[] = [];
  const analysed: AnalysedNotification.Params[] = [];
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => void published.push(params));
  client.onNotification(AnalysedNotification.type.method, (params: AnalysedNotification.Params) => void analysed.push(params));
  client.listen();
  closing.push(() => client.dispose());
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders: [{ uri: 'file:///project', name: 'project' }] });
  await client.sendNotification('initialized', {});
  return { client, published, analysed };
}

afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

const open = (client: ProtocolConnection, text: string): Promise<void> => client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
const change = (client: ProtocolConnection, version: number, text: string): Promise<void> => client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });

describe('Server', () => {
  it('answers features from the analysis of the newest text', async () => {
    const { client, published } = await start(new FakeService(analysisOf));
    await open(client, 'x = rand()\nbad\n');
    const hover = await client.sendRequest<Hover>('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 5 } });
    expect((hover.contents as { value: string }).value).toContain('x: (2, 3) float32');
    const hints = await client.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } });
    expect(hints.map(({ label }) => label)).toEqual(['(2, 3)']);
    const actions = await client.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: { start: { line: 1, character: 1 }, end: { line: 1, character: 1 } }, context: { diagnostics: [] } });
    expect(actions.map(({ title }) => title)).toEqual(['in_features=5', 'Silence shape-mismatch on this line']);
    expect(actions[1].edit?.changes?.[uri][0].newText).toBe('  # layerscope: ignore[shape-mismatch]');
    expect(published.at(-1)?.diagnostics.map(({ code, message }) => [code, message])).toEqual([['shape-mismatch', 'expects 4, gets 5']]);
  });

  it('cancels the analysis of a text that was edited meanwhile, and answers waiting requests from the newer one', async () => {
    const service = new FakeService(analysisOf, 150);
    const { client } = await start(service);
    await open(client, 'x = rand()\nbad\n');
    await new Promise((resolve) => setTimeout(resolve, 80));
    const waiting = client.sendRequest<{ encoded: string }>(AnalysisRequest.type.method, { uri });
    await change(client, 2, 'x = rand()\n');
    expect((decodePlain((await waiting).encoded) as Analysis).diagnostics).toEqual([]);
    expect(service.cancelled).toBe(1);
    expect(service.jobs.map(({ text }) => text)).toEqual(['x = rand()\nbad\n', 'x = rand()\n']);
  });

  it('shows a fault of its own as one information and goes on', async () => {
    let broken = true;
    const { client, published } = await start(new FakeService((job) => (broken ? { kind: 'fault', message: 'a stack trace' } : analysisOf(job))));
    await open(client, 'x = rand()\n');
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    expect(published.at(-1)?.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['internal-fault', 3]]);
    broken = false;
    await change(client, 2, 'bad\n');
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    expect(published.at(-1)?.diagnostics.map(({ code }) => code)).toEqual(['shape-mismatch']);
  });

  it('analyses again when a file that was read changes on the disk', async () => {
    const service = new FakeService(analysisOf);
    const { client } = await start(service);
    await open(client, 'x = rand()\n');
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///project/other.py', type: 2 }] });
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    expect(service.jobs).toHaveLength(1);
    await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///project/blocks.py', type: 2 }] });
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    expect(service.jobs).toHaveLength(2);
  });

  it('takes stated inputs and refuses what is no shape', async () => {
    const service = new FakeService(analysisOf);
    const { client } = await start(service);
    await open(client, 'x = rand()\n');
    expect(await client.sendRequest(StateInputRequest.type.method, { uri, model: 'Net', input: 'x', shape: 'three' })).toBeNull();
    expect(await client.sendRequest(StateInputRequest.type.method, { uri, model: 'Net', input: 'x', shape: '1;3' })).toContain('is no shape');
    await client.sendRequest(StateInputRequest.type.method, { uri, model: 'Net', input: 'x', shape: '1,3,224,224' });
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    expect(service.jobs.at(-1)?.statedInputs).toEqual([{ model: 'Net', input: 'x', shape: [1, 3, 224, 224] }]);
  });

  it('leaves out what the settings turn off', async () => {
    const { client, published } = await start(new FakeService(analysisOf));
    await client.sendNotification('workspace/didChangeConfiguration', { settings: { layerscope: { severity: { 'shape-mismatch': 'off' } } } });
    await open(client, 'bad\n');
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    expect(published.at(-1)?.diagnostics).toEqual([]);
  });

  it('analyses the cells of a notebook as one program, and places diagnostics and edits in their cells', async () => {
    const service = new FakeService(analysisOf);
    const { client, published } = await start(service);
    const notebook = 'file:///project/net.py';
    const cell = (id: number): string => `vscode-notebook-cell:/project/net.py#${id}`;
    await client.sendNotification('notebookDocument/didOpen', {
      notebookDocument: { uri: notebook, notebookType: 'jupyter-notebook', version: 1, cells: [{ kind: 2, document: cell(1) }, { kind: 1, document: cell(2) }, { kind: 2, document: cell(3) }] },
      cellTextDocuments: [
        { uri: cell(1), languageId: 'python', version: 1, text: 'x = rand()\n%matplotlib inline' },
        { uri: cell(2), languageId: 'markdown', version: 1, text: '# bad' },
        { uri: cell(3), languageId: 'python', version: 1, text: '\nbad' },
      ],
    });
    const hover = await client.sendRequest<Hover>('textDocument/hover', { textDocument: { uri: cell(1) }, position: { line: 0, character: 5 } });
    expect((hover.contents as { value: string }).value).toContain('x: (2, 3) float32');
    expect(service.jobs[0].cells?.map(({ index, firstLine, lineCount }) => [index, firstLine, lineCount])).toEqual([[0, 1, 2], [2, 4, 2]]);
    expect(Object.fromEntries(published.map(({ uri: at, diagnostics }) => [at, diagnostics.map(({ range }) => range.start.line)]))).toEqual({ [cell(1)]: [], [cell(3)]: [1] });
    const actions = await client.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: cell(3) }, range: { start: { line: 1, character: 1 }, end: { line: 1, character: 1 } }, context: { diagnostics: [] } });
    expect(Object.entries(actions[0].edit!.changes!).map(([at, edits]) => [at, edits[0].range.start.line])).toEqual([[cell(3), 1]]);
  });

  it('clears the diagnostics of a closed document', async () => {
    const { client, published } = await start(new FakeService(analysisOf));
    await open(client, 'bad\n');
    await client.sendRequest(AnalysisRequest.type.method, { uri });
    await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    expect(await client.sendRequest(AnalysisRequest.type.method, { uri })).toBe('The document is not open.');
    expect(published.at(-1)).toEqual({ uri, diagnostics: [] });
  });
});
