import { ExplainedError } from '../../facts/explained-error.ts';

/** A setting, from an environment variable or a flag, that the service can't start with. */
export class SettingError extends ExplainedError {
  override readonly name = 'SettingError';
  readonly key: string;
  readonly value: string | undefined;

  /** @param value as it was given; leave it out where it is a secret */
  constructor(key: string, value: string | undefined, allowed: string) {
    const what = value === undefined ? key : `${key} is ${JSON.stringify(value)}, which`;
    super(`${what} can't be used.`, `It must be ${allowed}.`);
    this.key = key;
    this.value = value;
  }
}
