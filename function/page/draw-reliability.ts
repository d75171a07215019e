/** Answers of like probability together: how probable they said they are, and what share of them was right. */
export interface ReliabilityPoint {
  readonly said: number;
  readonly right: number;
  readonly photos: number;
}

const width = 420;
const height = 330;
const margin = { left: 52, right: 26, top: 12, bottom: 44 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** How often answers are right against how probable they say they are, as SVG that takes its colours from the page. */
export function drawReliability(points: readonly ReliabilityPoint[]): string {
  const x = (share: number) => Math.round(margin.left + share * (width - margin.left - margin.right));
  const y = (share: number) => Math.round(height - margin.bottom - share * (height - margin.top - margin.bottom));
  const percent = (share: number) => `${share * 100} %`;
  const lines = ticks.map(
    (tick) =>
      `<path class="grid" d="M${x(0)} ${y(tick)}H${x(1)}M${x(tick)} ${y(0)}V${y(1)}"/>` +
      `<text x="${x(0) - 8}" y="${y(tick) + 4}" text-anchor="end">${percent(tick)}</text>` +
      `<text x="${x(tick)}" y="${y(0) + 18}" text-anchor="middle">${percent(tick)}</text>`,
  );
  const curve = points.map(({ said, right }, at) => `${at === 0 ? 'M' : 'L'}${x(said)} ${y(right)}`).join('');
  const dots = points.map(({ said, right }) => `<circle cx="${x(said)}" cy="${y(right)}" r="4"/>`);
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="How often answers are right, against how probable they say they are; the table holds the same">${lines.join('')}<path class="ideal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/><path class="curve" d="${curve}"/>${dots.join('')}<text x="${x(0.5)}" y="${height - 6}" text-anchor="middle">probability that the answers gave</text></svg>`;
}
