import { instantiate, type LayerGraph } from '../../../graph/index.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { checkFeeds, createExplainer, imageLayout, pictureOfTensor } from '../../../runtime/index.ts';
import type { Picture } from '../../../webview/messages.ts';
import type { JobHandler } from './job.ts';

/** Which parts of the input decided for a class, as a map of its pixels. */
export const explain: JobHandler<'explain'> = async (model, options, { signal, report }) => {
  const { graph, weights, input } = model;
  const start = performance.now();
  report({ phase: 'Building the gradient', seconds: 0 });
  const { sizes } = checkFeeds(graph, model.inputs, new Set(graph.inputs));
  const explainer = await createExplainer(instantiate(graph, sizes), weights);
  try {
    signal.throwIfAborted();
    report({ phase: 'Descending to the input', seconds: (performance.now() - start) / 1000 });
    const { method, label } = options;
    const map = method === 'gradcam' ? await explainer.gradCam(input, label) : method === 'saliency' ? await explainer.saliency(input, label) : await explainer.integratedGradients(input, label);
    return { options, map: method === 'gradcam' ? signed(map.shape[2], map.shape[1], map.data as Float32Array) : strongest(graph, map), seconds: (performance.now() - start) / 1000 };
  } finally {
    await explainer.close();
  }
};

/** Of each pixel the channel with the largest magnitude, with its sign; an input that is no picture is one row. */
export function strongest(graph: LayerGraph, map: Tensor): Picture {
  const layout = imageLayout(graph, graph.inputs[0]);
  if (!layout) return signed(map.data.length, 1, map.data as Float32Array);
  const { width, height, channels, values } = pictureOfTensor(map, { ...layout, range: [0, 1], ranges: undefined });
  return signed(width, height, Float32Array.from({ length: width * height }, (_, pixel) =>
    values.subarray(pixel * channels, (pixel + 1) * channels).reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most))));
}

function signed(width: number, height: number, values: Float32Array): Picture {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return { width, height, channels: 1, range: [-most, most], values: values.slice(0, width * height) };
}
