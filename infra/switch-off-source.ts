/**
 * The program that turns the service off. AWS's own Node.js brings the client along, so nothing is packed with it. It does one thing
 * whatever it is sent: an alarm that is over never turns anything on.
 */
export const switchOffSource = `import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';

const client = new LambdaClient();

export async function handler() {
  const FunctionName = process.env.FUNCTION_NAME;
  await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
  console.log(JSON.stringify({ level: 'warn', message: 'turned off', functionName: FunctionName }));
}
`;
