import type { Usage } from './bill.ts';
import type { ServerChoice } from './compare-servers.ts';

/** Machines that stay on, what a month of them costs, and from how many photos a day on that is less than the function. */
export function describeServers(servers: readonly ServerChoice[], usage: Usage): string {
  const widest = Math.max(...servers.map(({ name }) => name.length));
  const rows = servers.map((server) =>
    [
      `  ${server.name.padEnd(widest)}`,
      `$${server.dollars.toFixed(2)}`.padStart(9),
      count(server.breakEvenPhotosADay).padStart(15),
      (server.mostPhotosADay === undefined ? 'a share only' : count(server.mostPhotosADay)).padStart(17),
    ].join(' '),
  );
  return [
    'Machines that stay on, at prices of us-east-1, without the free tier:',
    `  ${''.padEnd(widest)} ${'a month'.padStart(9)} ${'cheaper from'.padStart(15)} ${'computes at most'.padStart(17)}`,
    ...rows,
    `In photos a day: "cheaper from" is where the bill above, but for the registry, is as high as the machine's; "at most" is what`,
    `its processors compute at ${usage.warmMilliseconds} ms a photo. A machine of "a share only" works at full speed for a while and then slower.`,
    'The machine costs the same on a day without photos, and somebody has to keep it up to date.',
    'Prices as these pages give them:',
    ...servers.map(({ source }) => `  ${source}`),
  ].join('\n');
}

function count(photos: number): string {
  return Number.isFinite(photos) ? Math.round(photos).toLocaleString('en-US') : 'never';
}
