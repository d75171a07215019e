export const lambda = 'aws:lambda/function:Function';

export const image = 'docker-build:index:Image';
export const permission = 'aws:lambda/permission:Permission';
export const functionUrl = 'aws:lambda/functionUrl:FunctionUrl';
export const prebuilt = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/lens@sha256:${'a'.repeat(64)}`;
