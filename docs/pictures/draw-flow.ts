import { svg, textAt } from './svg.ts';

/** A step on the way: what it is, and a word about it below. */
export interface Step {
  readonly name: string;
  readonly note?: string;
  /** Drawn in the other colour. */
  readonly isMarked?: boolean;
}

/** A way from left to right, named at its beginning. */
export interface Lane {
  readonly name: string;
  readonly steps: readonly Step[];
}

const [margin, laneHeight, boxHeight, gap] = [16, 92, 46, 34];
const pixelsPerLetter = 7.2;
const pixelsPerNoteLetter = 6.1;

/** Boxes with arrows between them, a row for each lane. */
export function drawFlow(description: string, lanes: readonly Lane[]): string {
  const content: string[] = [];
  let widest = 0;
  lanes.forEach((lane, row) => {
    const top = margin + row * laneHeight;
    content.push(textAt(margin, top + 12, lane.name, { className: 'title' }));
    let left = margin;
    lane.steps.forEach(({ name, note, isMarked }, index) => {
      const width = Math.round(Math.max(name.length * pixelsPerLetter, (note?.length ?? 0) * pixelsPerNoteLetter) + 20);
      const [boxTop, middle] = [top + 22, left + width / 2];
      if (index > 0) content.push(arrow(left - gap + 4, left - 4, boxTop + boxHeight / 2));
      content.push(
        `<rect class="${isMarked ? 'mark' : 'box'}" x="${left}" y="${boxTop}" width="${width}" height="${boxHeight}" rx="6"/>`,
        textAt(middle, boxTop + (note === undefined ? 27 : 20), name, { anchor: 'middle' }),
      );
      if (note !== undefined) content.push(textAt(middle, boxTop + 37, note, { className: 'note', anchor: 'middle' }));
      left += width + gap;
    });
    widest = Math.max(widest, left - gap + margin);
  });
  return svg(widest, margin + lanes.length * laneHeight, description, content);
}

function arrow(from: number, to: number, y: number): string {
  return `<path class="line" d="M${from} ${y}H${to - 6}"/><path class="tip" d="M${to - 8} ${y - 4}l8 4l-8 4z"/>`;
}
