import { expect, test } from 'vitest';
import type { PanelFork } from '../messages.ts';
import { codeTree, type CodeBranch } from './code-tree.ts';

const at = (line: number) => ({ file: 'a.py', line, column: 4, endLine: line, endColumn: 9 });
const fork = (line: number, path: readonly (readonly [line: number, holds: boolean])[] = []): PanelFork => ({
  location: at(line), condition: `line ${line}`, path: path.map(([above, holds]) => ({ location: at(above), holds })), arms: [{ status: 'feasible', end: 'goes on' }, { status: 'open', end: 'returns' }],
});

test('a fork stands below the decision under which it is met, also where decisions of others stand between', () => {
  const shown = ({ fork: { location }, arms }: CodeBranch): unknown => [location.line, arms.map(({ below }) => below.map(shown))];
  // line 7 was decided in a library: it is no fork of the file
  expect(codeTree([fork(3), fork(9), fork(4, [[3, true]]), fork(5, [[3, true], [4, false]]), fork(8, [[3, false], [7, true]])]).map(shown)).toEqual([
    [3, [[[4, [[], [[5, [[], []]]]]]], [[8, [[], []]]]]],
    [9, [[], []]],
  ]);
});
