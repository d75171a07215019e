import { svg, textAt } from './svg.ts';

export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly isMarked?: boolean;
}

const [margin, rowHeight, barHeight, longest, valueWidth] = [16, 34, 20, 360, 110];
const pixelsPerLetter = 7.2;

/** A bar for each value from zero on, the value written behind it. */
export function drawBars(description: string, bars: readonly Bar[], format: (value: number) => string): string {
  const nameWidth = Math.round(Math.max(...bars.map(({ name }) => name.length)) * pixelsPerLetter) + 12;
  const greatest = Math.max(...bars.map(({ value }) => value));
  const content = bars.flatMap(({ name, value, isMarked }, row) => {
    const [top, width] = [margin + row * rowHeight, Math.max(1, Math.round((value / greatest) * longest))];
    const left = margin + nameWidth;
    return [
      textAt(left - 10, top + 15, name, { anchor: 'end' }),
      `<rect class="${isMarked ? 'mark' : 'box'}" x="${left}" y="${top}" width="${width}" height="${barHeight}" rx="3"/>`,
      textAt(left + width + 8, top + 15, format(value), { className: 'note' }),
    ];
  });
  return svg(margin * 2 + nameWidth + longest + valueWidth, margin * 2 + bars.length * rowHeight, description, content);
}
