import { CheckpointError } from '../formats/file.ts';
import type { Checkpoint } from '../formats/checkpoint.ts';
import { programOfConfiguration } from './keras-program.ts';

/** What a checkpoint says of the model that its weights belong to. */
export type Architecture =
  /** The program that makes it. */
  | { readonly kind: 'program'; readonly name: string; readonly text: string }
  /** None, in a sentence. */
  | { readonly kind: 'none'; readonly reason: string };

/** The architecture that a checkpoint holds beside its weights: Keras's whole models have one. */
export function architectureOf(checkpoint: Checkpoint, file: string): Architecture {
  if (checkpoint.configuration === undefined) return { kind: 'none', reason: `${file} holds weights alone: which model they belong to is not in it` };
  try {
    const { config } = checkpoint.configuration as { config?: { name?: unknown } };
    const name = typeof config?.name === 'string' && config.name !== '' ? config.name : file.replace(/\.\w+$/, '');
    return { kind: 'program', name, text: programOfConfiguration(checkpoint.configuration, file) };
  } catch (error) {
    if (error instanceof CheckpointError) return { kind: 'none', reason: error.message };
    throw error;
  }
}
