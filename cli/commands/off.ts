import type { Command } from 'commander';
import { addServiceOptions, findService, type ServiceOptions } from '../operate/find-service.ts';
import { connectFunction } from '../operate/function-control.ts';
import { switchOff } from '../operate/switch-off.ts';
import { print } from '../terminal/print.ts';

/** `lambda-lens off`: nothing runs and nothing is spent on calls, until `lambda-lens on`. */
export function registerOff(program: Command): void {
  addServiceOptions(program.command('off').description('turn every call away, at once; doors and addresses stay'))
    .addHelpText(
      'after',
      `
Sets the function's reserved concurrency to 0 and stops the queues that feed it, the stream's too. The stack's file keeps
what was before. A run over a bucket goes on: "lambda-lens bulk stop" ends it.`,
    )
    .action(async (options: ServiceOptions) => {
      const service = await findService(options);
      const { connection, functionName, outputs } = service;
      const control = await connectFunction(connection, functionName, outputs.bulk?.functionName);
      for (const line of await switchOff(control, service.file)) print(line);
    });
}
