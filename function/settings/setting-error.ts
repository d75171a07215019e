/** A setting, from an environment variable or a flag, that the service can't start with. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly hint: string;

  /** @param value as it was given; leave it out where it is a secret */
  constructor(key: string, value: string | undefined, allowed: string) {
    super(value === undefined ? `${key} can't be used.` : `${key} is ${JSON.stringify(value)}, which can't be used.`);
    this.hint = `It must be ${allowed}.`;
  }
}
