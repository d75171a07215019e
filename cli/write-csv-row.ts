/** One record of a CSV file: RFC 4180, but ended by a line feed. */
export function writeCsvRow(fields: readonly string[]): string {
  return `${fields.map(quote).join(',')}\n`;
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
