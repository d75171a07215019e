import type { Status } from './read-status.ts';

const indent = ' '.repeat(8);

/** The status as lines for a terminal. */
export function describeStatus(status: Status): string {
  const { functionName, region, stack, live, doors, errors } = status;
  const published =
    live.published === undefined ? '' : `, published ${live.published.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    `${functionName} in ${region}${stack === undefined ? '' : `, stack ${stack}`}`,
    `live    version ${live.version}${live.model && `, ${live.model}`}${published}`,
    ...(live.imageUri === undefined ? [] : [`${indent}${live.imageUri}`]),
    ...describeHold(status),
    `calls   ${describeConcurrency(status.reservedConcurrency)}`,
    ...describeDoors(doors),
    ...describeErrors(errors),
  ].join('\n');
}

function describeHold({ heldVersion, newestVersion, live, canary }: Status): readonly string[] {
  if (canary !== undefined) {
    const percent = Math.round(100 * canary.share);
    return [
      `${indent}version ${canary.version} gets ${percent} % of the requests ("lambda-lens rollout --back" ends that)`,
    ];
  }
  if (heldVersion !== undefined) {
    return [
      `${indent}held there by liveVersion ${heldVersion}; the newest is ${newestVersion} ("lambda-lens rollback --clear")`,
    ];
  }
  if (newestVersion !== live.version)
    return [`${indent}version ${newestVersion} is newer; the next deploy, or "lambda-lens rollout", releases it`];
  return [];
}

function describeConcurrency(reserved: number | undefined): string {
  if (reserved === 0) return 'OFF: every call is turned away ("lambda-lens on" puts back what was)';
  return reserved === undefined ? 'on, without a limit of its own' : `on, at most ${reserved} instances at a time`;
}

function describeDoors(doors: Status['doors']): readonly string[] {
  const lines = Object.entries(doors).map(([name, url]) => `${url}  (${name})`);
  if (lines.length === 0) return ['doors   none: direct invocation only'];
  return lines.map((line, index) => `${index === 0 ? 'doors   ' : indent}${line}`);
}

function describeErrors(errors: Status['errors']): readonly string[] {
  if (errors === undefined) return ['errors  unknown: the log cannot be read'];
  if (errors.count === 0) return ['errors  none in the last 24 hours'];
  return [`errors  ${errors.count} in the last 24 hours, the last:`, ...errors.last.map((line) => `${indent}${line}`)];
}
