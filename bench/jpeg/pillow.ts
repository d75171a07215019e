import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('./pillow_worker.py', import.meta.url));

/** Pillow in a Python process of its own, which takes the time itself. */
export class Pillow {
  readonly name: string;
  readonly #lines: AsyncIterator<string>;
  readonly #ask: (line: string) => void;
  readonly stop: () => void;

  private constructor(name: string, lines: AsyncIterator<string>, ask: (line: string) => void, stop: () => void) {
    this.name = name;
    this.#lines = lines;
    this.#ask = ask;
    this.stop = stop;
  }

  /** @param python an interpreter that has Pillow */
  static async start(python: string): Promise<Pillow> {
    const child = spawn(python, [worker], { stdio: ['pipe', 'pipe', 'inherit'] });
    const failure = new Promise<never>((_, reject) => child.once('error', reject));
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const name = await Promise.race([lines.next(), failure]);
    if (name.done) throw new Error(`${python} has no Pillow`);
    return new Pillow(
      name.value,
      lines,
      (line) => child.stdin.write(line),
      () => child.stdin.end(),
    );
  }

  /** Milliseconds to decode a file, at the scale that `draft` chooses for a size, or whole. */
  async decode(path: string, size: number): Promise<number> {
    this.#ask(`${size} ${size} ${path}\n`);
    const answer = await this.#lines.next();
    if (answer.done) throw new Error(`Pillow could not decode ${path}`);
    return Number(answer.value);
  }
}
