import { ImportError } from '../../../importer/import-error.ts';
import { importModel } from '../../../importer/import-model.ts';

/*
 * Reads the files named, in a process of its own, and tells what each came to: the seconds of processor time, since other
 * programs may want the machine as well, and the largest memory that this process ever held, in megabytes.
 */
for (const file of process.argv.slice(2)) {
  const before = process.cpuUsage();
  const outcome = await importModel(file, {}).then(
    () => 'imported',
    (thrown: unknown) => (thrown instanceof ImportError ? thrown.message : `thrown: ${thrown}`),
  );
  const { user, system } = process.cpuUsage(before);
  const peakInMegabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ file, outcome, seconds: (user + system) / 1e6, peakInMegabytes })}\n`);
}
