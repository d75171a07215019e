import { isJsonObject, type JsonObject } from '../../facts/json-object.ts';
import { ImportError } from '../import-error.ts';

/** The arguments of one layer, read with checks; every error names the layer, its class and its place. */
export class LayerConfig {
  readonly values: JsonObject;
  readonly className: string;
  /** `outer/inner`. */
  readonly place: string;
  /** Whether a Keras before 3 wrote the file, which had other functions under some of the names. */
  readonly precedesKeras3: boolean;

  constructor(values: JsonObject, className: string, place: string, precedesKeras3 = false) {
    this.values = values;
    this.className = className;
    this.place = place;
    this.precedesKeras3 = precedesKeras3;
  }

  /** The same layer read as another class, or with other arguments. */
  with(change: { readonly className?: string; readonly values?: JsonObject }): LayerConfig {
    const { className = this.className, values = this.values } = change;
    return new LayerConfig(values, className, this.place, this.precedesKeras3);
  }

  /** For a function named by the layer, whose arguments are not the layer's. */
  withoutValues(): LayerConfig {
    return this.with({ values: {} });
  }

  number(key: string, fallback?: number): number {
    const value = this.#value(key, fallback);
    if (typeof value !== 'number') throw this.error(`its ${key} is ${JSON.stringify(value)}, not a number`);
    return value;
  }

  /** A whole number from 1 to 2^20. */
  count(key: string, fallback?: number): number {
    return this.#count(key, this.number(key, fallback));
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.#value(key, fallback);
    if (typeof value !== 'boolean') throw this.error(`its ${key} is ${JSON.stringify(value)}, not true or false`);
    return value;
  }

  text(key: string, fallback?: string): string {
    const value = this.#value(key, fallback);
    if (typeof value !== 'string') throw this.error(`its ${key} is ${JSON.stringify(value)}, not a text`);
    return value;
  }

  choice<Option extends string>(key: string, options: readonly Option[], fallback?: Option): Option {
    const value = this.text(key, fallback);
    const found = options.find((option) => option === value);
    if (found === undefined) throw this.error(`its ${key} is "${value}", not ${options.join(' or ')}`);
    return found;
  }

  /** Two whole numbers, or one that stands for both. */
  pair(key: string, fallback?: number): [number, number] {
    const value = this.#value(key, fallback);
    const [first, second] = Array.isArray(value) ? (value as unknown[]) : [value, value];
    if (typeof first !== 'number' || typeof second !== 'number')
      throw this.error(`its ${key} is ${JSON.stringify(value)}`);
    return [this.#count(key, first), this.#count(key, second)];
  }

  /** Whole numbers, or one that stands for a list of one. */
  integers(key: string, fallback?: readonly number[]): number[] {
    const value = this.#value(key, fallback);
    const list: unknown[] = Array.isArray(value) ? value : [value];
    if (!list.every((item): item is number => Number.isInteger(item))) {
      throw this.error(`its ${key} is ${JSON.stringify(value)}`);
    }
    return list;
  }

  /** `data_format` channels_first has no kernels in WebAssembly, and a model of it no weights that fit. */
  requireChannelsLast(): void {
    if ((this.values.data_format ?? 'channels_last') === 'channels_last') return;
    throw this.error(
      'its channels come first',
      'Rebuild the model with data_format="channels_last" and save it again.',
    );
  }

  error(
    what: string,
    hint = 'Replace the layer by ones that the importer knows, and save the model again.',
  ): ImportError {
    return new ImportError(`The layer "${this.place}" (${this.className}) cannot be imported: ${what}.`, hint);
  }

  /** A fault in the graph's arithmetic as this layer's error. */
  guard<Result>(run: () => Result): Result {
    try {
      return run();
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new ImportError(
        `The layer "${this.place}" (${this.className}) does not fit its input: ${cause.message}`,
        'Check --size, and that the file is whole.',
        { cause },
      );
    }
  }

  #value(key: string, fallback: unknown): unknown {
    const value = this.values[key] ?? fallback;
    if (value === undefined) throw this.error(`its ${key} is missing`, 'Save the model again and copy the file whole.');
    return value;
  }

  #count(key: string, value: number): number {
    if (Number.isInteger(value) && value >= 1 && value <= 2 ** 20) return value;
    throw this.error(`its ${key} is ${value}`);
  }
}

/** The config of a layer given as an argument of another, such as an activation. */
export function nestedConfig(value: unknown, outer: LayerConfig): LayerConfig | undefined {
  if (!isJsonObject(value) || typeof value.class_name !== 'string') return undefined;
  return outer.with({ className: value.class_name, values: isJsonObject(value.config) ? value.config : {} });
}
