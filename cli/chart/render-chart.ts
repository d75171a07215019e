import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

const ink = '#3d3a52';
const lines = '#dddbe9';

/** A Vega-Lite chart as SVG text, in the project's colours; the same specification gives the same text. */
export async function renderChart(specification: TopLevelSpec): Promise<string> {
  const { spec } = compile(specification, {
    config: {
      background: '#ffffff',
      font: 'system-ui, sans-serif',
      range: { category: ['#584bd0', '#d0824b', '#2f9e7c', '#b0476f', '#6b7280'] },
      axis: { labelColor: ink, titleColor: ink, gridColor: lines, domainColor: lines, tickColor: lines },
      legend: { labelColor: ink, titleColor: ink },
      title: { color: ink, anchor: 'start' },
      view: { stroke: null },
    },
  });
  const view = new View(parse(spec), { renderer: 'none' });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
