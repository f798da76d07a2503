import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError, type CancellationToken, type RequestType } from 'vscode-jsonrpc/node';
import type { FinishedMessage, JobKind, PartialMessage, ProgressMessage } from '../../webview/messages.ts';
import { jobs } from './jobs/index.ts';
import type { JobHandler } from './jobs/job.ts';
import { LoadedModel } from './loaded-model.ts';
import { openFile } from './open-file.ts';
import * as protocol from './protocol.ts';
import { fillRobustnessTable } from './robustness-table.ts';
import { saveCut } from './save-cut.ts';
import { verifyProperty } from './verify-property.ts';

/** The engine process: holds models with their weights, inputs and kept tensors, and computes on them. It ends with its host. */
const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const models = new Map<string, LoadedModel>();

/** The error code under which a refusal travels: its message is a sentence for the user. */
const REFUSED = -31_000;

function on<P extends protocol.ModelReference, R>(type: RequestType<P, R, void>, handle: (model: LoadedModel, params: P, signal: AbortSignal) => R | Promise<R>): void {
  connection.onRequest<unknown, void>(type.method, async (params: P, token: CancellationToken) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    try {
      const model = models.get(params.key);
      if (!model) throw new Error('The engine does not know this model any more. Start again.');
      return await handle(model, params, controller.signal);
    } catch (error) {
      throw new ResponseError(REFUSED, error instanceof Error ? error.message : String(error));
    }
  });
}

connection.onRequest(protocol.LoadModel.type.method, ({ key, graph }: protocol.LoadModel.Params) => {
  models.get(key)?.close();
  models.set(key, new LoadedModel(graph));
  return null;
});
connection.onRequest(protocol.OpenFile.type, async (params) => {
  try {
    return await openFile(params);
  } catch (error) {
    throw new ResponseError(REFUSED, error instanceof Error ? error.message : String(error));
  }
});
/** Requests about files, which no loaded model is needed for. */
function onFiles<P, R>(type: RequestType<P, R, void>, handle: (params: P, signal: AbortSignal) => Promise<R>): void {
  connection.onRequest<unknown, void>(type.method, async (params: P, token: CancellationToken) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    try {
      return await handle(params, controller.signal);
    } catch (error) {
      throw new ResponseError(REFUSED, error instanceof Error ? error.message : String(error));
    }
  });
}
onFiles(protocol.VerifyProperty.type, (params, signal) => verifyProperty(params, signal, (news) => void connection.sendNotification(protocol.VerifyNews.type.method, news)));
onFiles(protocol.RobustnessTable.type, (params, signal) => fillRobustnessTable(params, signal, (news) => void connection.sendNotification(protocol.RobustnessTableNews.type.method, news)));
connection.onNotification(protocol.ReleaseModel.type.method, ({ key }: protocol.ModelReference) => {
  models.get(key)?.close();
  models.delete(key);
});
on(protocol.FindFiles.type, (model, { source }) => model.findFiles(source));
on(protocol.BindWeights.type, (model, { weights }) => model.bindWeights(weights));
on(protocol.DescribeInputs.type, (model) => model.describeInputs());
on(protocol.ChoosePreprocessing.type, (model, { choice }) => {
  model.choosePreprocessing(choice);
  return null;
});
on(protocol.SaveCut.type, saveCut);
on(protocol.ReadInput.type, (model, { input, source }) => model.readInput(input, source));
on(protocol.StartJob.type, startJob);
on(protocol.ReadWindow.type, (model, params) => model.readWindow(params));

function tell(news: ProgressMessage | PartialMessage): void {
  void connection.sendNotification(protocol.JobNews.type.method, news);
}

async function startJob(model: LoadedModel, { job, kind, options }: protocol.StartJob.Params, signal: AbortSignal): Promise<FinishedMessage> {
  // kind and options belong together, which the compiler does not see of a union
  const handle = jobs[kind] as JobHandler<JobKind>;
  const result = await handle(model, options, {
    job, signal,
    report: (progress) => tell({ type: 'progress', job, ...progress }),
    partial: (partial) => tell({ type: 'partial', job, kind, result: partial } as PartialMessage),
  });
  return { type: 'finished', job, kind, result } as FinishedMessage;
}

process.on('disconnect', () => process.exit(0));
connection.listen();
