import { equal } from '../dimension.ts';
import type { OperatorRule } from './operator.ts';
import { rule, shapeOf, typeOf, unknownType } from './reading.ts';

/**
 * Operators whose results depend on subgraphs, sequences or text: their outputs' types are not followed.
 * `Join` is Layerscope's own: one of several paths gives the value, so what all of them agree on is known.
 */
const opaque = [
  'If', 'Loop', 'Scan', 'Optional', 'OptionalGetElement', 'OptionalHasElement', 'SequenceAt', 'SequenceConstruct', 'SequenceEmpty', 'SequenceErase',
  'SequenceInsert', 'SequenceLength', 'SequenceMap', 'SplitToSequence', 'ConcatFromSequence', 'ImageDecoder', 'StringSplit', 'Unknown',
].map((type) => rule(type, {}, (context) => Array.from({ length: context.outputs }, () => unknownType)));

const join: OperatorRule = rule('Join', {}, (context) => {
  const [first, ...rest] = context.inputs.map((_, i) => typeOf(context, i));
  const shape = first?.shape;
  const same = shape && rest.every((other) => other.shape?.length === shape.length && other.shape.every((size, i) => equal(size, shape[i])));
  return [{ dataType: rest.every((other) => other.dataType === first?.dataType) ? first?.dataType : undefined, shape: same ? shape : undefined }];
});

const text = ['StringConcat', 'StringNormalizer', 'RegexFullMatch'].map((type) => rule(type, {}, (context) =>
  [{ dataType: type === 'RegexFullMatch' ? 'bool' : 'string', shape: type === 'StringNormalizer' ? undefined : shapeOf(context, 0) }]));

export const control: readonly OperatorRule[] = [...opaque, join, ...text];
