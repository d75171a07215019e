/** A schema as a component gives it, without what Pulumi's command leaves out when it prints one. */
export function readSchema(text: string): object {
  return JSON.parse(text, (key, value) => (key === 'optional' || isEmpty(value) ? undefined : value));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
