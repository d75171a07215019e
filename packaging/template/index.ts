import { getProject } from '@pulumi/pulumi';
import { LambdaLens, readConfig } from 'lambda-lens/pulumi';

// Image, function and doors. `pulumi config set memoryInMb 2048` and the like set what `readConfig` reads.
const service = new LambdaLens(getProject(), readConfig({ modelDirectory: 'model' }));

export const { functionUrl, apiUrl, curl, functionName, repositoryUrl, imageUri, modelVersion } = service;
