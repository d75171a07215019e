import type { Commands } from './run-program.ts';

/** Every command of `lambda-lens`, in the order in which its help lists them. */
export const allCommands: Commands = new Map([
  ['init', async () => (await import('./commands/init.ts')).registerInit],
  ['serve', async () => (await import('./commands/serve.ts')).registerServe],
  ['classify', async () => (await import('./commands/classify.ts')).registerClassify],
  ['import', async () => (await import('./commands/import.ts')).registerImport],
  ['train', async () => (await import('./commands/train.ts')).registerTrain],
  ['review', async () => (await import('./commands/review.ts')).registerReview],
  ['check', async () => (await import('./commands/check.ts')).registerCheck],
  ['calibrate', async () => (await import('./commands/calibrate.ts')).registerCalibrate],
  ['evaluate', async () => (await import('./commands/evaluate.ts')).registerEvaluate],
  ['cost', async () => (await import('./commands/cost.ts')).registerCost],
  ['doctor', async () => (await import('./commands/doctor.ts')).registerDoctor],
  ['deploy', async () => (await import('./commands/deploy.ts')).registerDeploy],
  ['bulk', async () => (await import('./commands/bulk.ts')).registerBulk],
  ['image', async () => (await import('./commands/image.ts')).registerImage],
  ['off', async () => (await import('./commands/off.ts')).registerOff],
  ['on', async () => (await import('./commands/on.ts')).registerOn],
  ['rollback', async () => (await import('./commands/rollback.ts')).registerRollback],
  ['rollout', async () => (await import('./commands/rollout.ts')).registerRollout],
  ['status', async () => (await import('./commands/status.ts')).registerStatus],
  ['logs', async () => (await import('./commands/logs.ts')).registerLogs],
  ['completion', async () => (await import('./commands/completion.ts')).createRegisterCompletion(allCommands)],
]);
