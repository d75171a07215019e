/**
 * The fields of each row of a CSV (RFC 4180), one row after another: a field in quotation marks may hold commas, line feeds
 * and, doubled, quotation marks. Empty rows are left out.
 */
export function* readCsvRows(text: string): Generator<readonly string[]> {
  let row: string[] = [];
  // Of a field: in quotation marks or without; then what ends it.
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, quoted, plain = '', end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      if (row.length > 1 || row[0] !== '') yield row;
      row = [];
    }
    if (whole === '' || (end === '' && pattern.lastIndex >= text.length)) return;
  }
}
