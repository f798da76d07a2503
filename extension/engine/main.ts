import { createMessageConnection, IPCMessageReader, IPCMessageWriter, ResponseError, type CancellationToken, type RequestType } from 'vscode-jsonrpc/node';
import { LoadedModel } from './loaded-model.ts';
import * as protocol from './protocol.ts';

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
connection.onNotification(protocol.ReleaseModel.type.method, ({ key }: protocol.ModelReference) => {
  models.get(key)?.close();
  models.delete(key);
});
on(protocol.FindFiles.type, (model, { source }) => model.findFiles(source));
on(protocol.BindWeights.type, (model, { weights }) => model.bindWeights(weights));
on(protocol.DescribeInputs.type, (model) => model.describeInputs());
on(protocol.ReadInput.type, (model, { input, source }) => model.readInput(input, source));
on(protocol.Run.type, (model, params, signal) => model.run(params, signal));
on(protocol.ReadWindow.type, (model, params) => model.readWindow(params));
on(protocol.Attack.type, (model, params, signal) => model.attack(params, signal, (progress) => {
  void connection.sendNotification(protocol.Progress.type.method, progress);
}));

process.on('disconnect', () => process.exit(0));
connection.listen();
