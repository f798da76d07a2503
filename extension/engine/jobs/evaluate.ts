import { tensorOf } from '../../../graph/elements.ts';
import { evaluate as evaluateModel, readExamples } from '../../../runtime/index.ts';
import type { JobHandler } from './job.ts';

/** Examples that are shown with their pictures. */
const SHOWN = 24;

/** How the model does on labelled examples, and on which of them worst. */
export const evaluate: JobHandler<'evaluate'> = async (model, { path }, { signal, report }) => {
  const { graph } = model;
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  const [input] = graph.inputs;
  report({ phase: 'Reading the examples', seconds: 0 });
  const { examples, labels, classes, names, remarks = [] } = await readExamples(path, graph, input);
  if (examples.length === 0) throw new Error('There are no examples to evaluate.');
  if (!labels) throw new Error('The examples have no labels: give a folder for each class, or an array `labels` or `y` beside the inputs.');
  const session = await model.session();
  const evaluation = await evaluateModel(session, examples, labels, { signal, onProgress: (done) => report({ phase: 'Running the examples', fraction: done / examples.length, seconds: seconds() }) });
  const { type } = graph.values[input];
  const shape = type.shape?.slice(1).map((size) => (typeof size === 'number' ? size : undefined)) ?? [];
  const picture = (index: number) => (shape.every((size) => size !== undefined) ? model.picture(tensorOf(type.dataType ?? 'float32', [1, ...(shape as number[])], examples[index])) : undefined);
  return {
    seconds: seconds(), count: evaluation.count, correct: evaluation.correct, confusion: evaluation.confusion,
    classes: Array.from({ length: evaluation.classes }, (_, index) => classes?.[index] ?? String(index)),
    worst: evaluation.predictions.map(({ label: predicted, margin }, index) => ({ index, predicted, margin })).sort((a, b) => a.margin - b.margin).slice(0, SHOWN)
      .map(({ index, predicted, margin }) => ({ name: names?.[index] ?? `example ${index}`, label: labels[index], predicted, margin, picture: picture(index) })),
    activations: evaluation.activations,
    remarks: remarks.map((message) => ({ severity: 'warning', message })),
  };
};
