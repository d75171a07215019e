import { LambdaLens } from './infra/lambda-lens.ts';
import { readConfig } from './infra/read-config.ts';

// config: every key is described in Pulumi.yaml; a bad value stops here, before any resource
const settings = readConfig();

// image → function → doors: read on in infra/lambda-lens.ts
const service = new LambdaLens('lambda-lens', settings);

// outputs
export const {
  functionUrl,
  apiUrl,
  domainTarget,
  curl,
  functionName,
  logGroup,
  repositoryUrl,
  imageUri,
  modelVersion,
  bulk,
  kept,
} = service;
