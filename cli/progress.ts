/** Progress on stderr: a line that is drawn again and again where it is a terminal, nothing where it is not. */
export class Progress {
  #width = 0;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  show(text: string, fraction?: number): void {
    if (!this.stream.isTTY) return;
    const bar = fraction === undefined ? '' : `[${'█'.repeat(Math.round(fraction * 20)).padEnd(20, '░')}] `;
    const line = (bar + text).slice(0, (this.stream.columns ?? 80) - 1);
    this.stream.write(`\r${line.padEnd(this.#width)}`);
    this.#width = line.length;
  }

  clear(): void {
    if (this.#width > 0) this.stream.write(`\r${' '.repeat(this.#width)}\r`);
    this.#width = 0;
  }
}

/** A signal that Ctrl-C sets once; a second Ctrl-C ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    process.once('SIGINT', () => process.exit(130));
  });
  return controller.signal;
}
