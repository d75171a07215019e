export interface CsvOptions {
  /** Fields as they are, for programs that want no more than RFC 4180. */
  readonly raw?: boolean;
}

/** One record of a CSV file: RFC 4180, but ended by a line feed; fields that a spreadsheet would run are escaped. */
export function writeCsvRow(fields: readonly string[], { raw = false }: CsvOptions = {}): string {
  return `${fields.map((field) => quote(raw ? field : escapeFormula(field))).join(',')}\n`;
}

/**
 * A spreadsheet runs a field that begins with one of these as a formula, unless an apostrophe stands before it (OWASP's
 * ASVS 1.2.10). Numbers stay numbers. An apostrophe before such a field gets another, so that no two fields become the same.
 */
export function escapeFormula(field: string): string {
  const isDangerous =
    /^'*[=+\-@\0\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(field) && !/^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(field);
  return isDangerous ? `'${field}` : field;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
