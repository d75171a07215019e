/** Colours of both themes: a picture in a page follows the reader's. */
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1c2430 }
  .note { font-size: 11px; fill: #5b6676 }
  .title { font-weight: 600 }
  .box { fill: #eef3fb; stroke: #8aa4cc }
  .mark { fill: #ffe9c7; stroke: #d39a3a }
  .line { stroke: #5b6676; fill: none }
  .tip { fill: #5b6676 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6ebf2 }
    .note { fill: #a3afc0 }
    .box { fill: #1f2b3d; stroke: #5f7ba6 }
    .mark { fill: #473513; stroke: #b9862f }
    .line { stroke: #a3afc0 }
    .tip { fill: #a3afc0 }
  }`;

/** A picture of so many pixels. `description` is what a screen reader says instead of it. */
export function svg(width: number, height: number, description: string, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${asMarkup(description)}">`,
    `<style>${style}\n</style>`,
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

export function textAt(x: number, y: number, text: string, { className = '', anchor = 'start' } = {}): string {
  return `<text x="${x}" y="${y}"${className && ` class="${className}"`} text-anchor="${anchor}">${asMarkup(text)}</text>`;
}

function asMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
