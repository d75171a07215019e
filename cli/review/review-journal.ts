import { appendFileSync, truncateSync } from 'node:fs';
import { FileError } from '../../files/file-error.ts';
import { maximumResultsFileSizeInBytes } from '../../files/file-limits.ts';
import { type FileLock, lockFile } from '../../files/lock-file.ts';
import { parseJson } from '../../files/parse-json.ts';
import { readPlainFile } from '../../files/plain-file.ts';
import { describeSystemError, isSystemError } from '../../files/system-reason.ts';
import { CliError } from '../cli-error.ts';

/** What a person said of a photo. */
export interface Decision {
  /** As in {@link AnsweredPhoto}. */
  readonly name: string;
  /** Of the photo's bytes. */
  readonly sha256: string;
  readonly kind: 'label' | 'none' | 'skip';
  /** For `label`. */
  readonly label?: string;
  /** The copy's place below its store, where this decision made it; what was there before is not undone. */
  readonly copy?: string;
  /** Of the picture, 16 hexadecimal digits, for photos that are nearly the same. */
  readonly fingerprint: string;
}

/** Decisions in the order in which they were made, kept in a file line by line, so that a review can be closed at any time. */
export class ReviewJournal {
  readonly path: string;
  readonly #lock: FileLock;
  readonly #decisions: Decision[];

  /**
   * @param path is made with the first decision; no other review can open it meanwhile
   * @throws FileError while another review has it open, CliError for a file that is none of these
   */
  constructor(path: string) {
    this.path = path;
    this.#lock = explain(path, () => lockFile(path));
    try {
      this.#decisions = readDecisions(path);
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  /** Those that were not undone. */
  get decisions(): readonly Decision[] {
    return this.#decisions;
  }

  add(decision: Decision): void {
    this.#write(decision);
    this.#decisions.push(decision);
  }

  /** Takes the last decision back. */
  undo(): Decision | undefined {
    const last = this.#decisions.at(-1);
    if (last === undefined) return undefined;
    this.#write({ undo: last.name });
    this.#decisions.pop();
    return last;
  }

  close(): void {
    this.#lock.release();
  }

  #write(line: object): void {
    explain(this.path, () => appendFileSync(this.path, `${JSON.stringify(line)}\n`));
  }
}

function readDecisions(path: string): Decision[] {
  const text = readIfThere(path);
  const end = text.lastIndexOf('\n') + 1;
  // The line in which the program was ended.
  if (end < text.length) explain(path, () => truncateSync(path, Buffer.byteLength(text.slice(0, end))));
  const decisions: Decision[] = [];
  for (const line of text.slice(0, end).split('\n').filter(Boolean)) {
    const value = parse(line);
    if (isDecision(value)) decisions.push(value);
    else if (typeof value === 'object' && value !== null && 'undo' in value) decisions.pop();
    else throw new CliError(`${path} is no record of a review.`, 'Move it away to begin anew.');
  }
  return decisions;
}

function readIfThere(path: string): string {
  try {
    return readPlainFile(path, maximumResultsFileSizeInBytes).toString('utf8');
  } catch (error) {
    if (error instanceof FileError && error.reason === 'missing') return '';
    throw error;
  }
}

function parse(line: string): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isDecision(value: unknown): value is Decision {
  const { name, sha256, kind, label, copy = '', fingerprint } = (value ?? {}) as Partial<Record<string, unknown>>;
  return (
    [name, sha256, copy].every((field) => typeof field === 'string') &&
    typeof fingerprint === 'string' &&
    /^[0-9a-f]{1,16}$/.test(fingerprint) &&
    (kind === 'label' ? typeof label === 'string' : kind === 'none' || kind === 'skip')
  );
}

function explain<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new CliError(
      `What was decided cannot be kept in ${path}: ${describeSystemError(cause)}.`,
      'Check that its folder exists, may be written to and has room.',
      { cause },
    );
  }
}
