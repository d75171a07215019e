import { runProgram } from './run-program.ts';

await runProgram(
  process.argv.slice(2),
  new Map([
    ['serve', async () => (await import('./commands/serve.ts')).registerServe],
    ['classify', async () => (await import('./commands/classify.ts')).registerClassify],
    ['import', async () => (await import('./commands/import.ts')).registerImport],
    ['check', async () => (await import('./commands/check.ts')).registerCheck],
    ['calibrate', async () => (await import('./commands/calibrate.ts')).registerCalibrate],
    ['evaluate', async () => (await import('./commands/evaluate.ts')).registerEvaluate],
    ['cost', async () => (await import('./commands/cost.ts')).registerCost],
    ['doctor', async () => (await import('./commands/doctor.ts')).registerDoctor],
  ]),
);
