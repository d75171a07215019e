import { AwsClient } from 'aws4fetch';

export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}

/** What an event source asks of a queue. */
export interface Queue {
  /** Those that may be received, and those that somebody holds. */
  count(): Promise<{ readonly visible: number; readonly held: number }>;
  send(bodies: readonly string[]): Promise<void>;
  /** Up to ten; each stays hidden from everybody else until its visibility timeout is over. */
  receive(): Promise<readonly ReceivedMessage[]>;
  remove(messages: readonly ReceivedMessage[]): Promise<void>;
}

/** SQS takes and gives so many at a time. */
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
const mostInCall = 10;

/** A queue of SQS, or of what stands in for it. */
export class QueueClient implements Queue {
  readonly url: string;
  readonly #client: AwsClient;
  readonly #endpoint: string;

  private constructor(client: AwsClient, endpoint: string, url: string) {
    this.#client = client;
    this.#endpoint = endpoint;
    this.url = url;
  }

  static async create(
    endpoint: string,
    name: string,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<QueueClient> {
    const client = new AwsClient({ accessKeyId: 'test', secretAccessKey: 'test', service: 'sqs', region: 'eu-west-1' });
    const made = await ask(client, endpoint, 'CreateQueue', { QueueName: name, Attributes: attributes });
    return new QueueClient(client, endpoint, String(made.QueueUrl));
  }

  async arn(): Promise<string> {
    return String((await this.#attributes(['QueueArn'])).QueueArn);
  }

  async count(): Promise<{ readonly visible: number; readonly held: number }> {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
    const [visible = 0, held = 0] = Object.values(await this.#attributes(names)).map(Number);
    return { visible, held };
  }

  async send(bodies: readonly string[]): Promise<void> {
    for (let from = 0; from < bodies.length; from += mostInCall) {
      const Entries = bodies
        .slice(from, from + mostInCall)
        .map((MessageBody, index) => ({ Id: `m${index}`, MessageBody }));
      await this.#ask('SendMessageBatch', { Entries });
    }
  }

  async receive(): Promise<readonly ReceivedMessage[]> {
    const AttributeNames = ['ApproximateReceiveCount'];
    const { Messages = [] } = await this.#ask('ReceiveMessage', { MaxNumberOfMessages: mostInCall, AttributeNames });
    return Messages as readonly ReceivedMessage[];
  }

  async remove(messages: readonly ReceivedMessage[]): Promise<void> {
    for (let from = 0; from < messages.length; from += mostInCall) {
      const Entries = messages
        .slice(from, from + mostInCall)
        .map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }));
      await this.#ask('DeleteMessageBatch', { Entries });
    }
  }

  async #attributes(AttributeNames: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const { Attributes } = await this.#ask('GetQueueAttributes', { AttributeNames });
    return Attributes as Readonly<Record<string, string>>;
  }

  #ask(action: string, request: object): Promise<Record<string, unknown>> {
    return ask(this.#client, this.#endpoint, action, { QueueUrl: this.url, ...request });
  }
}

async function ask(
  client: AwsClient,
  endpoint: string,
  action: string,
  request: object,
): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
  const response = await client.fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(request) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action}: ${response.status} ${text.slice(0, 300)}`);
  return text === '' ? {} : JSON.parse(text);
}
