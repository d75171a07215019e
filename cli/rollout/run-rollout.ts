import type { AwsConnection } from '../operate/aws-connection.ts';
import type { FunctionControl } from '../operate/function-control.ts';
import { keepTag, openImageShelf, parseImageUri } from '../operate/image-shelf.ts';
import { openLogGroup } from '../operate/log-group.ts';
import { print } from '../terminal/print.ts';
import { rollOut } from './roll-out.ts';
import type { RolloutPlan } from './rollout-plan.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { watchVersions } from './version-watch.ts';

export interface RolledService {
  readonly functionName: string;
  readonly connection: AwsConnection;
  readonly control: FunctionControl;
  readonly logGroup: string | undefined;
}

/**
 * A rollout at this terminal: what it sees is printed, and Ctrl+C moves it back.
 * @throws CliError as {@link rollOut} does
 */
export async function runRollout(service: RolledService, version: string, plan: RolloutPlan): Promise<void> {
  const { functionName, connection, control } = service;
  const log = await openLogGroup(connection, service.logGroup ?? `/aws/lambda/${functionName}`);
  const watch = await watchVersions(connection, functionName, log);
  const { stopped, pause, release } = stopOnSignals(() => print('Stopped: putting back what was.'));
  try {
    const lines = await rollOut(
      {
        control,
        watch,
        keepImage: (kept) => keepImage(service, kept),
        secret: process.env.API_SECRET || undefined,
        tell: print,
        now: () => new Date(),
        pause,
        stopped,
      },
      version,
      plan,
    );
    for (const line of lines) print(line);
  } finally {
    release();
  }
}

/** Many deploys that fail would else push what is live out of its repository. */
async function keepImage({ connection, control }: RolledService, version: string): Promise<void> {
  const found = (await control.listVersions()).find((candidate) => candidate.version === version);
  const place = parseImageUri(found?.imageUri);
  if (place !== undefined) await (await openImageShelf(connection, place.repository)).tag(place.digest, keepTag);
}
