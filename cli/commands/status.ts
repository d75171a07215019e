import type { Command } from 'commander';
import { describeStatus } from '../operate/describe-status.ts';
import { addServiceOptions, findService, type ServiceOptions } from '../operate/find-service.ts';
import { connectFunction } from '../operate/function-control.ts';
import { openLogGroup } from '../operate/log-group.ts';
import { readStatus } from '../operate/read-status.ts';
import { print } from '../terminal/print.ts';

/** `lambda-lens status`: what is live, since when, through which doors, and what went wrong last. */
export function registerStatus(program: Command): void {
  addServiceOptions(program.command('status').description('what is live, since when, its doors and its last errors'))
    .option('--json', 'print it as JSON')
    .action(async (options: ServiceOptions & { readonly json?: boolean }) => {
      const service = await findService(options);
      const { connection, functionName, outputs } = service;
      const control = await connectFunction(connection, functionName);
      const log = await openLogGroup(connection, outputs.logGroup ?? `/aws/lambda/${functionName}`);
      const status = await readStatus({ service, control, log, now: new Date() });
      print(options.json ? JSON.stringify(status, undefined, 2) : describeStatus(status));
    });
}
