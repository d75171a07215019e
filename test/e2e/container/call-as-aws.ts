// Runs in a container: loads the bundle as AWS's own runtime does and calls its handler once, with the event from
// standard input. What came of it goes to standard output, in that runtime's terms, after the lines of the service's log.
import { json } from 'node:stream/consumers';

const entry: string = '/var/task/index.mjs';
const { handler } = await import(entry);
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 28_000 };
try {
  console.log(JSON.stringify({ answer: await handler(await json(process.stdin), context) }));
} catch (error) {
  console.log(JSON.stringify({ errorType: (error as Error).name, errorMessage: (error as Error).message }));
}
