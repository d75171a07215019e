import type { Command } from 'commander';
import { addServiceOptions, findService, parseCount, type ServiceOptions } from '../operate/find-service.ts';
import { connectFunction } from '../operate/function-control.ts';
import { switchOn } from '../operate/switch-on.ts';
import { print } from '../terminal/print.ts';

/** `lambda-lens on`: what it was before `lambda-lens off`. */
export function registerOn(program: Command): void {
  addServiceOptions(program.command('on').description('answer calls again, as before "off"'))
    .option('--concurrency <count>', 'let so many instances run at a time instead', parseCount)
    .action(async (options: ServiceOptions & { readonly concurrency?: number }) => {
      const service = await findService(options);
      const { connection, functionName, outputs } = service;
      const control = await connectFunction(connection, functionName, outputs.bulk?.functionName);
      for (const line of await switchOn(control, service.file, options.concurrency)) print(line);
    });
}
