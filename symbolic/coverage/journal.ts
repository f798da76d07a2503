import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { Network } from '../network/network.ts';

/** What one round added, as it is written down. */
export interface JournalRound {
  readonly round: number;
  readonly tests: readonly { readonly seed: number; readonly inputs: readonly Float32Array[] }[];
  readonly tried: readonly number[];
  readonly unreachable: readonly number[];
  readonly swept?: number;
  /** How long the work has taken up to here, all runs together. */
  readonly seconds: number;
}

/** Where the rounds of a campaign are written down as they end. */
export interface Journal {
  /** The rounds of earlier runs, in order. */
  readonly rounds: readonly JournalRound[];
  append(round: JournalRound): void;
}

/** A state file that cannot be continued; the message says why. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

const FORMAT = 'layerscope coverage 1';

/**
 * A state file: one line of JSON says what is covered, and each line behind it is a round. It only grows, so a process that is
 * killed loses no round that had ended; a line that it left half-written is cut off.
 */
export class FileJournal implements Journal {
  readonly rounds: readonly JournalRound[];

  private constructor(readonly path: string, rounds: readonly JournalRound[]) {
    this.rounds = rounds;
  }

  /**
   * Begins anew, in place of what was there.
   * @throws JournalError where the file cannot be written
   */
  static create(path: string, identity: Readonly<Record<string, string | number>>): FileJournal {
    try {
      writeFileSync(path, `${JSON.stringify({ format: FORMAT, ...identity })}\n`);
    } catch (error) {
      throw new JournalError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    return new FileJournal(path, []);
  }

  /**
   * Goes on with what is there.
   * @throws JournalError where it is no state file, is damaged, or is about something else
   */
  static resume(path: string, identity: Readonly<Record<string, string | number>>): FileJournal {
    if (!existsSync(path)) throw new JournalError(`${path} does not exist: there is nothing to go on with`);
    const text = readFileSync(path, 'utf8');
    const whole = text.lastIndexOf('\n') + 1;
    const lines = text.slice(0, whole).split('\n').filter((line) => line !== '');
    const header = parsed(path, lines[0] ?? '', 1) as Record<string, unknown>;
    if (header.format !== FORMAT) throw new JournalError(`${path} is no state of a coverage run`);
    const other = Object.keys(identity).filter((key) => header[key] !== identity[key]);
    if (other.length > 0) throw new JournalError(`${path} is the state of another run: ${other.map((key) => `its ${key} is ${String(header[key])}, not ${identity[key]}`).join('; ')}`);
    const rounds = lines.slice(1).map((line, k) => fromLine(path, parsed(path, line, k + 2), k + 2));
    if (whole < Buffer.byteLength(text)) truncateSync(path, Buffer.byteLength(text.slice(0, whole)));
    return new FileJournal(path, rounds);
  }

  append(round: JournalRound): void {
    const tests = round.tests.map(({ seed, inputs }) => ({ seed, inputs: inputs.map((input) => Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString('base64')) }));
    appendFileSync(this.path, `${JSON.stringify({ ...round, tests })}\n`);
  }
}

function parsed(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new JournalError(number === 1 ? `${path} is no state of a coverage run` : `line ${number} of ${path} is damaged`);
  }
}

function fromLine(path: string, document: unknown, number: number): JournalRound {
  const { tests, ...rest } = document as Omit<JournalRound, 'tests'> & { tests?: { seed: number; inputs: string[] }[] };
  if (!Array.isArray(tests) || !Array.isArray(rest.tried) || !Array.isArray(rest.unreachable) || typeof rest.round !== 'number') throw new JournalError(`line ${number} of ${path} is damaged`);
  return {
    ...rest,
    tests: tests.map(({ seed, inputs }) => ({
      seed,
      inputs: inputs.map((text) => {
        const bytes = Buffer.from(text, 'base64');
        return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
      }),
    })),
  };
}

/** A short name of a network's coefficients and of some inputs, by which a state file knows what it is about. */
export function fingerprint(network: Network, inputs: readonly Float32Array[]): { model: string; inputs: string } {
  const ofModel = createHash('sha256');
  for (const node of network.nodes) {
    ofModel.update(`${node.kind} ${node.size} ${node.inputs.join()};`);
    if (node.kind === 'affine') for (const values of [node.bias, ...node.matrices.map((matrix) => matrix.values)]) ofModel.update(bytesOf(values));
  }
  const ofInputs = createHash('sha256');
  for (const input of inputs) ofInputs.update(bytesOf(input));
  return { model: ofModel.digest('hex').slice(0, 16), inputs: ofInputs.digest('hex').slice(0, 16) };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
