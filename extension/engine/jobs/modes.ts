import { createSession, type Session } from '../../../runtime/index.ts';
import type { JobHandler } from './job.ts';

/** Times the graph as one program against one operator after the other, on the same weights and inputs. */
export const modes: JobHandler<'modes'> = async (model, { passes }, { signal, report }) => {
  const { graph, weights, inputs } = model;
  const start = performance.now();
  const byOperator = new Map<number, number[]>();
  const time = async (session: Session, done: number): Promise<number> => {
    const times: number[] = [];
    // the first pass compiles and allocates
    await session.run(inputs, { signal });
    for (let pass = 0; pass < passes; pass++) {
      const before = performance.now();
      const result = await session.run(inputs, { signal });
      times.push(performance.now() - before);
      for (const [operator, milliseconds] of result.times ?? []) {
        const list = byOperator.get(operator);
        if (list) list.push(milliseconds);
        else byOperator.set(operator, [milliseconds]);
      }
      report({ phase: `Running in ${session.mode} mode`, fraction: done + (0.5 * (pass + 1)) / passes, seconds: (performance.now() - start) / 1000 });
    }
    return median(times);
  };
  const whole = await time(await model.session(), 0);
  const session = await createSession(graph, weights, { mode: 'eager' });
  try {
    const eager = await time(session, 0.5);
    return { graph: whole, eager, passes, operators: [...byOperator].map(([operator, times]) => ({ operator, milliseconds: median(times) })) };
  } finally {
    await session.close();
  }
};

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
