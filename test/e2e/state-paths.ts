// biome-ignore lint/suspicious/noExplicitAny: JSON of any shape goes through a state machine
type Json = any;

/** The few paths that the definition has: `$`, `$.a.b` and `$.a[0]`. */
export function select(value: Json, path: string): Json {
  return path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .slice(1)
    .reduce((found, name) => found?.[name], value);
}

/** A template whose keys that end in `.$` are paths, or the one function that the definition has. */
export function fill(template: Json, input: Json): Json {
  if (typeof template !== 'object' || template === null || Array.isArray(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => {
      if (!key.endsWith('.$')) return [key, fill(value, input)];
      const [, format, path = ''] = /^States\.Format\('(.*)', (\S+)\)$/.exec(String(value)) ?? [];
      const found = format === undefined ? select(input, String(value)) : format.replace('{}', select(input, path));
      return [key.slice(0, -2), found];
    }),
  );
}
